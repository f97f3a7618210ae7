"""The names on the map: what is labelled, where, in which order of importance, and from which zoom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import nan
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from layers.atlas import Atlas, Layer
from layers.features import name_in
from layers.geometry.label_points import inner_point, lat_lon, middle
from layers.language.capitals import capitals
from layers.style.captions import captions, metres

# From which zoom a place of a rank (1 to 5) is worth its room.
_FIRST_ZOOM = {1: 6, 2: 7.25, 3: 8.75, 4: 9.5, 5: 10}
_MAIN_RANKS, _SOONER = 2, 0.75  # a lesser place that has a marker is named sooner: the marker needs it
_FIRST_PLACES = ("stepanakert", "shusha")
# The zooms at which each is named: far off the states and regions, near by the countries and districts.
_FAR, _NEAR, _DISTRICTS, _LAKES, _RIVERS = (3, 6.25), (6.5, 99), (7.75, 99), (8, 99), (9.5, 99)
_BOTH_FROM = 9.0  # a district and its centre of the same name
_BESIDE = 0.6  # degrees: room for a name where regions and states are named
_IN_CAPITALS = ("country", "region", "district")


@dataclass(frozen=True)
class Label:
    """A name on the map: its forms by language, where (latitude, longitude), and between which zooms.

    `written` are the forms as they are written, if in capitals; `layer` is the layer that the label comes
    and goes with, if any; `height` that of a peak or pass; `unless` the id of a label that is named instead,
    where that finds room, up to the zoom `until`.
    """

    id: str
    kind: str
    names: Mapping[str, str]
    at: tuple[float, float]
    zooms: tuple[float, float]
    height: str | None = None
    layer: str | None = None
    unless: str | None = None
    until: float | None = None

    @property
    def written(self) -> dict[str, str] | None:
        """The forms of its name in capitals, by language, if it is written so."""
        if self.kind.partition(" ")[0] not in _IN_CAPITALS:
            return None
        return {code: capitals(name, code) for code, name in self.names.items()}

    def as_json(self) -> dict[str, Any]:
        """Return the members that the map's script reads; what it has not is left out."""
        members = {**vars(self), "written": self.written}
        return {key: value for key, value in members.items() if value is not None}


@lru_cache(maxsize=8)
def labels(atlas: Atlas) -> tuple[Label, ...]:
    """Return the labels, most important first; the script leaves out those that would collide."""
    return tuple(_labels(atlas))


def _labels(atlas: Atlas) -> Iterator[Label]:
    named = [layer for layer in atlas.layers.values() if layer.names]
    for layer in named:
        yield Label(layer.id, "region", layer.names or {}, _at(layer.whole), _NEAR, layer=layer.id)
    for layer in named:
        yield Label(layer.id, "district far", _short(layer), _below(layer.whole), _FAR, layer=layer.id)
    yield from _of_features(atlas, "protectorates", _FAR)
    places = atlas.coverage.places[atlas.coverage.places.kind != "camp"]  # its name is a sentence
    first = places.id.isin(_FIRST_PLACES)
    yield from _of_places(atlas, places[first])
    yield from _of_features(atlas, "returned-districts", _DISTRICTS)
    yield from _of_places(atlas, places[~first])
    yield from _of_ground(atlas)


def names_note(atlas: Atlas, lang: str) -> str:
    """Return what there is to know of a form of names: how they were chosen, and which have none; or ""."""
    texts = captions()
    said = [texts["names_notes"][lang]] if lang in texts["names_notes"] else []
    form = texts["forms"].get(lang)
    if form and (missing := dict.fromkeys(_without(atlas, lang))):
        said.append(texts["no_form"].format(form=form, names=", ".join(missing)))
    return " ".join(said)


def _without(atlas: Atlas, lang: str) -> Iterator[str]:
    """Yield what is shown in place of each name that has no such form."""
    yield from (name_in(names, lang) for names in _all_names(atlas) if names and lang not in names)


def _all_names(atlas: Atlas) -> Iterator[Mapping[str, str]]:
    """Yield the names of all features and labels, each by language."""
    yield from (feature.names for feature in atlas.features.values())
    yield from (label.names for label in labels(atlas))


def _of_ground(atlas: Atlas) -> Iterator[Label]:
    basemap = atlas.basemap
    for row in _rows(basemap[basemap.kind.isin(("country", "sea"))]):
        yield _label(row, row["kind"], row["label_point"], _NEAR)
    states = basemap[(basemap.kind == "region") & basemap.names.notna()]
    points = atlas.coverage.once(("states",), lambda: _beside_the_disputed(atlas, states))
    for row, point in zip(_rows(states), points, strict=True):
        yield _label(row, "country far", point, _FAR)
    for row in _rows(basemap[basemap.kind == "lake"]):
        yield _label(row, "water", inner_point(row["geometry"]), _LAKES)
    for row in _rows(basemap[(basemap.kind == "river") & basemap.names.notna()]):
        yield _label(row, "water", middle(row["geometry"]), _RIVERS)


def _beside_the_disputed(atlas: Atlas, states: gpd.GeoDataFrame) -> list[shapely.Point]:
    """Return where states are named: beside what was in dispute, not across it or its name."""
    disputed = shapely.union_all([*atlas.coverage.faces.geometry, *atlas.layers["protectorates"].geometries])
    around = disputed.buffer(_BESIDE)
    return [inner_point(shape.difference(around)) for shape in states.geometry]


def _of_places(atlas: Atlas, places: gpd.GeoDataFrame) -> Iterator[Label]:
    for row in _rows(places.sort_values(["rank", "id"])):
        district = f"district-{row['id']}"
        has_marker = row["on_layer"] and row["rank"] > _MAIN_RANKS
        first = _FIRST_ZOOM[row["rank"]] - (_SOONER if has_marker else 0)
        label = _label(row, f"place {row['kind']}", row["geometry"], (first, 99))
        if district in atlas.features:
            label = replace(label, unless=district, until=_BOTH_FROM)
        yield replace(label, layer="places" if row["on_layer"] else None)


def _of_features(atlas: Atlas, layer: str, zooms: tuple[float, float]) -> Iterator[Label]:
    kind = "district far" if zooms is _FAR else "district"
    for feature in atlas.layers[layer].features:
        yield Label(feature.id, kind, feature.names, _at(feature.geometry), zooms, layer=layer)


def _label(row: Mapping[str, Any], kind: str, point: shapely.Point, zooms: tuple[float, float]) -> Label:
    height = row.get("height_m", nan)
    written = None if pd.isna(height) else metres(height)
    return Label(row["id"], kind, row["names"], lat_lon(point), zooms, written)


def _short(layer: Layer) -> dict[str, str]:
    """Return the forms of a layer's name for where there is little room: in English without the article's."""
    return {code: name for code, name in (layer.names or {}).items() if code != "article"}


def _at(geometry: shapely.Geometry) -> tuple[float, float]:
    return lat_lon(inner_point(geometry))


def _below(geometry: shapely.Geometry) -> tuple[float, float]:
    west, south, east, _ = geometry.bounds
    return round(south - _BESIDE, 5), round((west + east) / 2, 5)


def _rows(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    return [dict(row) for row in frame.to_dict("records")]
