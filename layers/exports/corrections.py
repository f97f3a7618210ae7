"""The corrections as files: a list to read, the same as data, and an Atom feed (RFC 4287) to subscribe to."""

import json
from dataclasses import asdict

from layers.atlas import Atlas
from layers.exports.templating import render
from layers.language.written import long_date
from layers.style.captions import captions
from layers.text.corrections import FILE as DATA

FEED, READABLE = "corrections.atom", "CORRECTIONS.md"
FEED_MEDIA_TYPE = "application/atom+xml; charset=utf-8"


def corrections_files(atlas: Atlas) -> dict[str, bytes]:
    """Return the list as Markdown and as JSON by path, both UTF-8, newest first."""
    entries = [
        {key: value for key, value in asdict(correction).items() if value not in (None, ())}
        for correction in atlas.annotations.corrections
    ]
    values = {"corrections": atlas.annotations.corrections, "sources": atlas.sources}
    text = render(READABLE, about=atlas.descriptor, long_date=long_date, **values)
    return {
        DATA: f"{json.dumps(entries, ensure_ascii=False, indent=1)}\n".encode(),
        READABLE: text.encode(),
    }


def corrections_feed(atlas: Atlas, address: str = "") -> bytes:
    """Return the feed as a UTF-8 file; the same atlas gives the same bytes.

    `address` is where the site is found, with a slash at its end; without it links are relative to the feed.
    """
    corrections = atlas.annotations.corrections
    text = render(
        "corrections.atom.xml",
        about=atlas.descriptor,
        author=captions()["makers"],
        corrections=corrections,
        updated=max([atlas.descriptor["created"], *(correction.date for correction in corrections)]),
        feed=f"{address}{FEED}",
        page=address or "./",
    )
    return text.encode()
