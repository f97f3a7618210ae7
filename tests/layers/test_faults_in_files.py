"""Files that are missing, are no JSON, or hold something else than they should: named, never a traceback."""

import shutil
from pathlib import Path

import pytest

from layers.atlas import GEODATA
from tests.layers.damage import (
    ARTICLE,
    DESCRIPTOR,
    FACES,
    LAYERS,
    QUOTES,
    Json,
    are_lines,
    damage,
    path_of,
    problems_of,
    put,
)

COLLECTIONS = sorted(path.name for path in GEODATA.glob("*.geojson"))
FILES = (*COLLECTIONS, LAYERS, QUOTES, DESCRIPTOR, ARTICLE)
NO_JSON = {
    "cut off": (b'{"type": "FeatureCollection", "features": [', "malformed JSON: Expecting value at line 1"),
    "null bytes": (b"\0" * 100, "malformed JSON: Expecting value at line 1, column 1"),
    "Latin-2": ('{"name": "Lačin"}'.encode("iso-8859-2"), "byte 12 is not UTF-8"),
}
STRANGE_JSON = {
    "nothing": (b"", "malformed JSON: Expecting value at line 1, column 1"),
    "byte order mark": (b"\xef\xbb\xbf{}", "malformed JSON"),
    "UTF-16": ("{}".encode("utf-16"), "byte 0 is not UTF-8"),
    "too deep": (b"[" * 100_000, ""),
    "a number of 5,000 digits": (b"1" * 5_000, ""),
}
NO_DOCUMENT = {"number": b"3", "null": b"null", "text": b'"features"'}

each_file = pytest.mark.parametrize("file", FILES)


def _found(data: Path, file: str) -> list[str]:
    """Return what is said of the file as a whole; every problem is on one line."""
    problems = problems_of(data)
    assert are_lines(problems)
    return [problem.found for problem in problems if (problem.file, problem.feature) == (file, "-")]


@each_file
@pytest.mark.parametrize(("content", "said"), NO_JSON.values(), ids=NO_JSON)
def test_file_that_is_no_json_is_named(file: str, content: bytes, said: str, data_copy: Path) -> None:
    path_of(data_copy, file).write_bytes(content)
    (found,) = _found(data_copy, file)

    assert said in found


@pytest.mark.parametrize("file", [FACES, ARTICLE])
@pytest.mark.parametrize(("content", "said"), STRANGE_JSON.values(), ids=STRANGE_JSON)
def test_file_of_strange_json_is_named(file: str, content: bytes, said: str, data_copy: Path) -> None:
    path_of(data_copy, file).write_bytes(content)
    (found,) = _found(data_copy, file)

    assert said in found


@each_file
@pytest.mark.parametrize("content", NO_DOCUMENT.values(), ids=NO_DOCUMENT)
def test_file_that_holds_another_thing_is_named(file: str, content: bytes, data_copy: Path) -> None:
    path_of(data_copy, file).write_bytes(content)

    assert len(_found(data_copy, file)) == 1


@each_file
def test_missing_file_is_named(file: str, data_copy: Path) -> None:
    path_of(data_copy, file).unlink()

    assert _found(data_copy, file) == ["no such file"]


@each_file
def test_folder_in_place_of_a_file_is_named(file: str, data_copy: Path) -> None:
    path_of(data_copy, file).unlink()
    path_of(data_copy, file).mkdir()

    assert len(_found(data_copy, file)) == 1


@pytest.mark.parametrize("file", COLLECTIONS)
@pytest.mark.parametrize("features", [None, 3, "none", {}], ids=repr)
def test_features_that_are_no_list_are_named(file: str, features: Json, data_copy: Path) -> None:
    damage(data_copy, file, put(features, "features"))

    assert _found(data_copy, file) == ["no list of features"]


@pytest.mark.parametrize("file", COLLECTIONS)
def test_entries_that_are_no_features_are_named(file: str, data_copy: Path) -> None:
    damage(data_copy, file, put([None, 3, "feature", []], "features"))
    named = {problem.found for problem in problems_of(data_copy) if problem.feature == "without id"}

    assert named == {"None", "3", "'feature'", "[]"}


def test_every_missing_file_of_an_empty_folder_is_named_at_once(data_copy: Path) -> None:
    for folder in ("geodata", "seeds"):
        shutil.rmtree(data_copy / folder)
        (data_copy / folder).mkdir()
    missing = {problem.file for problem in problems_of(data_copy) if problem.found == "no such file"}

    assert missing == set(FILES)
