"""The gazetteer: every name of the article and every place it stands in, anchored or explained."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from layers import Atlas
from layers.__main__ import main
from layers.data.folders import GEODATA
from layers.data.problems import Problem
from layers.text.article import Article, Paragraph
from layers.text.gazetteer import Entry, check_gazetteer, table
from layers.text.quotes import Quote
from tests.layers.damage import GAZETTEER

Json = Any
ENTRIES = {entry["name"]: entry for entry in json.loads((GEODATA / GAZETTEER).read_text(encoding="utf-8"))}
# Words with a capital in the middle of a sentence that are no places, and no form in the gazetteer.
MONTHS = {"February", "June", "September", "October", "November", "December"}
PERSONS = {
    *("Aliyev", "Andrei", "Antonio", "Dmitry", "Dujarric", "Guterres", "Haraik", "Harutiunian", "Igor"),
    *("Ilham", "Kutrovsky", "Lavrov", "Muradov", "Peskov", "Putin", "Rustam", "Sergei", "Shoigu"),
    *("Solovyov", "Stéphane", "Vladimir", "Volkov"),
}
TITLES = {"General", "Hero", "Lieutenant", "Major", "Minister", "President", "Secretary", "Foreign"}
BODIES = {
    *("Army", "Defense", "Department", "Emergency", "FSB", "Federal", "Ministry", "Nations", "OSCE"),
    *("Operations", "Peacekeeping", "Security", "Service", "Sides", "Situations", "UN", "United"),
}
PUBLICATIONS = {"Armenpress", "Azertag", "Commentaries", "EDM", "Kavkazsky", "One", "Part", "TASS", "Uzel"}
PEOPLES = {"Armenian", "Azerbaijani", "French", "Russian", "Tabarasan", "Turkish"}
NO_PLACES = MONTHS | PERSONS | TITLES | BODIES | PUBLICATIONS | PEOPLES
BEGINNING = re.compile(r"(?:^|[.!?][”]?\s+)[“(]*")  # of a sentence, up to its first letter
ONE = Paragraph(1, 1, 100, "Upper Karabakh is large. Karabakh lies near rump-Karabakh, not in Karabakhs.")
TWO = Paragraph(2, 1, 200, "Who goes to Karabakh goes by Lachin, and Lachin lies by the Lachin corridor.")
ARTICLE = Article({}, (ONE, TWO))
EITHER, ONCE = "what it is on the map, or why it is nothing there", "words that are once in the article"
IDS = {"karabakh", "lachin", "corridor"}


def _entry(name: str, *forms: str, **changes: Json) -> Json:
    known = {"name": name, "kind": "place", "forms": [*forms] or [name]}
    return {**known, "about": [name.lower()], "why": None, "unanchored": [], **changes}


def _quote(article: Article, exact: str, *about: str) -> Quote:
    (start,) = article.find(exact)
    number = article.paragraph_at(start).number
    return Quote(f"quote-{start}", "", exact, "", start, number, "author", "describing", about)


def _check(entries: list[Json], *quotes: Quote) -> tuple[tuple[Entry, ...], list[Problem]]:
    problems: list[Problem] = []
    return check_gazetteer(entries, ARTICLE, quotes, IDS, problems), problems


def _spans(atlas: Atlas) -> list[tuple[int, int]]:
    occurrences = [each for entry in atlas.annotations.gazetteer for each in entry.occurrences]
    return [(each.start, each.start + len(each.form)) for each in occurrences]


def _capitalised(article: Article) -> Iterator[tuple[str, int]]:
    """Yield each word with a capital that begins no sentence, and its offset in the file."""
    for paragraph in article.paragraphs:
        beginnings = {match.end() for match in BEGINNING.finditer(paragraph.text)}
        for match in re.finditer(r"\b[A-ZÀ-Þ]\w*", paragraph.text):
            if match.start() not in beginnings:
                yield match.group(), paragraph.start + match.start()


def test_each_form_occurs_and_stands_in_no_gap_between_occurrences(atlas: Atlas) -> None:
    spans = _spans(atlas)
    occurring = {
        entry.name: {each.form for each in entry.occurrences} for entry in atlas.annotations.gazetteer
    }
    whole_words = [
        (form, paragraph.start + match.start(), paragraph.start + match.end())
        for entry in ENTRIES.values()
        for form in entry["forms"]
        for paragraph in atlas.article.paragraphs
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", paragraph.text)
    ]

    assert occurring == {name: set(entry["forms"]) for name, entry in ENTRIES.items()}
    assert [each for each in whole_words if not any(a <= each[1] and each[2] <= b for a, b in spans)] == []


def test_names_that_the_article_says_of_the_map_are_in_it() -> None:
    places = {"Stepanakert", "Aghdam", "Kelbajar", "Lachin", "Lachin corridor", "Yerevan", "Baku", "Donbas"}
    phrases = {"the demarcation line", "four districts", "three districts", "the camp", "overland"}

    assert places <= {name for name, entry in ENTRIES.items() if entry["kind"] == "place"}
    assert phrases <= {name for name, entry in ENTRIES.items() if entry["kind"] == "phrase"}


def test_words_with_a_capital_are_names_of_the_gazetteer_or_known_to_be_no_places(atlas: Atlas) -> None:
    spans = _spans(atlas)
    unknown = {
        word
        for word, start in _capitalised(atlas.article)
        if not any(begin <= start and start + len(word) <= end for begin, end in spans)
    }

    assert unknown - NO_PLACES == set()
    assert NO_PLACES - unknown == set()


def test_no_two_occurrences_overlap(atlas: Atlas) -> None:
    spans = sorted(_spans(atlas))

    assert [(one, other) for one, other in pairwise(spans) if other[0] < one[1]] == []


def test_longest_form_is_taken_first() -> None:
    (entry,), problems = _check(
        [_entry("Karabakh", "Karabakh", "Upper Karabakh", "rump-Karabakh")],
        _quote(ARTICLE, ONE.text, "karabakh"),
        _quote(ARTICLE, TWO.text, "karabakh"),
    )

    assert problems == []
    assert [(each.form, each.paragraph) for each in entry.occurrences] == [
        *(("Upper Karabakh", 1), ("Karabakh", 1), ("rump-Karabakh", 1), ("Karabakh", 2))
    ]


def test_longer_form_of_another_name_takes_its_words() -> None:
    (lachin, corridor), problems = _check(
        [_entry("Lachin"), _entry("Corridor", "Lachin corridor")],
        _quote(ARTICLE, TWO.text, "lachin", "corridor"),
    )

    assert problems == []
    assert [each.form for each in lachin.occurrences] == ["Lachin", "Lachin"]
    assert [each.start for each in corridor.occurrences] == ARTICLE.find("Lachin corridor")


def test_longer_form_takes_the_words_that_a_shorter_one_begins_with() -> None:
    (shorter, longer), _ = _check(
        [_entry("Large", "is large"), _entry("Lie", "large. Karabakh lies", about=["karabakh"])]
    )

    assert [each.form for each in shorter.occurrences] == []
    assert [each.form for each in longer.occurrences] == ["large. Karabakh lies"]


def test_name_within_a_word_is_no_occurrence() -> None:
    (entry,), _ = _check([_entry("Karabakh")])

    assert [each.start for each in entry.occurrences] == [*ARTICLE.find("Karabakh")[:3], 212]
    assert ARTICLE.find("Karabakhs") == [ARTICLE.find("Karabakh")[3]]


def test_occurrence_in_a_quote_about_something_else_is_open() -> None:
    (entry,), problems = _check([_entry("Lachin")], _quote(ARTICLE, TWO.text, "corridor"))

    assert [each.quote for each in entry.occurrences] == [None] * 3
    assert [problem.found.partition(",")[0] for problem in problems] == ["paragraph 2"] * 3


def test_occurrence_is_explained_by_words_that_hold_it() -> None:
    single = {"exact": "goes by Lachin", "why": "A road."}
    (entry,), problems = _check(
        [_entry("Lachin", unanchored=[single])], _quote(ARTICLE, "Lachin lies by the Lachin", "lachin")
    )

    assert problems == []
    assert [(each.why, each.quote is None) for each in entry.occurrences] == [
        *(("A road.", True), (None, False), (None, False))
    ]


def test_name_that_is_nothing_on_the_map_needs_no_quote() -> None:
    (entry,), problems = _check([_entry("Lachin", about=[], why="Not drawn.")])

    assert problems == []
    assert (entry.why, len(entry.occurrences)) == ("Not drawn.", 3)


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        (
            {"forms": ["Lachin", "Karabakh lies far"]},
            "the form 'Karabakh lies far'",
            f"a form that is in the article, perhaps: {ONE.text.partition('. ')[2]}",
        ),
        ({"about": ["atlantis"]}, "about 'atlantis'", "the id of a layer or feature on the map"),
        ({"why": "Not drawn."}, "both about and why", EITHER),
        ({"about": []}, "neither about nor why", EITHER),
        ({"unanchored": [{"exact": "Lachin", "why": "So."}]}, "unanchored 'Lachin'", ONCE),
        ({"unanchored": [{"exact": "to Lachin", "why": "So."}]}, "unanchored 'to Lachin'", ONCE),
    ],
    ids=["form", "feature", "both", "neither", "words thrice", "no words"],
)
def test_entry_that_does_not_fit_is_named(changes: Json, found: str, expected: str) -> None:
    _, problems = _check(
        [_entry("Lachin", **changes)], _quote(ARTICLE, TWO.text, "lachin", "corridor", "atlantis")
    )

    assert problems == [Problem(GAZETTEER, "Lachin", found, expected)]


@pytest.mark.usefixtures("built")
def test_table_in_the_repository_is_the_one_that_the_command_prints(
    atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = "\n".join(table(atlas.annotations.gazetteer)) + "\n"
    status = main(["gazetteer"])

    assert (GEODATA / "GAZETTEER.md").read_text(encoding="utf-8") == printed
    assert (status, capsys.readouterr().out) == (0, printed)


def test_table_has_a_row_for_a_name_with_its_places_and_what_it_is_and_is_not() -> None:
    road = {"exact": "goes by Lachin", "why": "A road."}
    entries, _ = _check(
        [
            _entry("Lachin", unanchored=[road]),
            _entry("Karabakh", "Karabakh", "rump-Karabakh", about=["karabakh", "corridor"], kind="phrase"),
            _entry("Lie", "lies", about=[], why="Not drawn."),
        ],
        _quote(ARTICLE, "Lachin lies by the Lachin", "lachin"),
    )

    assert [row for row in table(entries) if row.startswith(("## ", "| ")) and "times" not in row] == [
        "## Place names",
        "| Lachin | 3 (2) | `lachin` | paragraph 2: A road. |",
        "| Lie | 2 (1, 2) | nothing | Not drawn. |",
        "## Spatial phrases",
        "| Karabakh | 4 (1, 2) | `karabakh`, `corridor` |  |",
    ]
