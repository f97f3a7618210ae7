"""One boundary line shifted: the land that changes sides, and the coverage made anew.

Every line has two kinds of land beside it, each a face of the coverage or, beyond the coverage, the rest of a
country. Shifted by d towards one, it hands the other all land of that kind nearer to it than d. So its nodes
slide along the neighbouring lines, land of a third kind stops it, and a face may vanish. Along a state line
the country moves too. Distances are taken in UTM zone 38N; everything else is in WGS 84 degrees.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely

from layers.geometry.coverage import Coverage
from layers.geometry.definitions import LAYERS
from layers.geometry.measure import to_degrees
from layers.robustness.ground import ABROAD, CORRIDOR, HOME, Ground
from layers.text.measured import Shapes

_SAME = 1e-9  # degrees, 0.1 mm: a piece of a line lies on that line
_MADE_OF_FACES = ("upper-karabakh", "lachin-corridor", "returned-districts", "areas-of-responsibility")
Segment = tuple[tuple[float, float], tuple[float, float]]


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
