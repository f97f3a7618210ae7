"""The article as received: its paragraphs, and where in it a quote stands.

Offsets count characters (code points) of the file, not bytes. The numbers of the seed file, the start
of Part Two, the heading and the leftovers of the web page, are given in `seeds/article.json`.
"""

import difflib
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from layers.data.files import read_document
from layers.data.problems import Problem, shortened
from layers.data.schemas import Json


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its number from 1 through both parts, the part, and where it stands in the file."""

    number: int
    part: int
    start: int
    text: str


@dataclass(frozen=True)
class Article:
    """The article's metadata (author, titles, dates) and its numbered paragraphs."""

    metadata: Json
    paragraphs: tuple[Paragraph, ...]

    def find(self, words: str) -> list[int]:
        """Return the offset in the file of each place where the words stand in a paragraph, to the character.

        Places that overlap one another count each.
        """
        pattern = re.compile(f"(?={re.escape(words)})")
        return [p.start + match.start() for p in self.paragraphs for match in pattern.finditer(p.text)]

    def paragraph_at(self, offset: int) -> Paragraph:
        """Return the paragraph that holds an offset of the file."""
        return next(p for p in reversed(self.paragraphs) if p.start <= offset)

    def nearest(self, exact: str) -> str:
        """Return the sentence with the longest passages of `exact` in it, as a help for mending a quote."""
        words = exact[:400]
        sentences = [s for p in self.paragraphs for s in re.split(r"(?<=[.)])\s+", p.text)]
        closest = max(sentences, key=lambda sentence: _likeness(words, sentence), default="")
        return f"{closest}{_lookalikes(words, closest)}"


def _likeness(quote: str, sentence: str) -> int:
    """Weigh what two texts have in common: longer passages count for more than many short ones."""
    steps = difflib.SequenceMatcher(None, sentence, quote, autojunk=False)
    return sum(block.size**2 for block in steps.get_matching_blocks())


def _lookalikes(quote: str, sentence: str) -> str:
    """Name the characters that differ one for one: a straight quote or a plain space is easy to overlook."""
    steps = difflib.SequenceMatcher(None, quote, sentence, autojunk=False).get_opcodes()
    pairs = {
        (unicodedata.name(quote[a], "?"), unicodedata.name(sentence[b], "?"))
        for tag, a, a_end, b, b_end in steps
        if tag == "replace" and a_end - a == b_end - b == 1
    }
    return "".join(f" (the article has {theirs}, the quote {ours})" for ours, theirs in sorted(pairs)[:2])


def read_article(folder: Path, problems: list[Problem]) -> Article:
    """Read `seeds/article.json` and the text it names; append what is wrong to `problems`."""
    metadata = read_document(folder / "article.json", "article", problems)
    if metadata is None:
        return Article({}, ())
    path = folder / metadata["file"]
    try:
        content = path.read_bytes()
    except OSError:
        problems.append(
            Problem("article.json", "file", shortened(metadata["file"]), "the article's file name")
        )
        return Article(metadata, ())
    digest = hashlib.sha256(content).hexdigest()
    if digest != metadata["sha256"]:
        problems.append(
            Problem(path.name, "-", f"sha256 {digest}", f"the article unedited, {metadata['sha256']}")
        )
    text = content.decode("utf-8", errors="replace")
    return Article(metadata, tuple(_paragraphs(text, metadata)))


def _paragraphs(text: str, metadata: Json) -> list[Paragraph]:
    body = [
        match
        for match in re.finditer(r"[^\n]+", text)
        if metadata["body_starts_at"] <= match.start() < metadata["leftovers_start_at"]
    ]
    return [
        Paragraph(
            number, 1 if match.start() < metadata["part_two_starts_at"] else 2, match.start(), match.group()
        )
        for number, match in enumerate(body, start=1)
    ]
