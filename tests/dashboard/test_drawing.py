"""Geometry as it travels in the map document: unpacked, it is exactly the geometry that was packed."""

import json
import math
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry import (
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)

from dashboard.drawn import drawn_ground, features_of, shared_lines
from dashboard.geometry_encoding import packed
from dashboard.shared_lines import SharedLines
from tests.dashboard.conftest import Content
from tests.dashboard.html_tree import Node

DEPTH = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
SQUARE, HOLE = [(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)], [(1, 1), (1, 2), (2, 2), (2, 1), (1, 1)]
FAR = [(10, 10), (11, 10), (11, 11), (10, 10)]
ODD = {
    "a point": Point(46.75, 39.82),
    "a point at nought": Point(0, 0),
    "a point of whole degrees": Point(47, 40),
    "five decimals": Point(46.12345, 39.54321),
    "as far south-west as the world goes": Point(-180, -90),
    "as far north-east as the world goes": Point(180, 90),
    "a line over nought": LineString([(-0.00001, 0.00001), (0.00001, -0.00001)]),
    "a line to negative coordinates": LineString([(1.5, 2.5), (-71.12345, -33.1), (-71.12345, -33.1)]),
    "a line across the world": LineString([(-180, -90), (180, 90)]),
    "a line of many small steps": LineString([(46 + step / 7e3, 39 - step / 3e3) for step in range(500)]),
    "lines": MultiLineString([[(0, 0), (1, 1)], [(5.5, 5.5), (6, 7), (8, 8.25)]]),
    "an area": Polygon(SQUARE),
    "an area with holes": Polygon(SQUARE, [HOLE, [(3, 3), (3, 3.5), (3.5, 3.5), (3, 3)]]),
    "areas": MultiPolygon([Polygon(SQUARE), Polygon(FAR)]),
    "areas with holes": MultiPolygon([Polygon(SQUARE, [HOLE]), Polygon(FAR)]),
    "areas of one part": MultiPolygon([Polygon(FAR)]),
}


def unpacked(features: list[dict[str, Any]], lines: list[list[int]]) -> dict[str, shapely.Geometry]:
    """Turn back what was packed, as `assets/drawing.js` does."""
    known = [_line(line) for line in lines]
    return {each["id"]: shapely.geometry.shape(_geojson(each, known)) for each in features}


def _line(packed_line: list[int]) -> list[tuple[float, float]]:
    decimals, *steps = packed_line
    x = y = 0
    line = []
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + east, y + north
        line.append((x / 10**decimals, y / 10**decimals))
    return line


def _geojson(feature: dict[str, Any], known: list[list[tuple[float, float]]]) -> dict[str, Any]:
    coordinates, depth = feature["coordinates"], DEPTH.get(feature["type"])
    told = coordinates if depth is None else _assembled(coordinates, depth, known)
    return {"type": feature["type"], "coordinates": told}


def _assembled(numbers: list[Any], depth: int, known: list[list[tuple[float, float]]]) -> list[Any]:
    if depth:
        return [_assembled(part, depth - 1, known) for part in numbers]
    lines = [known[~number][::-1] if number < 0 else known[number] for number in numbers]
    return [vertex for place, line in enumerate(lines) for vertex in (line[1:] if place else line)]


def framed(*geometries: shapely.Geometry) -> gpd.GeoDataFrame:
    """Return a frame of these geometries with ids."""
    ids = [f"n{number}" for number in range(len(geometries))]
    return gpd.GeoDataFrame({"id": ids}, geometry=list(geometries), crs="EPSG:4326")


def same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Tell whether two geometries are of one kind and have the same vertices, to 5 decimals.

    A ring may begin at another of its vertices; a vertex twice in a row counts once.
    """
    rounded = shapely.transform(other, lambda coordinates: coordinates.round(5))
    plain = [shapely.normalize(shapely.remove_repeated_points(each)) for each in (one, rounded)]
    return bool(one.geom_type == other.geom_type and shapely.equals_exact(*plain, tolerance=0))


def moved(frame: gpd.GeoDataFrame, lines: SharedLines) -> list[str]:
    """Return the ids of the features that are not the same when packed and unpacked."""
    geometries = unpacked(packed(frame, lines, {}), lines.packed())
    pairs = zip(frame.id, frame.geometry, strict=True)
    assert list(geometries) == list(frame.id)
    return [identifier for identifier, shape in pairs if not same(geometries[identifier], shape)]


def test_layers_ground_and_faces_are_the_same_when_unpacked(ready: Content) -> None:
    atlas = ready.atlas
    frames = {layer.id: features_of(layer) for layer in atlas.layers.values()}
    frames |= {"the ground": drawn_ground(atlas), "the faces": atlas.coverage.faces}
    lines = shared_lines(atlas)
    assert {name: moved(frame, lines) for name, frame in frames.items() if moved(frame, lines)} == {}


def test_the_ground_is_drawn_as_it_is_but_for_a_tenth_of_the_uncertainty_of_far_countries(
    ready: Content,
) -> None:
    basemap, drawn = ready.atlas.basemap, drawn_ground(ready.atlas)
    pairs = drawn.merge(basemap[["id", "geometry"]], on="id", suffixes=("", "_before"))
    far = pairs.kind == "region"
    before, after = (shapely.get_coordinates(pairs[far][name]) for name in ("geometry_before", "geometry"))
    degrees = abs(after - before)
    kilometres = (degrees * [111 * math.cos(math.radians(33.5)), 111]).max(axis=0)
    assert math.hypot(*kilometres) < pairs[far].uncertainty_m.min() / 1000 / 10
    assert [row.id for row in pairs[~far].itertuples() if row.geometry != row.geometry_before] == []


def test_a_line_that_many_follow_travels_once(ready: Content) -> None:
    steps = [json.dumps(line[3:]) for line in shared_lines(ready.atlas).packed()]
    long = [line for line in steps if line.count(",") > 8]
    assert len(long) == len(set(long)) > 80


def test_an_odd_shape_is_the_same_when_unpacked_alone_and_with_others() -> None:
    assert [name for name, shape in ODD.items() if moved(framed(shape), SharedLines([shape]))] == []
    assert moved(framed(*ODD.values()), SharedLines(ODD.values())) == []


def test_neighbours_share_a_line_and_follow_it_in_opposite_ways() -> None:
    west, east = shapely.box(0, 0, 1, 1), Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (1, 0)])
    lines = SharedLines([west, east])
    one, other = (lines.numbers(area)[0] for area in (west, east))
    assert len(lines.packed()) == 3
    assert [number for number in one if ~number in other and lines.packed()[max(number, ~number)][0] == 0]


def test_no_more_decimals_travel_than_are_needed() -> None:
    needed = {46: 0, 46.1: 1, 46.12: 2, 46.123: 3, 46.1234: 4, 46.12345: 5, 46.123456789: 5, 0.3: 1}
    for x, decimals in needed.items():
        ((told, *rest),) = SharedLines([LineString([(40, 40), (x, -x)])]).packed()
        assert told == decimals, x
        assert rest[:2] == [40 * 10**decimals] * 2


def test_a_line_is_its_decimals_its_first_vertex_and_then_steps() -> None:
    lines = SharedLines([LineString([(46.1, 39), (46.3, 38.9), (46, 39)])])
    assert lines.packed() == [[1, 461, 390, 2, -1, -3, 1]]


def test_points_travel_as_they_are() -> None:
    (feature,) = packed(framed(MultiPoint([(1, 2), (4, 3)])), SharedLines([]), {})
    assert feature == {"id": "n0", "type": "MultiPoint", "coordinates": ((1, 2), (4, 3))}


def test_columns_travel_under_their_short_names_and_no_others() -> None:
    frame = framed(Point(1, 2)).assign(azerbaijani_since=["2020-11-20"], note=["x"])
    (feature,) = packed(frame, SharedLines([]), {"azerbaijani_since": "since"})
    assert feature == {"id": "n0", "type": "Point", "coordinates": (1, 2), "since": "2020-11-20"}


def test_nothing_that_travels_is_what_json_cannot_say(document: Node) -> None:
    scripts = [script.code for script in document.all("script") if "KarabakhDrawing.draw(" in script.code]
    assert len(scripts) == 1
    assert [word for word in (":NaN", ":Infinity", ":undefined", "[NaN") if word in scripts[0]] == []


def test_what_is_drawn_in_the_document_are_the_layers(document: Node, ready: Content) -> None:
    (script,) = (script.code for script in document.all("script") if "KarabakhDrawing.draw(" in script.code)
    ids = [each.id for layer in ready.atlas.layers.values() for each in layer.features]
    assert [identifier for identifier in ids if f'"id":"{identifier}","type":' not in script] == []
