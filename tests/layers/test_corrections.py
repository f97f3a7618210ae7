"""The record of what was wrong: read, ordered, and every entry that cannot be so is named."""

import json
from typing import Any

from layers import Atlas
from layers.data.folders import GEODATA
from layers.data.problems import Problem
from layers.text.corrections import FILE, Correction, bind_corrections, changes_since

IDS = {"places", "shusha"}
DESCRIPTOR = {"created": "2026-11-27", "version": "3.10.0"}
Json = Any


def _entry(**changes: Json) -> Json:
    known = {"id": "a-line", "date": "2026-11-27", "version": "3.0.0", "title": "A line"}
    return {**known, "was": "Wrong.", "now": "Right.", **changes}


def _bound(*entries: Json) -> tuple[tuple[Correction, ...], list[Problem]]:
    problems: list[Problem] = []
    return bind_corrections(list(entries), IDS, DESCRIPTOR, problems), problems


def test_the_newest_stands_first_and_those_of_one_day_as_in_the_file() -> None:
    corrections, problems = _bound(
        _entry(id="b", date="2026-01-01"), _entry(id="d"), _entry(id="c"), _entry(id="a", date="2026-02-01")
    )

    assert ([correction.id for correction in corrections], problems) == (["d", "c", "a", "b"], [])


def test_what_is_left_out_is_empty_and_the_amount_says_what_was_off() -> None:
    (plain, sized), _ = _bound(
        _entry(), _entry(id="b", metres=1169, km2=138.5, about=["shusha"], sources=["osm-2017"])
    )

    assert (plain.about, plain.sources, plain.metres, plain.km2, plain.amount) == ((), (), None, None, "")
    assert (sized.about, sized.sources) == (("shusha",), ("osm-2017",))
    assert sized.amount == "up to 1,169 m, 138.5 km²"


def test_changes_since_a_version_are_those_of_later_ones_with_the_most_that_was_off() -> None:
    entries = [_entry(version="3.9.0", metres=90), _entry(id="b", version="3.10.0", metres=50, km2=2)]
    corrections, _ = _bound(*entries, _entry(id="c", version="3.10.0", km2=3.5))
    since = {version: changes_since(corrections, version) for version in ("3.8.9", "3.9.0", "3.10.0")}

    assert {version: (len(x.corrections), x.metres, x.km2) for version, x in since.items()} == {
        "3.8.9": (3, 90, 3.5),
        "3.9.0": (2, 50, 3.5),
        "3.10.0": (0, 0, 0),
    }


def test_version_is_compared_number_by_number() -> None:
    _, problems = _bound(_entry(version="3.9.9"), _entry(id="b", version="3.10.0"))

    assert problems == []


def test_every_unknown_id_later_day_and_later_version_is_named_and_left_out() -> None:
    corrections, problems = _bound(
        _entry(id="right"),
        _entry(about=["atlantis", "places", "avalon"], date="2026-11-28", version="3.10.1"),
    )

    assert [correction.id for correction in corrections] == ["right"]
    assert problems == [
        Problem(FILE, "a-line", "about 'atlantis'", "the id of a layer or feature on the map"),
        Problem(FILE, "a-line", "about 'avalon'", "the id of a layer or feature on the map"),
        Problem(FILE, "a-line", "date = '2026-11-28'", "no day after 2026-11-27, created in the descriptor"),
        Problem(FILE, "a-line", "version = '3.10.1'", "no version after 3.10.0, that of the descriptor"),
    ]


def test_without_a_descriptor_no_day_or_version_is_too_late() -> None:
    problems: list[Problem] = []
    bind_corrections([_entry(version="9.0.0")], IDS, {}, problems)

    assert problems == []


def test_each_entry_of_the_file_says_what_was_and_is_in_two_sentences_at_most(atlas: Atlas) -> None:
    entries = json.loads((GEODATA / FILE).read_text(encoding="utf-8"))
    texts = {
        (each.id, key): getattr(each, key) for each in atlas.annotations.corrections for key in ("was", "now")
    }

    assert [each.id for each in atlas.annotations.corrections] == [entry["id"] for entry in entries]
    assert [key for key, text in texts.items() if not text.endswith(".") or text.count(". ") > 1] == []
