"""Everything the dashboard serves, built once per process from the atlas."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xstatic.pkg import leaflet

from dashboard.headers import map_policy
from dashboard.map_document import map_document
from dashboard.reading_room import reading_room
from dashboard.representations import Representation
from dashboard.templating import HERE, render
from layers import Atlas, GeodataError, Problem, build_atlas, web_annotations
from layers.atlas import GEODATA, SEEDS
from layers.captions import LANGUAGES
from layers.exports.geojson import MEDIA_TYPE, geojson_bytes
from layers.facts import held_by_date
from layers.problems import shortened
from layers.quotes import shown_quotes
from layers.symbology import symbology
from layers.web_annotations import annotations_bytes

STYLES = ("leaflet.css", "symbols.css", "map.css", "card.css")
SCRIPTS = (
    "leaflet.js",
    "state.js",
    "labels.js",
    "features.js",
    "popups.js",
    "dates.js",
    "view.js",
    "map.js",
)
ARTICLE_SETTING = "KARABAKH_ARTICLE"  # `full`, or `quotes` for hosts without permission for the full text
_HTML = "text/html; charset=utf-8"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class Content:
    """The atlas and its representations: map document, reading room, annotations, layers and their index.

    `layers` holds each layer by the form of names and its id.
    """

    atlas: Atlas
    map: Representation
    map_policy: str
    reading: Representation
    annotations: Representation
    layers: dict[str, dict[str, Representation]]
    index: dict[str, Any]
    held: dict[str, list[str]]


@cache
def assets() -> dict[str, Representation]:
    """Return our own and Leaflet's scripts and style sheets by file name."""
    paths = [
        *(HERE / "assets").iterdir(),
        *(Path(leaflet.BASE_DIR) / name for name in ("leaflet.css", "leaflet.js")),
    ]
    found = {path.name: path.read_bytes() for path in paths}
    found["symbols.css"] = render("symbols.css", **symbology()).encode()
    return {name: Representation(found[name], _TYPES[Path(name).suffix]) for name in sorted(found)}


def asset_address(name: str) -> str:
    """Return the address of an asset; it changes with the content, so that it can be kept for good."""
    return f"/assets/{name}?v={assets()[name].digest[:12]}"


@cache
def content() -> Content:
    """Build everything. Raises GeodataError; a failed build is tried again when next asked for."""
    geodata = Path(os.environ.get("KARABAKH_GEODATA", GEODATA))
    seeds = Path(os.environ.get("KARABAKH_SEEDS", SEEDS))
    full_article = _full_article()
    atlas = build_atlas(geodata, seeds)
    document = map_document(
        atlas,
        styles=[asset_address(name) for name in STYLES],
        scripts=[asset_address(name) for name in SCRIPTS],
    )
    layers = {
        lang: {
            layer.id: Representation(geojson_bytes(atlas, layer, lang), MEDIA_TYPE)
            for layer in atlas.layers.values()
        }
        for lang in LANGUAGES
    }
    reading = reading_room(atlas, full_article=full_article)
    quotes = shown_quotes(atlas.words.quotes, full_article=full_article)
    annotations = annotations_bytes(atlas, quotes)
    return Content(
        atlas=atlas,
        map=Representation(document.encode(), _HTML),
        map_policy=map_policy(document),
        reading=Representation(reading.encode(), _HTML),
        annotations=Representation(annotations, web_annotations.MEDIA_TYPE),
        layers=layers,
        index=_index(atlas, layers["article"]),
        held=held_by_date(atlas),
    )


def _full_article() -> bool:
    """Tell from the environment whether the whole article may be shown. Raises GeodataError."""
    asked = os.environ.get(ARTICLE_SETTING, "full")
    if asked not in ("full", "quotes"):
        raise GeodataError([Problem("environment", ARTICLE_SETTING, shortened(asked), "full or quotes")])
    return asked == "full"


def _index(atlas: Atlas, layers: dict[str, Representation]) -> dict[str, Any]:
    return {
        "title": atlas.descriptor["title"],
        "as_of": atlas.descriptor["as_of"],
        "attribution": atlas.descriptor["attribution"],
        "license": atlas.descriptor["licenses"][0]["name"],
        "disclaimer": atlas.descriptor["disclaimer"],
        "layers": [
            {
                "id": layer.id,
                "title": layer.title,
                "summary": layer.summary,
                "features": len(layer.features),
                "bytes": len(layers[layer.id].body),
                "sha256": layers[layer.id].digest,
                "links": [{"rel": "item", "type": MEDIA_TYPE, "href": f"/layers/{layer.id}.geojson"}],
            }
            for layer in atlas.layers.values()
        ],
    }
