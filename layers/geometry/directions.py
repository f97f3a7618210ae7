"""Directions by the eight winds, and distances written no finer than what they are off by allows.

The direction of a border is the one in which it is crossed, on the whole: square to the straight line
between its ends, out of the area. So what lies south of a district has that district to its north, and a
border along half of an area is not told by where its middle happens to lie. One in several pieces has a
direction for each; of a closed one, which is crossed in every direction, it is that in which its middle lies.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from math import hypot, sqrt

import shapely

from layers.geometry.measure import azimuth, length_km, to_degrees, to_metres
from layers.geometry.sides import Line

WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_STEPS = tuple(digit * power for power, digit in product((1, 10, 100, 1000, 10_000), (1, 2, 5)))  # km


def wind(degrees: float) -> str:
    """Return which of the eight winds an azimuth, in degrees from north, is nearest to."""
    return WINDS[round(degrees / 45) % len(WINDS)]


@dataclass(frozen=True)
class Distance:
    """A distance or length in km, and by how much it may be off."""

    km: float
    off_km: float

    @property
    def step(self) -> int:
        """What it is rounded to: the least of 1, 2, 5, 10, 20 ... km that is not less than it is off."""
        return next(step for step in _STEPS if step >= self.off_km)

    @property
    def rounded(self) -> int:
        """It in km, rounded to `step`: 0 where it is less than half of that."""
        return round(self.km / self.step) * self.step

    @property
    def has_direction(self) -> bool:
        """Tell whether it is longer than it is off: else nobody knows in which direction it goes."""
        return self.km > self.off_km


@dataclass(frozen=True)
class Stretch:
    """A stretch of an area's border: in which direction of the area, and how long."""

    wind: str
    length: Distance


def stretches(area: shapely.Geometry, lines: Iterable[Line]) -> tuple[Stretch, ...]:
    """Return where the border of an area (Polygon or MultiPolygon, WGS 84 degrees) runs along some lines.

    Pieces in one direction are one stretch; the longest comes first.
    """
    by_wind: dict[str, list[Distance]] = {}
    in_metres = to_metres(area)
    for piece, length in _pieces(lines):
        degrees = _towards(in_metres, piece) if piece.is_closed else _across(in_metres, piece)
        by_wind.setdefault(wind(degrees), []).append(length)
    found = (Stretch(name, together(lengths)) for name, lengths in by_wind.items())
    return tuple(sorted(found, key=lambda stretch: -stretch.length.km))


def length_of(lines: Iterable[Line]) -> Distance:
    """Return the length of lines, which are off by the ends of each piece that they make."""
    return together(length for _, length in _pieces(lines))


def together(parts: Iterable[Distance]) -> Distance:
    """Return the sum of lengths that err independently."""
    every = list(parts)
    return Distance(sum(part.km for part in every), hypot(*(part.off_km for part in every)))


def _pieces(lines: Iterable[Line]) -> Iterator[tuple[shapely.LineString, Distance]]:
    """Yield each piece that lines make together, with its length as drawn.

    Each of its two ends may be off by as much as the worst line that it is made of.
    """
    every = list(lines)
    merged = shapely.line_merge(shapely.union_all([line.geometry for line in every]))
    for piece in shapely.get_parts(merged):
        worst = max(line.off_km for line in every if line.geometry.covered_by(piece))
        yield piece, Distance(length_km(piece), sqrt(2) * worst)


def _across(area: shapely.Geometry, piece: shapely.LineString) -> float:
    """Return the azimuth out of an area (UTM zone 38N) square to the line between a piece's two ends."""
    (x, y), (to_x, to_y) = to_metres(piece).coords[:2]
    length = hypot(to_x - x, to_y - y)
    left = shapely.Point((x + to_x) / 2 - (to_y - y) / length, (y + to_y) / 2 + (to_x - x) / length)
    along = azimuth(piece.coords[0], piece.coords[-1])
    return along + 90 if area.covers(left) else along - 90  # a metre to its left lies the area, or not


def _towards(area: shapely.Geometry, piece: shapely.LineString) -> float:
    """Return the azimuth from the centroid of an area to that of a piece, both found in UTM zone 38N."""
    start, end = (to_degrees(shapely.centroid(each)) for each in (area, to_metres(piece)))
    return azimuth(start.coords[0], end.coords[0])
