"""The least metres by which a line must be shifted, outwards or inwards, for a claim's figure to flip.

Shares follow from the areas handed over, the road's length from the new corridor, distances and counts from
the geometry's own distances. Any other measure is found by rebuilding the coverage for each
shift that is tried.
"""

from collections.abc import Callable
from functools import lru_cache
from math import inf

import shapely

from layers.geometry.measure import area_km2, to_degrees
from layers.robustness.figures import (
    ALONG_THE_ROAD,
    OVERLAND,
    TO_THE_POINT,
    Count,
    Share,
    count_of,
    held_faces,
    share_of,
)
from layers.robustness.ground import ABROAD, CORRIDOR, Ground
from layers.robustness.roads import road_km, with_land
from layers.robustness.shifts import shifted
from layers.text.claims import measure_claim
from layers.text.measured import Measured
from layers.text.verdicts import Claim

_EXACT_M, _EXACT = 0.1, 1e-4  # a flip is found to a tenth of a metre, or to 0.01 % of the shift
_APART_M = 100.0  # points along a border, of which the farthest from a line is looked for
_FARTHEST_M = 400_000.0  # beyond this nothing on the map is left to take
Test = Callable[[float], bool]  # whether a shift by these metres flips the claim


def flip(ground: Ground, claim: Claim, line: str, *, outwards: bool) -> float | None:
    """Return the least metres by which a shift of the line flips the claim; None if no shift can."""
    measure = claim.entry["measure"]
    figure = _figure(ground, measure)
    if isinstance(figure, Share):
        return _by_area(ground, claim, figure, line, outwards=outwards)
    if isinstance(figure, Count):
        return _by_meeting(ground, claim, figure, line, outwards=outwards)
    if measure == ALONG_THE_ROAD:
        return _by_road(ground, claim, line, outwards=outwards)
    if claim.readings[0].is_within and (measure in TO_THE_POINT or measure == OVERLAND):
        return _by_distance(ground, claim, line, outwards=outwards)
    return _by_rebuilding(ground, claim, line, outwards=outwards)


@lru_cache(maxsize=32)
def _figure(ground: Ground, measure: str) -> Share | Count | None:
    coverage = ground.shapes.coverage
    return share_of(measure, coverage) or count_of(measure, coverage)


def _turns(claim: Claim, value: float) -> bool:
    """Tell whether another figure lies on another side of the tolerance than the claim's own."""
    reading = claim.readings[0]
    return reading.side(value) != reading.side(reading.measured.value)


def _least(test: Test, low: float = 0.0, high: float = _FARTHEST_M, first: float = 500.0) -> float | None:
    """Return the least metres that pass a test which, once passed, stays so; None if `high` does not pass."""
    reach = low + first
    while not test(reach):
        if reach >= high:
            return None
        low, reach = reach, min(2 * reach - low, high)
    high = reach
    while high - low > max(_EXACT_M, _EXACT * high):
        middle = (low + high) / 2
        low, high = (low, middle) if test(middle) else (middle, high)
    return high


def _by_area(ground: Ground, claim: Claim, share: Share, line: str, *, outwards: bool) -> float | None:
    giver, taker = ground.given(line, outwards=outwards)
    coverage = ground.shapes.coverage
    areas = dict(zip(coverage.faces.id, coverage.km2, strict=True))
    edges = (edge for edge in claim.readings[0].accepts if edge is not None)
    needed = [share.handed_km2(areas, giver, taker, edge) for edge in edges]
    least = min((km2 for km2 in needed if km2 > 0), default=inf)
    if least >= (areas[giver] if giver in areas else area_km2(ground.lands[giver])):
        return None
    near = ground.strip(line, 1000)
    scale = area_km2(to_degrees(near)) / near.area  # km² for each of UTM's square metres, here
    land = ground.in_metres[giver]
    return _reached(lambda metres: scale * (land & ground.strip(line, metres)).area, least)


def _reached(area: Callable[[float], float], km2: float) -> float | None:
    """Return the metres at which an area that grows with them is this large: false position (Illinois)."""
    low, high, below, above = 0.0, 1000.0, -km2, area(1000) - km2
    while above < 0:
        if high > _FARTHEST_M:
            return None
        low, high, below, above = high, 2 * high, above, area(2 * high) - km2
    while high - low > _EXACT_M / 10:
        middle = (below * high - above * low) / (below - above)
        off = area(middle) - km2
        if abs(off) < _EXACT * km2 / 10:
            return middle
        if off < 0:
            low, below, above = middle, off, above / 2
        else:
            high, above, below = middle, off, below / 2
    return high


def _by_road(ground: Ground, claim: Claim, line: str, *, outwards: bool) -> float | None:
    giver, taker = ground.given(line, outwards=outwards)
    if CORRIDOR not in (giver, taker):
        return None
    land = ground.lands[giver]

    def flips(handed: shapely.Geometry) -> bool:
        return _turns(claim, road_km(*with_land(ground, handed, taker)))

    if not flips(land):
        return None
    return _least(lambda metres: flips(land & to_degrees(ground.strip(line, metres))))


def _by_distance(ground: Ground, claim: Claim, line: str, *, outwards: bool) -> float | None:
    """Find when the land handed over comes as near to what it must not reach as the tolerance says."""
    target = _target(ground, claim, *ground.given(line, outwards=outwards))
    low, _ = claim.readings[0].accepts
    if target is None or low is None:
        return None
    giver, near_m = ground.in_metres[ground.given(line, outwards=outwards)[0]], 1000 * low
    near = target & shapely.buffer(giver, near_m)  # the rest of it is out of the giver's reach
    if near.is_empty:
        return None
    start = max(ground.metric[line].distance(near) - near_m, 0)
    return _least(
        lambda metres: (giver & ground.strip(line, metres)).distance(near) < near_m, start, first=1.0
    )


def _target(ground: Ground, claim: Claim, giver: str, taker: str) -> shapely.Geometry | None:
    """Return what the land handed over must not reach: a place or outline (UTM 38N); None if it may."""
    held = held_faces(ground.shapes.coverage)
    place = TO_THE_POINT.get(claim.entry["measure"])
    if place is not None:
        return ground.point(place) if giver in held and taker not in held else None
    if taker == ABROAD[0]:
        return shapely.union_all([ground.in_metres[face] for face in held]).boundary
    return ground.in_metres[ABROAD[0]].boundary if taker in held and giver not in held else None


def _by_meeting(ground: Ground, claim: Claim, count: Count, line: str, *, outwards: bool) -> float | None:
    """Try each shift at which a land meets another for the first time, or for the last."""
    giver, taker = ground.given(line, outwards=outwards)
    spans = {land: span for land, span in _spans(ground, giver, line).items() if land != taker}
    for metres in sorted({distance for span in spans.values() for distance in span}):
        lost = {frozenset((giver, land)) for land, (_, last) in spans.items() if last <= metres}
        won = {frozenset((taker, land)) for land, (first, _) in spans.items() if first <= metres}
        if _turns(claim, count.of((ground.pairs - lost) | won)):
            return metres
    return None


@lru_cache(maxsize=256)
def _spans(ground: Ground, giver: str, line: str) -> dict[str, tuple[float, float]]:
    """Return for each land beside the giver how near to the line and how far off their border runs, m."""
    drawn, spans = ground.metric[line], {}
    shapely.prepare(drawn)
    for land, border in ground.borders[giver].items():
        points = shapely.points(shapely.get_coordinates(shapely.segmentize(border, _APART_M)))
        spans[land] = (float(border.distance(drawn)), float(shapely.distance(points, drawn).max()))
    return spans


def _by_rebuilding(ground: Ground, claim: Claim, line: str, *, outwards: bool) -> float | None:
    sign = 1 if outwards else -1

    def measured(metres: float) -> Measured:
        return measure_claim(claim.entry, claim.quote, shifted(ground, line, sign * metres)).measured

    return _least(lambda metres: _turns(claim, measured(metres).value), high=50_000)
