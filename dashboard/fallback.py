"""What stands in for the map where scripts are off or one of them fails: a sentence, a picture, the files."""

import gzip
import re
from functools import lru_cache

from markupsafe import Markup, escape

from dashboard.in_words import first_view_in_words
from dashboard.representations import Representation
from dashboard.templating import own_asset, render
from layers import Atlas
from layers.style.captions import captions

_ALT = re.compile(r'(<img src="[^"]*map\.png[^"]*" alt=")[^"]*')
_KEPT = 64  # documents with the picture of some view, each of half a megabyte


def fallback(atlas: Atlas, *, base: str | None, has_article: bool) -> Markup:
    """Return the part of a document that is seen without its map.

    `base` is where the map's files lie, None if nowhere; `has_article` if the rooms are in the document.
    """
    has_picture = base is not None and "//" not in base  # a page on a disk shows nothing of another host
    return render(
        "fallback.html",
        has_picture=has_picture,
        base=base,
        has_article=has_article,
        name=atlas.descriptor["name"],
        picture_alt=first_view_in_words(atlas),
        sentence=captions()["page"]["no_scripts" if has_picture else "no_map"],
        style=own_asset("fallback.css"),
        script=own_asset("fallback.js"),
        **{key: captions()["page"][key] for key in ("picture", "article", "passages", "files")},
    )


def placed(document: Representation, up: int, query: str, alt: str = "") -> Representation:
    """Return a document whose picture is of the view that a query names; `alt` says what that shows.

    It is sent `up` so many folders nearer the top than where it lies on a site of files.
    """
    body, zipped = _placed(document.body, up, query, alt)
    return Representation(body, document.headers, zipped)


@lru_cache(maxsize=_KEPT)
def _placed(document: bytes, up: int, query: str, alt: str) -> tuple[bytes, bytes]:
    text = document.decode()
    if up:
        text = text.replace(f'"{"../" * up}', '"./')
    if query:
        text = text.replace('map.png"', f'map.png?{escape(query)}"', 2)
        text = _ALT.sub(lambda found: f"{found[1]}{escape(alt)}", text, count=1)
    body = text.encode()
    return body, gzip.compress(body, compresslevel=6, mtime=0)
