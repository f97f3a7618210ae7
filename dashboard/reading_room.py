"""What stands beside the map: the article with its passages marked, claims, timeline, figures and notes.

One piece of HTML, the same on the server and wherever else; `assets/reading.js` binds it to a map.
"""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from dashboard.sheets import quotation
from dashboard.templating import render
from layers import Atlas
from layers.citation import citation
from layers.exports.formats import LAYER_FORMATS
from layers.geometry.control import holdings, shares
from layers.style.captions import captions, long_date, short_date
from layers.text.article import Paragraph
from layers.text.claims import AGREES, CANNOT_BE_TOLD, DIFFERS, Claim
from layers.text.quotes import Quote, shown_quotes


def reading_room(atlas: Atlas, *, full_article: bool, base: str | None = None) -> Markup:
    """Return the reading room; without `full_article`, for want of permission, it holds few quotes alone.

    `base` is the address below which the map's files lie; without one none are offered.
    """
    shown = shown_quotes(atlas.annotations.quotes, full_article=full_article)
    return render(
        "reading_room.html",
        facts=atlas.article.metadata,
        full_article=full_article,
        parts=list(_parts(atlas, full_article=full_article)),
        claims=atlas.claims,
        verdicts=_verdicts(atlas.claims),
        verdict_classes=captions()["reader"]["verdict_classes"],
        timeline=_timeline(atlas),
        counts=atlas.annotations.counts,
        notices=atlas.annotations.notices,
        sources=atlas.sources,
        descriptor=atlas.descriptor,
        shown={quote.id for quote in shown},
        speakers=captions()["speakers"],
        speaker_tags=captions()["speaker_tags"],
        long_date=long_date,
        short_date=short_date,
        quotation=quotation,
        citation=citation(atlas),
        base=base,
        files=captions()["reader"]["offered"],
        frame_sizes=captions()["reader"]["frame_sizes"],
        layers=list(atlas.layers.values()),
        layer_formats=LAYER_FORMATS,
        dates=atlas.annotations.days,
        languages=captions()["languages"],
    )


def _parts(atlas: Atlas, *, full_article: bool) -> Iterator[dict[str, Any]]:
    """Yield the parts of the article; a paragraph of which nothing may be shown is `left_out`."""
    quoted = {quote.paragraph for quote in shown_quotes(atlas.annotations.quotes, full_article=full_article)}
    for part in atlas.article.metadata["parts"]:
        paragraphs = [p for p in atlas.article.paragraphs if p.part == part["part"]]
        yield {
            **part,
            "paragraphs": [
                {
                    "number": p.number,
                    "left_out": not full_article and p.number not in quoted,
                    "segments": list(segments(p, atlas, full_article=full_article)),
                }
                for p in paragraphs
            ],
        }


def segments(paragraph: Paragraph, atlas: Atlas, *, full_article: bool) -> Iterator[dict[str, Any]]:
    """Yield a paragraph in pieces: `text` between passages, and passages with their `quote` and a `note`.

    What is left out where only the quotes may be shown is a piece with neither.
    """
    place = 0
    for quote in shown_quotes(atlas.annotations.quotes, full_article=full_article):
        if quote.paragraph != paragraph.number:
            continue
        start = quote.start - paragraph.start
        yield from _between(paragraph.text[place:start], full_article=full_article)
        yield {"text": quote.exact, "quote": quote, "note": _note(quote, atlas)}
        place = start + len(quote.exact)
    yield from _between(paragraph.text[place:], full_article=full_article)


def _between(text: str, *, full_article: bool) -> Iterator[dict[str, Any]]:
    left_out = not full_article and any(map(str.isalnum, text))  # a blank or a comma is no loss
    if text:
        yield {"text": "" if left_out else text, "quote": None}


def _note(quote: Quote, atlas: Atlas) -> str:
    """Say who speaks, and of what on the map."""
    titles = [_title(identifier, atlas) for identifier in quote.about]
    about = f"; on the map: {', '.join(dict.fromkeys(titles))}" if titles else "; nothing on the map"
    cites = f" ({quote.cites.removeprefix(', ')})" if quote.cites else ""
    return f"Paragraph {quote.paragraph}. Who speaks: {captions()['speakers'][quote.speaker]}{cites}{about}."


def _title(identifier: str, atlas: Atlas) -> str:
    """Return what a reader calls a layer or a feature."""
    feature = atlas.features.get(identifier)
    return feature.name_in() if feature else atlas.layers[identifier].title


def _verdicts(claims: tuple[Claim, ...]) -> list[tuple[str, int]]:
    counted = [
        (verdict, sum(c.verdict == verdict for c in claims)) for verdict in (AGREES, DIFFERS, CANNOT_BE_TOLD)
    ]
    return [(verdict, count) for verdict, count in counted if count]


def _timeline(atlas: Atlas) -> list[dict[str, Any]]:
    """Return the map's days and the article's events, by day; a day of the map comes after its events."""
    days = [
        {
            "date": day.id,
            "day": day,
            "held": holdings(atlas.coverage, day.date),
            "shares": shares(atlas.coverage, day.date),
        }
        for day in atlas.annotations.days
    ]
    events = [{"date": event.date, "event": event} for event in atlas.annotations.events]
    return sorted([*events, *days], key=lambda row: (row["date"], "day" in row))
