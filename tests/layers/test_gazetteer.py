"""The gazetteer: every name of the article and every place it stands in, anchored or explained."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from layers import Atlas
from layers.__main__ import main
from layers.data.files import GEODATA
from layers.data.problems import Problem
from layers.text.article import Article, Paragraph
from layers.text.gazetteer import Entry, Occurrence, check_gazetteer, table
from layers.text.quotes import Quote
from tests.layers.damage import GAZETTEER

Json = Any
ENTRIES = {entry["name"]: entry for entry in json.loads((GEODATA / GAZETTEER).read_text(encoding="utf-8"))}
QUOTES = [quote["id"] for quote in json.loads((GEODATA / "quotes.json").read_text(encoding="utf-8"))]
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
IDS = {"karabakh", "lachin", "corridor"}

each_entry = pytest.mark.parametrize("name", ENTRIES)


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


def _found(atlas: Atlas, name: str) -> tuple[Occurrence, ...]:
    return next(entry.occurrences for entry in atlas.annotations.gazetteer if entry.name == name)


def _ids(atlas: Atlas) -> set[str]:
    return {i for layer in atlas.layers.values() for i in (layer.id, *layer.features.id)}


def _spans(atlas: Atlas) -> list[tuple[int, int]]:
    occurrences = [each for entry in atlas.annotations.gazetteer for each in entry.occurrences]
    return [(each.start, each.start + len(each.form)) for each in occurrences]


def _is_whole(article: Article, form: str, start: int) -> bool:
    """Tell whether no letter or number goes on before or after a form at a place in the article."""
    paragraph = article.paragraph_at(start)
    place = start - paragraph.start
    around = paragraph.text[:place][-1:], paragraph.text[place + len(form) :][:1]
    return not any(character.isalnum() for character in around)


def _capitalised(article: Article) -> Iterator[tuple[str, int]]:
    """Yield each word with a capital that begins no sentence, and its offset in the file."""
    for paragraph in article.paragraphs:
        beginnings = {match.end() for match in BEGINNING.finditer(paragraph.text)}
        for match in re.finditer(r"\b[A-ZÀ-Þ]\w*", paragraph.text):
            if match.start() not in beginnings:
                yield match.group(), paragraph.start + match.start()


@each_entry
def test_each_occurrence_has_a_quote_or_a_reason(name: str, atlas: Atlas) -> None:
    entry, occurrences = ENTRIES[name], _found(atlas, name)
    open_ones = [each for each in occurrences if not (each.quote or each.why or entry["why"])]

    assert occurrences != ()
    assert open_ones == []


@each_entry
def test_each_form_occurs_and_stands_in_no_gap_between_occurrences(name: str, atlas: Atlas) -> None:
    occurring, spans = {each.form for each in _found(atlas, name)}, _spans(atlas)
    left_out = [
        (form, start)
        for form in ENTRIES[name]["forms"]
        for start in atlas.article.find(form)
        if _is_whole(atlas.article, form, start)
        and not any(begin <= start and start + len(form) <= end for begin, end in spans)
    ]

    assert occurring == set(ENTRIES[name]["forms"])
    assert left_out == []


@each_entry
def test_quote_of_an_occurrence_holds_it_and_is_about_the_name(name: str, atlas: Atlas) -> None:
    anchored = [(each, each.quote) for each in _found(atlas, name) if each.quote]

    assert [each for each, quote in anchored if not set(quote.about) & set(ENTRIES[name]["about"])] == []
    assert [
        each.form
        for each, quote in anchored
        if quote.exact[each.start - quote.start :][: len(each.form)] != each.form
    ] == []


@each_entry
def test_name_is_something_on_the_map_or_says_why_not(name: str, atlas: Atlas) -> None:
    entry = ENTRIES[name]

    assert set(entry["about"]) <= _ids(atlas)
    assert bool(entry["about"]) != bool(entry["why"])


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


@pytest.mark.parametrize("identifier", QUOTES)
def test_removed_quote_leaves_open_what_it_alone_anchors(identifier: str, atlas: Atlas) -> None:
    problems: list[Problem] = []
    left = tuple(quote for quote in atlas.annotations.quotes if quote.id != identifier)
    check_gazetteer(list(ENTRIES.values()), atlas.article, left, _ids(atlas), problems)
    opened = [
        (name, f"paragraph {each.paragraph}, ", each.form)
        for name in ENTRIES
        for each in _found(atlas, name)
        if each.quote and each.quote.id == identifier
    ]

    assert [(problem.file, problem.feature) for problem in problems] == [
        (GAZETTEER, name) for name, _, _ in opened
    ]
    for problem, (_, paragraph, form) in zip(problems, opened, strict=True):
        assert problem.found.startswith(paragraph)
        assert form in problem.found
        assert problem.found.endswith("…”, in no quote about it")


def test_removed_quote_is_named_with_paragraph_and_words(atlas: Atlas) -> None:
    problems: list[Problem] = []
    left = tuple(quote for quote in atlas.annotations.quotes if quote.id != "back-to-baku")
    check_gazetteer([ENTRIES["Baku"]], atlas.article, left, _ids(atlas), problems)

    assert problems == [
        Problem(
            *("gazetteer.json", "Baku"),
            "paragraph 4, “…am, Kelbajar, Lachin) back to Baku without further fighting. Pre…”, "
            "in no quote about it",
            "a quote about baku, or an entry in unanchored saying why not",
        )
    ]


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
            {"forms": ["Lachin", "Latschin"]},
            "the form 'Latschin'",
            "a form that is in the article, perhaps: ",
        ),
        ({"about": ["atlantis"]}, "about 'atlantis'", "the id of a layer or feature on the map"),
        ({"why": "Not drawn."}, "both about and why", "what it is on the map, or why it is nothing there"),
        ({"about": []}, "neither about nor why", "what it is on the map, or why it is nothing there"),
        (
            {"unanchored": [{"exact": "Lachin", "why": "Said of nothing."}]},
            "unanchored 'Lachin'",
            "words that are once in the article",
        ),
        (
            {"unanchored": [{"exact": "to Lachin", "why": "Said of nothing."}]},
            "unanchored 'to Lachin'",
            "words that are once in the article",
        ),
    ],
    ids=["form", "feature", "both", "neither", "words thrice", "no words"],
)
def test_entry_that_does_not_fit_is_named(changes: Json, found: str, expected: str) -> None:
    _, problems = _check(
        [_entry("Lachin", **changes)], _quote(ARTICLE, TWO.text, "lachin", "corridor", "atlantis")
    )

    assert [(problem.file, problem.feature, problem.found) for problem in problems] == [
        ("gazetteer.json", "Lachin", found)
    ]
    assert problems[0].expected.startswith(expected)


def test_form_that_is_not_in_the_article_is_answered_with_the_nearest_sentence(atlas: Atlas) -> None:
    problems: list[Problem] = []
    entry = _entry("Aghdam", "Aghdam, Kelbadjar, Lachin", about=[], why="Not drawn.")
    check_gazetteer([entry], atlas.article, atlas.annotations.quotes, _ids(atlas), problems)

    assert [problem.found for problem in problems] == ["the form 'Aghdam, Kelbadjar, Lachin'"]
    assert problems[0].expected.startswith("a form that is in the article, perhaps: ")


def test_table_in_the_repository_is_the_one_that_the_command_prints(
    atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = "\n".join(table(atlas.annotations.gazetteer)) + "\n"
    status = main(["gazetteer"])

    assert (GEODATA / "GAZETTEER.md").read_text(encoding="utf-8") == printed
    assert (status, capsys.readouterr().out) == (0, printed)


@each_entry
def test_table_has_a_row_for_each_name_with_its_count(name: str, atlas: Atlas) -> None:
    occurrences = _found(atlas, name)
    paragraphs = ", ".join(str(number) for number in sorted({each.paragraph for each in occurrences}))
    rows = [row for row in table(atlas.annotations.gazetteer) if row.startswith(f"| {name} |")]

    assert len(rows) == 1
    assert rows[0].startswith(f"| {name} | {len(occurrences)} ({paragraphs}) | ")
    assert all(f"`{identifier}`" in rows[0] for identifier in ENTRIES[name]["about"])
