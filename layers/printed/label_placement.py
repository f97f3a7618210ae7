"""The names on the map: the most important first, none upon another, none across the map's edge."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.atlas import Atlas
from layers.printed.extent import Frame
from layers.printed.label_candidates import Name, names
from layers.printed.page import Box, Page
from layers.printed.request import View, drawn_layers
from layers.printed.symbols import draw
from layers.style.symbology import symbology

_GAP, _APART = 3.0, 12.0  # units between two names; between a district's and its like-named town's
_GAPS = {"region": 8.0}  # around a name that may reach beyond its area
_FROM_EDGE = 4.0  # units between a name and the map's edge
_CROSSING = 0.9  # a unit of a heavy line under a name counts as this many units farther off
_HEAVY = (*symbology()["cased"], "upper-karabakh", "protectorates")
_DOT = {"fill": "ink", "fill-opacity": 1, "stroke": "casing", "stroke-width": 1.5, "stroke-opacity": 0.85}
_PEAK = {**_DOT, "fill": "quiet"}


@dataclass(frozen=True)
class Placed:
    """A name and the box that it takes, in units."""

    name: Name
    box: Box


def letter(page: Page, atlas: Atlas, shown: View, frame: Frame, taken: Sequence[Box]) -> list[Placed]:
    """Write the names that find room beside what is `taken`; return where they stand."""
    placed = place_names(list(names(atlas, shown, frame)), frame, taken, _heavy_lines(atlas, shown, frame))
    for each in placed:
        _mark(page, each.name, frame)
    for each in placed:
        _write(page, each)
    return placed


def place_names(
    wanted: Sequence[Name], frame: Frame, taken: Sequence[Box], heavy: shapely.STRtree
) -> list[Placed]:
    """Return the names that find room, each in its best free position. Greedy, most important first."""
    inside, placed = frame.box.grown(-_FROM_EDGE), list[Placed]()
    room = [box.grown(_GAP) for box in taken]
    for name in wanted:
        like = [each.box.grown(_APART) for each in placed if each.name.text == name.text]
        if name.dot and not _free([name.dot], inside, room)[0]:
            continue
        tried = list(name.candidates())
        is_free = _free([box for _, box in tried], inside, room + like)
        free = list(compress(tried, is_free))
        if not free:
            continue
        crossed = _crossed(heavy, [box.shape for _, box in free])
        best = free[int(np.argmin(crossed * _CROSSING + [cost for cost, _ in free]))][1]
        placed.append(Placed(name, best))
        room += [box.grown(_GAPS.get(name.kind, _GAP)) for box in (best, name.dot) if box]
    return placed


def _free(boxes: Sequence[Box], inside: Box, taken: Sequence[Box]) -> NDArray[np.bool_]:
    """Tell of each box whether it lies inside and touches nothing that is taken."""
    left, top, right, bottom = _edges(boxes)[:, :, np.newaxis]
    other_left, other_top, other_right, other_bottom = _edges(taken)
    touches = (left < other_right) & (other_left < right) & (top < other_bottom) & (other_top < bottom)
    held: NDArray[np.bool_] = np.array([inside.holds(box) for box in boxes], dtype=bool)
    free: NDArray[np.bool_] = held & ~touches.any(axis=1)
    return free


def _crossed(heavy: shapely.STRtree, boxes: Sequence[shapely.Polygon]) -> NDArray[np.float64]:
    """Return the length of the lines within each box; only what is near a box is cut by it."""
    box, part = heavy.query(boxes, predicate="intersects")
    within = shapely.intersection(heavy.geometries[part], np.asarray(boxes)[box])
    lengths: NDArray[np.float64] = np.bincount(box, shapely.length(within), len(boxes)).astype(float)
    return lengths


def _edges(boxes: Sequence[Box]) -> NDArray[np.float64]:
    """Return left, top, right and bottom of boxes, each as a row."""
    edges = [(box.left, box.top, box.right, box.bottom) for box in boxes]
    return np.array(edges, dtype=float).reshape(-1, 4).T


def _heavy_lines(atlas: Atlas, shown: View, frame: Frame) -> shapely.STRtree:
    """Return the lines, in units, that a name had better not cross, in an index."""
    drawn = [layer for layer in drawn_layers(atlas, shown) if layer.id in _HEAVY]
    shapes = [x.whole.boundary if x.names else shapely.union_all(x.geometries) for x in drawn]
    clipped = shapely.clip_by_rect(frame.on_page(shapely.union_all(shapes)), *frame.area.bounds)
    return shapely.STRtree(shapely.get_parts(clipped))


def _mark(page: Page, name: Name, frame: Frame) -> None:
    """Draw the dot of a place, the triangle of a pass or peak."""
    if not name.dot:
        return
    if name.style.mark == "triangle":
        x, y = name.at.x, name.at.y
        draw(page, shapely.Polygon([(x - 4, y + 3), (x + 4, y + 3), (x, y - 4)]), _PEAK, frame.box)
    else:
        draw(page, name.at.buffer(name.dot.width / 2 - 1), _DOT, frame.box)


def _write(page: Page, placed: Placed) -> None:
    letters, box = placed.name.style, placed.box
    for number, text in enumerate(placed.name.lines):
        left = box.left + (box.width - letters.measure(text)) / 2
        line = box.top + letters.ascent + number * letters.leading
        page.write_name(text, left, line, letters, placed.name.lang)
