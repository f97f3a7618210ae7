"""The map document: complete, the same every time, small, and asking nobody else for anything."""

import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import date
from fnmatch import fnmatch
from typing import Any
from urllib.parse import urlsplit

import pytest

from dashboard.assets import linked
from dashboard.content import Content
from dashboard.map_document import map_document
from dashboard.templating import words
from layers.data.files import ROOT
from layers.geometry.control import KINDS, features_by_date, holdings, shares
from layers.presentation import feature_rows
from layers.style.captions import LANGUAGES, captions, long_date, short_date
from tests.dashboard.html_tree import Node

LOADING = ("src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href", "style")
_A_METRE = 1e-5  # degrees, about
FINGERPRINTS = """
from dashboard.content import content
built = content()
layers = [layer for form in built.layers.values() for layer in form.values()]
print(*(file.digest for file in (built.map, built.reading, built.annotations, *layers)))
"""


def row_of(ready: Content, feature: str) -> dict[str, Any]:
    """Return what the atlas holds of a feature."""
    rows = [row for layer in ready.atlas.layers.values() for row in feature_rows(layer)]
    return next(row for row in rows if row["id"] == feature)


def about(document: Node, feature: str) -> Node:
    """Return the card that waits in the document for a feature to be opened."""
    return document.one("template", id=f"about-{feature}")


def map_data(document: Node) -> dict[str, Any]:
    """Return the data that the document's script reads."""
    return dict(json.loads(document.one("script", id="map-data").code))


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
    assert len(loaded) > 5
    assert [
        value for value in loaded if not re.match(r"/assets/[a-z.]+\?v=[0-9a-f]{12}$|data:,$", value)
    ] == []


def test_other_hosts_stand_only_in_tile_layers_and_in_links(ready: Content) -> None:
    """Tiles are asked for when a reader chooses them, links when a reader follows them."""
    text = ready.map.body.decode()
    before = [
        text[max(0, found.start() - 60) : found.start()] for found in re.finditer(r"(https?:)?//\w", text)
    ]
    loading = [context for context in before if not re.search(r"(href=\\?\"|L\.tileLayer\(\s*\")$", context)]
    assert len(before) > len(words()["tiles"])
    assert loading == []


def test_the_policy_lets_exactly_the_tiles_through(ready: Content, document: Node) -> None:
    tiles = re.findall(r"L\.tileLayer\(\s*\"([^\"]+)\"", "".join(inline_scripts(document)))
    hosts = [urlsplit(tile.replace("{s}", "a")).hostname or "" for tile in tiles]
    images = re.search(r"img-src ([^;]*)", ready.map_policy)
    allowed = (
        [urlsplit(source).netloc for source in images.group(1).split() if "//" in source] if images else []
    )
    assert len(hosts) == len(words()["tiles"])
    assert [host for host in hosts if not any(fnmatch(host, pattern) for pattern in allowed)] == []
    assert [pattern for pattern in allowed if not any(fnmatch(host, pattern) for host in hosts)] == []


def test_there_is_a_switch_a_swatch_and_a_title_for_each_layer(
    ready: Content, document: Node, layer_id: str
) -> None:
    item = document.one("li", data_layer=layer_id)
    switch = item.one("input", role="switch")
    assert (switch.attributes["type"], switch.attributes["value"]) == ("checkbox", layer_id)
    assert ready.atlas.layers[layer_id].title in item.one("label").text
    assert item.one("label").one("svg", class_="swatch").all()


def test_each_kind_in_the_legend_has_a_swatch_of_its_own(
    ready: Content, document: Node, layer_id: str
) -> None:
    kinds = ready.atlas.layers[layer_id].kinds
    swatches = document.one("li", data_layer=layer_id).all("svg", class_="swatch")
    drawn = [{part.attributes["class"] for part in swatch} for swatch in swatches]
    assert len(swatches) == (1 + len(kinds) if len(kinds) > 1 else 1)
    assert [classes for classes in drawn if drawn.count(classes) > 1] == []


def test_each_feature_has_a_card_with_its_names(ready: Content, document: Node, feature_id: str) -> None:
    row, card = row_of(ready, feature_id), about(document, feature_id)
    others = {(code, name) for code, name in row["names"].items() if name != row["name"]}
    assert card.one("h3").text == row["name"]
    assert {(bdi.attributes.get("lang", ""), bdi.text) for bdi in card.all("bdi")} >= others


def test_each_card_tells_the_uncertainty_and_the_sources(
    ready: Content, document: Node, feature_id: str
) -> None:
    row, card = row_of(ready, feature_id), about(document, feature_id).text
    titles = {source["name"]: source["title"] for source in ready.atlas.descriptor["sources"]}
    assert f"{row['uncertainty_m']:,} m" in card
    assert row["precision"] in card
    assert row["digitized_after"]
    assert [titles[key] for key in row["digitized_after"] if titles[key] not in card] == []


def test_each_card_holds_the_quotes_to_the_character(ready: Content, document: Node, feature_id: str) -> None:
    row, card = row_of(ready, feature_id), about(document, feature_id)
    told = [figure.one("figcaption").text for figure in card.all("figure")]
    assert [quote.raw for quote in card.all("blockquote")] == [quote["exact"] for quote in row["quotes"]]
    for caption, quote in zip(told, row["quotes"], strict=True):
        assert captions()["speakers"][quote["speaker"]] in caption
        assert caption.endswith(f" {quote['paragraph']}")


def test_each_popup_opens_at_its_feature(ready: Content, document: Node, feature_id: str) -> None:
    west, south, east, north = row_of(ready, feature_id)["geometry"].buffer(_A_METRE).bounds
    latitude, longitude = map_data(document)["features"][feature_id]["at"]
    assert (south < latitude < north, west < longitude < east) == (True, True)


def test_ids_are_used_once(document: Node) -> None:
    ids = [node.attributes["id"] for node in document if "id" in node.attributes]
    assert len(ids) > 20
    assert [one for one in set(ids) if ids.count(one) > 1] == []


def test_it_is_small_enough_to_be_sent(ready: Content) -> None:
    assert len(gzip.compress(ready.map.body, mtime=0)) < 100_000


def test_two_builds_give_the_same_bytes(ready: Content) -> None:
    first, second = (map_document(ready.atlas, assets=linked(["a.css", "b.js"])) for _ in range(2))
    assert first == second


def test_two_processes_give_the_same_bytes(ready: Content) -> None:
    """Sets are iterated in another order with another seed, and branca's own names are random."""
    built = [
        subprocess.Popen(
            [sys.executable, "-c", FINGERPRINTS],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for seed in ("1", "2")
    ]
    layers = [layer for form in ready.layers.values() for layer in form.values()]
    files = (ready.map, ready.reading, ready.annotations, *layers)
    here = [hashlib.sha256(file.body).hexdigest() for file in files]
    assert [process.communicate()[0].split() for process in built] == [here, here]


def test_the_script_knows_what_each_quote_is_about(ready: Content, document: Node) -> None:
    told, layers = map_data(document)["quotes"], ready.atlas.layers
    known = {*layers, *(feature for layer in layers.values() for feature in layer.features.id)}
    assert {quote: tuple(about) for quote, about in told.items()} == {
        quote.id: quote.about for quote in ready.atlas.annotations.quotes
    }
    assert [(quote, one) for quote, about in told.items() for one in about if one not in known] == []


@pytest.mark.parametrize("area", ["oblast", "districts"])
def test_the_script_knows_who_held_how_much_on_each_day(
    ready: Content, document: Node, area: str, day: str
) -> None:
    data = map_data(document)
    told = data["holdings"][area][list(data["dates"]).index(day)]
    held = holdings(ready.atlas.coverage, date.fromisoformat(day))[area]
    assert told["armenian"] == f"{held.armenian_km2:,.0f} · {held.armenian_percent} %"
    assert told["azerbaijani"] == f"{held.azerbaijani_km2:,.0f} · {held.azerbaijani_percent} %"


@pytest.mark.parametrize("area", ["oblast", "districts"])
def test_the_bar_of_each_day_is_full_and_has_a_part_for_each_share(
    ready: Content, document: Node, area: str, day: str
) -> None:
    data = map_data(document)
    told = data["holdings"][area][list(data["dates"]).index(day)]["shares"]
    shares = shares(ready.atlas.coverage, date.fromisoformat(day))[area]
    parts = [part.attributes["data-kind"] for part in document.one("tbody", data_area=area).one(class_="bar")]
    assert told == pytest.approx(shares, abs=0.05)
    assert sum(told.values()) == pytest.approx(100, abs=0.2)
    assert set(told) <= set(parts)
    assert parts == list(KINDS)


def test_the_script_knows_how_much_of_each_area_was_held_on_each_day(ready: Content, document: Node) -> None:
    data = map_data(document)
    assert data["held"] == {
        area: [
            f"{held.armenian_km2:,.0f} km² of {held.whole_km2:,.0f} km² ({held.armenian_percent} %)"
            for held in holdings
        ]
        for area, holdings in features_by_date(ready.atlas)
    }
    assert {len(each) for each in data["held"].values()} == {len(data["dates"])} == {6}


def test_the_card_of_an_area_says_who_held_it_on_the_day_of_the_layers(
    ready: Content, document: Node, area_id: str
) -> None:
    cells = [cell.raw for cell in about(document, area_id).one("tr", class_="held")]
    place = [step["id"] for step in ready.atlas.annotations.days].index(ready.atlas.descriptor["as_of"])
    assert cells[:2] == ["Armenian-held on 8 December 2020", ready.held[area_id][place]]


def test_the_days_stand_in_order_and_the_last_is_that_of_the_layers(ready: Content, document: Node) -> None:
    data, days = map_data(document), [step["id"] for step in ready.atlas.annotations.days]
    steps = document.one("fieldset", id="dates").all("input", name="date")
    assert list(data["dates"]) == [step.attributes["value"] for step in steps] == sorted(days)
    assert [step.attributes["value"] for step in steps if "checked" in step.attributes] == [data["asOf"]]
    assert days[-1] == data["asOf"] == "2020-12-08"


def test_each_day_is_named_in_long_and_in_short(document: Node, day: str) -> None:
    step = next(
        label for label in document.one("fieldset", id="dates").all("label") if label.all("input", value=day)
    )
    assert map_data(document)["dates"][day] == {"long": long_date(day)}
    assert (step.one("span").raw, step.one("span").attributes["title"]) == (short_date(day), long_date(day))


def test_each_day_has_a_line_that_says_what_happened_and_after_whom(
    ready: Content, document: Node, day: str
) -> None:
    (step,) = (step for step in ready.atlas.annotations.days if step["id"] == day)
    line = document.one("p", data_day=day)
    sources = {source["name"]: source for source in ready.atlas.descriptor["sources"]}
    links = [(link.attributes["href"], link.attributes["title"]) for link in line.all("a")]
    of_the_article = step["source"] == "article"
    source = sources.get(step["source"], {})
    assert line.text.startswith(step["happened"])
    assert links == ([] if of_the_article else [(source["path"], source["title"])])
    assert ("Not from the article" in line.text) is not of_the_article
    assert ("hidden" in line.attributes) is (day != ready.atlas.descriptor["as_of"])


def test_the_legend_knows_the_names_of_what_has_a_name(ready: Content, document: Node, layer_id: str) -> None:
    layer, told = ready.atlas.layers[layer_id], map_data(document)["layers"][layer_id]
    only = dict(layer.features.names.iloc[0]) if len(layer.features) == 1 else None
    assert told["names"] == (layer.names or only)
    assert told["title"] == layer.title


def test_the_legend_has_names_for_region_and_corridor_and_captions_for_the_rest(document: Node) -> None:
    layers = map_data(document)["layers"]
    named = {layer for layer, told in layers.items() if told["names"]}
    assert named == {"upper-karabakh", "lachin-corridor", "line-of-contact-1994"}
    assert layers["upper-karabakh"]["names"]["az"].startswith("Yuxar")


def test_the_script_knows_the_forms_of_names_of_the_legend(document: Node) -> None:
    offered = [option.attributes["value"] for option in document.one("select", id="lang").all("option")]
    assert map_data(document)["languages"] == offered == list(LANGUAGES)


@pytest.mark.parametrize("key", ["layers", "features", "labels"])
def test_the_script_is_told_of_everything_that_is_drawn(ready: Content, document: Node, key: str) -> None:
    layers, places = ready.atlas.layers, ready.atlas.coverage.places
    expected = {
        "layers": set(layers),
        "features": {identifier for layer in layers.values() for identifier in layer.features.id},
        # the camp's name is a sentence of the article, too long for the map
        "labels": set(places.id[places.kind != "camp"]) | set(layers["returned-districts"].features.id),
    }
    told = map_data(document)[key]
    assert {entry if isinstance(entry, str) else entry["id"] for entry in told} >= expected[key]
