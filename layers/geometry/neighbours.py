"""What lies beside a feature: borders that it shares, what shares its ground, and the nearest places.

Geometries are in WGS 84 degrees; lengths and distances are geodesic, in km.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot

import shapely
from shapely.ops import nearest_points

from layers.geometry.coverage import Coverage
from layers.geometry.directions import Distance, wind
from layers.geometry.measure import azimuth, distance_m, length_km, to_degrees, to_metres


@dataclass(frozen=True)
class SharedBorder:
    """An area that shares a stretch of border, by its id, and how long that is as drawn, in km."""

    id: str
    km: float


@dataclass(frozen=True)
class Near:
    """A place near a feature: how far, 0 km for one within an area, and which way, as one of `WINDS`."""

    id: str
    distance: Distance
    wind: str


def shared_borders(
    coverage: Coverage, areas: Mapping[str, shapely.Geometry]
) -> dict[str, list[SharedBorder]]:
    """Return by id of each area (Polygon or MultiPolygon) which others border on it, the longest first.

    One that lies on the same ground is no neighbour. Areas are made of the coverage's lines, so that a
    border that two share is a line of both, to the vertex.
    """
    km = dict(zip(coverage.lines.id, map(length_km, coverage.lines.geometry), strict=True))
    lines = {key: set(coverage.lines_along(area.boundary).id) for key, area in areas.items()}
    return {
        key: sorted(
            (
                SharedBorder(other, sum(km[line] for line in lines[key] & lines[other]))
                for other in areas
                if other != key and lines[key] & lines[other] and not _share_ground(areas[key], areas[other])
            ),
            key=lambda border: (-border.km, border.id),
        )
        for key in areas
    }


def same_ground(geometry: shapely.Geometry, others: Mapping[str, shapely.Geometry]) -> list[str]:
    """Return which of the other areas lie on the same ground as an area, or hold a place (Point)."""
    return [identifier for identifier, other in others.items() if _share_ground(geometry, other)]


def nearest(
    geometry: shapely.Geometry, off_m: float, places: Iterable[tuple[str, shapely.Point, float]], count: int
) -> list[Near]:
    """Return the places (id, Point, metres it may be off) nearest to any geometry, the nearest first.

    `off_m` is how far that may be off itself; the two are taken as independent. A distance runs from the
    geometry's nearest point, which is found in UTM zone 38N.
    """
    plane = to_metres(geometry)
    found = []
    for identifier, point, place_off_m in places:
        start = to_degrees(nearest_points(plane, to_metres(point))[0])
        km = 0.0 if geometry.covers(point) else distance_m(start, point) / 1000
        towards = wind(azimuth((start.x, start.y), (point.x, point.y)))
        found.append(Near(identifier, Distance(km, hypot(off_m, place_off_m) / 1000), towards))
    return sorted(found, key=lambda near: (near.distance.km, near.id))[:count]


def _share_ground(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Tell whether the insides of two geometries meet; a border that they share does not count."""
    return bool(shapely.relate_pattern(one, other, "T********"))
