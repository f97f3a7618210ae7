"""The corrections to take away: as data, to read, and as a feed that a reader of feeds understands."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import datetime

import pytest

from layers import Atlas
from layers.data.folders import GEODATA
from layers.exports.corrections import corrections_feed, corrections_files
from layers.text.corrections import Correction

ATOM, XHTML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"
ADDRESS = "https://a.example/maps/"
HOSTILE = "</p>]]><script>alert(1)</script> & \x00\x1b {{7*7}}"


def _feed(atlas: Atlas, address: str = "") -> ET.Element:
    return ET.fromstring(corrections_feed(atlas, address))  # noqa: S314 - our own file


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}", "")


def _links(element: ET.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


def _with(atlas: Atlas, *corrections: Correction) -> Atlas:
    return replace(atlas, annotations=replace(atlas.annotations, corrections=corrections))


def test_feed_has_all_that_rfc_4287_asks_for(atlas: Atlas) -> None:
    feed = _feed(atlas, ADDRESS)
    entries = feed.findall(f"{ATOM}entry")
    ids = [_text(element, "id") for element in (feed, *entries)]

    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "The makers of karabakh-2020"
    assert _links(feed) == {"self": f"{ADDRESS}corrections.atom", "alternate": f"{ADDRESS}?room=about"}
    assert [one for one in ids if not re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:[a-z0-9/-]+", one)] == []
    assert len(set(ids)) == len(ids) > 10
    for element in (feed, *entries):
        assert _text(element, "title")
        assert datetime.fromisoformat(_text(element, "updated")).tzinfo is not None


def test_entry_of_the_feed_says_what_was_and_is_and_leads_to_itself(atlas: Atlas) -> None:
    entries = _feed(atlas, ADDRESS).findall(f"{ATOM}entry")
    told = [
        (
            _text(entry, "title"),
            _text(entry, "updated")[:10],
            _links(entry)["alternate"],
            [paragraph.text for paragraph in entry.iter(f"{XHTML}p")][:2],
        )
        for entry in entries
    ]

    assert told == [
        (x.title, x.date, f"{ADDRESS}?correction={x.id}", [f"Was: {x.was}", f"Now: {x.now}"])
        for x in atlas.annotations.corrections
    ]


@pytest.mark.parametrize("address", ["", "https://b.example/"])
def test_ids_are_the_same_wherever_the_site_is(atlas: Atlas, address: str) -> None:
    one, other = (
        [_text(entry, "id") for entry in _feed(atlas, each).iter(f"{ATOM}entry")]
        for each in (ADDRESS, address)
    )

    assert one == other


def test_without_an_address_links_are_relative_to_the_feed(atlas: Atlas) -> None:
    feed = _feed(atlas)

    assert _links(feed) == {"self": "corrections.atom", "alternate": "./?room=about"}


def test_hostile_words_stay_words_in_the_feed(atlas: Atlas) -> None:
    correction = Correction("a", "2026-11-27", "3.0.0", HOSTILE, HOSTILE, HOSTILE)
    (entry,) = _feed(_with(atlas, correction)).iter(f"{ATOM}entry")
    said = HOSTILE.replace("\x00\x1b", "")

    assert _text(entry, "title") == said
    assert [paragraph.text for paragraph in entry.iter(f"{XHTML}p")][:2] == [f"Was: {said}", f"Now: {said}"]


def test_feed_without_entries_is_as_old_as_the_data(atlas: Atlas) -> None:
    feed = _feed(_with(atlas))

    assert _text(feed, "updated") == f"{atlas.descriptor['created']}T00:00:00Z"
    assert feed.findall(f"{ATOM}entry") == []


def test_files_of_the_archive_hold_what_the_record_holds(atlas: Atlas) -> None:
    files = corrections_files(atlas)
    record = json.loads((GEODATA / "corrections.json").read_text(encoding="utf-8"))
    text = files["CORRECTIONS.md"].decode()

    assert json.loads(files["corrections.json"]) == record
    assert [x["id"] for x in record if f"## {x['title']}\n" not in text] == []
    assert [x["id"] for x in record if f"- Was: {x['was']}\n- Now: {x['now']}\n" not in text] == []


def test_archive_of_data_never_corrected_says_so(atlas: Atlas) -> None:
    assert "None so far." in corrections_files(_with(atlas))["CORRECTIONS.md"].decode()
