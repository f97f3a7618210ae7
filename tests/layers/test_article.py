"""The article: its 23 paragraphs, what is left out of them, and an edited article refused."""

import hashlib
import re
from pathlib import Path

import pytest

from layers.data.folders import SEEDS
from layers.data.problems import Problem
from layers.text.article import Article, Paragraph, read_article
from tests.layers.damage import TEXT

SHA256 = "ed44fdfb60149c8775dd0048feb8bd0d1f9fbd22d71526cbfe06bf02601d75c9"
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


def test_paragraphs_are_numbered_through_both_parts(article: Article) -> None:
    assert [paragraph.number for paragraph in article.paragraphs] == list(range(1, 24))
    assert [paragraph.part for paragraph in article.paragraphs] == [*[1] * 9, *[2] * 14]


def test_part_two_begins_with_paragraph_10(article: Article) -> None:
    assert article.paragraphs[9].text.startswith(
        "Russian troops deployed to Upper (“Nagorno”) Karabakh exceed"
    )


def test_paragraph_stands_where_it_says_counted_in_characters(article: Article, text: str) -> None:
    misplaced = [x for x in article.paragraphs if not text[x.start :].startswith(f"{x.text}\n")]

    assert misplaced == []
    assert min(len(paragraph.text) for paragraph in article.paragraphs) > 100


def test_paragraphs_hold_the_whole_body(article: Article, text: str) -> None:
    start, end = article.metadata["body_starts_at"], article.metadata["leftovers_start_at"]
    joined = "".join(paragraph.text for paragraph in article.paragraphs)

    assert joined == re.sub(r"\n", "", text[start:end])


def test_heading_and_leftovers_are_no_part_of_it(article: Article, text: str) -> None:
    assert [words for words in NO_PART_OF_IT if words not in text or article.find(words)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("Karabakh", "Karabach"), (CURLY, STRAIGHT), ("\u00a0", " "), ("Please enter", "Enter"), ("\n", "\r\n")],
    ids=["word", "curly quote", "no-break space", "leftover", "line end"],
)
def test_edited_article_is_refused(old: str, new: str, data_copy: Path) -> None:
    problems: list[Problem] = []
    path = data_copy / "seeds" / TEXT
    content = path.read_bytes().replace(old.encode(), new.encode(), 1)
    path.write_bytes(content)
    read_article(data_copy / "seeds", problems)

    assert problems == [
        Problem(TEXT, "-", f"sha256 {hashlib.sha256(content).hexdigest()}", f"the article unedited, {SHA256}")
    ]


def test_missing_article_is_named(data_copy: Path) -> None:
    problems: list[Problem] = []
    (data_copy / "seeds" / TEXT).unlink()
    article = read_article(data_copy / "seeds", problems)

    assert article.paragraphs == ()
    assert problems == [Problem("article.json", "file", f"'{TEXT}'", "the article's file name")]


def test_paragraph_of_a_passage_is_found(article: Article) -> None:
    (start,) = article.find("20-kilometer-long, 5-kilometer-wide")

    assert article.paragraph_at(start).number == 5


def test_paragraph_reaches_from_its_first_character_to_its_last(article: Article) -> None:
    ends = [(x.number, (x.start, x.start + len(x.text) - 1)) for x in article.paragraphs]
    found = [(number, {article.paragraph_at(end).number for end in both}) for number, both in ends]

    assert [number for number, numbers in found if numbers != {number}] == []


def test_words_are_found_wherever_they_stand_counted_in_characters(article: Article, text: str) -> None:
    words = ("Lachin corridor", "“peacekeeping“ troops", f"{CURLY}\N{NO-BREAK SPACE}” areas")

    assert {each: article.find(each) for each in words} == {
        each: [match.start() for match in re.finditer(each, text)] for each in words
    }


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
