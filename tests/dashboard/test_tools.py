"""What the tools get from Python: the lines' uncertainty, and the inset."""

import gzip

import shapely

from dashboard.locator import inset
from dashboard.uncertainty import uncertainty_data
from layers import Atlas
from layers.geometry.measure import to_metres
from tests.dashboard.test_drawing import unpacked


def test_each_line_keeps_its_ends_and_lies_well_within_its_own_band(atlas: Atlas) -> None:
    sent = uncertainty_data(atlas)["lines"]
    metres = {line["id"]: line["metres"] for line in sent["features"]}
    drawn = {
        row.id: row.geometry
        for frame in (atlas.coverage.lines, atlas.coverage.routes)
        for row in frame.itertuples()
        if row.id in metres
    }
    simple = unpacked(sent)
    moved = {
        name: shapely.hausdorff_distance(to_metres(simple[name]), to_metres(line)) / metres[name]
        for name, line in drawn.items()
    }
    ends = {name: (line.coords[0], line.coords[-1]) for name, line in simple.items()}
    assert max(moved.values()) < 0.3
    assert [
        name
        for name, (first, last) in ends.items()
        if max(abs(first[0] - drawn[name].coords[0][0]), abs(last[1] - drawn[name].coords[-1][1])) > 0.6e-4
    ] == []


def test_every_line_of_the_coverage_is_sent_once_with_the_layers_made_of_it(atlas: Atlas) -> None:
    data = uncertainty_data(atlas)
    layers = {line["id"]: line["layers"].split() for line in data["lines"]["features"]}
    everything = [*atlas.coverage.lines.id, *atlas.coverage.routes.id]
    assert sorted([*layers, *(name for name in data["borders"] if name in everything)]) == sorted(everything)
    assert layers["zone-boundary"] == ["areas-of-responsibility"]
    assert [name for name, used in layers.items() if not used] == []


def test_each_state_border_runs_between_two_countries(atlas: Atlas) -> None:
    borders = uncertainty_data(atlas)["borders"]
    assert borders["state-armenia-corridor"] == [120, "armenia", "azerbaijan"]
    assert [name for name, (_, *sides) in borders.items() if len(sides) != 2] == []


def test_the_inset_is_small(atlas: Atlas) -> None:
    drawn = inset(atlas)
    assert (drawn.width / 2 <= 110, drawn.height / 2 <= 90) == (True, True)
    assert len(gzip.compress(f"{drawn.lands}{drawn.home}".encode())) < 2000
