"""Streamlit's page with the reader's frame in it, ahead of Streamlit's own scripts."""

import re

from markupsafe import Markup

from dashboard.assets import lettering
from dashboard.templating import own_asset, render
from layers.language.speaking import spoken
from layers.style.captions import captions, picture_alt

_TITLE, _NOSCRIPT = "<title>Streamlit</title>", re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
# What Streamlit's page loads. Frame and page share one thread: the map would wait for all of it.
_LOADED = re.compile(r'<script type="module"[^>]*></script>|<link rel="(?:modulepreload|stylesheet)"[^>]*>')
_FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>')  # 170 kB that the reader has no use for
_STYLES, _SCRIPTS = ("around.css",), ("address.js", "around.js")


def framed(page: str, *, preview: str, query: str | None, known: str, has_header: bool) -> str:
    """Return Streamlit's page with the title, a `preview` for other sites, and the reader's frame.

    `query` is what the reader is to show, or None where it waits behind another page; `known` is what of it
    a picture can show. With `has_header` there is room above the frame for the links to other pages.
    Streamlit's own scripts and style sheets are put aside; around.js adds them when the reader is there.
    """
    title = render("page_title.html", title=captions()["title"], preview=preview)
    aside = Markup("\n").join(Markup(tag) for tag in _LOADED.findall(page))  # noqa: S704 - Streamlit's own
    frame = render(
        "page_frame.html",
        **captions()["page"],
        title=captions()["title"],
        description=captions()["description"],
        picture_alt=picture_alt(),
        query=query,
        known=known,
        has_header=has_header,
        aside=aside,
        styles=[lettering("assets/"), *map(own_asset, _STYLES)],
        scripts=[own_asset(name) for name in _SCRIPTS],
    )
    page = page.replace(_TITLE, title, 1)
    page = page.replace('<html lang="en">', f'<html lang="{spoken()}">', 1)
    for left_out in (_LOADED, _FONT, _NOSCRIPT):
        page = left_out.sub("", page)
    return page.replace("</body>", f"{frame}</body>", 1)  # behind Streamlit's header, as one reads
