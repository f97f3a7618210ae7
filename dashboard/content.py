"""Everything the dashboard serves, built once per process from the atlas."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xstatic.pkg import leaflet

from dashboard.headers import map_policy
from dashboard.map_document import map_document
from dashboard.representations import Representation
from dashboard.templating import HERE
from layers import Atlas, build_atlas
from layers.atlas import GEODATA, SEEDS
from layers.export import MEDIA_TYPE, geojson_bytes

STYLES = ("leaflet.css", "map.css", "card.css")
SCRIPTS = ("leaflet.js", "state.js", "labels.js", "popups.js", "map.js")
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class Content:
    """The atlas and its representations: the map document, the layers and the index of the layers."""

    atlas: Atlas
    map: Representation
    map_policy: str
    layers: dict[str, Representation]
    index: dict[str, Any]


@cache
def assets() -> dict[str, Representation]:
    """Return our own and Leaflet's scripts and style sheets by file name."""
    paths = [
        *(HERE / "assets").iterdir(),
        *(Path(leaflet.BASE_DIR) / name for name in ("leaflet.css", "leaflet.js")),
    ]
    return {path.name: Representation(path.read_bytes(), _TYPES[path.suffix]) for path in sorted(paths)}


def asset_address(name: str) -> str:
    """Return the address of an asset; it changes with the content, so that it can be kept for good."""
    return f"/assets/{name}?v={assets()[name].digest[:12]}"


@cache
def content() -> Content:
    """Build everything. Raises GeodataError; a failed build is tried again when next asked for."""
    geodata = Path(os.environ.get("KARABAKH_GEODATA", GEODATA))
    seeds = Path(os.environ.get("KARABAKH_SEEDS", SEEDS))
    atlas = build_atlas(geodata, seeds)
    document = map_document(
        atlas,
        styles=[asset_address(name) for name in STYLES],
        scripts=[asset_address(name) for name in SCRIPTS],
    )
    layers = {
        layer.id: Representation(geojson_bytes(atlas, layer), MEDIA_TYPE) for layer in atlas.layers.values()
    }
    return Content(
        atlas=atlas,
        map=Representation(document.encode(), "text/html; charset=utf-8"),
        map_policy=map_policy(document),
        layers=layers,
        index=_index(atlas, layers),
    )


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
