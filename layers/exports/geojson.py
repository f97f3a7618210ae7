"""The layers as GeoJSON (RFC 7946): the same bytes for the web, the command line and the download buttons."""

import json
import re
from dataclasses import replace
from math import isfinite
from typing import Any

import shapely

from layers.atlas import Atlas, Layer
from layers.citation import edition
from layers.data.problems import RequestError
from layers.features import Feature
from layers.style.captions import captions

MEDIA_TYPE = "application/geo+json"
_WORLD = (-180, -90, -180, -90)  # the least that west, south, east and north can be; the most is its opposite
_BOX = re.compile(r"\s*,\s*".join([r"([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)"] * 4), re.ASCII)
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
        "edition": edition(atlas),
        "attribution": atlas.descriptor["attribution"],
        "license": atlas.descriptor["licenses"][0]["name"],
        "disclaimer": atlas.descriptor["disclaimer"],
        **_bounds(layer),
        "features": [_feature(feature, layer.properties, lang) for feature in layer.features],
    }


def _bounds(layer: Layer) -> dict[str, list[float]]:
    """Return the `bbox` member; a layer of which a filter has left nothing has none."""
    if not layer.features:
        return {}
    return {"bbox": [round(edge, DECIMALS) for edge in layer.bounds]}


def _feature(feature: Feature, order: tuple[str, ...], lang: str) -> dict[str, Any]:
    properties = feature.properties(lang)
    return {
        "type": "Feature",
        "id": feature.id,
        "properties": {name: properties[name] for name in order if properties.get(name) is not None},
        "geometry": geojson_geometry(feature.geometry),
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
        raise RequestError(lambda: captions()["errors"]["bbox"].format(value=bbox[:60]))
    box = shapely.box(*edges)
    return replace(layer, features=tuple(each for each in layer.features if each.geometry.intersects(box)))


def box_edges(text: str) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of a text that is a box (finite, none swapped), else None."""
    if not (found := _BOX.fullmatch(text.strip())):
        return None
    west, south, east, north = map(float, found.groups())
    in_order = west <= east and south <= north
    return (west, south, east, north) if in_order and all(map(isfinite, (west, south, east, north))) else None
