"""The map in words: the room beside the map, and the page of all dates."""

import gzip
import re

import pytest

from dashboard.assets import LATER, assets
from dashboard.script_data import map_data
from layers.in_words import claims_counted, dates, entries, view_in_words
from layers.steps import steps
from layers.style.captions import captions
from tests.dashboard.conftest import Content
from tests.dashboard.html_tree import Node

PAGE = "in-words/index.html"
MOST_BYTES = 220_000


@pytest.fixture(scope="module")
def page(ready: Content) -> Node:
    """The page of all dates."""
    return ready.page(PAGE)


@pytest.fixture(scope="module")
def words(room: Node) -> Node:
    """The room."""
    return room.one(id="room-words")


def test_room_has_each_date_and_shows_the_last_until_the_script_follows_the_map(
    ready: Content, words: Node
) -> None:
    shown = {
        node.attributes["data-day"]: "hidden" not in node.attributes
        for node in words.all("p")
        if "data-day" in node.attributes
    }
    last = [
        node.text for node in words.all("p") if node.attributes.get("data-day") == steps(ready.atlas)[-1].id
    ]

    assert shown == {step.id: step is steps(ready.atlas)[-1] for step in steps(ready.atlas)}
    assert last == [view_in_words(ready.atlas, ready.atlas.layers, steps(ready.atlas)[-1].id)]


def test_room_and_page_hold_every_entry_and_the_room_knows_its_layer(
    ready: Content, words: Node, page: Node
) -> None:
    told = [entry for group in entries(ready.atlas) for entry in group.entries]
    of_layer = {
        node.attributes["data-about"]: node.attributes["data-of"]
        for node in words.all("div")
        if "data-of" in node.attributes
    }
    whole = page.text

    assert of_layer == {entry.id: entry.layer for entry in told if entry.layer}
    assert [each for entry in told for each in entry.sentences if " ".join(each.split()) not in whole] == []
    assert [
        each for entry in told for each in entry.sentences if " ".join(each.split()) not in words.text
    ] == []


def test_page_needs_no_script_and_holds_all_dates_and_claims(ready: Content, page: Node) -> None:
    source, whole = ready.files[PAGE].decode(), page.text
    said = dates(ready.atlas, steps(ready.atlas))
    told = [part.text for parts in said.of_each.values() for part in parts[1:]]
    told += [part.text for part in said.of_all]
    claims = [" ".join(claim.plain.split()) for claim in ready.atlas.claims]

    assert ("<script" in source, page.one("html").attributes["lang"]) == (False, "en")
    assert [each for each in (*told, *claims, *claims_counted(ready.atlas)) if each not in whole] == []
    assert re.findall(r" [.,]|\. [a-z]\S* \d", whole) == []
    assert len(page.all("th")) == 1 + len(steps(ready.atlas)) + 8


def test_script_has_the_sentence_that_the_keyboard_reads(ready: Content) -> None:
    first = {entry.id: entry.sentences[0] for group in entries(ready.atlas) for entry in group.entries}

    assert {key: feature["words"] for key, feature in map_data(ready.atlas)["features"].items()} == {
        key: first[key] for key in ready.atlas.features
    }


def test_picture_in_place_of_the_map_is_described_by_the_paragraph(ready: Content) -> None:
    image = next(node for node in ready.page("index.html").all("img") if "map.png" in node.attributes["src"])
    at_first = [layer.id for layer in ready.atlas.layers.values() if layer.at_first]

    assert image.attributes["alt"] == view_in_words(ready.atlas, at_first, steps(ready.atlas)[-1].id)


def test_reader_is_small_with_its_words_and_all_that_it_loads_first(ready: Content) -> None:
    parts = [
        ready.files["index.html"],
        *(body for name, body in assets().items() if name not in LATER.values()),
    ]

    assert sum(len(gzip.compress(part, 9, mtime=0)) for part in parts) <= MOST_BYTES
    assert captions()["in_words"]["title"] in ready.files["index.html"].decode()
