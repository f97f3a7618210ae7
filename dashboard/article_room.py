"""The article as the reader gets it: parts, paragraphs, passages, and in them the words that name a place."""

from collections.abc import Iterator
from dataclasses import dataclass

from layers import Atlas
from layers.data.schemas import Json
from layers.presentation import voice_of
from layers.style.captions import captions
from layers.text.article import Paragraph
from layers.text.gazetteer import Entry, Occurrence
from layers.text.quotes import Quote, shown_quotes


@dataclass(frozen=True)
class Words:
    """Some words of a passage; `kind` is place or phrase if they name what it is about, else empty."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Segment:
    """A piece of a paragraph: a passage with its `note` and its words, or the text between two passages.

    A text that is left out where only passages may be shown is empty.
    """

    text: str
    quote: Quote | None = None
    note: str = ""
    words: tuple[Words, ...] = ()


@dataclass(frozen=True)
class ShownParagraph:
    """A paragraph in pieces; one of which nothing may be shown is `left_out`."""

    number: int
    left_out: bool
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Part:
    """A part of the article: what is known of it (volume, issue, date, address), and its paragraphs."""

    about: Json
    paragraphs: tuple[ShownParagraph, ...]


def parts(atlas: Atlas, *, full_article: bool) -> list[Part]:
    """Return the parts of the article; without `full_article` only passages that describe something."""
    shown = shown_quotes(atlas.annotations.quotes, full_article=full_article)
    quoted = {quote.paragraph for quote in shown}
    return [
        Part(
            about,
            tuple(
                ShownParagraph(
                    paragraph.number,
                    not full_article and paragraph.number not in quoted,
                    tuple(_segments(paragraph, shown, atlas, full_article=full_article)),
                )
                for paragraph in atlas.article.paragraphs
                if paragraph.part == about["part"]
            ),
        )
        for about in atlas.article.metadata["parts"]
    ]


def _segments(
    paragraph: Paragraph, shown: list[Quote], atlas: Atlas, *, full_article: bool
) -> Iterator[Segment]:
    place = 0
    for quote in shown:
        if quote.paragraph != paragraph.number:
            continue
        start = quote.start - paragraph.start
        yield from _between(paragraph.text[place:start], full_article=full_article)
        words = tuple(words_of(quote, atlas.annotations.gazetteer))
        yield Segment(quote.exact, quote, _note(quote, atlas), words)
        place = start + len(quote.exact)
    yield from _between(paragraph.text[place:], full_article=full_article)


def _between(text: str, *, full_article: bool) -> Iterator[Segment]:
    left_out = not full_article and any(map(str.isalnum, text))  # a blank or a comma is no loss
    if text:
        yield Segment("" if left_out else text)


def words_of(quote: Quote, gazetteer: tuple[Entry, ...]) -> Iterator[Words]:
    """Yield a passage in pieces; names and phrases that the gazetteer anchors in it stand alone."""
    place = 0
    for occurrence, kind in _anchored(quote, gazetteer):
        start, end = occurrence.start - quote.start, occurrence.start - quote.start + len(occurrence.form)
        if place < start:
            yield Words(quote.exact[place:start])
        yield Words(quote.exact[max(place, start) : end], kind)
        place = end
    if quote.exact[place:]:
        yield Words(quote.exact[place:])


def _anchored(quote: Quote, gazetteer: tuple[Entry, ...]) -> list[tuple[Occurrence, str]]:
    found = [
        (occurrence, entry.kind)
        for entry in gazetteer
        for occurrence in entry.occurrences
        if occurrence.quote is not None and occurrence.quote.id == quote.id
    ]
    return sorted(found, key=lambda each: each[0].start)


def _note(quote: Quote, atlas: Atlas) -> str:
    """Say who speaks, and of what on the map."""
    titles = [_title(identifier, atlas) for identifier in quote.about]
    cites = f" ({quote.cites.removeprefix(', ')})" if quote.cites else ""
    text = captions()["voices"]["note" if titles else "nothing"]
    voice, names = f"{voice_of(quote).text}{cites}", ", ".join(dict.fromkeys(titles))
    return str(text.format(paragraph=quote.paragraph, voice=voice, titles=names))


def _title(identifier: str, atlas: Atlas) -> str:
    """Return what a reader calls a layer or a feature."""
    feature = atlas.features.get(identifier)
    return feature.name_in() if feature else atlas.layers[identifier].title
