"""The index of the layers, for programs: what there is, how large, where, and what the properties mean."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from layers import Atlas
from layers.exports.fields import fields
from layers.exports.formats import LAYER_FORMATS

# GeoJSON has members where tables have columns of text.
_SCHEMA = (
    "The columns of the tables, and the properties in GeoJSON, where `names` has the forms of the name by "
    "language (name_az is names.az), and digitized_after, figures and quotes are lists, not text."
)


def layer_index(atlas: Atlas, base: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the index; links start with `base`, and `files` holds each layer's GeoJSON by its id."""
    return {
        "title": atlas.descriptor["title"],
        "version": atlas.descriptor["version"],
        "as_of": atlas.descriptor["as_of"],
        "attribution": atlas.descriptor["attribution"],
        "license": atlas.descriptor["licenses"][0]["name"],
        "disclaimer": atlas.descriptor["disclaimer"],
        "schema": {"description": _SCHEMA, "fields": fields()},
        "layers": [
            {
                "id": layer.id,
                "title": layer.title,
                "summary": layer.summary,
                "features": len(layer.features),
                "bbox": [round(edge, 5) for edge in layer.bounds],
                "bytes": len(files[layer.id]),
                "sha256": hashlib.sha256(files[layer.id]).hexdigest(),
                "links": [_link(layer.id, extension, base) for extension in LAYER_FORMATS],
            }
            for layer in atlas.layers.values()
        ],
    }


def index_bytes(index: Mapping[str, Any]) -> bytes:
    """Return the index as a UTF-8 file."""
    return f"{json.dumps(index, ensure_ascii=False, indent=2)}\n".encode()


def _link(layer: str, extension: str, base: str) -> dict[str, str]:
    return {
        "rel": "item" if extension == "geojson" else "alternate",
        "type": LAYER_FORMATS[extension].media_type,
        "title": LAYER_FORMATS[extension].title,
        "href": f"{base}layers/{layer}.{extension}",
    }
