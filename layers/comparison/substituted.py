"""The shapes that claims are held against, with another drawing's in the place of ours.

Areas of two drawings gape and overlap where they meet. So that what borders on what can be told, they are
made one coverage: the former oblast counts before districts, the drawing's areas before ours, all end at our
state border, and a gap narrower than 3 km goes to what is nearest. Plane geometry in UTM zone 38N, metres.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import shapely

from layers.atlas import Atlas
from layers.comparison.drawing import OBLAST, Drawing
from layers.comparison.ours import CORRIDOR, DISTRICTS, ZONES, our_shape
from layers.comparison.shapes import areal, metric, shapes_by_feature
from layers.geometry.measure import to_degrees
from layers.text.measured import AZERBAIJANI, HELD, Shapes

_AROUND_M = 30_000.0  # how far around our coverage states are kept
_GAP_M = 3_000.0
_MOST_OPEN = 0.2  # of the outline of a gap
_STEP_M = 300.0  # outlines are sampled so densely to tell what is nearest
_SNAP_DEGREES = 1e-5  # about a metre
_OUTSIDE, _LACHIN = "outside", "district-lachin"
_COPY_OF_CORRIDOR = "russian-area-lachin-corridor"

Areas = dict[str, shapely.Geometry]


@dataclass(frozen=True)
class Recorded(Shapes):
    """Shapes that note in `used` which of them a measure looked at; both parts together as the oblast."""

    used: set[str] = field(default_factory=set, hash=False)

    def union(self, *ids: str) -> shapely.Geometry:
        """Return the union of the features."""
        parts = {HELD, AZERBAIJANI} if {HELD, AZERBAIJANI} <= set(ids) else set()
        before = set(self.used)
        union = super().union(*ids)
        if parts:
            self.used.clear()
            self.used.update(before | (set(ids) - parts) | {OBLAST})
        return union


class _Noted(dict[str, shapely.Geometry]):
    """Geometries by id that note which were looked up."""

    def __init__(self, shapes: Mapping[str, shapely.Geometry], used: set[str]) -> None:
        super().__init__(shapes)
        self._used = used

    def __getitem__(self, key: str) -> shapely.Geometry:
        self._used.add(CORRIDOR if key == _COPY_OF_CORRIDOR else key)
        return super().__getitem__(key)


def substituted(atlas: Atlas, drawing: Drawing) -> Recorded:
    """Return our shapes with a drawing's in their place (WGS 84), without lines: nobody states their ±."""
    theirs = {each: metric(shape) for each, shape in shapes_by_feature(atlas, drawing).items()}
    states = _states(atlas)
    land = _land(atlas, theirs, states)
    cells = _cells(atlas, theirs, land)
    degrees = [to_degrees(cell) for cell in cells.values()]
    noded = shapely.coverage_clean(degrees, snapping_distance=_SNAP_DEGREES)
    return _as_shapes(atlas, dict(zip(cells, noded, strict=True)))


def _states(atlas: Atlas) -> Areas:
    """Return Azerbaijan, Armenia and what else there is around our coverage."""
    countries = atlas.basemap[atlas.basemap.kind == "country"].set_index("id").geometry
    box = shapely.box(*metric(our_shape(atlas, OBLAST)).envelope.buffer(3 * _AROUND_M).bounds)
    azerbaijan, armenia = (areal(metric(countries[each]) & box) for each in ("azerbaijan", "armenia"))
    return {"azerbaijan": azerbaijan, "armenia": armenia, _OUTSIDE: areal(box - azerbaijan - armenia)}


def _land(atlas: Atlas, theirs: Areas, states: Areas) -> Areas:
    """Return the oblast, the districts, the rest of Azerbaijan and the states, without gaps or overlaps."""
    azerbaijan = states["azerbaijan"]
    both = [theirs[part] for part in (HELD, AZERBAIJANI) if part in theirs]
    oblast = theirs.get(OBLAST)
    if oblast is None:
        oblast = shapely.union_all(both) if len(both) > 1 else metric(our_shape(atlas, OBLAST))
    land = {OBLAST: areal(oblast & azerbaijan)}
    taken = land[OBLAST]
    for district in sorted(DISTRICTS, key=lambda each: each not in theirs):
        drawn = theirs[district] if district in theirs else metric(our_shape(atlas, district))
        land[district] = areal((drawn & azerbaijan) - taken)
        taken = taken | land[district]
    rest = areal(azerbaijan - taken)
    gaps = _gaps(rest, land)
    nearest = _nearest(land, gaps)
    land = {each: areal(shape | nearest[each]) for each, shape in land.items()}
    return {**land, "rest": areal(rest - gaps), **{each: states[each] for each in ("armenia", _OUTSIDE)}}


def _gaps(rest: shapely.Geometry, land: Areas) -> shapely.Geometry:
    """Return the narrow parts of what is left over that lie between areas, not in a corner of it."""
    wide = rest.buffer(-_GAP_M / 2).buffer(_GAP_M / 2)
    narrow = shapely.get_parts(areal(rest - wide))
    beside, around = list(land.values()), wide.buffer(1)
    return areal(shapely.union_all([part for part in narrow if _between(part, beside, around)]))


def _between(part: shapely.Geometry, beside: list[shapely.Geometry], wide: shapely.Geometry) -> bool:
    if shapely.intersects(beside, part.buffer(1)).sum() < 2:  # noqa: PLR2004 - it lies between two
        return False
    return bool(part.boundary.intersection(wide).length < _MOST_OPEN * part.length)


def _nearest(land: Areas, where: shapely.Geometry) -> Areas:
    """Divide an area among others by which is nearest; what none is near stays out."""
    empty = shapely.Polygon()
    if where.is_empty:
        return dict.fromkeys(land, empty)
    around = where.buffer(_GAP_M)
    owners: dict[tuple[float, float], str] = {}
    for owner, shape in land.items():
        near = shapely.segmentize(shape.boundary & around, _STEP_M)
        for x, y in shapely.get_coordinates(near).round(1):
            owners.setdefault((x, y), owner)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(list(owners)), extend_to=around, ordered=True)
    by_owner: dict[str, list[shapely.Geometry]] = {}
    for owner, cell in zip(owners.values(), shapely.get_parts(cells), strict=True):
        by_owner.setdefault(owner, []).append(cell)
    nearest = {owner: areal(shapely.union_all(parts) & where) for owner, parts in by_owner.items()}
    return {owner: nearest.get(owner, empty) for owner in land}


def _cells(atlas: Atlas, theirs: Areas, land: Areas) -> Areas:
    """Divide the oblast by who held it and by zone, and Lachin by the corridor."""
    oblast, lachin = land.pop(OBLAST), land.pop(_LACHIN)
    held = _held(atlas, theirs, oblast)
    cells = {**land, AZERBAIJANI: areal(oblast - held)}
    rest = held
    for zone in ZONES:
        drawn = theirs[zone] if zone in theirs else metric(our_shape(atlas, zone))
        cells[zone] = areal(drawn & rest)
        rest = areal(rest - cells[zone])
    cells[HELD] = rest
    corridor = theirs[CORRIDOR] if CORRIDOR in theirs else metric(our_shape(atlas, CORRIDOR))
    return {**cells, CORRIDOR: areal(corridor & lachin), _LACHIN: areal(lachin - corridor)}


def _held(atlas: Atlas, theirs: Areas, oblast: shapely.Geometry) -> shapely.Geometry:
    """Return the Armenian-held part of an oblast: theirs, else ours with the margin nearer to it."""
    if HELD in theirs:
        return areal(theirs[HELD] & oblast)
    if AZERBAIJANI in theirs:
        return areal(oblast - theirs[AZERBAIJANI])
    ours = {part: areal(metric(our_shape(atlas, part)) & oblast) for part in (HELD, AZERBAIJANI)}
    margin = areal(oblast - ours[HELD] - ours[AZERBAIJANI])
    return areal(ours[HELD] | _nearest(ours, margin)[HELD])


def _as_shapes(atlas: Atlas, cells: Areas) -> Recorded:
    def together(*ids: str) -> shapely.Geometry:
        return shapely.coverage_union_all([cells[each] for each in ids if not cells[each].is_empty])

    ours = {each: feature.geometry for each, feature in atlas.features.items()}
    areas = {each: cells[each] for each in (*DISTRICTS, *ZONES, AZERBAIJANI, CORRIDOR)}
    areas[HELD] = together(HELD, *ZONES)
    areas[_LACHIN] = together(_LACHIN, CORRIDOR)
    areas[_COPY_OF_CORRIDOR] = cells[CORRIDOR]
    azerbaijan = together(*(each for each in cells if each not in ("armenia", _OUTSIDE)))
    used: set[str] = set()
    countries = {"armenia": cells["armenia"], "azerbaijan": azerbaijan}
    coverage = replace(atlas.coverage, lines=atlas.coverage.lines.iloc[:0])
    return Recorded(_Noted({**ours, **areas}, used), countries, coverage, used)
