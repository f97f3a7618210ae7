"""KML of others: the areas and closed lines of its placemarks."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import shapely

from layers.comparison.uploads.raw import Raw, refused

_WGS84 = "EPSG:4326"


def read_kml(name: str, content: bytes) -> Raw:
    """Return the features of a KML document. Raises DrawingError if it is none."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refused("broken", name, format="KML")
    try:
        root = ET.fromstring(content)  # noqa: S314 - no entities: see above
    except (ET.ParseError, ValueError, LookupError) as error:
        raise refused("broken", name, format="KML") from error
    if _tag(root) != "kml":
        raise refused("not_a_map", name)
    raw = Raw(crs=_WGS84)
    for placemark in root.iter():
        if _tag(placemark) == "Placemark":
            called = next((each.text for each in placemark if _tag(each) == "name"), "")
            for element in placemark.iter():
                _take(raw, called, element)
    return raw


def _take(raw: Raw, called: object, element: ET.Element) -> None:
    try:
        if _tag(element) == "Polygon":
            rings = [list(_positions(ring)) for ring in _rings(element)]
            raw.closed += sum(ring[0] != ring[-1] for ring in rings)
            raw.add(called, shapely.Polygon(rings[0], rings[1:]))
        elif _tag(element) == "LineString":
            raw.add(called, shapely.LineString(list(_positions(element))))
        elif _tag(element) == "Point":
            raw.add(called, shapely.Point(next(_positions(element))))
    except (ValueError, LookupError, StopIteration, shapely.errors.ShapelyError):
        raw.unusable += 1


def _rings(polygon: ET.Element) -> list[ET.Element]:
    """Return the ring elements of a polygon, the outer one first."""
    outer = [each for each in polygon if _tag(each) == "outerBoundaryIs"]
    inner = [each for each in polygon if _tag(each) == "innerBoundaryIs"]
    return [*outer, *inner]


def _positions(element: ET.Element) -> Iterator[tuple[float, ...]]:
    for each in element.iter():
        if _tag(each) == "coordinates":
            for position in (each.text or "").split():
                yield tuple(float(number) for number in position.split(",")[:3])


def _tag(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]
