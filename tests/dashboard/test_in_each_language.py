"""Every document in each language: no word of the interface is left in English, every letter has a shape."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.assets import LATER, assets
from dashboard.typefaces import of_the_language, typefaces
from layers import Atlas
from layers.language.catalogues import DOMAINS, LOCALE, po_file, read_catalogue
from layers.language.speaking import ENGLISH, SPOKEN, speaking
from layers.style.fonts import printable
from tests.dashboard.html_tree import Node, parse
from tests.dashboard.web import ask

OTHERS = tuple(language for language in SPOKEN if language != ENGLISH)
MOST_BYTES = 220_000  # compressed, with all that is loaded first
PAGES = ("reader", "map", "in-words")
NOT_TEXT = ("script", "style", "code", "kbd", "meta", "svg")
READ_ALOUD = ("alt", "aria-label", "placeholder", "title")
# Words that stay in Latin letters, by kind; and what tells English from a language that has such letters.
ALLOWED = json.loads((Path(__file__).parent / "latin_words.json").read_text(encoding="utf-8"))
ENGLISH_WORDS = {
    "the",
    "of",
    "and",
    "with",
    "from",
    "which",
    "are",
    "was",
    "were",
    "this",
    "that",
    "for",
    "by",
}
QUOTED = re.compile("“[^”]*”|\\S+\\.\\S+")  # the article's words; addresses and names of files


def said(node: Node, language: str) -> Iterator[tuple[str, str]]:
    """Yield what a page says, with the language that it says it is in; not what is never translated."""
    for child in node.children:
        if isinstance(child, str):
            yield language, " ".join(child.split())
        elif child.tag not in NOT_TEXT and child.attributes.get("translate") != "no":
            its_own = child.attributes.get("lang", language)
            yield from ((its_own, child.attributes[key]) for key in READ_ALOUD if key in child.attributes)
            yield from said(child, its_own)


def left_in_english(text: str, language: str) -> list[str]:
    """Return the words of a text that are English and need not be."""
    words = set(re.findall(r"[A-Za-z][A-Za-z\u2019'-]+", QUOTED.sub(" ", text)))
    if language == "az":
        return sorted(ENGLISH_WORDS & words)
    allowed = {word for kind in ALLOWED.values() for word in kind}
    return sorted(word for word in words if word.split("-")[0] not in allowed)


@pytest.mark.parametrize("language", OTHERS)
def test_no_string_of_the_interface_is_left_in_english(server: str, atlas: Atlas, language: str) -> None:
    never_translated = sorted(
        {
            *(source["title"] for source in atlas.sources.values()),
            *(claim.id for claim in atlas.claims),
            *(each.names["article"] for each in atlas.features.values() if language not in each.names),
        },
        key=len,
        reverse=True,
    )
    failing = {}
    for page in PAGES:
        document = parse(ask(server, f"/{page}?ui={language}").text)
        assert document.one("html").attributes["lang"] == language
        for told, text in said(document.one("body"), language):
            bare = text
            for name in never_translated:
                bare = bare.replace(name, " ")
            if told == language and (words := left_in_english(bare, language)):
                failing[page, text[:80]] = words
    assert failing == {}


def test_reader_with_its_letters_is_small_in_each_language(server: str) -> None:
    first = [body for name, body in assets().items() if name not in LATER.values()]
    sizes = {}
    for language in OTHERS:
        parts = [ask(server, f"/reader?ui={language}").body, *first]
        with speaking(language):
            letters = sum(len(each.body) for each in of_the_language())
        sizes[language] = letters + sum(len(gzip.compress(part, 9, mtime=0)) for part in parts)
    assert {language: size for language, size in sizes.items() if size > MOST_BYTES} == {}


def test_each_letter_of_each_language_has_a_shape_in_pictures_and_pages() -> None:
    failing = {}
    ranges = [each.letters.split(", ") for each in typefaces()]
    on_pages = {ord(letter) for parts in ranges for part in parts for letter in letters_of(part)}
    for language in OTHERS:
        said_there = "".join(
            text
            for domain in DOMAINS
            for message in read_catalogue(po_file(language, domain, LOCALE), language, domain)
            if message.id
            for text in ([message.string] if isinstance(message.string, str) else message.string)
        )
        letters = sorted(letter for letter in set(said_there) if not letter.isspace())
        lacking = [each for each in letters if ord(each) not in on_pages or printable(each) != each]
        failing |= {language: lacking} if lacking else {}
    assert failing == {}


def letters_of(part: str) -> str:
    """Return the letters of one part of a range as CSS writes it: U+0410-044F or U+2116."""
    first, _, last = part.removeprefix("U+").partition("-")
    return "".join(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
