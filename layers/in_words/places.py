"""Where a place lies, how sure that is, and what lies near it."""

from dataclasses import dataclass, field
from functools import lru_cache
from math import hypot

import shapely
from shapely.ops import nearest_points

from layers.atlas import Atlas
from layers.features import name_in
from layers.geometry.directions import Distance, wind
from layers.geometry.measure import azimuth, distance_m, to_degrees, to_metres
from layers.in_words.areas import HOME, Area, at, outline
from layers.style.captions import form_of_names

MAIN_TOWN = "stepanakert"  # from which the distance of every place is told


@dataclass(frozen=True, eq=False)
class Place:
    """A place that is drawn, on the layer of places or only to orient: a point in WGS 84 degrees."""

    id: str
    name: str
    kind: str
    uncertainty_m: int
    precision: str
    summary: str
    note: str | None
    is_on_layer: bool
    point: shapely.Point = field(repr=False)


@dataclass(frozen=True)
class Nearby:
    """A place near something: how far, and which way; no direction if it is nearer than both may be off."""

    id: str
    name: str
    distance: Distance
    wind: str | None


@lru_cache(maxsize=8)
def places(atlas: Atlas) -> dict[str, Place]:
    """Return every place that is drawn, by its id."""
    return {
        row["id"]: Place(
            row["id"],
            name_in(row["names"], form_of_names()),
            row["kind"],
            int(row["uncertainty_m"]),
            row["precision"],
            row["summary"],
            row["note"] if isinstance(row["note"], str) else None,
            bool(row["on_layer"]),
            row["geometry"],
        )
        for row in atlas.coverage.places.to_dict("records")
    }


def nearest(atlas: Atlas, geometry: shapely.Geometry, uncertainty_m: int, but: str = "") -> list[Nearby]:
    """Return every place but one (its id) in the order of its distance from any geometry (WGS 84).

    That is 0 within an area; else it runs from the geometry's nearest point, which is found in UTM zone 38N.
    """
    plane = to_metres(geometry)

    def start_of(place: Place) -> shapely.Point:
        is_within = geometry.covers(place.point)
        return place.point if is_within else to_degrees(nearest_points(plane, to_metres(place.point))[0])

    others = [place for place in places(atlas).values() if place.id != but]
    found = [_nearby(start_of(place), uncertainty_m, place) for place in others]
    return sorted(found, key=lambda other: (other.distance.km, other.id))


def _nearby(start: shapely.Point, uncertainty_m: int, other: Place) -> Nearby:
    distance = Distance(distance_m(start, other.point) / 1000, _off_km(other, uncertainty_m))
    return Nearby(other.id, other.name, distance, _towards(start, other.point, distance))


def beside(atlas: Atlas, point: shapely.Point, uncertainty_m: int) -> Nearby:
    """Return the place that is nearest to a point (WGS 84); the direction is that from it to the point."""
    place = min(places(atlas).values(), key=lambda each: distance_m(point, each.point))
    distance = Distance(distance_m(point, place.point) / 1000, _off_km(place, uncertainty_m))
    return Nearby(place.id, place.name, distance, _towards(place.point, point, distance))


def _off_km(place: Place, uncertainty_m: int) -> float:
    return hypot(place.uncertainty_m, uncertainty_m) / 1000


def _towards(start: shapely.Point, end: shapely.Point, distance: Distance) -> str | None:
    return wind(azimuth(start.coords[0], end.coords[0])) if distance.has_direction else None


def within(atlas: Atlas, place: Place) -> list[Area]:
    """Return the areas in which a place lies, the smallest first."""
    return at(atlas, place.point)


def country_of(atlas: Atlas, place: Place) -> str | None:
    """Return the name of the country in which a place lies that is in no area, or None if it is unknown."""
    countries = atlas.basemap[atlas.basemap.kind == "country"]
    found = countries[countries.geometry.covers(place.point)]
    abroad = found[found.id != HOME] if len(found) > 1 else found
    return name_in(abroad.names.iloc[0], form_of_names()) if len(abroad) else None


def may_lie_outside(atlas: Atlas, place: Place, area: Area) -> bool:
    """Tell whether a place is nearer to the outline of an area than both may be off."""
    point, off_km = to_metres(place.point), place.uncertainty_m / 1000
    return any(
        point.distance(line.in_metres) / 1000 <= hypot(off_km, line.off_km) for line in outline(atlas, area)
    )
