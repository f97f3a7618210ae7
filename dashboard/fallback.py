"""What stands in for the map where scripts are off or one of them fails: a sentence, a picture, the files."""

import gzip
from functools import lru_cache

from markupsafe import Markup, escape

from dashboard.in_words import picture_alt
from dashboard.representations import Representation
from dashboard.templating import own_asset, render
from layers import Atlas
from layers.style.captions import captions

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
        picture_alt=picture_alt(atlas),
        sentence=captions()["page"]["no_scripts" if has_picture else "no_map"],
        style=own_asset("fallback.css"),
        script=own_asset("fallback.js"),
        **{key: captions()["page"][key] for key in ("picture", "article", "passages", "files")},
    )


def placed(document: Representation, depths: tuple[int, int], query: str) -> Representation:
    """Return a document whose picture is of the view that a query names.

    `depths` are how many folders down it lies on a site of files, and at the address where it is sent.
    """
    body, zipped = _placed(document.body, depths, query)
    return Representation(body, document.headers, zipped)


@lru_cache(maxsize=_KEPT)
def _placed(document: bytes, depths: tuple[int, int], query: str) -> tuple[bytes, bytes]:
    text = document.decode()
    made_at, sent_at = ("../" * depth for depth in depths)
    if made_at != sent_at:
        text = text.replace(f'"{made_at}', f'"{sent_at or "./"}')
    if query:
        text = text.replace('map.png"', f'map.png?{escape(query)}"', 2)
    body = text.encode()
    return body, gzip.compress(body, compresslevel=6, mtime=0)
