"""The article: its 23 paragraphs, what is left out of them, and an edited article refused."""

import re
from pathlib import Path

import pytest

from layers import Atlas
from layers.data.files import SEEDS
from layers.data.problems import Problem
from layers.text.article import Article, Paragraph, read_article

PARAGRAPHS = range(1, 24)
PARTS = [*[1] * 9, *[2] * 14]
CURLY, STRAIGHT = "\N{RIGHT SINGLE QUOTATION MARK}", "'"
NO_PART_OF_IT = ("Foundation of a Russian Protectorate", "Volume: 17 Issue: 174", "Please enter your")


@pytest.fixture(scope="module")
def article() -> Article:
    """The article of the repository."""
    return read_article(SEEDS, [])


@pytest.fixture(scope="module")
def text(article: Article) -> str:
    """The whole file, to the character."""
    return (SEEDS / article.metadata["file"]).read_text(encoding="utf-8")


def _edit(data: Path, old: str, new: str) -> list[Problem]:
    """Replace some words in a copy of the article and return what reading it then says."""
    problems: list[Problem] = []
    path = data / "seeds" / read_article(SEEDS, []).facts["file"]
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    read_article(data / "seeds", problems)
    return problems


def test_good_article_has_no_faults() -> None:
    problems: list[Problem] = []
    read_article(SEEDS, problems)

    assert problems == []


def test_paragraphs_are_numbered_through_both_parts(article: Article) -> None:
    assert [paragraph.number for paragraph in article.paragraphs] == list(PARAGRAPHS)
    assert [paragraph.part for paragraph in article.paragraphs] == PARTS


def test_part_two_begins_with_paragraph_10(article: Article) -> None:
    assert article.paragraphs[9].text.startswith(
        "Russian troops deployed to Upper (“Nagorno”) Karabakh exceed"
    )


@pytest.mark.parametrize("number", PARAGRAPHS)
def test_paragraph_stands_where_it_says_counted_in_characters(
    number: int, article: Article, text: str
) -> None:
    paragraph = article.paragraphs[number - 1]

    assert text[paragraph.start :].startswith(f"{paragraph.text}\n")
    assert len(paragraph.text) > 100


def test_paragraphs_hold_the_whole_body(article: Article, text: str) -> None:
    start, end = article.metadata["body_starts_at"], article.metadata["leftovers_start_at"]
    joined = "".join(paragraph.text for paragraph in article.paragraphs)

    assert joined == re.sub(r"\n", "", text[start:end])


@pytest.mark.parametrize("words", NO_PART_OF_IT)
def test_heading_and_leftovers_are_no_part_of_it(words: str, article: Article, text: str) -> None:
    assert words in text
    assert article.find(words) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("Karabakh", "Karabach"), (CURLY, STRAIGHT), ("\u00a0", " "), ("Please enter", "Enter"), ("\n", "\r\n")],
    ids=["word", "curly quote", "no-break space", "leftover", "line end"],
)
def test_edited_article_is_refused(old: str, new: str, data_copy: Path) -> None:
    (problem,) = _edit(data_copy, old, new)

    assert problem.file == "000_a04ac9283d51e805.txt"
    assert problem.found.startswith("sha256 ")
    assert problem.expected.startswith("the article unedited, ed44fdfb60149c87")


def test_missing_article_is_named(data_copy: Path) -> None:
    problems: list[Problem] = []
    (data_copy / "seeds" / "000_a04ac9283d51e805.txt").unlink()
    article = read_article(data_copy / "seeds", problems)

    assert article.paragraphs == ()
    assert problems == [
        Problem("article.json", "file", "'000_a04ac9283d51e805.txt'", "the article's file name")
    ]


def test_paragraph_of_a_passage_is_found(atlas: Atlas) -> None:
    (start,) = atlas.article.find("20-kilometer-long, 5-kilometer-wide")

    assert atlas.article.paragraph_at(start).number == 5


@pytest.mark.parametrize("number", PARAGRAPHS)
def test_paragraph_reaches_from_its_first_character_to_its_last(number: int, article: Article) -> None:
    paragraph = article.paragraphs[number - 1]
    last = paragraph.start + len(paragraph.text) - 1

    assert [article.paragraph_at(offset).number for offset in (paragraph.start, last)] == [number, number]


@pytest.mark.parametrize(
    "words", ["Lachin corridor", "“peacekeeping“ troops", f"{CURLY}\N{NO-BREAK SPACE}” areas"]
)
def test_words_are_found_wherever_they_stand_counted_in_characters(
    words: str, article: Article, text: str
) -> None:
    assert article.find(words) == [match.start() for match in re.finditer(words, text)]


def test_places_that_overlap_count_each() -> None:
    article = Article({}, (Paragraph(1, 1, 10, "a-a-a-b"),))

    assert article.find("a-a") == [10, 12]


def test_nearest_sentence_is_offered_for_a_misquoted_one(article: Article) -> None:
    misquoted = "Azerbaijan's forces had at that stage regained 4 Armenian-occupied districts."

    assert article.nearest(misquoted) == (
        f"Azerbaijan{CURLY}s forces had, at that stage, regained four Armenian-occupied districts "
        f"adjacent to Karabakh, in Azerbaijan{CURLY}s interior."
        " (the article has RIGHT SINGLE QUOTATION MARK, the quote APOSTROPHE)"
    )
