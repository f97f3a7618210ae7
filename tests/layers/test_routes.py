"""The supply route: one way from end to end, split where it enters Azerbaijan's territory."""

from pathlib import Path

import pytest
import shapely

from layers import Atlas
from tests.layers.damage import Json, are_lines, damage, problems_of, put


def test_the_two_halves_meet_at_the_state_border(atlas: Atlas) -> None:
    halves = atlas.layers["supply-route"].features.set_index("id").geometry
    armenian, azerbaijani = halves["supply-route-in-armenia"], halves["supply-route-in-azerbaijan"]
    border = atlas.coverage.lines.set_index("id").geometry["state-armenia-corridor"]
    meeting = armenian & azerbaijani

    assert meeting.geom_type == "Point"
    assert shapely.distance(meeting, border) < 0.005  # about 400 m, the uncertainty of the road


def test_it_runs_through_the_corridor(atlas: Atlas) -> None:
    route = atlas.layers["supply-route"].features.geometry.union_all()
    corridor = atlas.layers["lachin-corridor"].features.geometry.iloc[0]

    assert shapely.length(route & corridor) > 0.1


@pytest.mark.parametrize(
    "line", [[[46.506, 39.585], [46.51, 39.59]], [[46.60, 39.70], [46.61, 39.71]]], ids=["short", "elsewhere"]
)
def test_roads_that_do_not_join_are_named(line: Json, data_copy: Path) -> None:
    way = ("features", "road-lachin-corridor", "geometry", "coordinates")
    damage(data_copy, "routes.geojson", put(line, *way))
    problems = problems_of(data_copy)

    assert [problem.file for problem in problems] == ["routes.geojson"]
    assert "one way" in problems[0].expected
    assert are_lines(problems)
