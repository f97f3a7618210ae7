"""Where boundary lines meet: only at shared ends, exactly; what breaks that is named, never mended.

Everything is in WGS 84 degrees; distances in reports are geodesic metres.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

import geopandas as gpd
import shapely
import shapely.ops

from layers.data.problems import Problem, position
from layers.geometry.measure import azimuth, distance_m, length_km

SHORTEST_LINE_M = 50.0  # a shorter one is a slip of the hand
SHARPEST_ANGLE = 5.0  # degrees between two lines at a node; a sharper one encloses a sliver
NEAR_MISS_M = 200.0  # an open end that lies closer than this to another line was meant to meet it
_NEAR_MISS_DEGREES = 0.003  # no less than NEAR_MISS_M anywhere on the map: a first, coarse search


def node_problems(lines: gpd.GeoDataFrame) -> list[Problem]:
    """Return a problem for each line that dangles, misses its node, meets another without one, or is odd.

    `lines` holds LineStrings in WGS 84 with a column `id`.
    """
    lines = lines.reset_index(drop=True)
    faults = (_open_ends, _meetings_without_node, _not_simple, _too_short, _too_sharp)
    return [problem for fault in faults for problem in fault(lines)]


def _ends(line: shapely.LineString) -> list[shapely.Point]:
    return [] if line.is_closed else [shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])]


def _open_ends(lines: gpd.GeoDataFrame) -> Iterator[Problem]:
    shared = Counter((end.x, end.y) for line in lines.geometry for end in _ends(line))
    for line in lines.itertuples():
        for end in _ends(line.geometry):
            if shared[end.x, end.y] == 1:
                found, expected = _open_end(end, lines.drop(line.Index))
                yield Problem("boundaries.geojson", line.id, found, expected)


def _open_end(end: shapely.Point, others: gpd.GeoDataFrame) -> tuple[str, str]:
    """Tell a near miss from a dangle, and name the node that was meant."""
    near = others.iloc[others.sindex.query(end, predicate="dwithin", distance=_NEAR_MISS_DEGREES)]
    meant = [
        (distance_m(end, target), not is_node, line.id, target)
        for line in near.itertuples()
        for is_node, target in _targets(line.geometry, end)
    ]
    meant = [candidate for candidate in meant if candidate[0] <= NEAR_MISS_M]
    if not meant:
        return f"a dangling end at {position(end)}", "an end that another line shares"
    metres, _, other, target = min(meant, key=lambda candidate: (candidate[1], candidate[0]))
    return (
        f'an end at {position(end)} that misses "{other}" by {metres:.1f} m',
        f"the same coordinates as the node, {position(target)}",
    )


def _targets(line: shapely.LineString, point: shapely.Point) -> Iterator[tuple[bool, shapely.Point]]:
    for end in _ends(line):
        yield True, end
    yield False, shapely.ops.nearest_points(line, point)[0]


def _meetings_without_node(lines: gpd.GeoDataFrame) -> Iterator[Problem]:
    first, second = lines.sindex.query(lines.geometry, predicate="intersects")
    for i, j in zip(first, second, strict=True):
        if i >= j:
            continue
        one, other = lines.geometry[i], lines.geometry[j]
        nodes = shapely.MultiPoint(_ends(one)) & shapely.MultiPoint(_ends(other))
        beyond = shapely.difference(one & other, nodes)
        if not beyond.is_empty:
            where = f"at {position(shapely.Point(shapely.get_coordinates(beyond)[0]))}"
            found = f'a meeting with "{lines.id[j]}" {where} that is no node'
            yield Problem("boundaries.geojson", lines.id[i], found, "lines that meet at their ends only")


def _not_simple(lines: gpd.GeoDataFrame) -> Iterator[Problem]:
    for line in lines[~lines.is_simple].itertuples():
        yield Problem("boundaries.geojson", line.id, "a line that crosses itself", "a simple line")


def _too_short(lines: gpd.GeoDataFrame) -> Iterator[Problem]:
    for line in lines.itertuples():
        metres = 1000 * length_km(line.geometry)
        if metres < SHORTEST_LINE_M:
            expected = f"at least {SHORTEST_LINE_M:.0f} m"
            yield Problem("boundaries.geojson", line.id, f"a line of {metres:.1f} m", expected)


def _too_sharp(lines: gpd.GeoDataFrame) -> Iterator[Problem]:
    """Compare the lines at each node, by the direction in which they leave it."""
    leaving: dict[tuple[float, float], list[tuple[float, str]]] = defaultdict(list)
    for line in lines.itertuples():
        for coordinates in (line.geometry.coords, line.geometry.coords[::-1]):
            leaving[coordinates[0][:2]].append((azimuth(*coordinates[:2]), line.id))
    for node, directions in leaving.items():
        directions.sort()
        for (one, first), (other, second) in pairwise([*directions, directions[0]]):
            angle = abs((other - one + 180) % 360 - 180)
            if first != second and angle < SHARPEST_ANGLE:
                found = f'an angle of {angle:.1f}° with "{second}" at {position(shapely.Point(node))}'
                yield Problem("boundaries.geojson", first, found, f"at least {SHARPEST_ANGLE:.0f}°")


def route_problems(routes: gpd.GeoDataFrame) -> Iterator[Problem]:
    """Yield a problem if the roads (LineStrings, WGS 84) do not make one way from end to end."""
    pieces = len(shapely.get_parts(shapely.line_merge(shapely.union_all(routes.geometry.to_numpy()))))
    if pieces != 1:
        expected = "one way, its roads joined at the same coordinates"
        yield Problem("routes.geojson", ", ".join(routes.id), f"{pieces} pieces", expected)
