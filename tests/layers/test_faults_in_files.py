"""Files that are missing, are no JSON, or hold something else than they should: named, never a traceback."""

import json
from pathlib import Path

import pytest

from layers.data.files import GEODATA
from tests.layers.damage import (
    ARTICLE,
    CLAIMS,
    COUNTS,
    DATES,
    DESCRIPTOR,
    EVENTS,
    GAZETTEER,
    LAYERS,
    NOTICES,
    QUOTES,
    Json,
    are_lines,
    damage,
    path_of,
    problems_of,
    put,
)

COLLECTIONS = sorted(path.name for path in GEODATA.glob("*.geojson"))
LISTS = (LAYERS, QUOTES, CLAIMS, EVENTS, COUNTS, DATES, GAZETTEER)
FILES = (*COLLECTIONS, *LISTS, NOTICES, DESCRIPTOR, ARTICLE)
NO_JSON = {
    "nothing": (b"", "malformed JSON: Expecting value at line 1, column 1"),
    "cut off": (b'{"type": "FeatureCollection", "features": [', "malformed JSON: Expecting value at line 1"),
    "null bytes": (b"\0" * 100, "malformed JSON: Expecting value at line 1, column 1"),
    "byte order mark": (b"\xef\xbb\xbf{}", "malformed JSON"),
    "Latin-2": ('{"name": "Lačin"}'.encode("iso-8859-2"), "byte 12 is not UTF-8"),
    "UTF-16": ("{}".encode("utf-16"), "byte 0 is not UTF-8"),
    "too deep": (b"[" * 100_000, ""),
    "a number of 5,000 digits": (b"1" * 5_000, ""),
}
NO_DOCUMENT = {"number": b"3", "null": b"null", "text": b'"features"', "true": b"true", "NaN": b"NaN"}


def _found(data: Path) -> dict[str, list[str]]:
    """Return by file what is said of it as a whole; every problem is on one line."""
    problems = problems_of(data)
    assert are_lines(problems)
    return {file: [x.found for x in problems if (x.file, x.feature) == (file, "-")] for file in FILES}


@pytest.mark.parametrize("file", FILES)
def test_missing_file_is_named(file: str, data_copy: Path) -> None:
    path_of(data_copy, file).unlink()

    assert _found(data_copy) == {each: ["no such file"] if each == file else [] for each in FILES}


@pytest.mark.parametrize(("content", "said"), NO_JSON.values(), ids=NO_JSON)
def test_every_file_that_is_no_json_is_named(content: bytes, said: str, data_copy: Path) -> None:
    for file in FILES:
        path_of(data_copy, file).write_bytes(content)
    found = _found(data_copy)

    assert {file: len(texts) for file, texts in found.items()} == dict.fromkeys(FILES, 1)
    assert [file for file in FILES if said not in found[file][0]] == []


@pytest.mark.parametrize("content", NO_DOCUMENT.values(), ids=NO_DOCUMENT)
def test_every_file_that_holds_another_thing_is_named(content: bytes, data_copy: Path) -> None:
    for file in FILES:
        path_of(data_copy, file).write_bytes(content)

    assert {file: len(texts) for file, texts in _found(data_copy).items()} == dict.fromkeys(FILES, 1)


def test_every_folder_in_place_of_a_file_is_named(data_copy: Path) -> None:
    for file in FILES:
        path_of(data_copy, file).unlink()
        path_of(data_copy, file).mkdir()

    assert {file: len(texts) for file, texts in _found(data_copy).items()} == dict.fromkeys(FILES, 1)


@pytest.mark.parametrize("content", [b"{}", b'{"id": "rump"}', b'"rump"'], ids=repr)
def test_list_that_is_none_is_named(content: bytes, data_copy: Path) -> None:
    for file in LISTS:
        path_of(data_copy, file).write_bytes(content)
    found = _found(data_copy)

    assert {file: len(found[file]) for file in LISTS} == dict.fromkeys(LISTS, 1)
    assert [file for file in LISTS if found[file][0] != repr(json.loads(content))] == []


def test_no_days_at_all_are_named_once(data_copy: Path) -> None:
    path_of(data_copy, DATES).write_bytes(b"[]")

    assert [(x.found, x.expected) for x in problems_of(data_copy)] == [
        ("[]", "a list of at least one day, the last before the war first")
    ]


@pytest.mark.parametrize("entry", [None, 3, "rump", []], ids=repr)
def test_entry_that_is_no_object_is_named(entry: Json, data_copy: Path) -> None:
    for file in LISTS:
        damage(data_copy, file, lambda entries: entries.append(entry))
    problems = [problem for problem in problems_of(data_copy) if problem.feature == "without id"]

    assert {problem.file for problem in problems} == set(LISTS)
    assert {problem.found for problem in problems} == {repr(entry)}


@pytest.mark.parametrize("features", [None, 3, "none", {}], ids=repr)
def test_features_that_are_no_list_are_named(features: Json, data_copy: Path) -> None:
    for file in COLLECTIONS:
        damage(data_copy, file, put(features, "features"))
    found = _found(data_copy)

    assert [found[file] for file in COLLECTIONS] == [["no list of features"]] * len(COLLECTIONS)


@pytest.mark.parametrize("entry", [None, 3, "feature", []], ids=repr)
def test_entry_that_is_no_feature_is_named(entry: Json, data_copy: Path) -> None:
    for file in COLLECTIONS:
        damage(data_copy, file, put([entry], "features"))
    named = {problem.file for problem in problems_of(data_copy) if problem.feature == "without id"}

    assert named == set(COLLECTIONS)
