"""Listed places, each with the unit it is listed in: on which side of which drawing's lines they lie."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from layers.accuracy.drawings import Drawings
from layers.atlas import Atlas
from layers.data.problems import Problem
from layers.data.schemas import Json
from layers.geometry.coverage import dissolve
from layers.geometry.measure import METRIC, to_metres

Units = dict[str, shapely.Geometry]
_OUTSIDE = "outside"  # of every unit
_UNKNOWN = ""  # in which unit, by a drawing of one alone, what is not in that one lies
_FARTHEST_M = 5000.0  # a place farther beyond a line is placed or listed wrongly


def listed(folder: Path, specification: Json, problems: list[Problem]) -> gpd.GeoDataFrame | None:
    """Return the places of a file (Points, metres) with `name` and `unit`; None after appending why not.

    `specification` is one of `points` in `comparison.json`: the file, its column, and of what unit of ours
    (a district, oblast, held, outside) each value of it is part; what is null is left out.
    """
    path = folder / specification["file"]
    try:
        places = gpd.read_file(path).to_crs(METRIC)
        places = places.assign(unit=places[specification["column"]].map(specification["units"]))
    except (OSError, RuntimeError, ValueError, LookupError, AttributeError) as error:
        found = f"nothing to compare with ({error})"
        expected = f"a GeoJSON file of points with {specification['column']}"
        problems.append(Problem(str(path), specification["column"], found, expected))
        return None
    return places.dropna(subset="unit").reset_index(drop=True)


def between_rows(
    atlas: Atlas, drawings: Drawings, places: gpd.GeoDataFrame, specification: Json
) -> Iterator[str]:
    """Yield a table: by line, the places on whose side two drawings differ, and which one they bear out."""
    ours = _our_units(atlas, specification["ours"])
    places = places.assign(ours=_drawn(places, ours))
    yield "| line | beside | places between the two | on the side they are listed: ours | the other |"
    yield "|---|---|---|---|---|"
    for drawing, units in specification["drawings"].items():
        theirs = _drawn(places, _their_units(drawings, drawing, units))
        known = {*units.values(), _OUTSIDE}
        mine, right = (places[each].where(places[each].isin(known), _OUTSIDE) for each in ("ours", "unit"))
        differ = (mine != theirs) & (theirs != "None") & ~_left_out(places, specification)
        compared = places.assign(mine=mine == right, theirs=theirs == right)[differ]
        across = np.where((theirs == _OUTSIDE) & (len(units) == 1), _UNKNOWN, theirs)
        pairs = zip(places.ours[differ], across[differ], strict=True)
        lines = _nearest(atlas, compared.geometry, pairs, ours)
        counted = compared.assign(line=lines).groupby("line")[["mine", "theirs"]]
        for line, sides in counted:
            told = f"{len(sides)} | {sides.mine.sum()} | {sides.theirs.sum()}"
            yield f"| `{line}` | {drawings.titles[drawing]} | {told} |"


def beyond_rows(atlas: Atlas, places: gpd.GeoDataFrame, specification: Json) -> Iterator[str]:
    """Yield a table: the places that lie across a line of ours from the unit they are listed in."""
    ours = _our_units(atlas, specification["ours"])
    places = places.assign(ours=_drawn(places, ours))
    astray = places[(places.ours != places.unit) & ~_left_out(places, specification)]
    pairs = zip(astray.ours, astray.unit, strict=True)
    astray = astray.assign(line=_nearest(atlas, astray.geometry, pairs, ours)).sort_values(["line", "name"])
    lines = atlas.coverage.lines.set_index("id").to_crs(METRIC).geometry
    yield "| place | listed in | drawn in | line | metres beyond it |"
    yield "|---|---|---|---|---|"
    for place in astray.itertuples():
        metres = lines[place.line].distance(place.geometry)
        if metres <= _FARTHEST_M:
            yield f"| {place.name} | {place.unit} | {place.ours} | `{place.line}` | {metres:,.0f} |"


def _left_out(places: gpd.GeoDataFrame, specification: Json) -> Any:  # noqa: ANN401 - a pandas Series
    """Tell which places are listed in one unit and drawn in another because a border moved since."""
    moved = {tuple(pair) for pair in specification.get("moved", [])}
    return places.apply(lambda place: (place.unit, place.ours) in moved, axis=1).astype(bool)


def _our_units(atlas: Atlas, kind: str) -> Units:
    coverage = atlas.coverage
    if kind == "held":
        return {kind: to_metres(dissolve(coverage.armenian_held(coverage.as_of)))}
    units = coverage.faces.district.where(coverage.faces.district.notna(), "oblast")
    return {str(unit): to_metres(dissolve(part)) for unit, part in coverage.faces.groupby(units)}


def _their_units(drawings: Drawings, drawing: str, units: Json) -> Units:
    shapes = drawings.units(drawing)
    return {
        str(unit): shapely.union_all([shapes[n] for n, of in units.items() if of == unit and n in shapes])
        for unit in dict.fromkeys(units.values())
    }


def _drawn(places: gpd.GeoDataFrame, units: Units) -> Any:  # noqa: ANN401 - a numpy array
    """Return the unit that each place lies in, or `outside`."""
    found = np.full(len(places), _OUTSIDE, dtype=object)
    for unit, shape in units.items():
        found[shapely.covers(shape, places.geometry.to_numpy())] = unit
    return found


def _nearest(
    atlas: Atlas, places: gpd.GeoSeries, pairs: Iterable[tuple[str, str]], units: Units
) -> list[str]:
    """Return for each place the nearest line between a pair of units; if they never meet, around either."""
    lines = atlas.coverage.lines.set_index("id").to_crs(METRIC).geometry
    around = {unit: set(lines.index[lines.within(shape.boundary.buffer(1))]) for unit, shape in units.items()}
    times = Counter(line for of_unit in around.values() for line in of_unit)
    around[_OUTSIDE] = {line for line, count in times.items() if count == 1}
    found = []
    for place, (one, other) in zip(places, pairs, strict=True):
        sides = around.get(one, set()), around.get(other, set())
        among = (sides[0] & sides[1]) or (sides[0] | sides[1])
        found.append(str(lines[sorted(among)].distance(place).idxmin()))
    return found
