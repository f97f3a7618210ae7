"""The layers as GeoJSON (RFC 7946): the same bytes for the web, the command line and the download buttons."""

import json
from dataclasses import replace
from math import isfinite
from typing import Any

import shapely

from layers.atlas import Atlas, Layer
from layers.facts import is_missing, name_in
from layers.problems import RequestError

MEDIA_TYPE = "application/geo+json"
_WORLD = (-180, -90, -180, -90)  # the least that west, south, east and north can be; the most is its opposite
DECIMALS = 5  # about a metre; the coordinates are picked to 4 decimals at most


def collection(atlas: Atlas, layer: Layer, lang: str = "article") -> dict[str, Any]:
    """Return a layer as a GeoJSON FeatureCollection: WGS 84, outer rings counter-clockwise, 5 decimals.

    `lang` chooses the form of each feature's `name`; `names` holds them all.
    """
    return {
        "type": "FeatureCollection",
        "title": layer.title,
        "summary": layer.summary,
        "as_of": atlas.descriptor["as_of"],
        "attribution": atlas.descriptor["attribution"],
        "license": atlas.descriptor["licenses"][0]["name"],
        "disclaimer": atlas.descriptor["disclaimer"],
        **_bounds(layer),
        "features": [_feature(row, lang) for row in layer.features.to_dict("records")],
    }


def _bounds(layer: Layer) -> dict[str, list[float]]:
    """Return the `bbox` member; a layer of which a filter has left nothing has none."""
    if layer.features.empty:
        return {}
    return {"bbox": [round(float(edge), DECIMALS) for edge in layer.features.total_bounds]}


def _feature(row: dict[str, Any], lang: str) -> dict[str, Any]:
    geometry = row.pop("geometry")
    properties = {key: value for key, value in row.items() if not is_missing(value)}
    properties["name"] = name_in(row["names"], lang)
    return {
        "type": "Feature",
        "id": row["id"],
        "properties": properties,
        "geometry": geojson_geometry(geometry),
    }


def geojson_geometry(geometry: shapely.Geometry) -> dict[str, Any]:
    """Return a geometry (WGS 84 degrees) as GeoJSON: right-hand rule, no vertex moved, 5 decimals."""
    return dict(shapely.geometry.mapping(as_exported(geometry)))


def as_exported(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry (WGS 84 degrees) as every format has it: right-hand rule, 5 decimals."""
    oriented = shapely.orient_polygons(geometry)
    return shapely.transform(oriented, lambda coordinates: coordinates.round(DECIMALS))


def geojson_bytes(atlas: Atlas, layer: Layer, lang: str = "article") -> bytes:
    """Return the layer's file: UTF-8, one feature a line, so that a difference shows one feature."""
    head = collection(atlas, layer, lang)
    features = head.pop("features")
    text = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{text}, "features": [\n{lines}\n]}}\n'.encode()


def geojson_files(atlas: Atlas, lang: str = "article") -> dict[str, bytes]:
    """Return every layer's file by its name, `{id}.geojson`."""
    return {f"{layer.id}.geojson": geojson_bytes(atlas, layer, lang) for layer in atlas.layers.values()}


def within(layer: Layer, bbox: str) -> Layer:
    """Return a layer with only the features that touch a bounding box: "west,south,east,north", in degrees.

    Raises RequestError.
    """
    edges = box_edges(bbox)
    if edges is None or not all(low <= edge <= -low for low, edge in zip(_WORLD, edges, strict=True)):
        raise RequestError(
            f"A bounding box is west,south,east,north in degrees, such as 46,39,47,40, and not “{bbox[:60]}”."
        )
    return replace(layer, features=layer.features[layer.features.intersects(shapely.box(*edges))])


def box_edges(text: str) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of a text that is a box (finite, none swapped), else None."""
    try:
        west, south, east, north = (float(edge) for edge in text.split(","))
    except ValueError:
        return None
    in_order = west <= east and south <= north
    return (west, south, east, north) if in_order and all(map(isfinite, (west, south, east, north))) else None
