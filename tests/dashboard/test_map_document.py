"""The map document: complete, the same every time, small, and asking nobody else for anything."""

import gzip
import json
import re
from fnmatch import fnmatch
from typing import Any
from urllib.parse import urlsplit

import pytest
from dashboard.cards import feature_card

from dashboard.headers import document_policy
from layers.geometry.control import holdings, shares
from layers.geometry.coverage import STATUSES
from layers.presentation import held_by_day
from layers.style.captions import LANGUAGES, captions, long_date, short_date
from tests.dashboard.conftest import Content
from tests.dashboard.html_tree import Node, parse

LOADING = ("src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href", "style")
_A_METRE = 1e-5  # degrees, about


@pytest.fixture(scope="module")
def data(document: Node) -> dict[str, Any]:
    """The data that the document's script reads."""
    return dict(json.loads(document.one("script", id="map-data").code))


def days(ready: Content) -> list[str]:
    """Return the days that the map can show, as ISO dates."""
    return [step.id for step in ready.atlas.annotations.days]


def inline_scripts(document: Node) -> list[str]:
    """Return the scripts that run and stand in the document itself."""
    return [script.code for script in document.all("script") if not script.attributes]


def test_it_says_its_language_and_title(document: Node) -> None:
    assert document.one("html").attributes["lang"] == "en"
    assert document.one("head").one("title").text == captions()["title"]


def test_a_reader_may_zoom_the_page(document: Node) -> None:
    settings = document.one("meta", name="viewport").attributes["content"].replace(" ", "").split(",")
    assert "width=device-width" in settings
    assert [s for s in settings if s.startswith(("user-scalable", "maximum-scale", "minimum-scale"))] == []


def test_nothing_is_loaded_from_another_host(document: Node) -> None:
    loaded = [value for node in document for key, value in node.attributes.items() if key in LOADING]
    loaded += [link.attributes["href"] for link in document.all("link")]
    ours = re.compile(r"\.\./assets/[a-z-]+\.[0-9a-f]{12}\.(js|css)$|\.\./map\.png$|data:,$")
    assert len(loaded) > 5
    assert [value for value in loaded if not ours.match(value)] == []


def test_other_hosts_stand_only_in_tile_layers_and_in_links(ready: Content) -> None:
    """Tiles are asked for when a reader chooses them, links when a reader follows them."""
    text = re.sub(r"<meta http-equiv=[^>]+>", "", ready.files["map/index.html"].decode())  # the policy
    before = [
        text[max(0, found.start() - 60) : found.start()] for found in re.finditer(r"(https?:)?//\w", text)
    ]
    loading = [context for context in before if not re.search(r"(href=\\?\"|L\.tileLayer\(\s*\")$", context)]
    assert len(before) > len(captions()["reader"]["tiles"])
    assert loading == []


def test_the_policy_lets_exactly_the_tiles_through(ready: Content, document: Node) -> None:
    tiles = re.findall(r"L\.tileLayer\(\s*\"([^\"]+)\"", "".join(inline_scripts(document)))
    hosts = [urlsplit(tile.replace("{s}", "a")).hostname or "" for tile in tiles]
    (images,) = re.findall(
        r"img-src ([^;]*)",
        document_policy(ready.files["map/index.html"].decode()),
    )
    allowed = [urlsplit(source).netloc for source in images.split() if "//" in source]
    assert len(hosts) == len(captions()["reader"]["tiles"])
    assert [host for host in hosts if not any(fnmatch(host, pattern) for pattern in allowed)] == []
    assert [pattern for pattern in allowed if not any(fnmatch(host, pattern) for host in hosts)] == []


def test_each_layer_has_a_switch_a_title_and_a_swatch_for_each_kind(ready: Content, document: Node) -> None:
    failing = []
    for layer in ready.atlas.layers.values():
        item = document.one("li", data_layer=layer.id)
        label, switch = item.one("label"), item.one("input", role="switch").attributes
        drawn = [{part.attributes["class"] for part in each} for each in item.all("svg", class_="swatch")]
        told = (switch["type"], switch["value"], "checked" in switch, len(label.all("svg", class_="swatch")))
        if (
            told != ("checkbox", layer.id, layer.at_first, 1)
            or layer.title not in label.text
            or len(drawn) != (1 + len(layer.classes) if len(layer.classes) > 1 else 1)
            or [classes for classes in drawn if not classes or drawn.count(classes) > 1]
        ):
            failing.append(layer.id)
    assert failing == []


def test_each_feature_has_its_card_and_opens_where_it_lies(
    ready: Content, document: Node, data: dict[str, Any]
) -> None:
    held, last, failing = held_by_day(ready.atlas), days(ready).index(data["asOf"]), []
    for row in (row for layer in ready.atlas.layers.values() for row in layer.features):
        told = held[row.id][last] if row.id in held else None
        card = parse(feature_card(ready.atlas, row, told)).one("article")
        west, south, east, north = row.geometry.buffer(_A_METRE).bounds
        latitude, longitude = data["features"][row.id]["at"]
        within = south < latitude < north and west < longitude < east
        if document.one("template", id=f"about-{row.id}").all("article") != [card] or not within:
            failing.append(row.id)
    assert failing == []


def test_ids_are_used_once(document: Node) -> None:
    ids = [node.attributes["id"] for node in document if "id" in node.attributes]
    assert len(ids) > 20
    assert [one for one in set(ids) if ids.count(one) > 1] == []


def test_it_is_small_enough_to_be_sent(ready: Content) -> None:
    assert len(gzip.compress(ready.files["map/index.html"], mtime=0)) < 100_000


def test_the_script_knows_what_each_quote_is_about(ready: Content, data: dict[str, Any]) -> None:
    quotes = ready.atlas.annotations.quotes
    assert data["quotes"] == {quote.id: list(quote.about) for quote in quotes}


def test_the_script_knows_who_held_how_much_on_each_day(ready: Content, data: dict[str, Any]) -> None:
    expected = [holdings(ready.atlas.coverage, day) for day in ready.atlas.days]
    for area, told in data["holdings"].items():
        assert [(each["armenian"], each["azerbaijani"]) for each in told] == [
            (
                f"{held[area].armenian_km2:,.0f} · {held[area].armenian_percent} %",
                f"{held[area].azerbaijani_km2:,.0f} · {held[area].azerbaijani_percent} %",
            )
            for held in expected
        ]
    assert list(data["holdings"]) == ["oblast", "district"]


def test_the_bar_of_each_day_has_a_part_for_each_share(
    ready: Content, document: Node, data: dict[str, Any]
) -> None:
    expected = [shares(ready.atlas.coverage, day) for day in ready.atlas.days]
    for area, told in data["holdings"].items():
        bar = document.one("tbody", data_area=area).one(class_="bar")
        assert [part.attributes["data-kind"] for part in bar.all("span")] == list(STATUSES)
        for each, parts in zip(told, expected, strict=True):
            assert each["shares"] == pytest.approx(parts[area], abs=0.05)


def test_the_script_knows_how_much_of_each_area_was_held_on_each_day(
    ready: Content, data: dict[str, Any]
) -> None:
    assert data["held"] == held_by_day(ready.atlas)
    assert {len(each) for each in data["held"].values()} == {len(data["dates"])} == {6}


def test_the_days_stand_in_order_named_and_the_last_is_that_of_the_layers(
    document: Node, data: dict[str, Any]
) -> None:
    labels = document.one("fieldset", id="dates").all("label")
    steps = {label.one("input").attributes["value"]: label for label in labels}
    chosen = [day for day, label in steps.items() if "checked" in label.one("input").attributes]
    told = {
        day: (label.one("span").raw, label.one("span").attributes["title"]) for day, label in steps.items()
    }
    assert list(steps) == sorted(steps)
    assert told == {day: (short_date(day), long_date(day)) for day in steps}
    assert list(data["dates"].items()) == [(day, {"long": long_date(day)}) for day in steps]
    assert chosen == [data["asOf"]] == [list(steps)[-1]] == ["2020-12-08"]


def test_each_day_has_a_line_that_says_what_happened_and_after_whom(ready: Content, document: Node) -> None:
    sources, failing = {source["name"]: source for source in ready.atlas.descriptor["sources"]}, []
    for step in ready.atlas.annotations.days:
        line = document.one("p", data_day=step.id)
        source = sources.get(step.source)
        remark = " Not from the article: source." if source else ""
        links = [(link.attributes["href"], link.attributes["title"]) for link in line.all("a")]
        if (
            line.text != step.happened + remark
            or links != ([(source["path"], source["title"])] if source else [])
            or ("hidden" in line.attributes) is (step.id == "2020-12-08")
        ):
            failing.append(step.id)
    assert failing == []


def test_the_legend_has_names_for_region_and_corridor_and_captions_for_the_rest(
    ready: Content, data: dict[str, Any]
) -> None:
    layers = data["layers"]
    assert {key: told["title"] for key, told in layers.items()} == {
        key: layer.title for key, layer in ready.atlas.layers.items()
    }
    named = {key: told["names"] for key, told in layers.items() if told["names"]}
    alone = ("lachin-corridor", "line-of-contact-1994")
    assert named == {
        "upper-karabakh": ready.atlas.layers["upper-karabakh"].names,
        **{key: dict(ready.atlas.layers[key].features[0].names) for key in alone},
    }
    assert named["upper-karabakh"]["az"].startswith("Yuxar")


def test_the_script_knows_the_forms_of_names_of_the_legend(document: Node, data: dict[str, Any]) -> None:
    offered = [option.attributes["value"] for option in document.one("select", id="lang").all("option")]
    assert data["languages"] == offered == list(LANGUAGES)


def test_the_script_is_told_of_everything_that_is_drawn(ready: Content, data: dict[str, Any]) -> None:
    layers, places = ready.atlas.layers, ready.atlas.coverage.places
    # the camp's name is a sentence of the article, too long for the map
    labels = {*places.id[places.kind != "camp"], *(each.id for each in layers["returned-districts"].features)}
    assert set(data["features"]) == {each.id for layer in layers.values() for each in layer.features}
    assert labels - {label["id"] for label in data["labels"]} == set()
