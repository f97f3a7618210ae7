"""What the tools get from Python: the lines' uncertainty, and the inset."""

import gzip

from dashboard.drawn import shared_lines
from dashboard.locator import inset
from dashboard.uncertainty import uncertainty_data
from layers import Atlas
from tests.dashboard.test_drawing import same, unpacked


def test_each_line_of_a_band_is_the_line_that_is_drawn(atlas: Atlas) -> None:
    sent = unpacked(uncertainty_data(atlas)["lines"], shared_lines(atlas).packed())
    frames = (atlas.coverage.lines, atlas.coverage.routes)
    drawn = {row.id: row.geometry for frame in frames for row in frame.itertuples()}
    assert [name for name, line in sent.items() if not same(line, drawn[name])] == []


def test_every_line_of_the_coverage_is_sent_once_with_the_layers_made_of_it(atlas: Atlas) -> None:
    data = uncertainty_data(atlas)
    layers = {line["id"]: line["layers"].split() for line in data["lines"]}
    everything = [*atlas.coverage.lines.id, *atlas.coverage.routes.id]
    assert sorted([*layers, *(name for name in data["borders"] if name in everything)]) == sorted(everything)
    assert layers["zone-boundary"] == ["areas-of-responsibility"]
    assert layers["control-gubadli-west"] == ["returned-districts"]
    assert [name for name, used in layers.items() if not used] == []


def test_each_state_border_runs_between_two_countries(atlas: Atlas) -> None:
    borders = uncertainty_data(atlas)["borders"]
    assert borders["state-armenia-corridor"] == [100, "armenia", "azerbaijan"]
    assert [name for name, (_, *sides) in borders.items() if len(sides) != 2] == []


def test_the_inset_is_small(atlas: Atlas) -> None:
    drawn = inset(atlas)
    assert (drawn.width / 2 <= 110, drawn.height / 2 <= 90) == (True, True)
    assert len(gzip.compress(f"{drawn.lands}{drawn.home}".encode())) < 2000
