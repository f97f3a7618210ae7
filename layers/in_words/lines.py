"""What each line runs between, from where to where, and by which places."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import shapely

from layers.atlas import Atlas
from layers.features import Feature
from layers.geometry.directions import Distance, length_of
from layers.geometry.measure import length_km, to_metres
from layers.geometry.sides import Line, between
from layers.in_words.areas import DISTRICTS, OBLAST, areas, lines, rest
from layers.in_words.places import Nearby, Place, beside, places

_ALONG_M = 2000.0  # a road is told to run by a place that it passes no farther off
_ENCLAVE, _CORRIDOR = "upper-karabakh-armenian-held", "lachin-corridor"
_WHOLE_OBLAST = "line-of-contact-1994"  # which is older than the division of the oblast


@dataclass(frozen=True)
class Between:
    """A stretch of a line: what lies on its two sides, the same twice if it runs through that."""

    one: str
    other: str
    length: Distance


@dataclass(frozen=True)
class Way:
    """A piece of a line that has ends: the place nearest to each, seen from there; those between."""

    start: Nearby
    end: Nearby
    by: tuple[str, ...]


def sides(atlas: Atlas, feature: Feature) -> list[Between]:
    """Return what a boundary line runs between, the longest stretch first; of a road, nothing."""
    pairs: dict[tuple[str, str], list[Line]] = {}
    for line in _made_of(atlas, feature):
        units = _units(atlas, line, is_whole=feature.layer == _WHOLE_OBLAST)
        pairs.setdefault((units[0], units[-1]), []).append(line)
    found = [Between(one, other, length_of(along)) for (one, other), along in pairs.items()]
    return sorted(found, key=lambda each: -each.length.km)


def _made_of(atlas: Atlas, feature: Feature) -> list[Line]:
    return [line for line in lines(atlas) if line.geometry.covered_by(feature.geometry)]


def _units(atlas: Atlas, line: Line, *, is_whole: bool) -> list[str]:
    """Return the names of what lies on the sides of a line, in the order of the layers, and last the rest."""
    units = [
        area.name
        for area in areas(atlas).values()
        if area.layer == DISTRICTS or (area.layer == OBLAST and (area.feature is None) == is_whole)
        for _ in area.faces & line.faces
    ]
    return [*units, rest()] if line.beyond else units


def ways(atlas: Atlas, feature: Feature) -> list[Way]:
    """Return the pieces of a line that have ends, the longest first."""
    pieces = sorted(shapely.get_parts(shapely.line_merge(feature.geometry)), key=shapely.length)
    return [_way(atlas, piece, feature) for piece in reversed(pieces) if not piece.is_closed]


def mouth(atlas: Atlas, feature: Feature) -> Distance | None:
    """Return the length of the corridor's mouth into the enclave if that is all a line lacks to be closed."""
    enclave, corridor = (areas(atlas)[each].faces for each in (_ENCLAVE, _CORRIDOR))
    gap = between(lines(atlas), enclave, corridor)
    whole = shapely.line_merge(shapely.union_all([feature.geometry, *(line.geometry for line in gap)]))
    return length_of(gap) if whole.is_closed and not feature.geometry.is_closed else None


def length(atlas: Atlas, feature: Feature) -> Distance:
    """Return the length of a line; a road's ends may each be off by as much as its worst stretch."""
    if made_of := _made_of(atlas, feature):
        return length_of(made_of)
    return Distance(length_km(feature.geometry), sqrt(2) * feature.uncertainty_m / 1000)


def _way(atlas: Atlas, piece: shapely.LineString, feature: Feature) -> Way:
    ends = [shapely.Point(piece.coords[at]) for at in (0, -1)]
    start, end = (beside(atlas, point, _off_at(atlas, point)) for point in ends)
    along = [] if _made_of(atlas, feature) else _along(atlas, piece)
    return Way(start, end, tuple(place.name for place in along if place.id not in (start.id, end.id)))


def _off_at(atlas: Atlas, end: shapely.Point) -> int:
    """Return how far a line's end may be off, in metres: where several end, as far as the surest of them."""
    meeting = (each for each in lines_of(atlas) if each.geometry.boundary.covers(end))
    return min(each.uncertainty_m for each in meeting)


def _along(atlas: Atlas, road: shapely.LineString) -> list[Place]:
    """Return the places that a road passes, in its order."""
    line = to_metres(road)
    near = [each for each in places(atlas).values() if to_metres(each.point).distance(line) <= _ALONG_M]
    return sorted(near, key=lambda each: line.project(to_metres(each.point)))


def lines_of(atlas: Atlas) -> Iterator[Feature]:
    """Yield the features that are lines."""
    for feature in atlas.features.values():
        if "LineString" in feature.geometry.geom_type:
            yield feature
