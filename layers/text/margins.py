"""How far a figure may be off for how far each line that it depends on may be off.

Geometries are in WGS 84 degrees. The uncertainties of lines and places are taken as independent of one
another: two that bear on one figure add up as the square root of the sum of their squares.
"""

from collections.abc import Iterable
from math import hypot

import geopandas as gpd
import shapely

from layers.geometry.coverage import Coverage
from layers.geometry.measure import CORRELATION_KM, area_km2, area_margin_km2, length_km, to_metres
from layers.text.measured import Measured, Shapes

Drawn = list[tuple[shapely.Geometry, float]]  # in UTM zone 38N, metres; how far each may be off, km


def share(
    coverage: Coverage,
    part: shapely.Geometry,
    rest: shapely.Geometry,
    correlation_km: float | None = CORRELATION_KM,
) -> Measured:
    """Return the share of an area (Polygon or MultiPolygon) in the whole of it and the rest, percent.

    With the share s, a line between the two moves area from one to the other and counts whole; a line of
    the part's own outline changes the whole as well and counts 1 - s, one of the rest's counts s.
    `correlation_km` is how far one error runs along a line; None: all err together, to the same side.
    """
    areas = (square_km(part), square_km(rest))
    whole, s = sum(areas), areas[0] / sum(areas)
    between = set(coverage.lines_along(part.boundary & rest.boundary).id)
    outlines = [
        (1.0, _outline(coverage, part, only=between)),
        (1 - s, _outline(coverage, part, but=between)),
        (s, _outline(coverage, rest, but=between)),
    ]
    margins = [weight * area_margin_km2(lines, correlation_km) for weight, lines in outlines]
    margin = (sum(margins) if correlation_km is None else hypot(*margins)) / whole
    return Measured(100 * s, 100 * margin, 0, 100)


def common(one: shapely.Geometry, other: shapely.Geometry) -> shapely.MultiPolygon:
    """Return the area that two areas have in common, without the lines and points where they only touch."""
    return shapely.MultiPolygon([part for part in shapely.get_parts(one & other) if part.area])


def share_within(coverage: Coverage, part: shapely.Geometry, whole: shapely.Geometry) -> Measured:
    """Return the share of an area (Polygon or MultiPolygon) that lies within another, percent.

    The area is taken as drawn; the other may reach less far into it, or farther.
    """
    if not square_km(part):
        return Measured(0, 0, 0, 100)
    margin = common_margin_km2(coverage, part, whole) / square_km(part)
    return Measured(100 * square_km(part & whole) / square_km(part), 100 * margin, 0, 100)


def common_margin_km2(coverage: Coverage, area: shapely.Geometry, other: shapely.Geometry) -> float:
    """Return by how much what two areas (Polygons or MultiPolygons) have in common may be off, km².

    It depends on the lines of the second one's outline that run along the first or through it.
    """
    lines = coverage.lines_along(other.boundary)
    within = shapely.intersection(lines.geometry.to_numpy(), area)
    return area_margin_km2(lines.assign(geometry=within)[shapely.length(within) > 0])


def square_km(geometry: shapely.Geometry) -> float:
    """Return the geodesic area in km², of anything without an area 0."""
    return area_km2(geometry) if geometry.area else 0.0


def ends_km(coverage: Coverage, area: shapely.Geometry, road: shapely.Geometry) -> float:
    """Return by how much a road (LineString) may be cut wrongly where it enters and leaves an area, km."""
    outline = coverage.lines_along(area.boundary)
    return hypot(*outline.uncertainty_m[outline.geometry.intersects(road)]) / 1000


def drawn_outline(coverage: Coverage, area: shapely.Geometry) -> Drawn:
    """Return the lines that an area's outline is made of; what no line of ours is counts as exact."""
    lines = coverage.lines_along(area.boundary)
    known = zip(lines.geometry, lines.uncertainty_m, strict=True)
    return [(to_metres(area.boundary), 0.0), *((to_metres(line), metres / 1000) for line, metres in known)]


def drawn_place(coverage: Coverage, identifier: str, point: shapely.Point) -> Drawn:
    """Return a place with how far its point may be off."""
    metres = coverage.places.uncertainty_m[coverage.places.id == identifier]
    return [(to_metres(point), float(metres.max()) / 1000 if len(metres) else 0.0)]


def nearer_km(ones: Drawn, others: Drawn) -> float:
    """Return how near, in km, any of these may come to any of those; below 0, they may pass each other."""
    return min(
        float(one.distance(other)) / 1000 - hypot(one_off, other_off)
        for one, one_off in ones
        for other, other_off in others
    )


def meeting(shapes: Shapes, one: shapely.Geometry, other: shapely.Geometry) -> tuple[bool, bool]:
    """Tell whether two areas share a stretch of border, not only a corner; and whether that is sure.

    A stretch may vanish if the lines at its two ends may be off by half of it; a gap may close if the lines
    beside it may be off by as much.
    """
    stretch = one.boundary & other.boundary
    coverage = shapes.coverage
    if not stretch.length:
        return False, nearer_km(drawn_outline(coverage, one), drawn_outline(coverage, other)) > 0
    at_its_ends = coverage.lines.uncertainty_m[coverage.lines.geometry.intersects(stretch)]
    return True, length_km(_lineal(stretch)) > 2 * (at_its_ends.max() if len(at_its_ends) else 0) / 1000


def unsure_km(coverage: Coverage, area: shapely.Geometry, country: shapely.Geometry) -> float:
    """Return the length of an area's outline (Polygon) that may or may not lie on a state border, km."""
    border, lines = drawn_outline(coverage, country), coverage.lines_along(area.boundary)
    drawn = [(line, metres / 1000) for line, metres in zip(lines.geometry, lines.uncertainty_m, strict=True)]
    off_it = [(line, off) for line, off in drawn if not line.covered_by(country.boundary)]
    return sum(length_km(line) for line, off in off_it if nearer_km([(to_metres(line), off)], border) <= 0)


def count(answers: Iterable[tuple[bool, bool]]) -> Measured:
    """Return how many are so, each told with whether that is sure; off by those that may be otherwise."""
    told = list(answers)
    value = sum(so for so, _ in told)
    fewer = sum(so and not sure for so, sure in told)
    more = sum(not so and not sure for so, sure in told)
    return Measured(value, max(fewer, more), value - fewer, value + more)


def _lineal(geometry: shapely.Geometry) -> shapely.MultiLineString:
    return shapely.MultiLineString([part for part in shapely.get_parts(geometry) if part.length])


def _outline(
    coverage: Coverage, area: shapely.Geometry, *, only: set[str] | None = None, but: set[str] | None = None
) -> gpd.GeoDataFrame:
    """Return the lines of an outline, some or all but some."""
    lines = coverage.lines_along(area.boundary)
    return lines[lines.id.isin(only) if only is not None else ~lines.id.isin(but or set())]
