"""What an address says that is not known, named on a page that has no script to do it."""

import gzip
from collections.abc import Collection, Mapping

from starlette.requests import Request

from dashboard.query import UI, last_values
from dashboard.representations import Representation
from dashboard.templating import render
from layers import Atlas
from layers.language.speaking import SPOKEN
from layers.style.captions import LANGUAGES, captions

_PLACE = "<main>"


def known_values(atlas: Atlas) -> dict[str, Collection[str]]:
    """Return by key what the address of a page with all dates and layers may say."""
    days = [day.id for day in atlas.annotations.days]
    return {UI: SPOKEN, "date": days, "lang": LANGUAGES, "layers": atlas.layers}


def unknown_values(request: Request, known: Mapping[str, Collection[str]]) -> list[str]:
    """Return a sentence for each value of a query that is none of its key's; each key may have several."""
    texts, asked = captions()["query"], last_values(request.query_params.multi_items())
    values = [
        (key, value)
        for key, choices in known.items()
        for value in dict.fromkeys(asked.get(key, "").split(","))
        if value and value.lower() not in choices
    ]
    longest, most = texts["longest_value"], texts["most_named"]
    return [
        texts["unknown"].format(what=texts["what"][key], value=value[:longest])
        for key, value in values[:most]
    ]


def with_notices(document: Representation, sentences: list[str]) -> Representation:
    """Return a page with sentences above what it says; without any the page itself."""
    if not sentences:
        return document
    notice = render("notice.html", sentences=sentences)
    body = document.body.decode().replace(_PLACE, f"{notice}{_PLACE}", 1).encode()
    return Representation(body, document.headers, gzip.compress(body, compresslevel=6, mtime=0))
