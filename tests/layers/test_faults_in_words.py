"""One slip in the words: layers, quotes and what is bound to them, the descriptor, the article's facts."""

import json
from pathlib import Path

import pytest

from layers.data.files import GEODATA, SCHEMAS, SEEDS
from tests.layers.damage import (
    ARTICLE,
    CLAIMS,
    COUNTS,
    DATES,
    DESCRIPTOR,
    EVENTS,
    FACES,
    GAZETTEER,
    LAYERS,
    NOTICES,
    PLACES,
    PROTECTORATES,
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
    "quote null": Fault(QUOTES, "without id", put(None, "rump"), "None", "an object with id, prefix, exact"),
    "misquoted": Fault(
        QUOTES, "rump", put("a rump state", "rump", "exact"), "not in the article", "its exact words"
    ),
    "long misquote": Fault(QUOTES, "rump", put("a\n" * 5_000, "rump", "exact"), "a\\na", "its exact words"),
    "unknown speaker": Fault(
        QUOTES, "rump", put("me", "rump", "speaker"), "speaker = 'me'", "author, armistice"
    ),
    "unknown purpose": Fault(
        QUOTES, "rump", put("naming", "rump", "purpose"), "purpose = 'naming'", "describing (says something"
    ),
    "wrong prefix": Fault(
        QUOTES, "rump", put("firmly sealed ", "rump", "prefix"), "'firmly sealed '", "effectively sealed "
    ),
    "about nothing": Fault(QUOTES, "rump", put([], "rump", "about"), "about nothing", "a layer or feature"),
    "about no feature": Fault(
        QUOTES, "rump", put(["atlantis"], "rump", "about"), "about 'atlantis'", "the id of a"
    ),
    "about a list": Fault(QUOTES, "rump", put([[]], "rump", "about"), "[]", ""),
    "too few quotes": Fault(QUOTES, "demarcation-line", drop("demarcation"), "0 quotes", "at least 1"),
}
UNKNOWN, DAY = "the source key 'me'", "2020-11-20"
SAID_IN_ARTICLE = "a form that is in the article"
FIRST_SENTENCE = json.loads((GEODATA / NOTICES).read_text(encoding="utf-8"))["afterwards"][0]["text"]
# Slips that are named whatever the lines on the map are, so that these are left out, to save time.
FAULTS_OF_WORDS = {
    "quote without prefix": Fault(
        QUOTES, "rump", drop("rump", "prefix"), "'prefix' is a required property", "prefix, exact, suffix"
    ),
    "quote without suffix": Fault(QUOTES, "rump", drop("rump", "suffix"), "'suffix' is a required", "suffix"),
    "citation empty": Fault(QUOTES, "rump", put("", "rump", "cites"), "cites = ''", "the citation as it"),
    "citation elsewhere": Fault(
        QUOTES, "rump", put("TASS, December 7", "rump", "cites"), "not in the paragraph", "the citation as it"
    ),
    "quote's id with capital": Fault(
        QUOTES, "Rump", put("Rump", "rump", "id"), "id = 'Rump'", "a kebab-case"
    ),
    "quote of another field": Fault(QUOTES, "rump", put("x", "rump", "page"), "'page'", "an object with id"),
    "claim without explanation": Fault(
        CLAIMS, "camp", drop("camp", "explanation"), "'explanation' is a required", "an object with id, claim"
    ),
    "claim about nothing": Fault(CLAIMS, "camp", put([], "camp", "about"), "about = []", "at least one"),
    "claim's decimals a text": Fault(
        CLAIMS, "camp", put("1", "camp", "decimals"), "decimals = '1'", "how many decimals"
    ),
    "claim accepts one number": Fault(
        CLAIMS, "camp", put([3], "camp", "accepts"), "accepts = [3]", "two numbers"
    ),
    "claim accepts words": Fault(
        CLAIMS, "camp", put([0, "more"], "camp", "accepts"), "accepts.1 = 'more'", "number"
    ),
    "claim states no range": Fault(CLAIMS, "camp", put(None, "camp", "stated"), "stated = None", "two num"),
    "claim circular for no reason": Fault(
        CLAIMS, "camp", put(3, "camp", "circular"), "circular = 3", "why the geometry cannot tell"
    ),
    "claim twice": Fault(CLAIMS, "camp", repeat("camp"), "more than once", "an id used once"),
    "event of no day": Fault(
        EVENTS, "decree", put("2020-11-31", "decree", "date"), "date = '2020-11-31'", "a day such as"
    ),
    "event of another day": Fault(
        EVENTS, "decree", put("2020-11-14", "decree", "date"), "the day 2020-11-14 in", "give this day"
    ),
    "event of another month": Fault(
        EVENTS, "decree", put("2020-10-13", "decree", "date"), "the day 2020-10-13 in", "give this day"
    ),
    "event that ends before it begins": Fault(
        EVENTS, "war", put("2020-11-10", "war", "date"), "until = '2020-11-09'", "no day before 2020-11-10"
    ),
    "event until no day": Fault(
        EVENTS, "war", put("later", "war", "until"), "until = 'later'", "the last day"
    ),
    "event of another kind": Fault(
        EVENTS, "decree", put("news", "decree", "kind"), "kind = 'news'", "event (the article dates it)"
    ),
    "event of no quote": Fault(
        EVENTS, "decree", put("me", "decree", "quote"), "quote = 'me'", "the id of a quote"
    ),
    "event in other words": Fault(
        EVENTS, "decree", put("November 13th", "decree", "exact"), "0 times", "words that are once in: On Nov"
    ),
    "event without words": Fault(EVENTS, "decree", drop("decree", "exact"), "'exact' is a required", "exact"),
    "event twice": Fault(EVENTS, "decree", repeat("decree"), "more than once", "an id used once"),
    "figure not in its words": Fault(
        COUNTS, "troops", put("1,961", "troops", "value"), "the value '1,961' in", "the figure as it stands"
    ),
    "figure within another": Fault(
        COUNTS, "troops", put("960", "troops", "value"), "the value '960' in", "the figure as it stands"
    ),
    "figure a number": Fault(
        COUNTS, "troops", put(1960, "troops", "value"), "value = 1960", "the figure as it stands"
    ),
    "figure of no quote": Fault(
        COUNTS, "troops", put("me", "troops", "quote"), "quote = 'me'", "the id of a"
    ),
    "figure in other words": Fault(
        COUNTS, "troops", put("1,960 troops", "troops", "exact"), "0 times", "words that are once in: Russia"
    ),
    "figure without a what": Fault(COUNTS, "troops", drop("troops", "what"), "'what' is a required", "what"),
    "figure twice": Fault(COUNTS, "troops", repeat("troops"), "more than once", "an id used once"),
    "no days": Fault(DATES, "-", lambda days: days.clear(), "[]", "at least one day"),
    "day out of order": Fault(
        DATES, "2020-09-26", lambda days: days.insert(1, days.pop(0)), "behind 2020-11-10", "their order"
    ),
    "day that is none": Fault(
        DATES, "2020-11-31", put("2020-11-31", DAY, "id"), "id = '2020-11-31'", "a day such as"
    ),
    "day of an unknown source": Fault(DATES, DAY, put("me", DAY, "source"), UNKNOWN, "one of osm-2017"),
    "day on which nothing happened": Fault(DATES, DAY, put("", DAY, "happened"), "happened = ''", "what had"),
    "day without source": Fault(DATES, DAY, drop(DAY, "source"), "'source' is a required", "an object with"),
    "day null": Fault(DATES, "without id", put(None, DAY), "None", "an object with id"),
    "day twice": Fault(DATES, DAY, repeat(DAY), "more than once", "an id used once"),
    "name in another spelling": Fault(
        GAZETTEER, "Baku", put(["Bakou"], "Baku", "forms"), "the form 'Bakou'", SAID_IN_ARTICLE
    ),
    "name without spelling": Fault(GAZETTEER, "Baku", put([], "Baku", "forms"), "forms = []", "at least one"),
    "name with a text for spellings": Fault(
        GAZETTEER, "Baku", put("Baku", "Baku", "forms"), "forms = 'Baku'", "a list of at least one"
    ),
    "name of another kind": Fault(
        GAZETTEER, "Baku", put("town", "Baku", "kind"), "kind = 'town'", "place or phrase"
    ),
    "name for no feature": Fault(
        GAZETTEER, "Baku", put(["atlantis"], "Baku", "about"), "about 'atlantis'", "the id of a layer"
    ),
    "name for nothing": Fault(GAZETTEER, "Baku", put([], "Baku", "about"), "neither about nor why", "why it"),
    "name for something and nothing": Fault(
        GAZETTEER, "Baku", put("Far.", "Baku", "why"), "both about and why", "why it is nothing"
    ),
    "name unanchored for no reason": Fault(
        GAZETTEER, "Baku", put([{"exact": "to Baku"}], "Baku", "unanchored"), "'why' is a required", ""
    ),
    "name unanchored elsewhere": Fault(
        GAZETTEER,
        "Baku",
        put([{"exact": "in Baku", "why": "So."}], "Baku", "unanchored"),
        "unanchored 'in Baku'",
        "words that are once in the article",
    ),
    "name left open": Fault(
        GAZETTEER, "Baku", put(["yerevan"], "Baku", "about"), "paragraph 4, “…", "a quote about yerevan"
    ),
    "name twice": Fault(GAZETTEER, "Baku", repeat("Baku"), "more than once", "an id used once"),
    "nothing left unsaid": Fault(NOTICES, "-", put([], "not_said"), "not_said = []", "a list of sentences"),
    "sentence empty": Fault(NOTICES, "-", put("", "not_said", 0), "not_said.0 = ''", "a sentence"),
    "nothing afterwards": Fault(
        NOTICES, "-", put(None, "afterwards"), "afterwards = None", "a list of {text"
    ),
    "afterwards without a source": Fault(
        NOTICES, "-", put([], "afterwards", 0, "sources"), "afterwards.0.sources = []", "at least one source"
    ),
    "afterwards of an unknown source": Fault(
        NOTICES,
        FIRST_SENTENCE[:30],
        put(["me"], "afterwards", 0, "sources"),
        UNKNOWN,
        "one of osm-2017",
    ),
    "afterwards as of no day": Fault(
        NOTICES, "-", put("today", "afterwards_as_of"), "afterwards_as_of = 'today'", "a day such as"
    ),
    "notices without a field": Fault(NOTICES, "-", drop("not_said"), "'not_said' is a required", "not_said"),
    "notices with another field": Fault(NOTICES, "-", put([], "said"), "'said' was unexpected", "not_said"),
}
REQUIRED = [
    (file, field)
    for file in (QUOTES, CLAIMS, EVENTS, COUNTS, DATES, GAZETTEER)
    for field in json.loads((SCHEMAS / f"{Path(file).stem}.schema.json").read_text("utf-8"))["items"][
        "required"
    ]
]
STRANGE: tuple[Json, ...] = (3, {}, [[]], [None], True)  # right for no field but some `decimals`
DESCRIPTOR_FIELDS: dict[str, tuple[Json, ...]] = {
    "as_of": (None, 3, "x", "2020-13-45"),
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


@pytest.mark.parametrize("fault", FAULTS_OF_WORDS.values(), ids=FAULTS_OF_WORDS)
def test_fault_in_words_is_named_whatever_is_drawn(fault: Fault, data_copy: Path) -> None:
    leave_only(data_copy, PLACES, PROTECTORATES)
    damage(data_copy, fault.file, fault.change)
    problems = problems_of(data_copy)

    assert fault.is_named_in(problems), "\n".join(map(str, problems))
    assert are_lines(problems)


def test_quote_of_a_faulty_event_is_not_named_too(data_copy: Path) -> None:
    damage(data_copy, EVENTS, put("2020-11-12", "joint-center-agreed", "date"))

    assert [(problem.file, problem.feature) for problem in problems_of(data_copy)] == [
        (EVENTS, "joint-center-agreed")
    ]


@pytest.mark.parametrize(("file", "field"), REQUIRED)
def test_missing_field_and_strange_values_of_it_are_named(file: str, field: str, data_copy: Path) -> None:
    leave_only(data_copy)
    damage(data_copy, file, drop(0, field))
    for place, value in enumerate(STRANGE, start=1):
        damage(data_copy, file, put(value, place, field))
    problems = tuple(problem for problem in problems_of(data_copy) if problem.file == file)
    found = [problem.found for problem in problems]
    right = 1 if field == "decimals" else 0

    assert are_lines(problems)
    assert f"'{field}' is a required property" in found
    assert sum(text.startswith(field) for text in found) >= len(STRANGE) - right


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
