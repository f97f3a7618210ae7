"""The legend: a block for each layer shown, with swatches drawn as the map draws them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely

from layers.atlas import Atlas, Layer
from layers.geometry.coverage import STATUSES
from layers.printed.extent import Frame
from layers.printed.map_layers import CASED, FILLS
from layers.printed.page import Box, Page
from layers.printed.request import View, drawn_layers
from layers.printed.symbols import draw
from layers.style.captions import printed
from layers.style.fonts import style
from layers.style.symbology import symbol, symbology

_WIDTH, _HEIGHT = 22.0, 14.0  # units of a swatch; a kind's is smaller
_SMALL = 0.8
_TEXT_AT, _KINDS_AT = 31.0, 31.0  # units from the left
_BETWEEN_KINDS, _AFTER = 10.0, 6.0


@dataclass(frozen=True)
class Block:
    """A part of what stands beside the map: how high it is (units), and how it is drawn at (left, top)."""

    height: float
    draw: Callable[[Page, float, float], None]


@dataclass(frozen=True)
class Row:
    """A line of the legend: a layer's title and figure, and its kinds (class, title)."""

    layer: Layer
    title: str
    figure: str
    kinds: tuple[tuple[str, str], ...]


def legend_rows(atlas: Atlas, shown: View, frame: Frame | None = None) -> Iterator[Row]:
    """Yield a row for each layer drawn, with only the kinds that there are on the date.

    With a frame, a layer of which nothing is in the picture says so in place of its figure.
    """
    for layer in drawn_layers(atlas, shown):
        area = FILLS.get(layer.id)
        there = atlas.coverage.by_status(area, date.fromisoformat(shown.date)) if area else {}
        classes = [each for each in layer.classes if not area or each.id in there]
        figure = layer.size
        if "returned_km2" in layer.properties and shown.date != atlas.descriptor["as_of"]:
            figure = ""  # what had come back by the day that the layers show
        if frame and not _in_picture(layer, frame):
            figure = printed()["outside"]
        yield Row(layer, _title(layer, shown.lang), figure, tuple((each.id, each.title) for each in classes))


def legend_blocks(atlas: Atlas, shown: View, width: float, frame: Frame) -> list[Block]:
    """Return the legend's blocks: one for each layer, with its kinds under it."""
    return [_block(row, width) for row in legend_rows(atlas, shown, frame)]


def brief_blocks(atlas: Atlas, shown: View, width: float, frame: Frame) -> list[Block]:
    """Return the legend in brief: the kinds of held land once, then a line for each other layer."""
    letters = style("furniture", "brief")
    rows = list(legend_rows(atlas, shown, frame))
    held = {
        kind: (row.layer, title)
        for row in reversed(rows)
        if row.layer.id in FILLS
        for kind, title in row.kinds
    }
    entries = [(held[kind][0], kind, held[kind][1]) for kind in STATUSES if kind in held]
    entries += [(row.layer, _only_kind(row), row.title) for row in rows]
    return [
        _line(layer, kind, letters.wrap(letters.written(title, "en"), width - _TEXT_AT))
        for layer, kind, title in entries
    ]


def draw_swatch(page: Page, layer: str, kind: str, at: tuple[float, float], scale: float = 1) -> None:
    """Draw how a layer, or a kind of it, looks on the map. `at` is left, top."""
    box = Box(*at, _WIDTH * scale, _HEIGHT * scale)
    middle = shapely.Point(box.left + box.width / 2, box.top + box.height / 2)
    if layer in CASED:
        line = shapely.LineString([(box.left, middle.y), (box.right, middle.y)])
        draw(page, line, {**symbol(layer, "casing"), "fill": "none"}, box, scale=scale)
        draw(page, line, _symbol(layer, kind), box, scale=scale)
    elif layer == "places":
        draw(page, middle.buffer(4 * scale), symbol(layer), box, scale=scale)
    else:
        inset = 1 if kind else 2
        draw(page, box.grown(-inset * scale).shape, _symbol(layer, kind), box, scale=scale)


def _symbol(layer: str, kind: str) -> dict[str, Any]:
    """Return the symbol of a kind: that of the faces it fills, or of the features of its class."""
    if kind and layer in FILLS:
        return symbol(kind)
    of_class = re.compile(rf"\.{re.escape(kind)}(?![\w-])")
    more = [
        name for name, each in symbology()["symbols"].items() if kind and of_class.search(each["selector"])
    ]
    return symbol(layer, *more)


def _block(row: Row, width: float) -> Block:
    letters, small = style("furniture", "row"), style("furniture", "figure")
    figure = small.written(row.figure, "en")
    room = width - _TEXT_AT - small.measure(figure) - 8
    lines = letters.wrap(letters.written(row.title, "en"), room)
    kinds = list(_kind_lines(row, width)) if len(row.kinds) > 1 else []
    kind_letters = style("furniture", "kind")
    height = len(lines) * letters.leading + len(kinds) * kind_letters.leading + _AFTER

    def draw_block(page: Page, left: float, top: float) -> None:
        draw_swatch(page, row.layer.id, _only_kind(row), (left, top + 1))
        bottom = page.write_lines(lines, left + _TEXT_AT, top, letters)
        page.write(figure, left + width - small.measure(figure), top + letters.ascent, small)
        for number, line in enumerate(kinds):
            y = bottom + number * kind_letters.leading
            for x, kind, title in line:
                draw_swatch(page, row.layer.id, kind, (left + x, y + 0.5), _SMALL)
                page.write(title, left + x + _WIDTH * _SMALL + 5, y + kind_letters.ascent, kind_letters)

    return Block(height, draw_block)


def _kind_lines(row: Row, width: float) -> Iterator[list[tuple[float, str, str]]]:
    """Yield the kinds in lines: where each begins, its class, its title."""
    letters, x = style("furniture", "kind"), _KINDS_AT
    line: list[tuple[float, str, str]] = []
    for kind, title in row.kinds:
        text = letters.written(title, "en")
        wide = _WIDTH * _SMALL + 5 + letters.measure(text)
        if line and x + wide > width:
            yield line
            line, x = [], _KINDS_AT
        line.append((x, kind, text))
        x += wide + _BETWEEN_KINDS
    if line:
        yield line


def _line(layer: Layer, kind: str, lines: list[str]) -> Block:
    letters = style("furniture", "brief")

    def draw_line(page: Page, left: float, top: float) -> None:
        draw_swatch(page, layer.id, kind, (left, top + 1))
        page.write_lines(lines, left + _TEXT_AT, top, letters)

    return Block(len(lines) * letters.leading + 2.5, draw_line)


def _only_kind(row: Row) -> str:
    return row.kinds[0][0] if len(row.layer.classes) == 1 else ""


def _title(layer: Layer, lang: str) -> str:
    """Return a layer's name, or its only feature's, in the chosen form; most titles are captions, though."""
    return layer.own_names.get(lang, layer.title) if lang != "article" else layer.title


def _in_picture(layer: Layer, frame: Frame) -> bool:
    return bool(shapely.intersects(layer.geometries, shapely.box(*frame.bounds)).any())
