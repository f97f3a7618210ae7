"""Files that are missing, are no JSON, or hold something else than they should: named, never a traceback."""

import json
from itertools import cycle
from pathlib import Path

import pytest

from layers import Problem
from layers.data.files import read_json
from layers.data.folders import GEODATA
from tests.layers.damage import ARTICLE, DATES, DESCRIPTOR, NOTICES, damage, path_of, problems_of, put

COLLECTIONS = sorted(path.name for path in GEODATA.glob("*.geojson"))
WORDS = (
    "layers",
    "quotes",
    "claims",
    "events",
    "counts",
    "dates",
    "gazetteer",
    "corrections",
    "drawings",
    "settlements",
)
LISTS = [f"{name}.json" for name in WORDS]
FILES = (*COLLECTIONS, *LISTS, NOTICES, DESCRIPTOR, ARTICLE)
NO_JSON = {
    b"": "malformed JSON: Expecting value at line 1, column 1",
    b'{"type": "FeatureCollection", "features": [': "malformed JSON: Expecting value at line 1, column 44",
    b"\0" * 100: "malformed JSON: Expecting value at line 1, column 1",
    b"\xef\xbb\xbf{}": "malformed JSON: Unexpected UTF-8 BOM (decode using utf-8-sig) at line 1, column 1",
    '{"name": "Lačin"}'.encode("iso-8859-2"): "byte 12 is not UTF-8",
    "{}".encode("utf-16"): "byte 0 is not UTF-8",
    b"[" * 100_000: "malformed JSON: ",
    b"1" * 5_000: "malformed JSON: ",
}
NO_DOCUMENT = (b"3", b"null", b'"features"', b"true", b"NaN", b"1" * 5_000)
NO_LIST = ({}, {"id": "rump"}, "rump")
NO_ENTRY = (None, 3, "rump", [])


def _of_whole_files(data: Path) -> dict[str, list[str]]:
    """Return by file what is said of it as a whole."""
    problems = problems_of(data)
    return {file: [x.found for x in problems if (x.file, x.feature) == (file, "-")] for file in FILES}


def test_file_that_is_no_json_is_named_with_the_place_where_it_ceases_to_be(tmp_path: Path) -> None:
    unnamed = []
    for content, said in NO_JSON.items():
        problems: list[Problem] = []
        (tmp_path / "any.json").write_bytes(content)
        if read_json(tmp_path / "any.json", problems) is not None or not str(problems[0].found).startswith(
            said
        ):
            unnamed.append((content[:20], problems))

    assert unnamed == []


def test_missing_file_is_named_and_no_other(data_copy: Path) -> None:
    missing = FILES[::2]
    for file in missing:
        path_of(data_copy, file).unlink()

    assert _of_whole_files(data_copy) == {file: ["no such file"] if file in missing else [] for file in FILES}


def test_every_folder_in_place_of_a_file_is_named(data_copy: Path) -> None:
    for file in FILES:
        path_of(data_copy, file).unlink()
        path_of(data_copy, file).mkdir()

    assert _of_whole_files(data_copy) == {file: ["unreadable: Is a directory"] for file in FILES}


@pytest.mark.parametrize("content", NO_DOCUMENT, ids=lambda content: content[:10].decode())
def test_every_file_that_holds_another_thing_is_named(content: bytes, data_copy: Path) -> None:
    for file in FILES:
        path_of(data_copy, file).write_bytes(content)

    assert {file: len(said) for file, said in _of_whole_files(data_copy).items()} == dict.fromkeys(FILES, 1)


def test_list_or_features_that_are_none_are_named(data_copy: Path) -> None:
    for file, none in zip(LISTS, cycle(NO_LIST)):
        path_of(data_copy, file).write_text(json.dumps(none))
    for file, none in zip(COLLECTIONS, cycle((None, 3, "none", {}))):
        damage(data_copy, file, put(none, "features"))
    found = _of_whole_files(data_copy)

    assert [found[file] for file in COLLECTIONS] == [["no list of features"]] * len(COLLECTIONS)
    assert [found[file] for file in LISTS] == [[repr(none)] for _, none in zip(LISTS, cycle(NO_LIST))]


def test_no_days_at_all_are_named_once(data_copy: Path) -> None:
    path_of(data_copy, DATES).write_bytes(b"[]")

    assert problems_of(data_copy) == (
        Problem(DATES, "-", "[]", "a list of at least one day, the last before the war first"),
    )


def test_entry_that_is_no_object_is_named(data_copy: Path) -> None:
    for file in LISTS:
        damage(data_copy, file, lambda entries: entries.extend(NO_ENTRY))
    for file in COLLECTIONS:
        damage(data_copy, file, put(NO_ENTRY, "features"))
    problems = problems_of(data_copy)
    found = {
        file: [x.found for x in problems if (x.file, x.feature) == (file, "without id")] for file in FILES
    }

    assert {file for file in FILES if sorted(found[file]) == sorted(map(repr, NO_ENTRY))} == {
        *LISTS,
        *COLLECTIONS,
    }
