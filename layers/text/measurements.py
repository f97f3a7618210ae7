"""What is measured for each claim: functions from the shapes on the map to one figure and its margin.

A measure knows nothing of what the article says; `geodata/claims.json` names it and says what would agree.
Areas and lengths are geodesic (WGS 84); distances between shapes are taken in UTM zone 38N.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import shapely

from layers.geometry.coverage import Coverage
from layers.geometry.measure import area_km2, area_margin_km2, corridor_measures, length_km, to_metres

_REGAINED = ("district-fuzuli", "district-gubadli", "district-jabrayil", "district-zangilan")
_HANDED_OVER = ("district-aghdam", "district-kelbajar", "district-lachin")
_RUSSIAN = ("russian-area-north", "russian-area-south", "russian-area-lachin-corridor")
_HELD, _AZERBAIJANI = "upper-karabakh-armenian-held", "upper-karabakh-azerbaijani-held"
_CORRIDOR = "lachin-corridor"
COUNTRIES = ("armenia", "azerbaijan")  # the ids of the states that claims are held against


@dataclass(frozen=True)
class Shapes:
    """The geometries that claims are held against: features by id, state territories by id, WGS 84."""

    features: Mapping[str, shapely.Geometry]
    countries: Mapping[str, shapely.Geometry]
    coverage: Coverage

    def union(self, *ids: str) -> shapely.Geometry:
        """Return the union of the features."""
        return shapely.union_all([self.features[identifier] for identifier in ids])


@dataclass(frozen=True)
class Measured:
    """One figure, and by how much it may be off (0 where it follows from the lines' topology)."""

    value: float
    margin: float = 0.0


def azerbaijani_share_of_oblast(shapes: Shapes) -> Measured:
    """Share of the former oblast that Azerbaijan held, percent."""
    return _share_of_oblast(shapes, _AZERBAIJANI)


def armenian_share_of_oblast(shapes: Shapes) -> Measured:
    """Share of the former oblast that was Armenian-held, percent."""
    return _share_of_oblast(shapes, _HELD)


def _share_of_oblast(shapes: Shapes, part: str) -> Measured:
    oblast = area_km2(shapes.features[_HELD]) + area_km2(shapes.features[_AZERBAIJANI])
    divide = shapes.features[_HELD].boundary & shapes.features[_AZERBAIJANI].boundary
    margin = area_margin_km2(shapes.coverage.made_of(divide))
    return Measured(100 * area_km2(shapes.features[part]) / oblast, 100 * margin / oblast)


def corridor_road_km(shapes: Shapes) -> Measured:
    """Length of the drawn road within the corridor, km; its hairpins are left out."""
    return Measured(corridor_measures(shapes.features[_CORRIDOR], shapes.coverage.routes)["road_km"])


def corridor_mean_width_km(shapes: Shapes) -> Measured:
    """Area of the corridor over the length of its road, km."""
    return Measured(corridor_measures(shapes.features[_CORRIDOR], shapes.coverage.routes)["mean_width_km"])


def corridor_ends_met(shapes: Shapes) -> Measured:
    """How many of two, Armenia and the Armenian-held part, the corridor shares a stretch of border with."""
    corridor = shapes.features[_CORRIDOR]
    return Measured(
        sum(_meet(corridor, end) for end in (shapes.countries["armenia"], shapes.features[_HELD]))
    )


def corridor_in_oblast(shapes: Shapes) -> Measured:
    """Share of the corridor that lies in the former oblast, percent."""
    return Measured(_share_within(shapes.features[_CORRIDOR], shapes.union(_HELD, _AZERBAIJANI)))


def russian_areas_in_azerbaijan(shapes: Shapes) -> Measured:
    """Share of the Russian areas on Azerbaijan's recognized territory, percent."""
    return Measured(_share_within(shapes.union(*_RUSSIAN), shapes.countries["azerbaijan"]))


def enclave_in_russian_areas(shapes: Shapes) -> Measured:
    """Share of the Armenian-held part that the northern and southern areas cover, percent."""
    return Measured(_share_within(shapes.features[_HELD], shapes.union(*_RUSSIAN[:2])))


def russian_areas_in_enclave(shapes: Shapes) -> Measured:
    """How many of the Russian areas lie in the Armenian-held part."""
    return Measured(sum(shapes.features[_HELD].covers(shapes.features[area]) for area in _RUSSIAN))


def russian_areas_in_azerbaijani_part(shapes: Shapes) -> Measured:
    """Area that the Russian areas and the Azerbaijani-administered part of the oblast have in common, km²."""
    common = shapes.union(*_RUSSIAN) & shapes.features[_AZERBAIJANI]
    return Measured(area_km2(common) if common.area else 0.0)


def regained_districts_next_to_oblast(shapes: Shapes) -> Measured:
    """How many of the four districts regained in battle share a border with the former oblast."""
    oblast = shapes.union(_HELD, _AZERBAIJANI)
    return Measured(sum(_meet(shapes.features[district], oblast) for district in _REGAINED))


def handed_over_districts_in_azerbaijan(shapes: Shapes) -> Measured:
    """How many of the three districts handed over lie wholly in Azerbaijan and outside the oblast."""
    oblast, country = shapes.union(_HELD, _AZERBAIJANI), shapes.countries["azerbaijan"]
    areas = [shapes.features[district] for district in _HANDED_OVER]
    return Measured(sum(country.covers(area) and not (area & oblast).area for area in areas))


def enclave_outline_within_azerbaijan(shapes: Shapes) -> Measured:
    """Share of the Armenian-held part's outline that is no border of another state, percent."""
    outline = shapes.features[_HELD].boundary
    foreign = outline & shapes.countries["azerbaijan"].boundary
    return Measured(100 * (1 - length_km(foreign) / length_km(outline)) if foreign.length else 100.0)


def overland_across_azerbaijan_km(shapes: Shapes) -> Measured:
    """Shortest distance from Armenia to the Armenian-held part, km: any way overland crosses it."""
    armenia, held = shapes.countries["armenia"], shapes.features[_HELD]
    return Measured(to_metres(armenia).distance(to_metres(held)) / 1000, _margin_km(shapes, armenia))


def stepanakert_inside_km(shapes: Shapes) -> Measured:
    """Distance from Stepanakert to the outline of the Armenian-held part, km; negative outside."""
    return _inside_km(shapes, "stepanakert")


def stepanakert_airport_inside_km(shapes: Shapes) -> Measured:
    """Distance from Stepanakert airport to the outline of the Armenian-held part, km; negative outside."""
    return _inside_km(shapes, "stepanakert-airport")


def camp_from_stepanakert_km(shapes: Shapes) -> Measured:
    """Distance from the point drawn for the camp to that of Stepanakert, km."""
    camp, town = (shapes.features[place] for place in ("emergency-ministry-camp", "stepanakert"))
    return Measured(to_metres(camp).distance(to_metres(town)) / 1000)


def _inside_km(shapes: Shapes, place: str) -> Measured:
    point, held = shapes.features[place], shapes.features[_HELD]
    distance = to_metres(point).distance(to_metres(held).boundary) / 1000
    return Measured(distance if held.covers(point) else -distance, _margin_km(shapes, point))


def _margin_km(shapes: Shapes, other: shapely.Geometry) -> float:
    """Return how far off the stretch of the Armenian-held part's outline nearest to a shape may be, km."""
    lines = shapes.coverage.made_of(shapes.features[_HELD].boundary)
    target = to_metres(other)
    nearest = min(range(len(lines)), key=lambda i: to_metres(lines.geometry.iloc[i]).distance(target))
    return float(lines.uncertainty_m.iloc[nearest]) / 1000


def _meet(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Tell whether two areas of one coverage share a stretch of border, not only a corner."""
    return bool((one.boundary & other.boundary).length)


def _share_within(part: shapely.Geometry, whole: shapely.Geometry) -> float:
    common = part & whole
    return 100 * area_km2(common) / area_km2(part) if common.area else 0.0


_ALL: tuple[Callable[[Shapes], Measured], ...] = (
    azerbaijani_share_of_oblast,
    armenian_share_of_oblast,
    corridor_road_km,
    corridor_mean_width_km,
    corridor_ends_met,
    corridor_in_oblast,
    russian_areas_in_azerbaijan,
    enclave_in_russian_areas,
    russian_areas_in_enclave,
    russian_areas_in_azerbaijani_part,
    regained_districts_next_to_oblast,
    handed_over_districts_in_azerbaijan,
    enclave_outline_within_azerbaijan,
    overland_across_azerbaijan_km,
    stepanakert_inside_km,
    stepanakert_airport_inside_km,
    camp_from_stepanakert_km,
)
MEASURES: dict[str, Callable[[Shapes], Measured]] = {measure.__name__: measure for measure in _ALL}
