"""Geodesic measures on the WGS 84 ellipsoid (Karney 2013, as computed by PROJ). Degrees in, km or km² out.

Plane measures (distances between shapes) are taken in UTM zone 38N, which the whole coverage lies in.
"""

from typing import NotRequired, TypedDict

import geopandas as gpd
import pyproj
import shapely
from shapely.ops import substring

METRIC = "EPSG:32638"  # UTM zone 38N, metres
# Along a line, errors of the drawing are taken as one error for each stretch of this length: our assumption.
CORRELATION_KM = 10.0
# Bends that leave the line between their ends by less than this are no part of the axis: our assumption.
_BENDS_M = 500.0
_ELLIPSOID = pyproj.Geod(ellps="WGS84")
_TO_METRIC = pyproj.Transformer.from_crs("EPSG:4326", METRIC, always_xy=True)
_TO_DEGREES = pyproj.Transformer.from_crs(METRIC, "EPSG:4326", always_xy=True)


class CorridorMeasures(TypedDict):
    """Measures of the corridor in km: the road within with its bends and without, straight, mean width.

    `post_road_km` and `post_crow_km`: from where the road enters the corridor to a place further on, along
    the road and straight.
    """

    road_km: float
    axis_km: float
    crow_km: float
    mean_width_km: float
    post_road_km: NotRequired[float]
    post_crow_km: NotRequired[float]


_NO_ROAD = CorridorMeasures(road_km=0, axis_km=0, crow_km=0, mean_width_km=0, post_road_km=0, post_crow_km=0)


def area_km2(geometry: shapely.Geometry) -> float:
    """Return the geodesic area of a Polygon or MultiPolygon in WGS 84 degrees, in km²."""
    oriented = shapely.orient_polygons(geometry)
    return float(_ELLIPSOID.geometry_area_perimeter(oriented)[0]) / 1e6


def length_km(geometry: shapely.Geometry) -> float:
    """Return the geodesic length of a LineString or MultiLineString in WGS 84 degrees, in km."""
    return float(_ELLIPSOID.geometry_length(geometry)) / 1e3


def distance_m(a: shapely.Point, b: shapely.Point) -> float:
    """Return the geodesic distance of two points in WGS 84 degrees, in metres."""
    return float(_ELLIPSOID.inv(a.x, a.y, b.x, b.y)[2])


def azimuth(start: tuple[float, ...], end: tuple[float, ...]) -> float:
    """Return the forward azimuth between positions (longitude, latitude), in degrees from north."""
    return float(_ELLIPSOID.inv(start[0], start[1], end[0], end[1])[0])


def area_margin_km2(lines: gpd.GeoDataFrame, correlation_km: float | None = CORRELATION_KM) -> float:
    """Return how far off an area may be, in km², if its outline (LineStrings) is off by `uncertainty_m`.

    Stretches of `correlation_km` err independently, each by the whole uncertainty: the square root of the
    sum, over the lines, of length x correlation x uncertainty²; None: all err together, to the same side.
    """
    off = [
        (length_km(line), metres / 1000)
        for line, metres in zip(lines.geometry, lines.uncertainty_m, strict=True)
    ]
    if correlation_km is None:
        return float(sum(km * width for km, width in off))
    return float(sum(km * correlation_km * width**2 for km, width in off) ** 0.5)


def to_metres(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry in WGS 84 degrees as one in UTM zone 38N, metres."""
    return shapely.transform(geometry, _TO_METRIC.transform, interleaved=False)


def to_degrees(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry in UTM zone 38N, metres, as one in WGS 84 degrees."""
    return shapely.transform(geometry, _TO_DEGREES.transform, interleaved=False)


def corridor_measures(
    corridor: shapely.Polygon, routes: gpd.GeoDataFrame, post: shapely.Point | None = None
) -> CorridorMeasures:
    """Return the measures of the corridor (Polygon) about its road (LineStrings), WGS 84 degrees.

    `road_km` is the road as drawn within it, `axis_km` the same without bends of less than 500 m, `crow_km`
    the distance between its ends, `mean_width_km` the area over `axis_km`. With a `post` (Point) near the
    road beyond the corridor, also how far it is from where the road enters. All are 0 with no road within.
    """
    inside = _road_within(corridor, routes)
    if inside.is_empty:
        return _NO_ROAD
    axis = length_km(_without_bends(inside))
    entry, end = shapely.Point(inside.coords[0]), shapely.Point(inside.coords[-1])
    measures = CorridorMeasures(
        road_km=round(length_km(inside), 1),
        axis_km=round(axis, 1),
        crow_km=round(distance_m(entry, end) / 1000, 1),
        mean_width_km=round(area_km2(corridor) / axis, 1),
    )
    if post is not None:
        measures["post_road_km"] = round(_along_km(routes, entry, post), 1)
        measures["post_crow_km"] = round(distance_m(entry, post) / 1000, 1)
    return measures


def _road_within(corridor: shapely.Polygon, routes: gpd.GeoDataFrame) -> shapely.LineString:
    """Return the longest stretch of the joined roads within the corridor; none, the empty LineString."""
    stretches = shapely.get_parts(_joined(routes) & corridor)
    return max((part for part in stretches if part.length), key=shapely.length, default=shapely.LineString())


def _joined(routes: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return roads (LineStrings) joined end to end, in the direction in which they were drawn."""
    return shapely.line_merge(shapely.MultiLineString(routes.geometry.to_list()))


def _without_bends(road: shapely.LineString) -> shapely.LineString:
    """Return the road (WGS 84) without small bends: Douglas and Peucker's line, in UTM zone 38N."""
    return to_degrees(shapely.simplify(to_metres(road), _BENDS_M))


def _along_km(routes: gpd.GeoDataFrame, start: shapely.Point, end: shapely.Point) -> float:
    """Return the way from start to end in km, each taken at its nearest point of the joined roads."""
    road = min(shapely.get_parts(_joined(routes)), key=lambda part: part.distance(start) + part.distance(end))
    stretch = sorted(shapely.line_locate_point(road, [start, end]))
    return length_km(substring(road, *stretch))
