"""The layers as GeoJSON (RFC 7946): the same bytes for the web, the command line and the download buttons."""

import json
from typing import Any

import shapely

from layers.atlas import Atlas, Layer
from layers.facts import is_missing, name_in

MEDIA_TYPE = "application/geo+json"
_DECIMALS = 5  # about a metre; the coordinates are picked to 4 decimals at most


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
        "bbox": [round(float(edge), _DECIMALS) for edge in layer.features.total_bounds],
        "features": [_feature(row, lang) for row in layer.features.to_dict("records")],
    }


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
    return shapely.transform(oriented, lambda coordinates: coordinates.round(_DECIMALS))


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
