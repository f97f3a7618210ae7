"""The legend: a block for each layer shown, with swatches drawn as the map draws them."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely

from layers.atlas import Atlas, Layer
from layers.geometry.coverage import ARMENIAN_HELD, STATUSES
from layers.language.written import labelled
from layers.printed.extent import Frame
from layers.printed.map_layers import CASED, FILLS, fronts
from layers.printed.page import Box, Page
from layers.printed.request import View, drawn_layers
from layers.printed.symbols import draw
from layers.style.captions import captions, printed
from layers.style.fonts import Style, style
from layers.style.symbology import symbol, symbology

_WIDTH, _HEIGHT = 22.0, 14.0  # units of a swatch; a kind's is smaller
_SMALL = 0.8
_TEXT_AT, _KINDS_AT = 31.0, 31.0  # units from the left
_BETWEEN_KINDS, _AFTER = 10.0, 6.0
_RUSSIAN = "areas-of-responsibility"  # said next to who held the land
_FRONT = "front"
_KINDS = (*STATUSES, _FRONT)  # of held land, in their order
_EDGE = {"stroke": "border", "stroke-width": 0.7, "stroke-opacity": 1}

_OF_ARMENIANS = {ARMENIAN_HELD: "armenian", _FRONT: "front"}  # captions of the key

Entries = list[tuple[float, str, str]]  # where each begins, its class, its text


@dataclass(frozen=True)
class Block:
    """A part of what stands beside the map: how high it is (units), and how it is drawn at (left, top)."""

    height: float
    draw: Callable[[Page, float, float], None]


@dataclass(frozen=True)
class Row:
    """A line of the legend: a layer's title, a note if nothing of it shows, and its kinds (class, title)."""

    layer: Layer
    title: str
    note: str
    kinds: tuple[tuple[str, str], ...]


def legend_rows(atlas: Atlas, shown: View, frame: Frame | None = None) -> Iterator[Row]:
    """Yield a row for each layer drawn, with only the kinds that there are on the date.

    With a frame, a layer of which nothing is in the picture says so.
    """
    for layer in drawn_layers(atlas, shown):
        area = FILLS.get(layer.id)
        days = [date.fromisoformat(each) for each in (shown.date, shown.compare) if each]
        there = {status for day in days if area for status in atlas.coverage.by_status(area, day)}
        kinds = [(each.id, each.title) for each in layer.classes]
        if area:
            divided = [_FRONT] if any(len(fronts(atlas, layer, day)) for day in days) else []
            kinds = [
                (kind, captions()["key"]["holders"][kind]) for kind in _KINDS if kind in (*there, *divided)
            ]
        note = printed()["outside"] if frame and not _in_picture(layer, frame) else ""
        yield Row(layer, _title(layer, shown.lang), note, tuple(kinds))


def legend_blocks(atlas: Atlas, shown: View, width: float, frame: Frame) -> list[Block]:
    """Return the legend's blocks: who held the land, then one for each layer, with its kinds under it."""
    rows = sorted(legend_rows(atlas, shown, frame), key=lambda row: row.layer.id != _RUSSIAN)
    there = {status for row in rows if row.layer.id in FILLS for status, _ in row.kinds}
    entries = [*([_holders(there, width)] if there else []), *(_block(row, width) for row in rows)]
    return [*entries, _uncertainty(style("furniture", "row"), width)] if shown.uncertainty else entries


def brief_blocks(atlas: Atlas, shown: View, width: float, frame: Frame) -> list[Block]:
    """Return the legend in brief: the kinds of held land once, then a line for each other layer."""
    letters = style("furniture", "brief")
    rows = sorted(legend_rows(atlas, shown, frame), key=lambda row: row.layer.id != _RUSSIAN)
    held = {kind: (row.layer, title) for row in rows if row.layer.id in FILLS for kind, title in row.kinds}
    entries = [(held[kind][0], kind, held[kind][1]) for kind in _KINDS if kind in held]
    entries += [(row.layer, _only_kind(row), row.title) for row in rows]
    blocks = [
        _line(layer, kind, letters.wrap(letters.written(title, "en"), width - _TEXT_AT))
        for layer, kind, title in entries
    ]
    return [*blocks, _uncertainty(letters, width)] if shown.uncertainty else blocks


def text_block(lines: list[str], letters: Style, after: float) -> Block:
    """Return written lines as a block, with some room after them."""

    def draw_text(page: Page, left: float, top: float) -> None:
        page.write_lines(lines, left, top, letters)

    return Block(len(lines) * letters.leading + after, draw_text)


def draw_holder(page: Page, status: str, box: Box) -> None:
    """Draw the ground as it is filled by who held it, with a thin edge, so that land not filled is seen."""
    for drawn in (symbol("ground.home") | {"stroke-width": 0}, symbol(status), _EDGE):
        draw(page, box.shape, drawn, box)


def draw_swatch(page: Page, layer: str, kind: str, at: tuple[float, float], scale: float = 1) -> None:
    """Draw how a layer, or a kind of it, looks on the map. `at` is left, top."""
    box = Box(*at, _WIDTH * scale, _HEIGHT * scale)
    middle = shapely.Point(box.left + box.width / 2, box.top + box.height / 2)
    line = shapely.LineString([(box.left, middle.y), (box.right, middle.y)])
    if kind == _FRONT:
        draw(page, line, symbol(kind), box, scale=scale)
    elif layer in CASED:
        draw(page, line, {**symbol(layer, "casing"), "fill": "none"}, box, scale=scale)
        draw(page, line, _symbol(layer, kind), box, scale=scale)
    elif layer == "places":
        draw(page, middle.buffer(4 * scale), symbol(layer), box, scale=scale)
    elif layer in FILLS and kind:
        draw_holder(page, kind, box.grown(-scale))
    else:
        inset = 1 if kind else 2
        draw(page, box.grown(-inset * scale).shape, _symbol(layer, kind), box, scale=scale)


def _symbol(layer: str, kind: str) -> dict[str, Any]:
    """Return the symbol of a kind: that of the features of its class."""
    of_class = re.compile(rf"\.{re.escape(kind)}(?![\w-])")
    more = [
        name for name, each in symbology()["symbols"].items() if kind and of_class.search(each["selector"])
    ]
    return symbol(layer, *more)


def _holders(there: Collection[str], width: float) -> Block:
    """Return who held the land: the Armenian side, and Azerbaijan, by how it came to."""
    key, letters = captions()["key"], style("furniture", "row")
    armenian = [(kind, key[name]) for kind, name in _OF_ARMENIANS.items() if kind in there]
    others = [(status, title) for status, title in key["of_azerbaijan"].items() if status in there]
    small = style("furniture", "kind")
    lead = small.written(labelled(key["azerbaijan"]), "en")
    lines = [*_flow("", armenian, width), *(_flow(lead, others, width) if others else [])]
    height = letters.leading + len(lines) * small.leading + _AFTER

    def draw_holders(page: Page, left: float, top: float) -> None:
        bottom = page.write_lines([letters.written(labelled(key["held_by"]), "en")], left, top, letters)
        _draw_entries(page, next(iter(FILLS)), lines, (left, bottom))

    return Block(height, draw_holders)


def _block(row: Row, width: float) -> Block:
    letters, small = style("furniture", "row"), style("furniture", "figure")
    note = small.written(row.note, "en")
    room = width - _TEXT_AT - small.measure(note) - 8
    lines = letters.wrap(letters.written(row.title, "en"), room)
    has_kinds = len(row.kinds) > 1 and row.layer.id not in FILLS
    kinds = _flow("", row.kinds, width, _KINDS_AT) if has_kinds else []
    leading = style("furniture", "kind").leading
    height = len(lines) * letters.leading + len(kinds) * leading + _AFTER

    def draw_block(page: Page, left: float, top: float) -> None:
        draw_swatch(page, row.layer.id, _only_kind(row), (left, top + 1))
        bottom = page.write_lines(lines, left + _TEXT_AT, top, letters)
        if note:
            page.write(note, left + width - small.measure(note), top + letters.ascent, small)
        _draw_entries(page, row.layer.id, kinds, (left, bottom))

    return Block(height, draw_block)


def _flow(lead: str, kinds: Iterable[tuple[str, str]], width: float, indent: float = 0) -> list[Entries]:
    """Return kinds in lines, after a lead, which has no swatch."""
    letters = style("furniture", "kind")
    line: Entries = [(indent, "", lead)] if lead else []
    begin = indent + (letters.measure(lead) + _BETWEEN_KINDS if lead else 0)
    lines, x = [line], begin
    for kind, title in kinds:
        text = letters.written(title, "en")
        wide = _WIDTH * _SMALL + 5 + letters.measure(text)
        if x > begin and x + wide > width:
            lines.append([])
            x = begin
        lines[-1].append((x, kind, text))
        x += wide + _BETWEEN_KINDS
    return [each for each in lines if each]


def _draw_entries(page: Page, layer: str, lines: list[Entries], at: tuple[float, float]) -> None:
    letters, (left, top) = style("furniture", "kind"), at
    for number, line in enumerate(lines):
        y = top + number * letters.leading
        for x, kind, text in line:
            beside = _WIDTH * _SMALL + 5 if kind else 0
            if kind:
                draw_swatch(page, layer, kind, (left + x, y + 0.5), _SMALL)
            page.write(text, left + x + beside, y + letters.ascent, letters)


def _line(layer: Layer, kind: str, lines: list[str]) -> Block:
    letters = style("furniture", "brief")

    def draw_line(page: Page, left: float, top: float) -> None:
        draw_swatch(page, layer.id, kind, (left, top + 1))
        page.write_lines(lines, left + _TEXT_AT, top, letters)

    return Block(len(lines) * letters.leading + 2.5, draw_line)


def _uncertainty(letters: Style, width: float) -> Block:
    lines = letters.wrap(letters.written(printed()["uncertainty"], "en"), width - _TEXT_AT)

    def draw_line(page: Page, left: float, top: float) -> None:
        box = Box(left, top + 1, _WIDTH, _HEIGHT)
        middle = box.top + _HEIGHT / 2
        draw(page, box.shape, symbol("uncertainty-band"), box)
        draw(page, shapely.LineString([(box.left, middle), (box.right, middle)]), _EDGE, box)
        page.write_lines(lines, left + _TEXT_AT, top, letters)

    return Block(len(lines) * letters.leading + 2.5, draw_line)


def _only_kind(row: Row) -> str:
    return row.kinds[0][0] if len(row.layer.classes) == 1 else ""


def _title(layer: Layer, lang: str) -> str:
    """Return a layer's name, or its only feature's, in the chosen form; most titles are captions, though."""
    if layer.id in printed()["titles"]:
        return str(printed()["titles"][layer.id])
    return layer.own_names.get(lang, layer.title) if lang != "article" else layer.title


def _in_picture(layer: Layer, frame: Frame) -> bool:
    return bool(shapely.intersects(layer.geometries, shapely.box(*frame.bounds)).any())
