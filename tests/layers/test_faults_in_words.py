"""One slip in the words: layers, quotes, the descriptor and the facts of the article."""

from pathlib import Path

import pytest

from layers.atlas import SEEDS
from tests.layers.damage import (
    ARTICLE,
    DESCRIPTOR,
    FACES,
    LAYERS,
    PLACES,
    QUOTES,
    TEXT,
    Fault,
    Json,
    are_lines,
    at,
    damage,
    drop,
    leave_only,
    path_of,
    problems_of,
    put,
    repeat,
    say,
)

POCKET, DISTRICT = "demarcation-line-khtsaberd-pocket", ("returned-districts", "features", "district-gubadli")
WORDS = {"names": {"en": "Atlantis"}, "summary": "Sunk."}
FAULTS = {
    "unknown layer": Fault(
        LAYERS, "roads", put("roads", "places", "id"), "an unknown layer", "one of upper-karabakh"
    ),
    "layer left out": Fault(LAYERS, "places", drop("places"), "no entry", "an entry for each layer"),
    "layer twice": Fault(LAYERS, "places", repeat("places"), "more than once", "an id used once"),
    "layer a text": Fault(
        LAYERS, "without id", put("places", "places"), "'places'", "an object with id, title"
    ),
    "no such day": Fault(
        LAYERS, "lachin-corridor", put("2020-11-31", "lachin-corridor", "from"), "-11-31", "a date"
    ),
    "no words": Fault(
        LAYERS, POCKET, drop("demarcation-line", "features", POCKET), "no names", "each feature"
    ),
    "words null": Fault(LAYERS, "returned-districts", put(None, *DISTRICT), "None", "names and summary"),
    "words only": Fault(
        LAYERS, "atlantis", put(WORDS, *DISTRICT[:2], "atlantis"), "no such feature", "id of a feature"
    ),
    "place only in words": Fault(
        LAYERS, "atlantis", put(WORDS, "places", "features", "atlantis"), "no such", "the id"
    ),
    "place's id taken": Fault(
        LAYERS, "baku", put(WORDS, *DISTRICT[:2], "baku"), "more than once", "on the whole map"
    ),
    "source of a figure": Fault(
        LAYERS,
        "district-gubadli",
        put("me", *DISTRICT, "figures", 0, "source"),
        "the source key 'me'",
        "one of osm",
    ),
    "quote twice": Fault(QUOTES, "rump", repeat("rump"), "more than once", "an id used once"),
    "quote null": Fault(QUOTES, "without id", put(None, "rump"), "None", "an object with id, exact, speaker"),
    "misquoted": Fault(
        QUOTES, "rump", put("a rump state", "rump", "exact"), "not in the article", "its exact words"
    ),
    "long misquote": Fault(QUOTES, "rump", put("a\n" * 5_000, "rump", "exact"), "a\\na", "its exact words"),
    "unknown speaker": Fault(
        QUOTES, "rump", put("me", "rump", "speaker"), "speaker = 'me'", "author, armistice"
    ),
    "about nothing": Fault(QUOTES, "rump", put([], "rump", "about"), "about = []", "at least one"),
    "about no feature": Fault(
        QUOTES, "rump", put(["atlantis"], "rump", "about"), "about 'atlantis'", "the id of a"
    ),
    "about a list": Fault(QUOTES, "rump", put([[]], "rump", "about"), "[]", ""),
    "too few quotes": Fault(QUOTES, "demarcation-line", drop("demarcation"), "0 quotes", "at least 1"),
}
DESCRIPTOR_FIELDS: dict[str, tuple[Json, ...]] = {
    "as_of": (None, 3, "x", "2020-13-45"),
    "dates": (None, 3, [], ["x"], [3], ["2020-13-45"]),
    "extent": (None, 3, [], [43, 38], ["43", "38", "50.6", "42.2"]),
    "sources": (None, 3, [], ["x"], [{}], [None]),
    "licenses": (None, [], [{}]),
    "attribution": (None, 3),
    "disclaimer": (None, 3),
}
ARTICLE_FIELDS: dict[str, tuple[Json, ...]] = {
    "file": (None, 3, "", "elsewhere.txt"),
    "sha256": (None, "0" * 64),
    "body_starts_at": (None, "177"),
    "part_two_starts_at": (None, "6740"),
    "leftovers_start_at": (None, "15848"),
}
WRONG_FIELDS = [
    (file, field, value)
    for file, fields in ((DESCRIPTOR, DESCRIPTOR_FIELDS), (ARTICLE, ARTICLE_FIELDS))
    for field, values in fields.items()
    for value in values
]
MISSING_FIELDS = [
    *((DESCRIPTOR, field) for field in DESCRIPTOR_FIELDS),
    *((ARTICLE, field) for field in ARTICLE_FIELDS),
]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_fault_is_named(fault: Fault, data_copy: Path) -> None:
    damage(data_copy, fault.file, fault.change)
    problems = problems_of(data_copy)

    assert fault.is_named_in(problems), "\n".join(map(str, problems))
    assert are_lines(problems)


@pytest.mark.parametrize(("file", "field", "value"), WRONG_FIELDS, ids=str)
def test_wrong_field_of_the_descriptor_or_the_article_is_named(
    file: str, field: str, value: Json, data_copy: Path
) -> None:
    leave_only(data_copy)
    damage(data_copy, file, put(value, field))
    problems = problems_of(data_copy)

    assert are_lines(problems)
    assert {problem.file for problem in problems} & {file, TEXT}


@pytest.mark.parametrize(("file", "field"), MISSING_FIELDS)
def test_missing_field_of_the_descriptor_or_the_article_is_named(
    file: str, field: str, data_copy: Path
) -> None:
    leave_only(data_copy)
    damage(data_copy, file, drop(field))
    problems = problems_of(data_copy)

    assert are_lines(problems)
    assert [problem for problem in problems if problem.file == file and field in str(problem)]


def test_edited_article_is_refused_with_both_checksums(data_copy: Path) -> None:
    path = path_of(data_copy, TEXT)
    path.write_bytes((SEEDS / TEXT).read_bytes() + b"\n")
    (problem,) = problems_of(data_copy)

    assert problem.file == TEXT
    assert problem.found.startswith("sha256 ")
    assert problem.expected == (
        "the article unedited, ed44fdfb60149c8775dd0048feb8bd0d1f9fbd22d71526cbfe06bf02601d75c9"
    )


def test_faults_in_several_files_are_reported_in_one_go(data_copy: Path) -> None:
    faults = [
        *(FAULTS["unknown layer"], FAULTS["misquoted"], FAULTS["unknown speaker"]),
        Fault(FACES, "zangilan", at("zangilan", 45.9, 39), "outside", "one in a face"),
        Fault(PLACES, "goris", say("castle", "goris", "kind"), "kind = 'castle'", "capital"),
        Fault(PLACES, "ganja", at("ganja", 146.361, 40.683), "146.361", "longitude"),
    ]
    for fault in faults:
        damage(data_copy, fault.file, fault.change)
    path_of(data_copy, TEXT).write_bytes(b"Nothing.")
    problems = problems_of(data_copy)

    assert [fault for fault in faults if not fault.is_named_in(problems)] == [FAULTS["misquoted"]]
    assert {problem.file for problem in problems} == {FACES, PLACES, LAYERS, QUOTES, TEXT}
