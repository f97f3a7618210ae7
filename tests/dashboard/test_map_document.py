"""The map document: complete, the same every time, small, and asking nobody else for anything."""

import gzip
import json
import re
from fnmatch import fnmatch
from typing import Any
from urllib.parse import urlsplit

import pytest

from dashboard.headers import document_policy
from dashboard.sheets import sheets
from layers.geometry.coverage import STATUSES
from layers.presentation import holders
from layers.steps import Step, steps
from layers.style.captions import LANGUAGES, captions
from layers.style.symbology import symbology
from tests.dashboard.conftest import Content
from tests.dashboard.html_tree import Node, parse

LOADING = ("src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href", "style")
_A_METRE = 1e-5  # degrees, about


@pytest.fixture(scope="module")
def data(document: Node) -> dict[str, Any]:
    """The data that the document's script reads."""
    return dict(json.loads(document.one("script", id="map-data").code))


@pytest.fixture(scope="module")
def through_time(ready: Content) -> list[Step]:
    """The steps that the map can show."""
    return steps(ready.atlas)


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
    ours = re.compile(r"\.\./(assets/[a-z-]+\.[0-9a-f]{12}\.(js|css)|map\.png|corrections\.atom)$|data:,$")
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


def test_each_layer_has_a_switch_a_swatch_and_a_title_that_opens_its_sheet(
    ready: Content, document: Node
) -> None:
    short, failing = captions()["reader"]["short_titles"], []
    for layer in ready.atlas.layers.values():
        item = document.one("li", data_layer=layer.id)
        switch, title = item.one("input", role="switch").attributes, item.one("button", class_="layer-title")
        told = (switch["type"], switch["value"], switch["aria-label"], "checked" in switch)
        if (
            told != ("checkbox", layer.id, layer.title, layer.at_first)
            or (title.attributes["data-about"], title.text) != (layer.id, short.get(layer.id, layer.title))
            or len(item.one("label").all("svg", class_="swatch")) != 1
        ):
            failing.append(layer.id)
    assert failing == []


def test_titles_are_cut_short_only_of_layers_that_there_are(ready: Content) -> None:
    assert captions()["reader"]["short_titles"].keys() - ready.atlas.layers.keys() == set()


def test_geojson_of_each_layer_is_one_link_away(ready: Content, document: Node) -> None:
    told = {
        item.attributes["data-layer"]: item.one("a", class_="get").attributes["href"]
        for item in document.all("li", class_="layer")
    }
    assert told == {layer: f"../layers/{layer}.geojson" for layer in ready.atlas.layers}


def test_the_key_names_each_holder_beside_a_swatch_of_its_own(document: Node) -> None:
    items = document.one("p", id="key").all(class_="key-item")
    told = {item.attributes["data-status"]: item.text for item in items}
    drawn = [tuple(part.attributes["class"] for part in item.one("svg", class_="swatch")) for item in items]
    assert told == {
        "armenian-held": "Armenian side",
        "regained": "regained in battle",
        "handed-over": "handed over",
        "held": "held throughout",
        "russian": "Russian contingent",
    }
    assert list(told) == [*STATUSES, "russian"]
    assert len(set(drawn)) == len(items)


def test_each_sheet_waits_in_the_document(ready: Content, document: Node) -> None:
    failing = []
    for identifier, html in sheets(ready.atlas, "../"):
        (sheet,) = (part for part in parse(html).children if isinstance(part, Node))
        waiting = document.one("template", id=f"about-{identifier}").children
        if [part for part in waiting if isinstance(part, Node)] != [sheet]:
            failing.append(identifier)
    assert failing == []


def test_the_script_knows_a_point_on_each_feature(ready: Content, data: dict[str, Any]) -> None:
    failing = []
    for row in ready.atlas.features.values():
        west, south, east, north = row.geometry.buffer(_A_METRE).bounds
        latitude, longitude = data["features"][row.id]["at"]
        if not (south < latitude < north and west < longitude < east):
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


def test_the_script_knows_whose_passage_each_claim_is(ready: Content, data: dict[str, Any]) -> None:
    assert data["claims"] == {
        claim.id: {"quote": claim.quote.id, "about": list(claim.about)} for claim in ready.atlas.claims
    }
    assert data["corrections"] == [x.id for x in ready.atlas.annotations.corrections]


def test_the_script_knows_who_held_each_feature_at_each_step(ready: Content, data: dict[str, Any]) -> None:
    assert data["holders"] == holders(ready.atlas)


def test_the_steps_stand_in_order_named_and_the_last_is_that_of_the_layers(
    document: Node, data: dict[str, Any], through_time: list[Step]
) -> None:
    labels = document.one("fieldset", id="dates").all("label")
    inputs = [label.one("input").attributes for label in labels]
    chosen = [each["value"] for each in inputs if "checked" in each]
    spoken = [label.one("span", class_="sr").text for label in labels]
    seen = [label.one("span", aria_hidden="true").text for label in labels]
    assert [each["value"] for each in inputs] == sorted(data["dates"]) == [step.id for step in through_time]
    assert spoken == [step.long for step in through_time]
    assert seen == [step.short for step in through_time]
    assert chosen == [data["asOf"]] == ["2020-12-08"]


def test_the_script_knows_of_which_step_each_day_is(ready: Content, data: dict[str, Any]) -> None:
    assert list(data["stepOf"]) == [day.id for day in ready.atlas.annotations.days]
    assert data["stepOf"]["2020-12-01"] == "2020-12-08"
    assert set(data["stepOf"].values()) == set(data["dates"])


def test_the_script_knows_the_name_title_and_changes_of_each_step(
    data: dict[str, Any], through_time: list[Step]
) -> None:
    told = {day: (each["long"], each["title"], each["changed"]) for day, each in data["dates"].items()}
    assert told == {step.id: (step.long, step.title, list(step.changed)) for step in through_time}


def test_a_step_is_spoken_as_what_was_held_then_what_changed_then_what_is_not_yet_drawn(
    data: dict[str, Any],
) -> None:
    assert data["dates"]["2020-11-25"]["said"] == (
        "25 November 2020: Armenian-held: 3,101 km² of Upper Karabakh (69.4 %),"
        " 2,019 of 8,643 km² of the seven districts."
        " Since 20 November, handed over to Azerbaijan: Kelbajar, 1,994 km²."
        " Not yet drawn: Demarcation line."
    )


def test_each_step_has_a_line_that_says_what_changed_what_was_held_and_after_whom(
    ready: Content, document: Node, through_time: list[Step]
) -> None:
    failing = []
    for step in through_time:
        line = document.one("p", data_day=step.id)
        sources = [ready.atlas.sources[key] for key in step.sources]
        links = [(link.attributes["href"], link.attributes["title"]) for link in line.all("a")]
        numbered = ", ".join(["Source", *(str(number) for number in range(2, len(sources) + 1))])
        if (
            line.text != " ".join(filter(None, (step.since, step.held, numbered if sources else None)))
            or links != [(each["path"], f"Not from the article: {each['title']}.") for each in sources]
            or ("hidden" in line.attributes) is (step.id == "2020-12-08")
        ):
            failing.append(step.id)
    assert failing == []


def test_the_slider_offers_each_step_to_compare_with(document: Node, through_time: list[Step]) -> None:
    options = document.one("select", id="before").all("option")
    told = [(option.attributes["value"], option.text) for option in options]
    assert told == [(step.id, step.long) for step in through_time]


def test_the_small_print_has_date_disclaimer_and_attribution(ready: Content, document: Node) -> None:
    small = document.one("footer", class_="small-print")
    assert small.one("b", id="as-of").text == "1–8 December 2020"  # noqa: RUF001
    about = ready.atlas.descriptor
    told = f"{about['disclaimer']} {about['attribution']} Drawn with Leaflet."
    assert small.one("details").one("p").text == told


def test_the_basemaps_are_offered_below_the_offline_one(document: Node) -> None:
    options = document.one("select", id="ground").all("option")
    tiles = captions()["reader"]["tiles"]
    told = [(option.attributes["value"], option.text) for option in options]
    assert told == [("", "offline"), *((tile["id"], tile["title"]) for tile in tiles)]


def test_no_text_is_given_to_leaflet_as_html(ready: Content) -> None:
    ours = {name: body.decode() for name, body in ready.files.items() if re.search(r"\.(html|js)$", name)}
    takes_html = re.compile(r"\.(bindPopup|bindTooltip|setPopupContent|setTooltipContent)\(")
    calling = {name for name, text in ours.items() if takes_html.search(text)}
    assert {name.split(".")[0] for name in calling} == {"assets/leaflet"}  # where they are defined


def test_hatches_are_those_of_the_symbology(document: Node) -> None:
    drawn = [pattern.attributes["id"] for pattern in document.one("svg", class_="hatches").all("pattern")]
    assert drawn == list(symbology()["hatches"])


def test_the_map_by_itself_has_head_and_bar_and_no_rooms(ready: Content, document: Node) -> None:
    whole = ready.page("index.html")
    told = [
        (len(page.all("h1", id="title")), len(page.all(id="bar")), len(page.all(id="reading")))
        for page in (document, whole)
    ]
    assert told == [(1, 1, 0), (1, 1, 1)]
    assert document.one("h1", id="title").text == captions()["title"]


def test_the_script_has_names_for_region_and_corridor_and_captions_for_the_rest(
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


def test_the_script_knows_the_forms_of_names_that_are_offered(document: Node, data: dict[str, Any]) -> None:
    offered = [option.attributes["value"] for option in document.one("select", id="lang").all("option")]
    assert data["languages"] == offered == list(LANGUAGES)


def test_the_script_is_told_of_everything_that_is_drawn(ready: Content, data: dict[str, Any]) -> None:
    layers, places = ready.atlas.layers, ready.atlas.coverage.places
    # the camp's name is a sentence of the article, too long for the map
    labels = {*places.id[places.kind != "camp"], *(each.id for each in layers["returned-districts"].features)}
    assert set(data["features"]) == {each.id for layer in layers.values() for each in layer.features}
    assert labels - {label["id"] for label in data["labels"]} == set()
