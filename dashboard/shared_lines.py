"""Every line of the document once: areas and lines that run together share it, whichever way they follow it.

Lines are cut where others leave them. A geometry is then told by the numbers of its pieces, as in TopoJSON.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from layers.exports.geojson import DECIMALS

Vertex = tuple[int, int]
Line = tuple[Vertex, ...]  # a ring ends where it begins


class SharedLines:
    """The pieces of which LineStrings and Polygons, single or multiple, in WGS 84 degrees, are made."""

    def __init__(self, geometries: Iterable[shapely.Geometry]) -> None:
        lines = [line for geometry in geometries for line in _lines(geometry)]
        self._nodes = _nodes(lines)
        self._numbers: dict[Line, int] = {}
        for piece in (piece for line in lines for piece in _cut(line, self._nodes)):
            if piece[::-1] not in self._numbers:
                self._numbers.setdefault(piece, len(self._numbers))

    def packed(self) -> list[list[int]]:
        """Return the pieces in order, each as the number of its decimals, its first vertex, then steps."""
        return [_steps(piece) for piece in self._numbers]

    def numbers(self, geometry: shapely.Geometry) -> list[Any]:
        """Return a geometry as GeoJSON has it, but of each line the pieces' numbers; ~number is backwards."""
        return self._told(shapely.geometry.mapping(geometry)["coordinates"])

    def _told(self, coordinates: Sequence[Any]) -> list[Any]:
        if isinstance(coordinates[0][0], Sequence):
            return [self._told(part) for part in coordinates]
        return [self._number(piece) for piece in _cut(_whole(coordinates), self._nodes)]

    def _number(self, piece: Line) -> int:
        found = self._numbers.get(piece)
        return ~self._numbers[piece[::-1]] if found is None else found


def _lines(geometry: shapely.Geometry) -> Iterator[Line]:
    parts = shapely.get_parts(geometry)
    rings = [
        ring for part in parts if part.geom_type == "Polygon" for ring in (part.exterior, *part.interiors)
    ]
    for line in (*rings, *(part for part in parts if part.geom_type == "LineString")):
        yield _whole(line.coords)


def _whole(coordinates: Iterable[Sequence[float]]) -> Line:
    """Return a line's vertices as whole numbers of the last decimal, none twice in a row."""
    scaled = np.rint(np.array(list(coordinates)) * 10**DECIMALS).astype(int).tolist()
    return tuple((x, y) for n, (x, y) in enumerate(scaled) if n == 0 or [x, y] != scaled[n - 1])


def _nodes(lines: Iterable[Line]) -> set[Vertex]:
    """Return the vertices where lines end or part."""
    nodes: set[Vertex] = set()
    beside: dict[Vertex, frozenset[Vertex]] = {}
    for line in lines:
        is_ring = line[0] == line[-1]
        nodes.update(() if is_ring else (line[0], line[-1]))
        around = (line[-2], *line) if is_ring else line
        for before, vertex, after in zip(around, around[1:], around[2:], strict=False):
            neighbours = frozenset((before, after))
            if beside.setdefault(vertex, neighbours) != neighbours:
                nodes.add(vertex)
    return nodes


def _cut(line: Line, nodes: set[Vertex]) -> list[Line]:
    """Return a line's pieces from node to node; a ring begins at one, or else where it is farthest west."""
    if line[0] == line[-1]:
        start = next((n for n, vertex in enumerate(line) if vertex in nodes), line.index(min(line)))
        line = line[start:-1] + line[: start + 1]
    inner = (n for n in range(1, len(line) - 1) if line[n] in nodes)
    return [line[start : end + 1] for start, end in pairwise((0, *inner, len(line) - 1))]


def _steps(line: Line) -> list[int]:
    """Return the number of decimals in use, then a line's first vertex and its steps in the last one."""
    decimals = next(n for n in range(DECIMALS + 1) if not np.any(np.array(line) % 10 ** (DECIMALS - n)))
    whole = np.array(line) // 10 ** (DECIMALS - decimals)
    return [decimals, *np.diff(whole, axis=0, prepend=np.zeros((1, 2), int)).ravel().tolist()]
