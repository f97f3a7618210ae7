"""Where on a geometry its name or popup belongs. In the plane of longitude and latitude, WGS 84 degrees."""

import shapely


def inner_point(geometry: shapely.Geometry) -> shapely.Point:
    """Return the point of an area farthest from its outline; of a Point, itself."""
    if geometry.geom_type == "Point":
        return geometry
    return shapely.Point(shapely.maximum_inscribed_circle(geometry).coords[0])


def middle(line: shapely.Geometry) -> shapely.Point:
    """Return the point half-way along the longest part of a line."""
    longest = max(shapely.get_parts(line), key=shapely.length)
    return longest.interpolate(0.5, normalized=True)


def lat_lon(geometry: shapely.Geometry) -> tuple[float, float]:
    """Return where a popup of this geometry opens: latitude, longitude, as Leaflet wants them."""
    is_line = geometry.geom_type in ("LineString", "MultiLineString")
    point = middle(geometry) if is_line else inner_point(geometry)
    return round(point.y, 5), round(point.x, 5)
