"""One picture: laid out, drawn, and written as PNG, SVG or PDF; the same view gives the same bytes."""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock

from matplotlib import style

from layers.atlas import Atlas
from layers.data.problems import RequestError, UnknownChoiceError
from layers.data.web_address import is_link
from layers.printed.code import draw_code
from layers.printed.description import about
from layers.printed.extent import Frame
from layers.printed.label_placement import Placed, letter
from layers.printed.layout import lay_out
from layers.printed.map_layers import draw_map
from layers.printed.page import Page, new_page
from layers.printed.request import View
from layers.printed.scale import draw_frame, draw_scale
from layers.printed.sizes import size_of
from layers.printed.vector import About, pdf_of, svg_of
from layers.style.captions import printed

PICTURE_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
_STYLE = Path(__file__).resolve().parent / "printed.mplstyle"
# matplotlib's settings are one for the whole process, so pictures are drawn one at a time; no loss, as
# drawing holds the interpreter all along.
_ONE_AT_A_TIME = Lock()


def picture_bytes(
    atlas: Atlas,
    shown: View,
    *,
    format: str = "png",  # noqa: A002 - as the address has it
    size: str = "a4",
    address: str = "",
) -> bytes:
    """Return a picture of a view. `address`, a link to the same view, is printed if given.

    Raises RequestError. `size` is a name of SIZES or WIDTHxHEIGHT in pixels. The same bytes come out with
    the same version of matplotlib.
    """
    return pictures(atlas, shown, [format], size=size, address=address)[format]


def pictures(
    atlas: Atlas, shown: View, formats: Iterable[str], *, size: str = "a4", address: str = ""
) -> dict[str, bytes]:
    """Return a view, drawn once, by format; each is what `picture_bytes` returns. Raises the same."""
    for each in (chosen := list(formats)):
        if each not in PICTURE_TYPES:
            raise UnknownChoiceError("format", each, PICTURE_TYPES)
    with settings():
        page, _, frame = _drawn(atlas, shown, size, address)
        told = about(atlas, shown, frame)
        return {each: _WRITTEN[each](page, told) for each in chosen}


def preview_bytes(atlas: Atlas, shown: View, *, size: str, widest: int, address: str = "") -> bytes:
    """Return a picture as PNG in fewer pixels, at most `widest` across; else as `picture_bytes` does."""
    with settings():
        page, _ = draw_page(atlas, shown, size, address)
        content = io.BytesIO()
        dpi = page.size.dpi * min(1, widest / page.size.pixels[0])
        page.figure.savefig(content, format="png", dpi=dpi, metadata={"Software": None})
    return content.getvalue()


def draw_page(atlas: Atlas, shown: View, size: str, address: str = "") -> tuple[Page, list[Placed]]:
    """Return the drawn page, in no format yet, and the names on its map. Raises UnknownChoiceError."""
    page, placed, _ = _drawn(atlas, shown, size, address)
    return page, placed


def _drawn(atlas: Atlas, shown: View, size: str, address: str) -> tuple[Page, list[Placed], Frame]:
    if address and not is_link(address):
        raise RequestError(lambda: printed()["refused"]["address"].format(value=address[:60]))
    page = new_page(size_of(size), dark=shown.dark)
    layout = lay_out(page, atlas, shown, address)
    days = [day for day in (shown.compare, shown.date) if day]
    placed = list[Placed]()
    for day, frame in zip(days, layout.frames, strict=True):
        one = replace(shown, date=day, qr=shown.qr and frame is layout.frames[-1])
        placed += _draw_one(page, atlas, one, frame, address)
    layout.draw(page)
    return page, placed, layout.frame


def _draw_one(page: Page, atlas: Atlas, shown: View, frame: Frame, address: str) -> list[Placed]:
    """Draw the map of one date in its frame; return the names on it."""
    taken = [*draw_map(page, atlas, shown, frame), draw_scale(page, frame)]
    if shown.qr:
        taken.append(draw_code(page, frame, address))
    placed = letter(page, atlas, shown, frame, taken)
    draw_frame(page, frame, ticks=not page.size.brief)
    return placed


@contextmanager
def settings() -> Iterator[None]:
    """Draw with our settings and matplotlib's own defaults, whatever the machine is set to."""
    with _ONE_AT_A_TIME, style.context(["default", _STYLE]):
        yield


def _png_of(page: Page, told: About) -> bytes:
    content = io.BytesIO()
    metadata = {"Title": told.title, "Description": told.text, "Software": None}
    page.figure.savefig(content, format="png", dpi=page.size.dpi, metadata=metadata)
    return content.getvalue()


_WRITTEN: dict[str, Callable[[Page, About], bytes]] = {
    "png": _png_of,
    "svg": svg_of,
    "pdf": lambda page, told: pdf_of([page], told),
}
