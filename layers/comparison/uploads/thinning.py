"""Drawings so fine or tangled that to compare them would take minutes: thinned, or refused."""

from typing import Any

import numpy as np
import shapely

from layers.comparison.uploads.raw import note, refused
from layers.geometry.measure import to_degrees, to_metres

_FINE, _BY_M = 20_000, (1, 5, 20, 100)
_PIECE, _LEAST = 500, 4  # vertices of a line simplified at once, and the least that a ring has
_SAMPLED, _MOST_CROSSINGS = 400, 50_000


def thinned(name: str, areas: list[shapely.Geometry], notes: list[str]) -> list[shapely.Geometry]:
    """Return areas (WGS 84) of so few vertices that they are compared in seconds; tells what was done.

    Raises DrawingError if they have too many even so, or cross themselves or one another too often.
    """
    vertices = int(shapely.get_num_coordinates(areas).sum())
    found = areas if vertices <= _FINE else _simplified(areas, vertices, notes)
    if found is None or _crossings(found) > _MOST_CROSSINGS:
        raise refused("too_fine", name, count=vertices)
    return found


def _simplified(
    areas: list[shapely.Geometry], vertices: int, notes: list[str]
) -> list[shapely.Geometry] | None:
    plane = [to_metres(area) for area in areas]
    for metres in _BY_M:
        plane = [_simpler(area, metres) for area in plane]
        if int(shapely.get_num_coordinates(plane).sum()) <= _FINE:
            notes.append(note("thinned", count=vertices, metres=metres))
            return [to_degrees(area) for area in plane]
    return None


def _simpler(area: shapely.Geometry, metres: float) -> shapely.MultiPolygon:
    """Return an area with fewer vertices; rings that are left with nothing are dropped."""
    polygons = []
    for polygon in shapely.get_parts(area):
        outer, *inner = (_simpler_ring(ring, metres) for ring in shapely.get_rings(polygon))
        if len(outer) >= _LEAST:
            polygons.append(shapely.Polygon(outer, [ring for ring in inner if len(ring) >= _LEAST]))
    return shapely.MultiPolygon(polygons)


def _simpler_ring(ring: shapely.LinearRing, metres: float) -> Any:  # noqa: ANN401 - a numpy array
    """Return a ring's vertices, simplified piece by piece: a long line takes the square of its length."""
    vertices = shapely.get_coordinates(ring)
    cuts = range(0, len(vertices) - 1, _PIECE)
    pieces = [shapely.LineString(vertices[start : start + _PIECE + 1]) for start in cuts]
    simple = [shapely.get_coordinates(piece)[:-1] for piece in shapely.simplify(pieces, metres)]
    return np.concatenate([*simple, vertices[-1:]])


def _crossings(areas: list[shapely.Geometry]) -> float:
    """Return about how often the outlines cross, from a sample of their segments, evenly taken."""
    starts = [shapely.get_coordinates(ring) for ring in shapely.get_rings(np.array(areas).flatten())]
    parts = [shapely.linestrings(np.stack([ring[:-1], ring[1:]], axis=1)) for ring in starts if len(ring) > 1]
    if not parts:
        return 0.0
    segments = np.concatenate(parts)
    sample = segments[:: max(1, len(segments) // _SAMPLED)]
    pairs = shapely.STRtree(segments).query(sample, predicate="crosses")
    return float(pairs.shape[1] / len(sample) * len(segments) / 2)
