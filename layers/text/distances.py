"""Distances that are measured for the claims, in UTM zone 38N, off by what lines and points may be off."""

from dataclasses import replace
from math import hypot

from layers.geometry.measure import to_metres
from layers.text.margins import drawn_outline, drawn_place, nearer_km
from layers.text.measured import HELD, Measured, Shapes


def overland_across_azerbaijan_km(shapes: Shapes) -> Measured:
    """Shortest distance from Armenia to the Armenian-held part, km: any way overland crosses it."""
    armenia, held = shapes.countries["armenia"], shapes.features[HELD]
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


def _inside_km(shapes: Shapes, place: str) -> Measured:
    point, held = shapes.features[place], shapes.features[HELD]
    distance = to_metres(point).distance(to_metres(held.boundary)) / 1000
    at, outline = drawn_place(shapes.coverage, place, point), drawn_outline(shapes.coverage, held)
    return Measured(distance if held.covers(point) else -distance, distance - nearer_km(at, outline))
