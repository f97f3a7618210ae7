"""What is measured for each claim: functions from the shapes on the map to one figure and its margin.

A measure knows nothing of what the article says; `geodata/claims.json` names it and says what would agree.
Areas and lengths are geodesic (WGS 84); distances between shapes are taken in UTM zone 38N.
"""

from collections.abc import Callable
from dataclasses import replace
from math import hypot
from typing import Literal

from layers.geometry.measure import area_margin_km2, corridor_measures, length_km
from layers.text.distances import (
    camp_from_stepanakert_km,
    overland_across_azerbaijan_km,
    stepanakert_airport_inside_km,
    stepanakert_inside_km,
)
from layers.text.district_counts import (
    handed_over_districts_in_azerbaijan,
    handed_over_districts_off_the_border,
    regained_districts_joined_to_oblast,
    regained_districts_next_to_oblast,
)
from layers.text.margins import (
    common,
    common_margin_km2,
    count,
    drawn_place,
    ends_km,
    meeting,
    share,
    share_within,
    square_km,
    unsure_km,
)
from layers.text.measured import AZERBAIJANI, HANDED_OVER, HELD, REGAINED, Measured, Shapes

_RUSSIAN = ("russian-area-north", "russian-area-south", "russian-area-lachin-corridor")
_CORRIDOR = "lachin-corridor"
COUNTRIES = ("armenia", "azerbaijan")  # the ids of the states that claims are held against
PLACES = ("zarysly",)  # those that are on no layer; here the post farthest along the corridor's road


def azerbaijani_share_of_oblast(shapes: Shapes) -> Measured:
    """Share of the former oblast that Azerbaijan held, percent.

    `with_pocket` is that share if the pocket of Khtsaberd is counted in.
    """
    held, other = shapes.features[HELD], shapes.features[AZERBAIJANI]
    faces = shapes.coverage.faces
    pocket = sum(map(square_km, faces.geometry[faces.id == "khtsaberd-pocket"]))
    measured = share(shapes.coverage, other, held)
    with_pocket = measured.value + 100 * pocket / (square_km(held) + square_km(other))
    return replace(measured, also={"with_pocket": with_pocket})


def armenian_share_of_oblast(shapes: Shapes) -> Measured:
    """Share of the former oblast that was Armenian-held, percent."""
    return share(shapes.coverage, shapes.features[HELD], shapes.features[AZERBAIJANI])


def corridor_road_km(shapes: Shapes) -> Measured:
    """Length of the drawn road within the corridor, km."""
    return _along_corridor(shapes, "road_km")


def corridor_straight_km(shapes: Shapes) -> Measured:
    """Distance between where the drawn road enters and leaves the corridor, km."""
    return _along_corridor(shapes, "crow_km")


def corridor_axis_km(shapes: Shapes) -> Measured:
    """Length of the drawn road within the corridor without its bends, km."""
    return _along_corridor(shapes, "axis_km")


def corridor_to_post_by_road_km(shapes: Shapes) -> Measured:
    """Length of the road from where it enters the corridor to the post farthest along it, km."""
    return _to_post(shapes, "post_road_km")


def corridor_to_post_straight_km(shapes: Shapes) -> Measured:
    """Distance from where the road enters the corridor to the post farthest along it, km."""
    return _to_post(shapes, "post_crow_km")


def corridor_mean_width_km(shapes: Shapes) -> Measured:
    """Area of the corridor over the length of its road, km."""
    corridor = shapes.features[_CORRIDOR]
    width = corridor_measures(corridor, shapes.coverage.routes)["mean_width_km"]
    outline, area = shapes.coverage.lines_along(corridor.boundary), square_km(corridor)
    return Measured(width, width * area_margin_km2(outline) / area if area else 0.0, 0)


def corridor_ends_met(shapes: Shapes) -> Measured:
    """How many of two, Armenia and the Armenian-held part, the corridor shares a stretch of border with."""
    ends = (shapes.countries["armenia"], shapes.features[HELD])
    return count(meeting(shapes, shapes.features[_CORRIDOR], end) for end in ends)


def corridor_in_oblast(shapes: Shapes) -> Measured:
    """Share of the corridor that lies in the former oblast, percent."""
    return share_within(shapes.coverage, shapes.features[_CORRIDOR], shapes.union(HELD, AZERBAIJANI))


def corridor_in_regained_land(shapes: Shapes) -> Measured:
    """Share of the corridor in the seven districts and the Azerbaijani-held part of the oblast, percent."""
    regained = shapes.union(*REGAINED, *HANDED_OVER, AZERBAIJANI)
    return share_within(shapes.coverage, shapes.features[_CORRIDOR], regained)


def russian_areas_in_azerbaijan(shapes: Shapes) -> Measured:
    """Share of the Russian areas on Azerbaijan's recognized territory, percent."""
    return share_within(shapes.coverage, shapes.union(*_RUSSIAN), shapes.countries["azerbaijan"])


def enclave_in_russian_areas(shapes: Shapes) -> Measured:
    """Share of the Armenian-held part that the northern and southern areas cover, percent.

    `outside_km2` of it are outside of both.
    """
    held, areas = shapes.features[HELD], shapes.union(*_RUSSIAN[:2])
    outside = held - areas
    measured = share(shapes.coverage, common(held, areas), outside)
    return replace(measured, also={"outside_km2": square_km(outside)})


def russian_areas_in_enclave(shapes: Shapes) -> Measured:
    """How many of the Russian areas lie in the Armenian-held part.

    They are parts of it by how they are drawn, and share its lines wherever these lie.
    """
    return Measured(sum(shapes.features[HELD].covers(shapes.features[area]) for area in _RUSSIAN))


def russian_areas_in_azerbaijani_part(shapes: Shapes) -> Measured:
    """Area that the Russian areas and the Azerbaijani-held part of the oblast have in common, km²."""
    areas, other = shapes.union(*_RUSSIAN), shapes.features[AZERBAIJANI]
    return Measured(square_km(areas & other), common_margin_km2(shapes.coverage, areas, other), 0)


def enclave_outline_within_azerbaijan(shapes: Shapes) -> Measured:
    """Share of the Armenian-held part's outline that is no border of another state, percent.

    `mouth_km` of it are the mouth of the corridor.
    """
    held, country = shapes.features[HELD], shapes.countries["azerbaijan"]
    foreign, whole = held.boundary & country.boundary, length_km(held.boundary)
    value = 100 * (1 - length_km(foreign) / whole) if foreign.length else 100.0
    margin = 100 * unsure_km(shapes.coverage, held, country) / whole
    mouth_km = length_km(held.boundary & shapes.features[_CORRIDOR].boundary)
    return Measured(value, margin, 0, 100, also={"mouth_km": mouth_km})


def _along_corridor(shapes: Shapes, measure: Literal["road_km", "axis_km", "crow_km"]) -> Measured:
    """Return a length along the corridor, off by what the borders at its two ends may be."""
    corridor, roads = shapes.features[_CORRIDOR], shapes.coverage.routes
    off = ends_km(shapes.coverage, corridor, roads.geometry.union_all())
    return Measured(corridor_measures(corridor, roads)[measure], off, 0)


def _to_post(shapes: Shapes, measure: Literal["post_road_km", "post_crow_km"]) -> Measured:
    """Return a length from the state border, off by what that and the post may be."""
    corridor, armenia = shapes.features[_CORRIDOR], shapes.countries["armenia"]
    places, roads = shapes.coverage.places, shapes.coverage.routes
    post = places.geometry[places.id == PLACES[0]].iloc[0]
    border = shapes.coverage.lines_along(corridor.boundary & armenia.boundary)
    ((_, post_off),) = drawn_place(shapes.coverage, PLACES[0], post)
    off = hypot(*border.uncertainty_m / 1000, post_off)
    return Measured(corridor_measures(corridor, roads, post)[measure], off, 0)


_ALL: tuple[Callable[[Shapes], Measured], ...] = (
    azerbaijani_share_of_oblast,
    armenian_share_of_oblast,
    corridor_road_km,
    corridor_straight_km,
    corridor_axis_km,
    corridor_to_post_by_road_km,
    corridor_to_post_straight_km,
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
