"""GeoJSON of others, also what RFC 7946 does not allow: open rings, a `crs`, bare geometries."""

import json
from collections.abc import Iterator
from typing import Any

import shapely

from layers.comparison.uploads.raw import Raw, key_of_name, refused

_DEPTH = 8  # of collections within collections


def read_geojson(name: str, content: bytes) -> Raw:
    """Return the features of a GeoJSON text. Raises DrawingError if it is none."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise refused("broken", name, format="GeoJSON") from error
    if not isinstance(document, dict) or "type" not in document:
        raise refused("not_a_map", name)
    if document["type"] == "Topology":
        raise refused("topojson", name)
    raw = Raw(crs=_crs(document.get("crs")), by_format="EPSG:4326")
    for feature in _features(document):
        properties = feature.get("properties")
        called = _called(properties if isinstance(properties, dict) else {})
        for geometry in _geometries(feature.get("geometry"), _DEPTH):
            _take(raw, called, geometry)
    return raw


def _crs(named: Any) -> str | None:  # noqa: ANN401 - JSON
    """Return the name in the `crs` that older GeoJSON may have."""
    properties = named.get("properties") if isinstance(named, dict) else None
    text = properties.get("name") if isinstance(properties, dict) else None
    return text if isinstance(text, str) else None


def _features(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if document["type"] == "FeatureCollection":
        features = document.get("features")
        entries = features if isinstance(features, list) else []
        yield from (feature for feature in entries if isinstance(feature, dict))
    elif document["type"] == "Feature":
        yield document
    else:
        yield {"geometry": document}


def _called(properties: dict[str, Any]) -> object:
    told = {key: value for key, value in properties.items() if value and isinstance(value, (str, int))}
    key = key_of_name(told, [key for key, value in told.items() if isinstance(value, str)])
    return "" if key is None else told[key]


def _geometries(geometry: Any, depth: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    if not isinstance(geometry, dict) or not depth:
        return
    members = geometry.get("geometries")
    if isinstance(members, list):
        for member in members:
            yield from _geometries(member, depth - 1)
    else:
        yield geometry


def _take(raw: Raw, called: object, geometry: dict[str, Any]) -> None:
    kind: Any = geometry.get("type")
    coordinates: Any = geometry.get("coordinates")
    try:
        if kind in ("Polygon", "MultiPolygon"):
            polygons = [coordinates] if kind == "Polygon" else coordinates
            raw.add(called, shapely.MultiPolygon([_polygon(raw, rings) for rings in polygons]))
        else:
            raw.add(called, shapely.geometry.shape(geometry))
    except (ValueError, TypeError, LookupError, AttributeError, shapely.errors.ShapelyError, OverflowError):
        raw.unusable += 1


def _polygon(raw: Raw, rings: list[list[list[float]]]) -> shapely.Polygon:
    """Return a Polygon of rings; those that are open are closed, and counted."""
    polygon = shapely.Polygon(rings[0], rings[1:])
    raw.closed += sum(ring[0] != ring[-1] for ring in rings)
    return polygon
