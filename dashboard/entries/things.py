"""What a page says of a feature or place: measures with ±, who held it, what lies beside it, its sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely

from dashboard.entries.catalogue import PLACE, Catalogue
from layers import Atlas
from layers.features import Feature
from layers.geometry.directions import Distance
from layers.geometry.measure import area_margin_km2
from layers.in_words.areas import areas, at, neighbours, sharing_ground
from layers.in_words.places import Nearby, nearest
from layers.in_words.wording import written
from layers.language.written import number
from layers.presentation import feature_text, holders
from layers.steps import Step, steps
from layers.style.captions import captions, form_of_names
from layers.text.margins import share

_NEAREST = 5
_COARSE = 1.0  # km: from this ± on a distance is told in whole kilometres
_COMPARED = "protectorates"  # regions far away: nothing lies beside them here


@dataclass(frozen=True)
class Beside:
    """Something beside a feature: the address of its page or "", its name, how far or long, which way."""

    address: str
    name: str
    distance: str = ""
    wind: str = ""


def told_of(catalogue: Catalogue, feature: Feature) -> dict[str, Any]:
    """Return the values of the template for a feature's page."""
    atlas, quotes = catalogue.said, catalogue.shown.values()
    return {
        "feature": feature,
        "layer": atlas.layers[feature.layer],
        "text": feature_text(feature, form_of_names()),
        "measures": list(_measures(catalogue.atlas, feature)),
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
    formats = captions()["measures"]
    margins = {formats[name]["title"]: (name, off) for name, off in _margins(atlas, feature.id).items()}
    for title, value in feature_text(feature).measures:
        name, off = margins.get(title, ("", 0))
        yield title, f"{value} ± {formats[name]['format'].format(off)}" if name else value


@lru_cache(maxsize=256)
def _margins(atlas: Atlas, identifier: str) -> dict[str, float]:
    """Return by how much a feature's area (km²) and its share (percent) may be off, by measure."""
    coverage, feature = atlas.coverage, atlas.features[identifier]
    if feature.area_km2 is None or feature.layer == _COMPARED:
        return {}
    lines = coverage.lines_along(feature.geometry.boundary)
    margins = {"area_km2": area_margin_km2(lines)}
    if feature.share_percent is not None:
        others = [other for other in atlas.layers[feature.layer].features if other != feature]
        rest = shapely.coverage_union_all([other.geometry for other in others])
        margins["share_percent"] = share(coverage, feature.geometry, rest).margin
    return margins


def _held(atlas: Atlas, feature: Feature) -> list[tuple[Step, str]]:
    """Return who held it at each step; nothing of a line, and of a place outside the areas."""
    told = holders(atlas).get(feature.id, [])
    return list(zip(steps(atlas), told, strict=True)) if told else []


def _beside(catalogue: Catalogue, feature: Feature) -> dict[str, list[Beside]]:
    """Return what borders on a feature, what shares its ground, and the places nearest to it."""
    if feature.layer == _COMPARED:
        return {"borders": [], "ground": [], "near": []}
    atlas, area = catalogue.said, areas(catalogue.said).get(feature.id)
    if area:
        ground = sharing_ground(atlas, area)
    else:
        ground = at(atlas, feature.geometry) if feature.geometry.geom_type == "Point" else []
    near = nearest(atlas, feature.geometry, feature.uncertainty_m, but=feature.id)
    winds = captions()["in_words"]["winds"]
    return {
        "borders": [
            _named(catalogue, each.id, each.name, written(stretch.length), winds[stretch.wind])
            for each in (neighbours(atlas, area) if area else ())
            for stretch in each.stretches
        ],
        "ground": [_named(catalogue, each.id, each.name) for each in ground],
        "near": [_near(catalogue, each) for each in near[:_NEAREST]],
    }


def _named(catalogue: Catalogue, identifier: str, name: str, distance: str = "", wind: str = "") -> Beside:
    """Return something beside a feature by the title of its page; its layer tells it from its namesakes."""
    entry = catalogue.about(identifier)
    if not entry:
        address = f"{PLACE}/{identifier}/" if identifier in catalogue.orienting else ""
        return Beside(address, name, distance, wind)
    layer = catalogue.said.layers[catalogue.said.features[identifier].layer]
    is_shared = sum(entry.title == other.title for other in catalogue.entries[entry.kind]) > 1
    title = f"{entry.title} ({layer.title})" if is_shared else entry.title
    return Beside(entry.address, title, distance, wind)


def _near(catalogue: Catalogue, near: Nearby) -> Beside:
    """Return a place near by as a reader reads it."""
    wind = captions()["in_words"]["winds"][near.wind] if near.wind else ""
    return _named(catalogue, near.id, near.name, _with_margin(near.distance), wind)


def _with_margin(distance: Distance) -> str:
    """Return a distance rounded to what it may be off, with its ±."""
    texts = captions()["entries"]["near"]
    decimals = 0 if distance.off_km >= _COARSE else 1
    km, margin = (number(each, f",.{decimals}f") for each in (distance.km, distance.off_km))
    if not distance.km:
        return str(texts["within"])
    return str(texts["apart" if distance.has_direction else "unsure"].format(km=km, margin=margin))
