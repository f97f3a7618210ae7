"""What stands around the map: head, bar, small print, and a stock of what the script takes out on demand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dashboard.fallback import fallback
from dashboard.search import search_box
from dashboard.sheets import quotation, quotes_of_sheets, sheets
from dashboard.symbols import icon, swatch
from dashboard.templating import render
from dashboard.tools import tools
from layers import Atlas
from layers.steps import Step, steps
from layers.style.captions import captions, form_of_names
from layers.style.symbology import symbology


@dataclass(frozen=True)
class Furniture:
    """The parts of the document around the map, each HTML; without `rooms` it is the map by itself."""

    head: Markup
    bar: Markup
    slider: Markup
    small_print: Markup
    stock: Markup
    fallback: Markup
    rooms: Markup | None = None


def furniture(
    atlas: Atlas,
    data: Mapping[str, Any],
    *,
    files: str | None,
    rooms: Markup | None = None,
    languages: Mapping[str, str] | None = None,
) -> Furniture:
    """Return what stands around the map.

    `data` is the script's, the same for each document. `files` is the address below which the map's files
    lie; without one none are offered. `languages` says where the document is in each.
    """
    through_time = steps(atlas)
    return Furniture(
        head=render(
            "page_head.html",
            title=captions()["title"],
            tagline=captions()["reader"]["tagline"],
            search=search_box(),
            languages=languages or {},
            language_names=captions()["interface_languages"],
        ),
        bar=_bar(atlas, files, through_time),
        slider=render("slider.html", steps=through_time),
        small_print=render(
            "small_print.html",
            tiles=captions()["reader"]["tiles"],
            as_of=through_time[-1].long,
            brief=captions()["reader"]["brief"],
            disclaimer=atlas.descriptor["disclaimer"],
            attribution=atlas.descriptor["attribution"],
            software=captions()["reader"]["software"],
        ),
        stock=render(
            "stock.html",
            hatches=symbology()["hatches"],
            icon=icon,
            sheets=dict(sheets(atlas, files)),
            quotes=quotes_of_sheets(atlas),
            quotation=quotation,
            files=files,
            tools=tools(atlas),
            data=data,
        ),
        fallback=fallback(atlas, base=files, has_article=rooms is not None),
        rooms=rooms,
    )


def _bar(atlas: Atlas, files: str | None, through_time: tuple[Step, ...]) -> Markup:
    reader = captions()["reader"]
    return render(
        "bar.html",
        steps=through_time,
        sources=atlas.sources,
        not_from_article=captions()["printed"]["not_from_article"],
        key=captions()["key"],
        layers=list(atlas.layers.values()),
        short_titles=reader["short_titles"],
        drawings=atlas.drawings,
        of_drawings=reader["other_drawings"],
        languages=captions()["languages"],
        form=form_of_names(),
        files=files,
        swatch=swatch,
        icon=icon,
    )
