"""How far another drawing lies to one side as a whole: the shift that brings its outlines nearest to ours."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.comparison.records import Shift

_STEP_M = 500.0  # the outlines are sampled so densely
_ROUNDS, _SETTLED_M = 15, 1.0
_NEAREST_M = 1.0  # no point weighs more than one as near as this
_WORTH = 0.95  # a shift that leaves more than this share of the distance is none
_WINDS = 8

Positions = NDArray[np.float64]  # a pair of metres a row
Pair = tuple[shapely.Geometry, shapely.Geometry]


def best_shift(pairs: Sequence[Pair]) -> Shift:
    """Return by how far theirs would have to be moved back to lie nearest to ours; areas in plane metres.

    `pairs` are ours and theirs, which move together. Nearest is the least mean distance of points of their
    outlines from our outline of the same area. Each round moves all by what the distances, taken across our
    lines, ask for (least squares, weighted by 1/distance, so that a part that is drawn otherwise counts
    little): a shifted copy gives its shift back exactly, which no mean distance does, as lines along the
    shift hardly move away from where they were.
    """
    lines = [ours.boundary for ours, _ in pairs]
    points = [_sampled(theirs.boundary) for _, theirs in pairs]
    shapely.prepare(lines)
    starts = (np.zeros(2), _between_centres(pairs))
    tried = [_settled(lines, points, start) for start in starts]
    moved, left = min(((shift, _mean(_across(lines, points, shift))) for shift in tried), key=lambda x: x[1])
    apart = _mean(_across(lines, points, starts[0]))
    if left > _WORTH * apart:
        return Shift(0.0, 0, apart, apart)
    wind = round(np.degrees(np.arctan2(*moved)) / 360 * _WINDS) % _WINDS
    return Shift(float(np.hypot(*moved)), int(wind), apart, left)


def _sampled(outline: shapely.Geometry) -> Positions:
    rings = [
        shapely.line_interpolate_point(x, np.arange(0, x.length, _STEP_M)) for x in shapely.get_parts(outline)
    ]
    return np.asarray(shapely.get_coordinates(np.concatenate(rings)))


def _between_centres(pairs: Iterable[Pair]) -> Positions:
    ours, theirs = (shapely.union_all(side).centroid for side in zip(*pairs, strict=True))
    return np.array([theirs.x - ours.x, theirs.y - ours.y])


def _settled(lines: list[shapely.Geometry], points: list[Positions], shift: Positions) -> Positions:
    for _ in range(_ROUNDS):
        across = _across(lines, points, shift)
        metres = np.hypot(*across.T)
        away = across[metres > 0] / metres[metres > 0, None]
        root = np.sqrt(1 / np.maximum(metres[metres > 0], _NEAREST_M))
        step = np.linalg.lstsq(away * root[:, None], metres[metres > 0] * root, rcond=None)[0]
        shift = shift + step
        if np.hypot(*step) < _SETTLED_M:
            break
    return shift


def _across(lines: list[shapely.Geometry], points: list[Positions], shift: Positions) -> Positions:
    """Return the vector from the nearest point of our outline to each of theirs, moved back."""
    return np.concatenate([_from_line(line, at - shift) for line, at in zip(lines, points, strict=True)])


def _from_line(line: shapely.Geometry, at: Positions) -> Positions:
    ends = shapely.get_coordinates(shapely.shortest_line(line, shapely.points(at))).reshape(-1, 2, 2)
    return np.asarray(ends[:, 1] - ends[:, 0])


def _mean(across: Positions) -> float:
    return float(np.hypot(*across.T).mean())
