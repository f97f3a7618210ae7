"""What is to be said of each area, place and line: sentences, made of captions and of what was measured."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

import shapely

from layers.atlas import Atlas
from layers.features import Feature
from layers.geometry.directions import Distance, Stretch
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
from layers.language.capitals import first_capital
from layers.language.written import day_and_month, listed
from layers.presentation import held_through_time, holders
from layers.steps import steps
from layers.style.captions import captions, counted, kilometres, metres

_NEAREST = 3  # places near a place that are told, besides the main town


@dataclass(frozen=True)
class Entry:
    """One thing in words: its id, the layer it is on (None: it only orients), its name, and the sentences.

    The first sentence says where it lies. `note` is what else there is to know of it.
    """

    id: str
    layer: str | None
    name: str
    sentences: tuple[str, ...]
    note: str | None


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


def _say(key: str, **values: Any) -> str:  # noqa: ANN401 - whatever fills a gap
    return str(captions()["in_words"][key].format(**values))


def _entry(thing: Area | Place | Feature, layer: str | None, name: str, *said: str) -> Entry:
    """Return an entry whose name and sentences begin with a capital: a name within a sentence need not."""
    note = thing.feature.note if isinstance(thing, Area) and thing.feature else getattr(thing, "note", None)
    sentences = tuple(first_capital(sentence) for sentence in said)
    return Entry(thing.id, layer, first_capital(name), sentences, first_capital(note) if note else None)


def _area(atlas: Atlas, area: Area) -> Entry:
    twin = same_as(atlas, area)
    name = area.name
    if twin:
        name = _say("apart", name=name, layer=atlas.layers[area.layer].title)
        titles = [atlas.layers[each.layer].title for each in (area, twin)]
        said = [_say("same_area", layer=titles[0], other=twin.name, other_layer=titles[1])]
    else:
        said = [
            _say("borders", name=area.name, neighbours=_list(neighbours(atlas, area), _neighbour)),
            *_of_others("lies_in", area.name, around(atlas, area)),
            *_holds(held_in(atlas, area)),
            *_of_others("places_in", area.name, _places_in(atlas, area)),
        ]
    said += _held(atlas, area.id, area.geometry)
    if area.feature is None:
        worst = round(1000 * max(line.off_km for line in outline(atlas, area)))
        return _entry(area, area.layer, name, *said, _sure("approximate", worst))
    return _entry(area, area.layer, name, *said, _sure_of(area.feature))


def _neighbour(found: Any) -> str:  # noqa: ANN401
    return _say("neighbour", name=found.name, where=_list(found.stretches, _stretch))


def _stretch(stretch: Stretch) -> str:
    return _say("stretch", wind=captions()["in_words"]["winds"][stretch.wind], km=written(stretch.length))


def written(distance: Distance) -> str:
    """Return a distance as a reader reads it, rounded to what it may be off."""
    if distance.rounded:
        return kilometres(distance.rounded, ",")
    return str(captions()["units"]["less_than"].format(value=kilometres(distance.step, ",")))


def _list(things: Iterable[Any], say: Callable[[Any], str]) -> str:
    return str(captions()["dates"]["and"]).join(map(say, things))


def _of_others(key: str, name: str, others: Iterable[Area | Place]) -> list[str]:
    names = [other.name for other in others]
    return [_say(key, name=name, others=listed(names))] if names else []


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
    told = _list(spans, lambda span: _say("span", days=_days(*span[:2]), holder=span[2]))
    return [_say("held", spans=told)] if spans else []


def _days(first: str, last: str) -> str:
    if first == last:
        return day_and_month(last)
    return _say("from_to", first=day_and_month(first), last=day_and_month(last))


def _sure(precision: str, uncertainty_m: int) -> str:
    return _say("sure", precision=captions()["precisions"][precision], metres=metres(uncertainty_m))


def _sure_of(feature: Feature) -> str:
    return _sure(feature.precision, feature.uncertainty_m)


def _place(atlas: Atlas, place: Place) -> Entry:
    lies = within(atlas, place)
    said = _of_others("lies_in", place.name, lies) or _abroad(atlas, place)
    said += _of_others(
        "near_edge", place.name, [each for each in lies if may_lie_outside(atlas, place, each)]
    )
    said += _held(atlas, place.id, place.point)
    near = nearest(atlas, place.point, place.uncertainty_m, but=place.id)
    said.append(_say("near", others=_list(near[:_NEAREST], _nearby)))
    said += [_say("farther", others=_nearby(other)) for other in near[_NEAREST:] if other.id == MAIN_TOWN]
    said.append(_sure(place.precision, place.uncertainty_m))
    return _entry(place, "places" if place.is_on_layer else None, place.name, *said)


def _abroad(atlas: Atlas, place: Place) -> list[str]:
    country = country_of(atlas, place)
    return [_say("lies_outside", name=place.name, country=country)] if country else []


def _nearby(other: Nearby) -> str:
    """Return a place beside another: how far it is, and in which direction from there."""
    if other.wind is None:
        return _say("too_near", name=other.name, km=written(other.distance))
    wind = captions()["in_words"]["winds"][other.wind]
    return _say("nearby", name=other.name, km=written(other.distance), wind=wind)


def _line(atlas: Atlas, feature: Feature) -> Entry:
    name = name_of(feature)
    said = [_say("long", name=name, km=written(length(atlas, feature)))]
    between = sides(atlas, feature)
    said += [_say("runs", name=name, stretches=_list(between, _between))] if between else []
    said += [_say("mouth", km=written(gap)) for gap in (mouth(atlas, feature),) if gap]
    said += [_way(name, way) for way in ways(atlas, feature)] or [_say("closed", name=name)]
    return _entry(feature, feature.layer, name, *said, _sure_of(feature))


def _between(found: Between) -> str:
    key = "through" if found.one == found.other else "between"
    return _say(key, one=found.one, other=found.other, km=written(found.length))


def _way(name: str, way: Way) -> str:
    start, end = map(_end, (way.start, way.end))
    told = _say("way", name=name, start=start, end=end)
    return f"{told} {_say('by', others=listed(way.by))}" if way.by else told


def _end(end: Nearby) -> str:
    """Return where a line ends: how far from the nearest place, and in which direction from that."""
    if end.wind is None:
        return _say("at", name=end.name)
    return _say(
        "end", name=end.name, km=written(end.distance), wind=captions()["in_words"]["winds"][end.wind]
    )


def _far(feature: Feature) -> Entry:
    return _entry(feature, feature.layer, feature.name_in(), feature.summary, _sure_of(feature))
