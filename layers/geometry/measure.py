"""Geodesic measures on the WGS 84 ellipsoid (Karney 2013, as computed by PROJ). Degrees in, km or km² out.

Plane measures (distances between shapes) are taken in UTM zone 38N, which the whole coverage lies in.
"""

import geopandas as gpd
import pyproj
import shapely

METRIC = "EPSG:32638"  # UTM zone 38N, metres
# Along a line, errors of the drawing are taken as one error for each stretch of this length: our assumption.
CORRELATION_KM = 10.0
_ELLIPSOID = pyproj.Geod(ellps="WGS84")
_TO_METRIC = pyproj.Transformer.from_crs("EPSG:4326", METRIC, always_xy=True)


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


def corridor_measures(corridor: shapely.Polygon, routes: gpd.GeoDataFrame) -> dict[str, float]:
    """Return the measures of the corridor (Polygon, WGS 84) about its road (LineStrings), in km.

    `road_km`: the drawn road within it, whose hairpins are left out; `crow_km`: between the ends of that
    road; `mean_width_km`: the corridor's area over `road_km`.
    """
    within = max(routes.geometry, key=lambda road: road.intersection(corridor).length)
    road = within.intersection(corridor)
    inside = road if road.geom_type == "LineString" else max(road.geoms, key=shapely.length)
    ends = [shapely.Point(inside.coords[0]), shapely.Point(inside.coords[-1])]
    return {
        "road_km": round(length_km(road), 1),
        "crow_km": round(distance_m(*ends) / 1000, 1),
        "mean_width_km": round(area_km2(corridor) / length_km(road), 1),
    }
