"""The article as received: its paragraphs, and where in it a quote stands.

Offsets count characters (code points) of the file, not bytes. The numbers of the seed file, the start
of Part Two, the heading and the leftovers of the web page, are given in `seeds/article.json`.
"""

import difflib
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from layers.problems import Problem, shortened
from layers.reading import Json, read_document


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its number from 1 through both parts, the part, and where it stands in the file."""

    number: int
    part: int
    start: int
    text: str


@dataclass(frozen=True)
class Article:
    """The article's facts (author, titles, dates) and its numbered paragraphs."""

    facts: Json
    paragraphs: tuple[Paragraph, ...]

    def paragraph_of(self, exact: str) -> Paragraph:
        """Return the paragraph that holds a quote known to stand in the article once."""
        return next(paragraph for paragraph in self.paragraphs if exact in paragraph.text)

    def occurrences(self, exact: str) -> int:
        """Return how often the quote stands in the paragraphs, to the character."""
        return sum(paragraph.text.count(exact) for paragraph in self.paragraphs)

    def nearest(self, exact: str) -> str:
        """Return the sentence of the article most like `exact`, as a help for mending a quote."""
        sentences = [s for p in self.paragraphs for s in re.split(r"(?<=[.)])\s+", p.text)]
        close = difflib.get_close_matches(exact[:400], sentences, n=1, cutoff=0.0)
        return close[0] if close else ""


def read_article(folder: Path, problems: list[Problem]) -> Article:
    """Read `seeds/article.json` and the text it names; append what is wrong to `problems`."""
    facts = read_document(folder / "article.json", "article", problems)
    if facts is None:
        return Article({}, ())
    path = folder / facts["file"]
    try:
        content = path.read_bytes()
    except OSError:
        problems.append(Problem("article.json", "file", shortened(facts["file"]), "the article's file name"))
        return Article(facts, ())
    digest = hashlib.sha256(content).hexdigest()
    if digest != facts["sha256"]:
        problems.append(
            Problem(path.name, "-", f"sha256 {digest}", f"the article unedited, {facts['sha256']}")
        )
    text = content.decode("utf-8", errors="replace")
    return Article(facts, tuple(_paragraphs(text, facts)))


def _paragraphs(text: str, facts: Json) -> list[Paragraph]:
    body = [
        match
        for match in re.finditer(r"[^\n]+", text)
        if facts["body_starts_at"] <= match.start() < facts["leftovers_start_at"]
    ]
    return [
        Paragraph(
            number, 1 if match.start() < facts["part_two_starts_at"] else 2, match.start(), match.group()
        )
        for number, match in enumerate(body, start=1)
    ]
