"""One boundary line shifted: the land that changes sides, and the coverage made anew.

Every line has two kinds of land beside it, each a face of the coverage or, beyond the coverage, the rest of a
country. Shifted by d towards one, it hands the other all land of that kind nearer to it than d. So its nodes
slide along the neighbouring lines, land of a third kind stops it, and a face may vanish. Along a state line
the country moves too. Distances are taken in UTM zone 38N; everything else is in WGS 84 degrees.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import geopandas as gpd
import numpy as np
import shapely

from layers.atlas import Atlas
from layers.data.problems import UnknownChoiceError
from layers.geometry.coverage import ARMENIAN_HELD, Coverage, dissolve
from layers.geometry.definitions import LAYERS
from layers.geometry.measure import to_degrees, to_metres
from layers.text.measured import Shapes

QUARTER = 32  # segments of a quarter circle: the arc is true to 0.03 % of its radius
HOME, ABROAD = "azerbaijan", ("armenia", "iran")  # the country of all faces; those across its border here
CORRIDOR = "lachin-corridor"
_SAME = 1e-9  # degrees, 0.1 mm: a piece of a line lies on that line
_MADE_OF_FACES = ("upper-karabakh", "lachin-corridor", "returned-districts", "areas-of-responsibility")
Segment = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Ground:
    """What lines divide: each kind of land (Polygon or MultiPolygon, WGS 84 degrees) by its id.

    `sides` has the two kinds beside each line, the inner first: outwards is from it to the other. `metric`
    has the lines in UTM zone 38N, by id.
    """

    shapes: Shapes
    lands: Mapping[str, shapely.Geometry]
    sides: Mapping[str, tuple[str, str]]
    metric: Mapping[str, shapely.Geometry]

    def given(self, line: str, *, outwards: bool) -> tuple[str, str]:
        """Return which kind of land gives and which takes if a line is shifted."""
        inner, outer = self.sides[line]
        return (outer, inner) if outwards else (inner, outer)

    @cached_property
    def in_metres(self) -> dict[str, shapely.Geometry]:
        """Each kind of land in UTM zone 38N."""
        return {name: to_metres(land) for name, land in self.lands.items()}

    @cached_property
    def borders(self) -> dict[str, dict[str, shapely.Geometry]]:
        """The stretches of border that each land shares with each other (MultiLineStrings, UTM zone 38N)."""
        found: dict[str, dict[str, list[shapely.Geometry]]] = {}
        for line, pair in self.sides.items():
            for one, other in (pair, pair[::-1]):
                found.setdefault(one, {}).setdefault(other, []).append(self.metric[line])
        return {
            one: {other: shapely.union_all(lines) for other, lines in others.items()}
            for one, others in found.items()
        }

    @property
    def pairs(self) -> set[frozenset[str]]:
        """The lands that share a stretch of border."""
        return {frozenset(pair) for pair in self.sides.values()}

    def point(self, place: str) -> shapely.Point:
        """Return a place of the layers (Point, UTM zone 38N)."""
        return to_metres(self.shapes.features[place])

    def strip(self, line: str, metres: float) -> shapely.Geometry:
        """Return what is nearer to a line than this (Polygon, UTM zone 38N)."""
        return shapely.buffer(self.metric[line], metres, quad_segs=QUARTER)


@lru_cache(maxsize=2)
def ground_of(atlas: Atlas) -> Ground:
    """Return the land of an atlas and what each line divides."""
    coverage, shapes = atlas.coverage, shapes_of(atlas)
    faces = dict(zip(coverage.faces.id, coverage.faces.geometry, strict=True))
    whole = dissolve(coverage.faces)
    lands = {**faces, **{country: shapes.countries[country] for country in ABROAD}}
    lands[HOME] = shapes.countries[HOME] - whole
    lines = dict(zip(coverage.lines.id, coverage.lines.geometry, strict=True))
    sides = {line: _sides(geometry, coverage, shapes) for line, geometry in lines.items()}
    return Ground(shapes, lands, sides, {line: to_metres(geometry) for line, geometry in lines.items()})


def shapes_of(atlas: Atlas) -> Shapes:
    """Return the shapes that an atlas's claims are held against."""
    countries = atlas.basemap[atlas.basemap.kind == "country"]
    features = {identifier: feature.geometry for identifier, feature in atlas.features.items()}
    return Shapes(features, dict(zip(countries.id, countries.geometry, strict=True)), atlas.coverage)


def known_line(atlas: Atlas, line: str) -> str:
    """Return the id of a boundary line. Raises UnknownChoiceError."""
    if line not in ground_of(atlas).sides:
        raise UnknownChoiceError("line", line, sorted(ground_of(atlas).sides))
    return line


@lru_cache(maxsize=16)
def shifted(ground: Ground, line: str, metres: float) -> Shapes:
    """Return the shapes with one line shifted, outwards if `metres` is positive; all is noded anew."""
    if not metres:
        return ground.shapes
    giver, taker = ground.given(line, outwards=metres > 0)
    strip = to_degrees(ground.strip(line, abs(metres)))
    noded = shapely.union_all([*_drawn(ground), strip.boundary])
    cells = shapely.get_parts(shapely.polygonize([noded]))
    lands = _lands(ground, cells, strip, giver, taker)
    coverage = _coverage(ground, lands, shapely.get_parts(noded), line)
    if taker == CORRIDOR:
        won = ground.lands[giver] & lands[CORRIDOR]
        coverage = replace(coverage, routes=extended(coverage.routes, lands[CORRIDOR], won))
    return _shapes(ground, lands, coverage)


def _sides(line: shapely.Geometry, coverage: Coverage, shapes: Shapes) -> tuple[str, str]:
    """Return the two kinds of land beside a line, the inner first."""
    faces = coverage.faces[shapely.covered_by(line, coverage.faces.boundary.to_numpy())]
    beside = sorted(faces.id)
    abroad = (each for each in ABROAD if line.covered_by(shapes.countries[each].boundary))
    if len(beside) == 1:
        beside.append(next(abroad, HOME))
    ranks = _ranks(coverage)
    inner, outer = sorted(beside, key=lambda land: ranks.get(land, (True,) * 4))
    return inner, outer


def _ranks(coverage: Coverage) -> dict[str, tuple[bool, ...]]:
    """Return by face what makes it the inner one of two: Armenian-held, else the oblast's, else the corridor.

    Else any face is the inner one beside land beyond all, and of two faces that whose id sorts first.
    """
    held = coverage.status_on(coverage.as_of) == ARMENIAN_HELD
    marks = zip(held, coverage.faces.oblast, coverage.faces.corridor, strict=True)
    return {
        face: (*(not mark for mark in each), False)
        for face, each in zip(coverage.faces.id, marks, strict=True)
    }


def _drawn(ground: Ground) -> Iterator[shapely.Geometry]:
    yield from ground.shapes.coverage.lines.geometry
    yield from (ground.shapes.countries[country].boundary for country in (HOME, *ABROAD))


def _lands(
    ground: Ground, cells: np.ndarray, strip: shapely.Geometry, giver: str, taker: str
) -> dict[str, shapely.Geometry]:
    """Return each kind of land as the union of its cells, those of the giver in the strip handed over."""
    names, inside = list(ground.lands), shapely.point_on_surface(cells)
    cell, land = shapely.STRtree(list(ground.lands.values())).query(inside, predicate="within")[:2]
    shapely.prepare(strip)
    moves = (land == names.index(giver)) & shapely.contains(strip, inside[cell])
    land = np.where(moves, names.index(taker), land)
    return {
        name: shapely.coverage_union_all(cells[cell[land == number]])
        for number, name in enumerate(names)
        if (land == number).any()
    }


def _coverage(
    ground: Ground, lands: Mapping[str, shapely.Geometry], pieces: np.ndarray, line: str
) -> Coverage:
    """Return the coverage of the new faces; a piece on no old line is the shifted line's."""
    coverage = ground.shapes.coverage
    faces = coverage.faces[coverage.faces.id.isin(list(lands))].reset_index(drop=True)
    faces = faces.set_geometry([lands[face] for face in faces.id], crs=faces.crs)
    return replace(coverage, faces=faces, lines=_lines(coverage.lines, lands, pieces, line))


def extended(routes: gpd.GeoDataFrame, corridor: shapely.Geometry, won: shapely.Geometry) -> gpd.GeoDataFrame:
    """Return the roads, those that cross land won for the corridor joined to the road that it follows.

    The roads are drawn in pieces that end at the lines as drawn; the corridor (new) would end with its own.
    """
    own = max(routes.index, key=lambda row: (routes.geometry[row] & corridor).length)
    others = shapely.get_parts(routes.geometry.drop(own).to_numpy() & corridor)
    reached = [part for part in others if part.length and part.intersects(won)]
    if not reached:
        return routes
    joined = shapely.line_merge(shapely.MultiLineString([*reached, routes.geometry[own]]))
    geometry = [joined if row == own else road for row, road in routes.geometry.items()]
    return routes.set_geometry(geometry, crs=routes.crs)


def _lines(
    lines: gpd.GeoDataFrame, lands: Mapping[str, shapely.Geometry], pieces: np.ndarray, line: str
) -> gpd.GeoDataFrame:
    """Return the pieces that divide two kinds of land, joined by line and by what they divide."""
    beside = _beside(lands)
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    piece, own = shapely.STRtree(lines.geometry.to_numpy()).query(middles, "dwithin", _SAME)
    owner = dict(zip(piece.tolist(), own.tolist(), strict=True))
    shifted_line = int(np.flatnonzero(lines.id == line)[0])
    groups: dict[tuple[int, str], list[shapely.Geometry]] = {}
    for number, geometry in enumerate(pieces):
        lands_beside = beside.get(_segment(*geometry.coords[:2]))
        if lands_beside is not None:
            groups.setdefault((owner.get(number, shifted_line), lands_beside), []).append(geometry)
    rows = lines.iloc[[row for row, _ in groups]].reset_index(drop=True)
    joined = [shapely.line_merge(shapely.MultiLineString(parts)) for parts in groups.values()]
    return rows.set_geometry(joined, crs=lines.crs)


def _beside(lands: Mapping[str, shapely.Geometry]) -> dict[Segment, str]:
    """Return by each segment of a face's outline which lands are beside it; two, where it divides."""
    beside: dict[Segment, str] = {}
    for name in sorted(lands):
        rings = shapely.get_rings(shapely.get_parts(lands[name]))
        for ring in rings:
            points = list(map(tuple, shapely.get_coordinates(ring).tolist()))
            for segment in map(_segment, points, points[1:]):
                beside[segment] = f"{beside[segment]} {name}" if segment in beside else name
    return beside


def _segment(one: tuple[float, float], other: tuple[float, float]) -> Segment:
    return (one, other) if one < other else (other, one)


def _shapes(ground: Ground, lands: Mapping[str, shapely.Geometry], coverage: Coverage) -> Shapes:
    """Return the features and states of a new coverage; a feature that has vanished is an empty Polygon."""
    old = ground.shapes
    made = {name: shape for layer in _MADE_OF_FACES for name, shape in LAYERS[layer](coverage).items()}
    gone = {name: shapely.Polygon() for layer in _MADE_OF_FACES for name in LAYERS[layer](old.coverage)}
    home = [land for name, land in lands.items() if name not in ABROAD]
    countries = {country: lands[country] for country in ABROAD}
    countries[HOME] = shapely.coverage_union_all(home)
    return Shapes({**old.features, **gone, **made}, {**old.countries, **countries}, coverage)
