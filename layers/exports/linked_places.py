"""The places for gazetteers: the Linked Places format, https://github.com/LinkedPasts/linked-places-format .

It is GeoJSON and JSON-LD at once. A place is the point that any reader of GeoJSON draws, with every form of
its name, the day it is of, and what kind of place it is, by the Getty thesaurus (AAT) where that has a
concept for it (`place_types.json`). It names neither country nor match in another gazetteer: the first
would take a side, and the second nobody has checked.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from layers.atlas import Atlas
from layers.citation import article_reference
from layers.exports.geojson import geojson_geometry
from layers.features import Feature

LINKED_PLACES = "places.lpf.json"
_LAYER = "places"
_CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
)
_TYPES = Path(__file__).resolve().parent / "place_types.json"
_CERTAINTY = {"approximate": "less-certain", "schematic": "uncertain"}  # by a feature's precision


def linked_places_bytes(atlas: Atlas, lang: str = "article") -> bytes:
    """Return the places as a UTF-8 file, WGS 84; `lang` is the form of the titles. Same atlas, same bytes."""
    kinds = atlas.coverage.places.set_index("id").kind
    collection = {
        "type": "FeatureCollection",
        "@context": _CONTEXT,
        "title": f"{atlas.descriptor['title']}: {atlas.layers[_LAYER].title}",
        "attribution": atlas.descriptor["attribution"],
        "license": atlas.descriptor["licenses"][0]["path"],
        "disclaimer": atlas.descriptor["disclaimer"],
        "features": [
            _place(atlas, feature, kinds[feature.id], lang) for feature in atlas.layers[_LAYER].features
        ],
    }
    return f"{json.dumps(collection, ensure_ascii=False, indent=1)}\n".encode()


def _place(atlas: Atlas, feature: Feature, kind: str, lang: str) -> dict[str, Any]:
    concept = dict(_types()[kind])
    described = {"fclasses": [concept.pop("fclass")], "uncertainty_m": feature.uncertainty_m}
    types = [{**concept, "sourceLabels": [{"label": kind, "lang": "en"}]}] if concept else []
    return {
        "@id": f"{LINKED_PLACES}#{feature.id}",
        "type": "Feature",
        "properties": {"title": feature.name_in(lang), **described},
        "when": {"timespans": [{"start": {"in": feature.as_of}}]},
        "names": [_name(atlas, code, name) for code, name in feature.names.items()],
        **({"types": types} if types else {}),
        "geometry": {
            **geojson_geometry(feature.geometry),
            "certainty": _CERTAINTY[feature.precision],
            "citations": [{"label": atlas.sources[key]["title"]} for key in feature.digitized_after],
        },
        "descriptions": [{"value": " ".join(filter(None, (feature.summary, feature.note))), "lang": "en"}],
    }


def _name(atlas: Atlas, code: str, name: str) -> dict[str, Any]:
    """Return a form of a name, with where it is from: the article, or this map."""
    if code == "article":
        return {"toponym": name, "lang": "en", "citations": [{"label": article_reference(atlas)}]}
    return {"toponym": name, "lang": code, "citations": [{"label": atlas.descriptor["title"]}]}


@cache
def _types() -> dict[str, dict[str, str]]:
    return dict(json.loads(_TYPES.read_text(encoding="utf-8")))
