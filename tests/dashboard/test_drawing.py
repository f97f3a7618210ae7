"""Geometry as it travels in the map document: unpacked, it is exactly the geometry that was packed."""

from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import (
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)

from dashboard.content import Content
from dashboard.geometry_encoding import packed
from layers.geometry.control import OF_FACES
from tests.dashboard.html_tree import Node

DEPTH = {"Point": 0, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
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


def unpacked(drawing: dict[str, Any]) -> dict[str, shapely.Geometry]:
    """Turn back what was packed, as `assets/drawing.js` does."""
    scale = 10 ** drawing["decimals"]
    return {
        feature["id"]: shapely.geometry.shape(
            {
                "type": feature["type"],
                "coordinates": _lines(feature["coordinates"], DEPTH[feature["type"]], scale),
            }
        )
        for feature in drawing["features"]
    }


def _lines(numbers: list[Any], depth: int, scale: int) -> Any:  # noqa: ANN401 - of any depth
    if depth > 1:
        return [_lines(part, depth - 1, scale) for part in numbers]
    x = y = 0
    line = []
    for east, north in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + east, y + north
        line.append((x / scale, y / scale))
    return line if depth else line[0]


def framed(*geometries: shapely.Geometry) -> gpd.GeoDataFrame:
    """Return a frame of these geometries with ids."""
    ids = [f"n{number}" for number in range(len(geometries))]
    return gpd.GeoDataFrame({"id": ids}, geometry=list(geometries), crs="EPSG:4326")


def same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Tell whether two geometries are of one kind and have the same vertices in order, to 5 decimals."""
    rounded = shapely.transform(other, lambda coordinates: coordinates.round(5))
    return bool(one.geom_type == other.geom_type and shapely.equals_exact(one, rounded, tolerance=0))


def moved(frame: gpd.GeoDataFrame) -> list[str]:
    """Return the ids of the features that are not the same when packed and unpacked."""
    geometries = unpacked(packed(frame, {}))
    pairs = zip(frame.id, frame.geometry, strict=True)
    assert list(geometries) == list(frame.id)
    return [identifier for identifier, shape in pairs if not same(geometries[identifier], shape)]


def test_every_layer_is_the_same_when_unpacked(ready: Content, layer_id: str) -> None:
    assert moved(ready.atlas.layers[layer_id].features) == []


def test_the_ground_is_the_same_when_unpacked(ready: Content) -> None:
    assert moved(ready.atlas.basemap) == []


def test_the_faces_are_the_same_when_unpacked(ready: Content) -> None:
    assert moved(ready.atlas.coverage.faces) == []


@pytest.mark.parametrize("shape", ODD.values(), ids=ODD)
def test_an_odd_shape_is_the_same_when_unpacked(shape: shapely.Geometry) -> None:
    assert moved(framed(shape)) == []


def test_all_odd_shapes_are_the_same_when_packed_together() -> None:
    assert moved(framed(*ODD.values())) == []


@pytest.mark.parametrize(
    ("x", "decimals"),
    [(46, 0), (46.1, 1), (46.12, 2), (46.123, 3), (46.1234, 4), (46.12345, 5), (46.123456789, 5), (0.3, 1)],
)
def test_no_more_decimals_travel_than_are_needed(x: float, decimals: int) -> None:
    drawing = packed(framed(Point(40, 40), Point(x, -x)), {})
    assert drawing["decimals"] == decimals
    assert drawing["features"][1]["coordinates"] == [round(x * 10**decimals), -round(x * 10**decimals)]


def test_a_line_is_its_first_vertex_and_then_steps() -> None:
    drawing = packed(framed(LineString([(46.1, 39), (46.3, 38.9), (46.3, 38.9), (46, 39)])), {})
    assert drawing["features"][0]["coordinates"] == [461, 390, 2, -1, 0, 0, -3, 1]


def test_each_part_and_hole_starts_anew() -> None:
    drawing = packed(framed(MultiPolygon([Polygon(SQUARE, [HOLE]), Polygon(FAR)])), {})
    assert drawing["features"][0]["coordinates"] == [
        [[0, 0, 4, 0, 0, 4, -4, 0, 0, -4], [1, 1, 0, 1, 1, 0, 0, -1, -1, 0]],
        [[10, 10, 1, 0, 0, 1, -1, -1]],
    ]


def test_points_in_one_feature_travel_as_a_line_does() -> None:
    drawing = packed(framed(MultiPoint([(1, 2), (4, 3)])), {})
    assert drawing["features"][0] == {"id": "n0", "type": "MultiPoint", "coordinates": [1, 2, 3, 1]}


def test_columns_travel_under_their_short_names_and_no_others() -> None:
    frame = framed(Point(1, 2)).assign(azerbaijani_since=["2020-11-20"], note=["x"])
    (feature,) = packed(frame, {"azerbaijani_since": "since"})["features"]
    assert feature == {"id": "n0", "type": "Point", "coordinates": [1, 2], "since": "2020-11-20"}


def test_nothing_that_travels_is_what_json_cannot_say(document: Node) -> None:
    scripts = [script.code for script in document.all("script") if "KarabakhDrawing.draw(" in script.code]
    assert len(scripts) == 1
    assert [word for word in (":NaN", ":Infinity", ":undefined", "[NaN") if word in scripts[0]] == []


@pytest.mark.parametrize("layer", OF_FACES)
def test_what_is_drawn_in_the_document_is_the_layer(document: Node, ready: Content, layer: str) -> None:
    (script,) = (script.code for script in document.all("script") if "KarabakhDrawing.draw(" in script.code)
    ids = list(ready.atlas.layers[layer].features.id)
    assert [identifier for identifier in ids if f'"id":"{identifier}","type":' not in script] == []
