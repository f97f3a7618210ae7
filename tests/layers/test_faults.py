"""One slip in a feature: the fault names file and feature, what is there and what should be there."""

from pathlib import Path

import pytest

from tests.layers.damage import (
    BOUNDARIES,
    CONTEXT,
    DESCRIPTOR,
    FACES,
    PLACES,
    Change,
    Fault,
    are_lines,
    at,
    damage,
    drop,
    leave_only,
    problems_of,
    put,
    repeat,
    say,
)

LINE, START, END = "zone-boundary", [46.352, 40.038], [46.684, 40.034]
NAN, INFINITE, BEYOND_FLOATS, NO = float("nan"), float("inf"), 10**400, False
A_LINE = {"type": "LineString", "coordinates": [START, [46, 39]]}
A_POINT = {"type": "Point", "coordinates": END}

PROPERTIES = {
    "id twice": Fault(BOUNDARIES, LINE, repeat("features", LINE), "more than once", "an id used once"),
    "id twice on the map": Fault(PLACES, "goris", repeat("features", "goris"), "more than once", "whole map"),
    "id with capital": Fault(PLACES, "Goris", say("Goris", "goris", "id"), "id = 'Goris'", "a kebab-case id"),
    "id a number": Fault(PLACES, "3", say(3, "goris", "id"), "id = 3", "a kebab-case id"),
    "no id": Fault(
        FACES, "without id", drop("features", "zangilan", "properties", "id"), "'id'", "an object"
    ),
    "unknown kind": Fault(BOUNDARIES, LINE, say("wall", LINE, "kind"), "kind = 'wall'", "state, oblast"),
    "unknown source": Fault(
        BOUNDARIES, LINE, say(["me"], LINE, "digitized_after"), "key 'me'", "one of osm-2017"
    ),
    "no source": Fault(FACES, "zangilan", say([], "zangilan", "source"), "source = []", "at least one key"),
    "unknown property": Fault(FACES, "zangilan", say(1, "zangilan", "colour"), "'colour'", "an object"),
    "metres as text": Fault(
        PLACES, "goris", say("9", "goris", "uncertainty_m"), "uncertainty_m = '9'", "metres"
    ),
    "no such month": Fault(
        FACES, "kelbajar", say("2020-13-45", "kelbajar", "azerbaijani_since"), "-13-", "a date"
    ),
    "no dashes": Fault(
        FACES, "kelbajar", say("20201125", "kelbajar", "azerbaijani_since"), "'2020", "a date"
    ),
    "name empty": Fault(PLACES, "goris", say({"en": ""}, "goris", "names"), "names.en = ''", "not empty"),
    "unknown language": Fault(
        PLACES, "goris", say({"xx": "G"}, "goris", "names"), "'xx'", "article, en, az, hy"
    ),
    "properties null": Fault(
        PLACES, "without id", put(None, "features", "goris", "properties"), "None", "an object"
    ),
    "properties a list": Fault(
        PLACES, "without id", put([], "features", "goris", "properties"), "[]", "an object"
    ),
    "feature a text": Fault(
        PLACES, "without id", put("goris", "features", "goris"), "'goris'", "GeoJSON Feature"
    ),
    "feature null": Fault(CONTEXT, "without id", put(None, "features", "iran"), "None", "a GeoJSON Feature"),
    "feature a list": Fault(
        BOUNDARIES, "without id", put([[]], "features", LINE), "[[]]", "a GeoJSON Feature"
    ),
    "type Point": Fault(
        PLACES, "goris", put("Point", "features", "goris", "type"), "type = 'Point'", "the word Fea"
    ),
}
GEOMETRIES = {
    "out of range": Fault(PLACES, "goris", at("goris", 200, 95), "200, 95", "longitude"),
    "swapped": Fault(PLACES, "goris", at("goris", 39.513, 46.338), "39.513, 46.338 (lat", "longitude"),
    "vertex swapped": Fault(
        BOUNDARIES, LINE, at(LINE, START, [40.05, 46.47], END), "look swapped", "latitude 38"
    ),
    "words": Fault(PLACES, "goris", at("goris", "east", "north"), "'east'", "number"),
    "numbers as texts": Fault(PLACES, "goris", at("goris", "46.338", "39.513"), "'46.338'", "number"),
    "nulls": Fault(PLACES, "goris", at("goris", None, None), "", ""),
    "one number": Fault(PLACES, "goris", at("goris", 46.338), "[46.338]", "two numbers"),
    "position in a list": Fault(PLACES, "goris", at("goris", [46.338, 39.513]), "[46.338, 39.513]", "number"),
    "NaN": Fault(PLACES, "goris", at("goris", NAN, 39.513), "nan", ""),
    "NaN in a line": Fault(BOUNDARIES, LINE, at(LINE, START, [NAN, 40.05], END), "nan", ""),
    "infinite": Fault(PLACES, "goris", at("goris", INFINITE, 39.513), "inf", ""),
    "beyond floats": Fault(PLACES, "goris", at("goris", BEYOND_FLOATS, 39.513), "1000", ""),
    "no vertex": Fault(BOUNDARIES, LINE, at(LINE), "[]", "positions"),
    "one vertex": Fault(BOUNDARIES, LINE, at(LINE, END), "[[46.684, 40.034]]", ""),
    "one vertex twice": Fault(BOUNDARIES, LINE, at(LINE, END, END), "Too few points", "a valid LineString"),
    "line for a point": Fault(
        FACES, "zangilan", put(A_LINE, "features", "zangilan", "geometry"), "'LineS", "Point"
    ),
    "line for a country": Fault(CONTEXT, "iran", put(A_LINE, "features", "iran", "geometry"), "", ""),
    "point for a road": Fault(
        BOUNDARIES, LINE, put(A_POINT, "features", LINE, "geometry"), "'Point'", "Line"
    ),
    "country of another name": Fault(
        CONTEXT, "armenia", say("hayastan", "armenia", "id"), "no such id", "held against"
    ),
    "no geometry": Fault(
        FACES, "zangilan", put(None, "features", "zangilan", "geometry"), "None", "a geometry with"
    ),
}
TOPOLOGY = {
    "label outside": Fault(
        FACES, "zangilan", at("zangilan", 45.9, 39), "45.90000, 39.00000 outside", "one in a face"
    ),
    "two labels": Fault(
        FACES, "gubadli, zangilan", at("gubadli", 46.64, 39.06), "2 label points", "one label point"
    ),
    "no label": Fault(
        FACES, "face at 46.63989, 39.32325", drop("features", "gubadli"), "no label point", "one"
    ),
    "two labels in a country": Fault(
        CONTEXT, "armenia, iran", at("iran", 45.3, 40.1), "2 label points", "one label"
    ),
    "dangling line": Fault(
        BOUNDARIES, LINE, at(LINE, START, [46.5, 40.1]), "a dangling end at 46.50000", "another"
    ),
    "miss by 10 m": Fault(
        BOUNDARIES, LINE, at(LINE, START, [46.684, 40.03409]), 'that misses "oblast-', "40.03400"
    ),
    "crossing": Fault(
        BOUNDARIES, "oblast-lachin-north", at(LINE, [46.4, 39.5], END), f'meeting with "{LINE}"', "ends only"
    ),
}
MADE_OF_NOTHING = {
    "lachin-corridor": say(NO, "lachin-corridor", "corridor"),
    "russian-area-north": say(None, "oblast-north", "zone"),
    "district-gubadli": say("zangilan", "gubadli", "district"),
    "demarcation-line-khtsaberd-pocket": say("2020-12-01", "khtsaberd-pocket", "azerbaijani_since"),
}


@pytest.mark.parametrize("fault", PROPERTIES.values(), ids=PROPERTIES)
def test_fault_in_a_property_is_named(fault: Fault, data_copy: Path) -> None:
    leave_only(data_copy, fault.file)
    damage(data_copy, fault.file, fault.change)
    problems = problems_of(data_copy)

    assert fault.is_named_in(problems), "\n".join(map(str, problems))
    assert are_lines(problems)


@pytest.mark.parametrize("fault", [*GEOMETRIES.values(), *TOPOLOGY.values()], ids=[*GEOMETRIES, *TOPOLOGY])
def test_fault_in_a_geometry_is_named(fault: Fault, data_copy: Path) -> None:
    damage(data_copy, fault.file, fault.change)
    problems = problems_of(data_copy)

    assert fault.is_named_in(problems), "\n".join(map(str, problems))
    assert are_lines(problems)


@pytest.mark.parametrize(("feature", "change"), MADE_OF_NOTHING.items())
def test_feature_that_no_face_makes_up_is_named(feature: str, change: Change, data_copy: Path) -> None:
    damage(data_copy, FACES, change)
    problems = problems_of(data_copy)

    assert feature in {problem.feature for problem in problems}
    assert are_lines(problems)


def test_day_on_which_there_is_no_enclave_is_named(data_copy: Path) -> None:
    damage(data_copy, DESCRIPTOR, put("2025-01-01", "as_of"))
    problems = problems_of(data_copy)

    assert "upper-karabakh-armenian-held" in {problem.feature for problem in problems}
    assert are_lines(problems)


def test_nothing_broken_is_no_fault(data_copy: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        problems_of(data_copy)
