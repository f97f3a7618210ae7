"""Which feature of ours an area of a drawing is: guessed by how far they overlap."""

from collections.abc import Iterator

import numpy as np
import shapely

from layers.atlas import Atlas
from layers.comparison.drawing import OBLAST, Match, Piece
from layers.comparison.ours import DISTRICTS, MATCHABLE, our_shape
from layers.comparison.shapes import areal, metric

_LEAST_IOU = 0.6  # two areas that overlap less are not taken for one another
_LEAST_TOGETHER, _BETTER = 0.7, 0.02  # IoU of several pieces; how much better they are than one
_MOSTLY = 0.6  # a part of a feature has at least this share of its area in it
_LEAST_WHOLE = 0.4  # IoU of a rayon before land of the former oblast is taken off: else the rest is chance
_TAKEN_IN = 0.05  # a district of which more lies in the former oblast is taken for today's rayon


def guess_matches(atlas: Atlas, pieces: tuple[Piece, ...]) -> tuple[Match, ...]:
    """Return the likeliest matches: first one piece for one feature, then several for one.

    No piece is used twice. In the order of `MATCHABLE`.
    """
    shapes = [metric(piece.geometry) for piece in pieces]
    ours = {feature: metric(our_shape(atlas, feature)) for feature in MATCHABLE}
    oblast = ours[OBLAST]
    found = _singles(shapes, ours, oblast)
    for feature, area in ours.items():
        used = {place for match in found.values() for place in match.pieces}
        together = _together(shapes, area, found.get(feature), used)
        if together:
            found[feature] = Match(feature, together, _takes_in(shapes, feature, together, oblast))
    return tuple(found[feature] for feature in MATCHABLE if feature in found)


def overlap(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """Return the common area over the area of both together (IoU), 0 to 1; plane geometries."""
    union = one.union(other).area
    return float(one.intersection(other).area / union) if union else 0.0


def _singles(
    shapes: list[shapely.Geometry], ours: dict[str, shapely.Geometry], oblast: shapely.Geometry
) -> dict[str, Match]:
    """Return for each feature the piece most like it; a piece is like one feature only, or like none."""
    likest: dict[int, tuple[float, str, bool]] = {}
    for iou, feature, place, less in _pairs(shapes, ours, oblast):
        likest[place] = max(likest.get(place, (0.0, "", False)), (iou, feature, less))
    found: dict[str, Match] = {}
    for place, (iou, feature, less) in sorted(likest.items(), key=lambda each: -each[1][0]):
        if iou >= _LEAST_IOU and feature not in found:
            found[feature] = Match(feature, (place,), less)
    return found


def _pairs(
    shapes: list[shapely.Geometry], ours: dict[str, shapely.Geometry], oblast: shapely.Geometry
) -> Iterator[tuple[float, str, int, bool]]:
    features = list(ours)
    tree = shapely.STRtree([ours[feature] for feature in features])
    for place, shape in enumerate(shapes):
        for number in tree.query(shape, predicate="intersects"):
            feature = features[number]
            iou, less = overlap(shape, ours[feature]), _takes_in(shapes, feature, (place,), oblast)
            if less and iou >= _LEAST_WHOLE:
                iou = overlap(areal(shape - oblast), ours[feature])
            yield iou, feature, place, less


def _together(
    shapes: list[shapely.Geometry], area: shapely.Geometry, single: Match | None, used: set[int]
) -> tuple[int, ...]:
    """Return pieces that lie mostly in a feature and together are more like it than one alone; else none."""
    own = single.pieces if single else ()
    shapely.prepare(area)
    near = (int(place) for place in np.flatnonzero(shapely.intersects(area, shapes)))
    free = (place for place in near if place not in used)
    more = [p for p in free if shapes[p].intersection(area).area >= _MOSTLY * shapes[p].area > 0]
    if not more:
        return ()
    alone, together = (overlap(shapely.union_all([shapes[p] for p in x]), area) for x in (own, (*own, *more)))
    return tuple(sorted((*own, *more))) if together >= max(_LEAST_TOGETHER, alone + _BETTER) else ()


def _takes_in(
    shapes: list[shapely.Geometry], feature: str, places: tuple[int, ...], oblast: shapely.Geometry
) -> bool:
    """Tell whether pieces taken for a district take in land of the former oblast, as today's rayons do."""
    union = shapely.union_all([shapes[place] for place in places])
    return feature in DISTRICTS and bool(union.intersection(oblast).area > _TAKEN_IN * union.area)
