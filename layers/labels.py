"""The names on the map: what is labelled, where, in which order of importance, and from which zoom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from layers.atlas import Atlas
from layers.geometry.label_points import inner_point, lat_lon, middle

# From which zoom a place of a rank (1 to 5) is worth its room.
_FIRST_ZOOM = {1: 4.5, 2: 7.25, 3: 8.75, 4: 9.5, 5: 10}
_DISTRICTS, _GROUND, _FAR = (7.75, 99), (6.5, 99), (3, 7)  # zooms at which they are named
_LAKES, _RIVERS = (8, 99), (9.5, 99)


@dataclass(frozen=True)
class Label:
    """A name on the map: its forms by language, where (latitude, longitude), and between which zooms.

    `layer` is the layer that the label comes and goes with, if any; `height` that of a peak or pass.
    """

    id: str
    kind: str
    names: Mapping[str, str]
    at: tuple[float, float]
    zooms: tuple[float, float]
    height: str | None = None
    layer: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the members that the map's script reads; what it has not is left out."""
        return {key: value for key, value in vars(self).items() if value is not None}


def labels(atlas: Atlas) -> Iterator[Label]:
    """Yield the labels, most important first; the script leaves out those that would collide."""
    basemap = atlas.basemap
    places = atlas.coverage.places[atlas.coverage.places.kind != "camp"]  # its name is a sentence
    yield from _of_features(atlas, "protectorates", _FAR)
    for row in _rows(basemap[basemap.kind.isin(("country", "sea"))]):
        yield _label(row, row["kind"], row["label_point"], _GROUND)
    for row in _rows(basemap[(basemap.kind == "region") & basemap.names.notna()]):
        yield _label(row, "country", inner_point(row["geometry"]), _FAR)
    for row in _rows(places.sort_values(["rank", "id"])):
        zooms = (_FIRST_ZOOM[row["rank"]], 99)
        comes_with = "places" if row["on_layer"] else None
        yield _label(row, f"place {row['kind']}", row["geometry"], zooms, comes_with)
    for layer in atlas.layers.values():
        if layer.names:
            at = lat_lon(inner_point(layer.whole))
            yield Label(layer.id, "region", layer.names, at, _DISTRICTS, layer=layer.id)
    yield from _of_features(atlas, "returned-districts", _DISTRICTS)
    for row in _rows(basemap[basemap.kind == "lake"]):
        yield _label(row, "water", inner_point(row["geometry"]), _LAKES)
    for row in _rows(basemap[(basemap.kind == "river") & basemap.names.notna()]):
        yield _label(row, "water", middle(row["geometry"]), _RIVERS)


def _of_features(atlas: Atlas, layer: str, zooms: tuple[float, float]) -> Iterator[Label]:
    for feature in atlas.layers[layer].features:
        at = lat_lon(inner_point(feature.geometry))
        yield Label(feature.id, "district", feature.names, at, zooms, layer=layer)


def _label(
    row: Mapping[str, Any],
    kind: str,
    point: shapely.Point,
    zooms: tuple[float, float],
    layer: str | None = None,
) -> Label:
    height = row.get("height_m")
    written = None if pd.isna(height) else f"{height:,.0f} m"
    return Label(row["id"], kind, row["names"], lat_lon(point), zooms, written, layer)


def _rows(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    return [dict(row) for row in frame.to_dict("records")]
