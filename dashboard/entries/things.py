"""What a page says of a feature or place: measures with ±, who held it, what lies beside it, its sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely

from dashboard.entries.catalogue import Catalogue, Entry
from layers import Atlas
from layers.data.files import Json
from layers.features import Feature, name_in
from layers.geometry.measure import area_margin_km2
from layers.geometry.neighbours import Near, SharedBorder, nearest, same_ground, shared_borders
from layers.presentation import feature_text, holders
from layers.steps import Step, steps
from layers.style.captions import captions
from layers.text.margins import share

_NEAREST = 5
_COARSE = 1.0  # km: from this ± on a distance is told in whole kilometres
_COMPARED = "protectorates"  # regions far away: nothing lies beside them here


@dataclass(frozen=True)
class Beside:
    """Something beside a feature: its page or None, its name, how far or how long, and which way if known."""

    entry: Entry | None
    name: str
    distance: str
    wind: str = ""


def told_of(catalogue: Catalogue, feature: Feature) -> dict[str, Any]:
    """Return the values of the template for a feature's page."""
    atlas, quotes = catalogue.atlas, catalogue.shown.values()
    return {
        "feature": feature,
        "layer": atlas.layers[feature.layer],
        "text": feature_text(feature),
        "measures": list(_measures(atlas, feature)),
        "held": _held(atlas, feature),
        "quotes": [quote for quote in feature.quotes if quote.id in catalogue.shown],
        "mentions": [each for each in quotes if feature.id in each.about and each not in feature.quotes],
        "claims": catalogue.claims_about(feature.id),
        "corrections": [each for each in atlas.annotations.corrections if feature.id in each.about],
        "drawn_after": [atlas.sources[key] for key in feature.digitized_after],
        **_beside(catalogue, feature),
    }


def _measures(atlas: Atlas, feature: Feature) -> Iterator[tuple[str, str]]:
    """Yield the measures as the sheet has them; area and share with what they may be off."""
    titles, margins = captions()["measures"], _margins(atlas, feature)
    for title, value in feature_text(feature).measures:
        margin = next((text for name, text in margins.items() if titles[name]["title"] == title), "")
        yield title, f"{value} ± {margin}" if margin else value


def _margins(atlas: Atlas, feature: Feature) -> dict[str, str]:
    """Return by how much a feature's area and its share may be off, each as its measure is written."""
    coverage, formats = atlas.coverage, captions()["measures"]
    if feature.area_km2 is None or feature.layer == _COMPARED:
        return {}
    lines = coverage.lines_along(feature.geometry.boundary)
    margins = {"area_km2": area_margin_km2(lines)}
    if feature.share_percent is not None:
        others = [other for other in atlas.layers[feature.layer].features if other != feature]
        rest = shapely.coverage_union_all([other.geometry for other in others])
        margins["share_percent"] = share(coverage, feature.geometry, rest).margin
    return {name: formats[name]["format"].format(margin) for name, margin in margins.items()}


def _held(atlas: Atlas, feature: Feature) -> list[tuple[Step, str]]:
    """Return who held it at each step; nothing of a line, and of a place outside the areas."""
    told = holders(atlas).get(feature.id, [])
    return list(zip(steps(atlas), told, strict=True)) if told else []


def _beside(catalogue: Catalogue, feature: Feature) -> dict[str, list[Beside]]:
    """Return what borders on a feature, what shares its ground, and the places nearest to it."""
    if feature.layer == _COMPARED:
        return {"borders": [], "ground": [], "near": []}
    atlas = catalogue.atlas
    areas = {key: shape for key, shape in _areas(atlas).items() if key != feature.id}
    is_area = bool(feature.geometry.area)
    shared = _borders(atlas).get(feature.id, [])
    is_line = not is_area and feature.geometry.geom_type != "Point"
    ground = [] if is_line else same_ground(feature.geometry, areas)
    places = [
        (each.id, each.geometry, float(each.uncertainty_m))
        for each in atlas.layers["places"].features
        if each.id != feature.id
    ]
    near = nearest(feature.geometry, float(feature.uncertainty_m), places, _NEAREST)
    return {
        "borders": [_named(catalogue, each.id, f"{each.km:,.0f} km") for each in shared],
        "ground": [_named(catalogue, each, "") for each in ground],
        "near": [_near(catalogue, each) for each in near],
    }


def _areas(atlas: Atlas) -> dict[str, shapely.Geometry]:
    """Return the areas in and around Karabakh, by feature id."""
    return {
        feature.id: feature.geometry
        for feature in atlas.features.values()
        if feature.geometry.area and feature.layer != _COMPARED
    }


@lru_cache(maxsize=2)
def _borders(atlas: Atlas) -> dict[str, list[SharedBorder]]:
    """Return which areas and countries border on each area, by feature id."""
    countries = {identifier: row["geometry"] for identifier, row in _countries(atlas).items()}
    return shared_borders(atlas.coverage, {**_areas(atlas), **countries})


@lru_cache(maxsize=2)
def _countries(atlas: Atlas) -> dict[str, Json]:
    """Return the countries around, their names and geometry (Polygon), by id."""
    rows = atlas.basemap[atlas.basemap.kind == "country"].to_dict("records")
    return {row["id"]: row for row in rows}


def _named(catalogue: Catalogue, identifier: str, distance: str, wind: str = "") -> Beside:
    entry, atlas = catalogue.about(identifier), catalogue.atlas
    if entry:
        layer = atlas.layers[atlas.features[identifier].layer]
        is_shared = sum(entry.title == other.title for other in catalogue.entries[entry.kind]) > 1
        return Beside(entry, f"{entry.title} ({layer.title})" if is_shared else entry.title, distance, wind)
    return Beside(None, name_in(_countries(atlas)[identifier]["names"], "article"), distance, wind)


def _near(catalogue: Catalogue, near: Near) -> Beside:
    """Return a place near by as a reader reads it, its distance rounded to what it may be off."""
    texts, distance = captions()["entries"]["near"], near.distance
    decimals = 0 if distance.off_km >= _COARSE else 1
    km, margin = f"{distance.km:,.{decimals}f}", f"{distance.off_km:,.{decimals}f}"
    if not distance.km:
        return _named(catalogue, near.id, texts["within"])
    if not distance.has_direction:
        return _named(catalogue, near.id, texts["unsure"].format(margin=margin))
    wind = captions()["in_words"]["winds"][near.wind]
    return _named(catalogue, near.id, texts["apart"].format(km=km, margin=margin), wind)
