"""What is measured for each claim: functions from the shapes on the map to one figure and its margin.

A measure knows nothing of what the article says; `geodata/claims.json` names it and says what would agree.
Areas and lengths are geodesic (WGS 84); distances between shapes are taken in UTM zone 38N.
"""

from collections.abc import Callable
from dataclasses import replace
from math import hypot

import shapely

from layers.geometry.measure import area_margin_km2, corridor_measures, length_km, to_metres
from layers.text.margins import (
    common_margin_km2,
    count,
    drawn_outline,
    drawn_place,
    ends_km,
    meeting,
    nearer_km,
    share,
    share_within,
    square_km,
    unsure_km,
)
from layers.text.measured import Measured, Shapes

_REGAINED = ("district-fuzuli", "district-gubadli", "district-jabrayil", "district-zangilan")
_HANDED_OVER = ("district-aghdam", "district-kelbajar", "district-lachin")
_RUSSIAN = ("russian-area-north", "russian-area-south", "russian-area-lachin-corridor")
_HELD, _AZERBAIJANI = "upper-karabakh-armenian-held", "upper-karabakh-azerbaijani-held"
_CORRIDOR = "lachin-corridor"
COUNTRIES = ("armenia", "azerbaijan")  # the ids of the states that claims are held against


def azerbaijani_share_of_oblast(shapes: Shapes) -> Measured:
    """Share of the former oblast that Azerbaijan held, percent; `with_pocket`, that of Khtsaberd counted in."""
    held, other = shapes.features[_HELD], shapes.features[_AZERBAIJANI]
    faces = shapes.coverage.faces
    pocket = sum(map(square_km, faces.geometry[faces.id == "khtsaberd-pocket"]))
    measured = share(shapes.coverage, other, held)
    with_pocket = measured.value + 100 * pocket / (square_km(held) + square_km(other))
    return replace(measured, also={"with_pocket": with_pocket})


def armenian_share_of_oblast(shapes: Shapes) -> Measured:
    """Share of the former oblast that was Armenian-held, percent."""
    return share(shapes.coverage, shapes.features[_HELD], shapes.features[_AZERBAIJANI])


def corridor_road_km(shapes: Shapes) -> Measured:
    """Length of the drawn road within the corridor, km."""
    return _along_corridor(shapes, "road_km")


def corridor_straight_km(shapes: Shapes) -> Measured:
    """Distance between where the drawn road enters and leaves the corridor, km."""
    return _along_corridor(shapes, "crow_km")


def corridor_mean_width_km(shapes: Shapes) -> Measured:
    """Area of the corridor over the length of its road, km."""
    corridor = shapes.features[_CORRIDOR]
    measures = corridor_measures(corridor, shapes.coverage.routes)
    outline = shapes.coverage.lines_along(corridor.boundary)
    return Measured(measures["mean_width_km"], area_margin_km2(outline) / measures["road_km"], 0)


def corridor_ends_met(shapes: Shapes) -> Measured:
    """How many of two, Armenia and the Armenian-held part, the corridor shares a stretch of border with."""
    ends = (shapes.countries["armenia"], shapes.features[_HELD])
    return count(meeting(shapes, shapes.features[_CORRIDOR], end) for end in ends)


def corridor_in_oblast(shapes: Shapes) -> Measured:
    """Share of the corridor that lies in the former oblast, percent."""
    return share_within(shapes.coverage, shapes.features[_CORRIDOR], _oblast(shapes))


def corridor_in_regained_land(shapes: Shapes) -> Measured:
    """Share of the corridor in the seven districts and the Azerbaijani-held part of the oblast, percent."""
    regained = shapes.union(*_REGAINED, *_HANDED_OVER, _AZERBAIJANI)
    return share_within(shapes.coverage, shapes.features[_CORRIDOR], regained)


def russian_areas_in_azerbaijan(shapes: Shapes) -> Measured:
    """Share of the Russian areas on Azerbaijan's recognized territory, percent."""
    return share_within(shapes.coverage, shapes.union(*_RUSSIAN), shapes.countries["azerbaijan"])


def enclave_in_russian_areas(shapes: Shapes) -> Measured:
    """Share of the Armenian-held part that the northern and southern areas cover, percent.

    `outside_km2` of it are outside of both.
    """
    held, areas = shapes.features[_HELD], shapes.union(*_RUSSIAN[:2])
    outside = held - areas
    measured = share(shapes.coverage, held & areas, outside)
    return replace(measured, also={"outside_km2": square_km(outside)})


def russian_areas_in_enclave(shapes: Shapes) -> Measured:
    """How many of the Russian areas lie in the Armenian-held part; they share its lines, wherever these lie."""
    return Measured(sum(shapes.features[_HELD].covers(shapes.features[area]) for area in _RUSSIAN))


def russian_areas_in_azerbaijani_part(shapes: Shapes) -> Measured:
    """Area that the Russian areas and the Azerbaijani-held part of the oblast have in common, km²."""
    areas, other = shapes.union(*_RUSSIAN), shapes.features[_AZERBAIJANI]
    return Measured(square_km(areas & other), common_margin_km2(shapes.coverage, areas, other), 0)


def regained_districts_next_to_oblast(shapes: Shapes) -> Measured:
    """How many of the four districts regained in battle share a border with the former oblast.

    `fuzuli_km` and so on are the lengths of the common borders, `zangilan_apart_km` and so on the gaps.
    """
    oblast = _oblast(shapes)
    also = {}
    for district in _REGAINED:
        name, area = district.removeprefix("district-"), shapes.features[district]
        also[f"{name}_km"] = length_km(area.boundary & oblast.boundary)
        also[f"{name}_apart_km"] = to_metres(area).distance(to_metres(oblast)) / 1000
    counted = count(meeting(shapes, shapes.features[district], oblast) for district in _REGAINED)
    return replace(counted, also=also)


def regained_districts_joined_to_oblast(shapes: Shapes) -> Measured:
    """How many of the four reach the former oblast, across a common border or through others of the four."""
    reached, answers = [_oblast(shapes)], []
    waiting = [shapes.features[district] for district in _REGAINED]
    while joined := [area for area in waiting if any(meeting(shapes, area, other)[0] for other in reached)]:
        answers += [
            (True, (True, True) in [meeting(shapes, area, each) for each in reached]) for area in joined
        ]
        reached += joined
        waiting = [area for area in waiting if not any(area is each for each in joined)]
    gaps = [(False, all(meeting(shapes, area, other)[1] for other in reached)) for area in waiting]
    return count([*answers, *gaps])


def handed_over_districts_in_azerbaijan(shapes: Shapes) -> Measured:
    """How many of the three districts handed over lie wholly in Azerbaijan and outside the oblast.

    They end at the very lines of the state border and the oblast, wherever these lie.
    """
    oblast, country = _oblast(shapes), shapes.countries["azerbaijan"]
    areas = [shapes.features[district] for district in _HANDED_OVER]
    return Measured(sum(country.covers(area) and not (area & oblast).area for area in areas))


def handed_over_districts_off_the_border(shapes: Shapes) -> Measured:
    """How many of the three districts handed over have no stretch of the state border."""
    country = shapes.countries["azerbaijan"]
    answers = [meeting(shapes, shapes.features[district], country) for district in _HANDED_OVER]
    return count((not meets, sure) for meets, sure in answers)


def enclave_outline_within_azerbaijan(shapes: Shapes) -> Measured:
    """Share of the Armenian-held part's outline that is no border of another state, percent.

    `mouth_km` of it are the mouth of the corridor.
    """
    held, country = shapes.features[_HELD], shapes.countries["azerbaijan"]
    foreign, whole = held.boundary & country.boundary, length_km(held.boundary)
    value = 100 * (1 - length_km(foreign) / whole) if foreign.length else 100.0
    margin = 100 * unsure_km(shapes.coverage, held, country) / whole
    mouth_km = length_km(held.boundary & shapes.features[_CORRIDOR].boundary)
    return Measured(value, margin, 0, 100, also={"mouth_km": mouth_km})


def overland_across_azerbaijan_km(shapes: Shapes) -> Measured:
    """Shortest distance from Armenia to the Armenian-held part, km: any way overland crosses it."""
    armenia, held = shapes.countries["armenia"], shapes.features[_HELD]
    distance = to_metres(armenia).distance(to_metres(held)) / 1000
    nearest = nearer_km(*(drawn_outline(shapes.coverage, area) for area in (armenia, held)))
    return Measured(distance, distance - nearest, 0)


def stepanakert_inside_km(shapes: Shapes) -> Measured:
    """Distance from Stepanakert to the outline of the Armenian-held part, km; negative outside."""
    return _inside_km(shapes, "stepanakert")


def stepanakert_airport_inside_km(shapes: Shapes) -> Measured:
    """Distance from Stepanakert airport to the outline of the Armenian-held part, km; negative outside.

    `from_town_km` is how far the airport is from the town.
    """
    town, airport = (to_metres(shapes.features[x]) for x in ("stepanakert", "stepanakert-airport"))
    also = {"from_town_km": town.distance(airport) / 1000}
    return replace(_inside_km(shapes, "stepanakert-airport"), also=also)


def camp_from_stepanakert_km(shapes: Shapes) -> Measured:
    """Distance from the point drawn for the camp to that of Stepanakert, km."""
    ends = ("emergency-ministry-camp", "stepanakert")
    (camp, camp_off), (town, town_off) = (
        drawn_place(shapes.coverage, place, shapes.features[place])[0] for place in ends
    )
    return Measured(camp.distance(town) / 1000, hypot(camp_off, town_off), 0)


def _oblast(shapes: Shapes) -> shapely.Geometry:
    return shapes.union(_HELD, _AZERBAIJANI)


def _along_corridor(shapes: Shapes, measure: str) -> Measured:
    """Return a length along the corridor, off by what the borders at its two ends may be."""
    corridor, roads = shapes.features[_CORRIDOR], shapes.coverage.routes
    off = ends_km(shapes.coverage, corridor, roads.geometry.union_all())
    return Measured(corridor_measures(corridor, roads)[measure], off, 0)


def _inside_km(shapes: Shapes, place: str) -> Measured:
    point, held = shapes.features[place], shapes.features[_HELD]
    distance = to_metres(point).distance(to_metres(held.boundary)) / 1000
    at, outline = drawn_place(shapes.coverage, place, point), drawn_outline(shapes.coverage, held)
    return Measured(distance if held.covers(point) else -distance, distance - nearer_km(at, outline))


_ALL: tuple[Callable[[Shapes], Measured], ...] = (
    azerbaijani_share_of_oblast,
    armenian_share_of_oblast,
    corridor_road_km,
    corridor_straight_km,
    corridor_mean_width_km,
    corridor_ends_met,
    corridor_in_oblast,
    corridor_in_regained_land,
    russian_areas_in_azerbaijan,
    enclave_in_russian_areas,
    russian_areas_in_enclave,
    russian_areas_in_azerbaijani_part,
    regained_districts_next_to_oblast,
    regained_districts_joined_to_oblast,
    handed_over_districts_in_azerbaijan,
    handed_over_districts_off_the_border,
    enclave_outline_within_azerbaijan,
    overland_across_azerbaijan_km,
    stepanakert_inside_km,
    stepanakert_airport_inside_km,
    camp_from_stepanakert_km,
)
MEASURES: dict[str, Callable[[Shapes], Measured]] = {measure.__name__: measure for measure in _ALL}
