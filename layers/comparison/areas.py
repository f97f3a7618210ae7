"""Area by area: how large, how much in common, how far apart, and villages on the wrong side."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import shapely

from layers.accuracy import outline_distances_m
from layers.atlas import Atlas
from layers.comparison.drawing import Drawing
from layers.comparison.matching import overlap
from layers.comparison.ours import matchable, our_shape
from layers.comparison.records import ComparedArea, Shift, Stretch
from layers.comparison.settlements import villages
from layers.comparison.shapes import metric, shapes_by_feature
from layers.comparison.shift import best_shift
from layers.geometry.measure import area_km2, to_degrees

_STRETCH_M = 500.0


def compared_areas(atlas: Atlas, drawing: Drawing) -> tuple[ComparedArea, ...]:
    """Return each area that both drawings have, in the order of the drawing's matches."""
    shapes, titles = shapes_by_feature(atlas, drawing), matchable(atlas)
    pieces = {match.feature: match.pieces for match in drawing.matches}
    return tuple(
        _compared(
            atlas, feature, titles[feature], shape, tuple(drawing.pieces[i].name for i in pieces[feature])
        )
        for feature, shape in shapes.items()
    )


def whole_shift(atlas: Atlas, drawing: Drawing) -> Shift | None:
    """Return how far all areas that both drawings have lie to one side together; None if there are none."""
    shapes = shapes_by_feature(atlas, drawing)
    pairs = [(metric(our_shape(atlas, feature)), metric(shape)) for feature, shape in shapes.items()]
    return best_shift(pairs) if pairs else None


def stretches(atlas: Atlas, drawing: Drawing) -> tuple[Stretch, ...]:
    """Return the outlines of what a drawing has of ours, in pieces of at most 500 m, for a map.

    `metres` is how far the piece's middle lies from our outline of the same area.
    """
    return tuple(
        stretch
        for feature, shape in shapes_by_feature(atlas, drawing).items()
        for stretch in _stretches(feature, metric(shape), metric(our_shape(atlas, feature)))
    )


def _compared(
    atlas: Atlas, feature: str, title: str, shape: shapely.Geometry, pieces: tuple[str, ...]
) -> ComparedArea:
    ours = our_shape(atlas, feature)
    both = metric(ours), metric(shape)
    apart = outline_distances_m(*both)
    return ComparedArea(
        feature=feature,
        title=title,
        pieces=pieces,
        ours_km2=area_km2(ours),
        theirs_km2=area_km2(shape),
        iou=overlap(*both),
        mean_m=float(apart.mean()),
        p95_m=float(np.percentile(apart, 95)),
        greatest_m=float(apart.max()),
        shift=best_shift([both]),
        villages=villages(atlas, feature, shape),
    )


def _stretches(feature: str, theirs: shapely.Geometry, ours: shapely.Geometry) -> list[Stretch]:
    lines = [line for ring in _rings(theirs) for line in _cut(ring)]
    middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    metres = shapely.distance(middles, ours.boundary)
    return [Stretch(feature, to_degrees(x), float(m)) for x, m in zip(lines, metres, strict=True)]


def _rings(area: shapely.Geometry) -> list[shapely.LineString]:
    return [shapely.LineString(ring) for ring in shapely.get_rings(shapely.get_parts(area))]


def _cut(ring: shapely.LineString) -> Iterator[shapely.LineString]:
    """Yield a ring in pieces of about 500 m, cut at vertices; long edges get vertices."""
    vertices = shapely.get_coordinates(shapely.segmentize(ring, _STRETCH_M))
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(vertices, axis=0).T))])
    starts = np.flatnonzero(np.diff(along // _STRETCH_M, prepend=-1))
    for start, end in pairwise([*starts, len(vertices) - 1]):
        if end > start:
            yield shapely.LineString(vertices[start : end + 1])
