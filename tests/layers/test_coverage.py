"""From lines to faces, shown on a square of 0.1° a side divided in two, and on what breaks it."""

from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

from layers import Atlas
from layers.geometry.coverage import join_label_points, polygonize
from layers.geometry.nodes import node_problems

Positions = list[tuple[float, float]]
Lines = dict[str, Positions]

TEN_METRES = 0.00009  # of latitude, in degrees
SOUTH, NORTH, WEST, EAST = 39.5, 39.6, 46.5, 46.6
BOTTOM, TOP = (46.55, SOUTH), (46.55, NORTH)  # the nodes: where the dividing line meets the outline
TWO_FACES: Lines = {
    "west": [BOTTOM, (WEST, SOUTH), (WEST, NORTH), TOP],
    "middle": [BOTTOM, TOP],
    "east": [BOTTOM, (EAST, SOUTH), (EAST, NORTH), TOP],
}
SQUARE: Lines = {"square": [(WEST, SOUTH), (EAST, SOUTH), (EAST, NORTH), (WEST, NORTH), (WEST, SOUTH)]}
RING: Lines = {"ring": [(46.54, 39.54), (46.56, 39.54), (46.55, 39.56), (46.54, 39.54)]}


def _lines(lines: Lines) -> gpd.GeoDataFrame:
    geometry = [shapely.LineString(positions) for positions in lines.values()]
    return gpd.GeoDataFrame({"id": list(lines)}, geometry=geometry, crs="EPSG:4326")


def _labels(**positions: tuple[float, float]) -> gpd.GeoDataFrame:
    geometry = [shapely.Point(position) for position in positions.values()]
    return gpd.GeoDataFrame({"id": list(positions)}, geometry=geometry, crs="EPSG:4326")


def _faults(lines: Lines) -> list[tuple[str, str, str]]:
    return [(problem.feature, problem.found, problem.expected) for problem in node_problems(_lines(lines))]


def test_sound_lines_have_no_faults() -> None:
    assert [_faults(lines) for lines in (TWO_FACES, SQUARE, SQUARE | RING)] == [[], [], []]


@pytest.mark.parametrize("reverse", [False, True], ids=["as drawn", "backwards"])
def test_lines_enclose_faces_whichever_way_they_run(*, reverse: bool) -> None:
    lines = {key: positions[::-1] if reverse else positions for key, positions in TWO_FACES.items()}
    west, east = sorted(polygonize(_lines(lines)), key=lambda face: face.bounds)

    assert west.equals(shapely.box(WEST, SOUTH, 46.55, NORTH))
    assert east.equals(shapely.box(46.55, SOUTH, EAST, NORTH))


def test_ring_within_a_face_makes_a_hole() -> None:
    inner, outer = sorted(polygonize(_lines(SQUARE | RING)), key=lambda face: len(face.interiors))

    assert [shapely.Polygon(hole).equals(inner) for hole in outer.interiors] == [True]


def test_loose_end_encloses_nothing_and_is_named() -> None:
    lines = {**TWO_FACES, "stub": [BOTTOM, (46.52, 39.55)]}

    assert len(polygonize(_lines(lines))) == 2
    assert _faults(lines) == [
        ("stub", "a dangling end at 46.52000, 39.55000", "an end that another line shares")
    ]


def test_near_miss_names_both_lines_and_the_node() -> None:
    x, y = TOP
    lines = {**TWO_FACES, "middle": [BOTTOM, (x, y - TEN_METRES)]}

    assert _faults(lines) == [
        (
            "middle",
            'an end at 46.55000, 39.59991 that misses "west" by 10.0 m',
            "the same coordinates as the node, 46.55000, 39.60000",
        )
    ]


def test_near_miss_of_the_middle_of_a_line_names_the_nearest_point_of_it() -> None:
    lines = {**TWO_FACES, "spur": [BOTTOM, (WEST + 2 * TEN_METRES, 39.55)]}
    ((feature, found, expected),) = _faults(lines)

    assert feature == "spur"
    assert found.startswith('an end at 46.50018, 39.55000 that misses "west" by 15.')
    assert expected == "the same coordinates as the node, 46.50000, 39.55000"


def test_gap_of_more_than_200_m_is_a_dangle_and_no_miss() -> None:
    x, y = TOP
    lines = {**TWO_FACES, "middle": [BOTTOM, (x, y - 25 * TEN_METRES)]}

    assert [found for _, found, _ in _faults(lines)] == ["a dangling end at 46.55000, 39.59775"]


def test_crossing_without_node_names_both_lines_and_the_place() -> None:
    lines = {**SQUARE, "through": [(46.55, 39.55), (46.65, 39.55), (46.65, 39.45), (46.55, 39.55)]}

    assert (
        "square",
        'a meeting with "through" at 46.60000, 39.50000 that is no node',
        "lines that meet at their ends only",
    ) in _faults(lines)


def test_end_on_the_middle_of_a_line_is_no_node() -> None:
    lines = {**SQUARE, "half": [(46.55, SOUTH), (46.55, NORTH)]}
    found = {found for _, found, _ in _faults(lines)}

    assert 'a meeting with "half" at 46.55000, 39.50000 that is no node' in found
    assert 'an end at 46.55000, 39.50000 that misses "square" by 0.0 m' in found


def test_stretch_drawn_twice_is_named() -> None:
    lines = {**TWO_FACES, "again": [BOTTOM, (WEST, SOUTH), (WEST, NORTH), TOP]}

    assert [feature for feature, found, _ in _faults(lines) if 'a meeting with "again"' in found] == ["west"]


def test_line_that_crosses_itself_is_named() -> None:
    lines = {"bow-tie": [(46.5, 39.5), (46.6, 39.6), (46.6, 39.5), (46.5, 39.6), (46.5, 39.5)]}

    assert _faults(lines) == [("bow-tie", "a line that crosses itself", "a simple line")]


def test_line_of_less_than_50_m_is_named() -> None:
    x, y = TOP
    middle = (x, y - 4 * TEN_METRES)
    lines = {**TWO_FACES, "middle": [BOTTOM, middle], "short": [middle, TOP]}

    assert _faults(lines) == [("short", "a line of 40.0 m", "at least 50 m")]


def test_lines_that_leave_a_node_at_less_than_5_degrees_are_named() -> None:
    lines = {**TWO_FACES, "sliver": [BOTTOM, (46.552, 39.55), TOP]}

    assert _faults(lines) == [
        ("middle", 'an angle of 1.8° with "sliver" at 46.55000, 39.50000', "at least 5°"),
        ("sliver", 'an angle of 1.8° with "middle" at 46.55000, 39.60000', "at least 5°"),
    ]


def test_label_points_give_the_faces_their_attributes() -> None:
    labels = _labels(right=(46.58, 39.55), left=(46.52, 39.55))
    faces, problems = join_label_points(polygonize(_lines(TWO_FACES)), labels)

    assert problems == []
    assert list(faces.id) == ["left", "right"]
    assert [
        geometry.contains(labels.set_index("id").geometry[i])
        for i, geometry in zip(faces.id, faces.geometry, strict=True)
    ] == [True, True]


@pytest.mark.parametrize("position", [(46.7, 39.55), (WEST, 39.55)], ids=["far away", "on the line"])
def test_label_point_outside_every_face_is_named(position: tuple[float, float]) -> None:
    labels = _labels(left=(46.52, 39.55), right=(46.58, 39.55), lost=position)
    _, problems = join_label_points(polygonize(_lines(TWO_FACES)), labels)

    assert [(problem.feature, problem.expected) for problem in problems] == [("lost", "one in a face")]
    assert f"{position[0]:.5f}, {position[1]:.5f} outside every face" in problems[0].found


def test_two_label_points_in_a_face_and_none_in_another_are_named() -> None:
    labels = _labels(one=(46.52, 39.55), two=(46.53, 39.55))
    _, problems = join_label_points(polygonize(_lines(TWO_FACES)), labels)

    assert [(problem.feature, problem.found) for problem in problems] == [
        ("one, two", "2 label points in one face"),
        ("face at 46.57500, 39.55000", "no label point in it"),
    ]


def test_what_is_found_of_a_coverage_holds_in_other_words_but_not_for_other_lines(atlas: Atlas) -> None:
    coverage, key, looked = atlas.coverage, (object(),), list[str]()
    in_other_words = coverage.in_other_words(places=coverage.places.assign(note=""))
    with_other_lines = replace(coverage, lines=coverage.lines)
    for name, each in {"": coverage, "words": in_other_words, "lines": with_other_lines}.items():
        each.once(key, lambda name=name: looked.append(name))

    assert looked == ["", "lines"]
