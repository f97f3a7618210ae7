"""The areas of the map as sets of the coverage's faces: which borders, holds, lies in which."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import geopandas as gpd
import shapely

from layers.atlas import Atlas
from layers.features import Feature, name_in
from layers.geometry.directions import Stretch, stretches
from layers.geometry.sides import Line, between, sided_lines
from layers.style.captions import captions, form_of_names

DISTRICTS = "returned-districts"
OBLAST = "upper-karabakh"  # the whole of it; its two parts are features
HOME = "azerbaijan"  # the country that all of the coverage lies in
_OF_THE_CONTINGENT = "areas-of-responsibility"  # which overlap with what else there is


@dataclass(frozen=True, eq=False)
class Area:
    """An area made of faces (their ids): Polygon or MultiPolygon, WGS 84.

    `feature` is None of the whole of a layer that is drawn in parts.
    """

    id: str
    layer: str
    name: str
    feature: Feature | None
    faces: frozenset[str]
    geometry: shapely.Geometry = field(repr=False)


@dataclass(frozen=True)
class Neighbour:
    """What lies beyond a part of an area's border: the id of an area or a country, and its name."""

    id: str
    name: str
    stretches: tuple[Stretch, ...]


def name_of(feature: Feature) -> str:
    """Return what a feature is called in a sentence: a district not as its town is."""
    patterns = captions()["in_words"]["names"]
    pattern = patterns.get(feature.id) or patterns.get(feature.layer) or "{name}"
    return str(pattern.format(name=feature.name_in()))


@lru_cache(maxsize=8)
def areas(atlas: Atlas) -> dict[str, Area]:
    """Return every area made of faces, by its id, in the order of the layers."""
    oblast = atlas.layers[OBLAST]
    whole = Area(OBLAST, OBLAST, oblast.title, None, _faces(atlas, oblast.whole), oblast.whole)
    features = [feature for feature in atlas.features.values() if feature.geometry.area]
    parts = [
        Area(each.id, each.layer, name_of(each), each, _faces(atlas, each.geometry), each.geometry)
        for each in features
    ]
    return {area.id: area for area in (whole, *parts) if area.faces}


def _faces(atlas: Atlas, geometry: shapely.Geometry) -> frozenset[str]:
    return frozenset(atlas.coverage.faces_within(geometry).id)


@lru_cache(maxsize=8)
def lines(atlas: Atlas) -> tuple[Line, ...]:
    """Return every boundary line with what lies on its sides."""
    return sided_lines(atlas.coverage, _countries(atlas), HOME)


def _countries(atlas: Atlas) -> gpd.GeoDataFrame:
    return atlas.basemap[atlas.basemap.kind == "country"]


def outline(atlas: Atlas, area: Area) -> list[Line]:
    """Return the lines that an area's outline is made of."""
    return [line for line in lines(atlas) if line.leads_out_of(area.faces)]


def same_as(atlas: Atlas, area: Area) -> Area | None:
    """Return the area of an earlier layer that is made of the same faces, if there is one."""
    return next((one for one in _before(atlas, area) if one.faces == area.faces), None)


def _before(atlas: Atlas, area: Area) -> Iterator[Area]:
    for one in areas(atlas).values():
        if one is area:
            return
        yield one


def held_in(atlas: Atlas, area: Area) -> list[Area]:
    """Return the areas that lie wholly within one, each once."""
    return [one for one in _each_once(atlas) if one.faces < area.faces]


def around(atlas: Atlas, area: Area) -> list[Area]:
    """Return the areas within which one lies, the smallest first."""
    found = [one for one in _each_once(atlas) if one.faces > area.faces]
    return sorted(found, key=lambda one: one.geometry.area)


def sharing_ground(atlas: Atlas, area: Area) -> list[Area]:
    """Return the other areas that are features and lie on some of the same ground."""
    others = (one for one in areas(atlas).values() if one.feature and one.id != area.id)
    return [one for one in others if one.faces & area.faces]


def at(atlas: Atlas, point: shapely.Point) -> list[Area]:
    """Return the areas in which a point lies, the smallest first; of the oblast the part, not the whole."""
    found = [one for one in _each_once(atlas) if one.id != OBLAST and one.geometry.covers(point)]
    return sorted(found, key=lambda one: one.geometry.area)


def _each_once(atlas: Atlas) -> list[Area]:
    return [area for area in areas(atlas).values() if same_as(atlas, area) is None]


def neighbours(atlas: Atlas, area: Area) -> list[Neighbour]:
    """Return what shares a stretch of border with an area, not only a corner; the longest first.

    Beside areas of the map: the countries around, and what of Azerbaijan is neither the oblast nor one of the
    districts. Those of the contingent, which lie over the others, are told as neighbours of one another only.
    """
    others = [
        one
        for one in _each_once(atlas)
        if not one.faces & area.faces
        and one.id != OBLAST
        and (one.layer != _OF_THE_CONTINGENT or area.layer == _OF_THE_CONTINGENT)
    ]
    shared = {one.id: between(lines(atlas), area.faces, one.faces) for one in others}
    names = {one.id: one.name for one in others} | _names_outside(atlas)
    for line in outline(atlas, area):
        if line.beyond:
            shared.setdefault(line.beyond, []).append(line)
    found = [
        Neighbour(identifier, names[identifier], stretches(area.geometry, along))
        for identifier, along in shared.items()
        if along
    ]
    return sorted(found, key=lambda one: -sum(stretch.length.km for stretch in one.stretches))


def _names_outside(atlas: Atlas) -> dict[str, str]:
    """Return the names of the countries around; Azerbaijan's says that it is the rest of it."""
    countries = _countries(atlas)
    names = {row.id: name_in(row.names, form_of_names()) for row in countries.itertuples()}
    return {**names, HOME: rest()}


def rest() -> str:
    """Return what the land of Azerbaijan is called that is neither the oblast nor one of the districts."""
    return str(captions()["in_words"]["rest"])
