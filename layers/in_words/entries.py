"""What is to be said of each area, place and line: sentences, made of captions and of what was measured."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

import shapely

from layers.atlas import Atlas
from layers.features import Feature
from layers.geometry.directions import Stretch
from layers.in_words.areas import Area, areas, around, held_in, name_of, neighbours, outline, same_as
from layers.in_words.lines import Between, Way, length, lines_of, mouth, sides, ways
from layers.in_words.places import (
    MAIN_TOWN,
    Nearby,
    Place,
    country_of,
    may_lie_outside,
    nearest,
    places,
    within,
)
from layers.in_words.wording import Entry, entry_of, joined, say, sure, sure_of, written
from layers.language.written import day_and_month, listed
from layers.presentation import held_through_time, holders
from layers.steps import steps
from layers.style.captions import captions, counted

_NEAREST = 3  # places near a place that are told, besides the main town


@dataclass(frozen=True)
class Group:
    """The entries of one kind: areas, places or lines."""

    id: str
    title: str
    entries: tuple[Entry, ...]


@lru_cache(maxsize=8)
def entries(atlas: Atlas) -> tuple[Group, ...]:
    """Return all areas, places and lines in words, in the language that the atlas speaks."""
    titles = captions()["in_words"]["groups"]
    far = list(atlas.layers["protectorates"].features)
    by_name = sorted(places(atlas).values(), key=lambda place: place.name)
    made = {
        "areas": [_area(atlas, area) for area in areas(atlas).values()],
        "places": [_place(atlas, place) for place in by_name],
        "lines": [_line(atlas, feature) for feature in lines_of(atlas)],
        "far": [_far(feature) for feature in far],
    }
    return tuple(Group(key, titles[key], tuple(made[key])) for key in made)


def _area(atlas: Atlas, area: Area) -> Entry:
    twin = same_as(atlas, area)
    name = area.name
    if twin:
        name = say("apart", name=name, layer=atlas.layers[area.layer].title)
        titles = [atlas.layers[each.layer].title for each in (area, twin)]
        said = [say("same_area", layer=titles[0], other=twin.name, other_layer=titles[1])]
    else:
        said = [
            say("borders", name=area.name, neighbours=joined(neighbours(atlas, area), _neighbour)),
            *_of_others("lies_in", area.name, around(atlas, area)),
            *_holds(held_in(atlas, area)),
            *_of_others("places_in", area.name, _places_in(atlas, area)),
        ]
    said += _held(atlas, area.id, area.geometry)
    if area.feature is None:
        worst = round(1000 * max(line.off_km for line in outline(atlas, area)))
        return entry_of(area, area.layer, name, *said, sure("approximate", worst))
    return entry_of(area, area.layer, name, *said, sure_of(area.feature))


def _neighbour(found: Any) -> str:  # noqa: ANN401
    return say("neighbour", name=found.name, where=joined(found.stretches, _stretch))


def _stretch(stretch: Stretch) -> str:
    return say("stretch", wind=captions()["in_words"]["winds"][stretch.wind], km=written(stretch.length))


def _of_others(key: str, name: str, others: Iterable[Area | Place]) -> list[str]:
    names = [other.name for other in others]
    return [say(key, name=name, others=listed(names))] if names else []


def _holds(others: list[Area]) -> list[str]:
    forms, names = captions()["in_words"]["holds"], [other.name for other in others]
    return [counted(forms, len(names), others=listed(names))] if names else []


def _places_in(atlas: Atlas, area: Area) -> list[Place]:
    return [place for place in places(atlas).values() if area.geometry.covers(place.point)]


def _held(atlas: Atlas, identifier: str, geometry: shapely.Geometry) -> list[str]:
    """Return who held an area or the ground at a point through time, as a sentence; none if no face tells."""
    held = holders(atlas).get(identifier) or held_through_time(atlas, geometry)
    spans = [
        (span[0][0].days[0].id, span[-1][0].days[-1].id, holder)
        for holder, pairs in groupby(zip(steps(atlas), held, strict=False), key=lambda pair: pair[1])
        if (span := list(pairs))
    ]
    told = joined(spans, lambda span: say("span", days=_days(*span[:2]), holder=span[2]))
    return [say("held", spans=told)] if spans else []


def _days(first: str, last: str) -> str:
    if first == last:
        return day_and_month(last)
    return say("from_to", first=day_and_month(first), last=day_and_month(last))


def _place(atlas: Atlas, place: Place) -> Entry:
    lies = within(atlas, place)
    said = _of_others("lies_in", place.name, lies) or _abroad(atlas, place)
    said += _of_others(
        "near_edge", place.name, [each for each in lies if may_lie_outside(atlas, place, each)]
    )
    said += _held(atlas, place.id, place.point)
    near = nearest(atlas, place.point, place.uncertainty_m, but=place.id)
    said.append(say("near", others=joined(near[:_NEAREST], _nearby)))
    said += [say("farther", others=_nearby(other)) for other in near[_NEAREST:] if other.id == MAIN_TOWN]
    said.append(sure(place.precision, place.uncertainty_m))
    return entry_of(place, "places" if place.is_on_layer else None, place.name, *said)


def _abroad(atlas: Atlas, place: Place) -> list[str]:
    country = country_of(atlas, place)
    return [say("lies_outside", name=place.name, country=country)] if country else []


def _nearby(other: Nearby) -> str:
    """Return a place beside another: how far it is, and in which direction from there."""
    if other.wind is None:
        return say("too_near", name=other.name, km=written(other.distance))
    wind = captions()["in_words"]["winds"][other.wind]
    return say("nearby", name=other.name, km=written(other.distance), wind=wind)


def _line(atlas: Atlas, feature: Feature) -> Entry:
    name = name_of(feature)
    said = [say("long", name=name, km=written(length(atlas, feature)))]
    between = sides(atlas, feature)
    said += [say("runs", name=name, stretches=joined(between, _between))] if between else []
    said += [say("mouth", km=written(gap)) for gap in (mouth(atlas, feature),) if gap]
    said += [_way(name, way) for way in ways(atlas, feature)] or [say("closed", name=name)]
    return entry_of(feature, feature.layer, name, *said, sure_of(feature))


def _between(found: Between) -> str:
    key = "through" if found.one == found.other else "between"
    return say(key, one=found.one, other=found.other, km=written(found.length))


def _way(name: str, way: Way) -> str:
    start, end = map(_end, (way.start, way.end))
    told = say("way", name=name, start=start, end=end)
    return f"{told} {say('by', others=listed(way.by))}" if way.by else told


def _end(end: Nearby) -> str:
    """Return where a line ends: how far from the nearest place, and in which direction from that."""
    if end.wind is None:
        return say("at", name=end.name)
    return say("end", name=end.name, km=written(end.distance), wind=captions()["in_words"]["winds"][end.wind])


def _far(feature: Feature) -> Entry:
    return entry_of(feature, feature.layer, feature.name_in(), feature.summary, sure_of(feature))
