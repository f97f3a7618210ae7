"""Geodesic measures on the WGS 84 ellipsoid (Karney 2013, as computed by PROJ). Degrees in, km or km² out."""

import pyproj
import shapely

_ELLIPSOID = pyproj.Geod(ellps="WGS84")


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
