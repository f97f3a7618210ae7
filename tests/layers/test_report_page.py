"""The map and the tables of a comparison: what is drawn, and that nothing a file brings is more than text."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
import shapely
from shapely.affinity import translate

from layers import Atlas
from layers.comparison.drawing import Drawing, Piece
from layers.comparison.outline_figure import outline_figure
from layers.comparison.outline_map import HEIGHT, WIDTH, OutlineMap, Pair, outline_map
from layers.comparison.records import ComparedArea, ComparedClaim, Report, Shift, Stretch, Villages
from layers.comparison.report_page import report_csv, report_html, summary, tables_html
from layers.style.captions import captions
from layers.style.symbology import symbology

HOSTILE = "</text></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{0}{{7*7}}"
LACHIN = "district-lachin"


@pytest.fixture
def pair(atlas: Atlas) -> Pair:
    """A district, and the same a hundredth of a degree farther east."""
    ours = atlas.features[LACHIN].geometry
    return Pair(ours, translate(ours, 0.01))


@pytest.fixture
def drawn(atlas: Atlas, pair: Pair) -> OutlineMap:
    """The map of it, with a near stretch and a far one."""
    west, south, east, north = pair.theirs.bounds
    near = Stretch(LACHIN, shapely.LineString([(west, south), (east, south)]), 100.0)
    far = Stretch(LACHIN, shapely.LineString([(west, north), (east, north)]), 9000.0)
    return outline_map(atlas, [pair], [near, far])


@pytest.fixture
def report(atlas: Atlas, pair: Pair) -> Report:
    """A report of a drawing whose every name is hostile."""
    drawing = Drawing("=cmd|' /C calc'!A0", HOSTILE, (Piece(HOSTILE, pair.theirs),), ())
    area = ComparedArea(
        LACHIN,
        "Lachin",
        (HOSTILE,),
        1835.0,
        1800.5,
        0.9271,
        812.4,
        2100.0,
        3456.0,
        Shift(790.0, 3, 812.4, 90.0),
        Villages(9, 0, 2, ()),
    )
    first, second, *_ = atlas.claims
    other = replace(first, readings=tuple(replace(each, accepts=(90.0, None)) for each in first.readings))
    claims = (ComparedClaim(first, other, ("corridor",), ""), ComparedClaim(second, None, (), HOSTILE))
    return Report(drawing, (area,), area.shift, claims, (HOSTILE,))


def test_every_point_of_the_map_is_in_it_and_each_stretch_has_the_colour_of_its_distance(
    drawn: OutlineMap,
) -> None:
    numbers = [float(each) for each in re.findall(r"-?\d+\.\d", drawn.ours_area + drawn.theirs_area)]

    assert min(numbers) >= -9.1
    assert max(numbers) <= max(WIDTH, HEIGHT) + 9.1
    assert [bool(path) for path in drawn.apart] == [True, False, False, False, True]
    assert len(drawn.apart) == len(symbology()["apart"]["limits_m"]) + 1
    assert "Lachin" in [name.text for name in drawn.names]


def test_what_is_large_is_drawn_smaller(atlas: Atlas, pair: Pair) -> None:
    all_of_it = Pair(*(shapely.box(44, 38, 49, 42) for _ in "12"))

    assert len(outline_map(atlas, [pair], []).ours) > len(outline_map(atlas, [pair, all_of_it], []).ours)


def test_figure_has_a_slider_only_if_wished_and_a_key_for_each_class(drawn: OutlineMap) -> None:
    with_slider, without = (outline_figure(drawn, "A", wipe=wipe) for wipe in (True, False))

    assert (with_slider.count('type="range"'), without.count('type="range"')) == (1, 0)
    assert without.count("<li>") == len(drawn.apart) + 1
    assert "clip-path=" not in without


def test_no_name_of_a_file_is_more_than_text(atlas: Atlas, drawn: OutlineMap, report: Report) -> None:
    figure = outline_figure(drawn, HOSTILE, wipe=True)
    whole = report_html(atlas, report, figure).decode()

    for text in (figure, tables_html(report), whole):
        assert "alert(1)" in text
        assert "<script" not in text
        assert "<img" not in text
    assert whole.count("</style>") == 3


def test_cells_are_no_formulas(report: Report) -> None:
    rows = list(csv.reader(io.StringIO(report_csv(report).decode("utf-8-sig"))))

    assert {len(row) for row in rows} == {7}
    assert ["area", LACHIN, "Lachin", "overlap (IoU)", "", "", "0.927"] in rows
    assert ["area", LACHIN, "Lachin", "shifted as a whole", "m SE", "", "790"] in rows
    assert ["area", LACHIN, "Lachin", "villages on the wrong side", "of 9", "0", "2"] in rows
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))] == []


def test_report_tells_which_verdicts_change(report: Report) -> None:
    areas, shift, claims = summary(report)

    assert "812 m" in areas
    assert "it lies 790 m to the SE of ours: moved back, its outlines would be 90 m off" in shift
    assert report.claims[0].ours.claim.rstrip(".") in claims
    assert "1 of the 2 claims" in claims
    assert summary(replace(report, areas=())) == []


def test_words_of_the_figures_have_no_gap_left(drawn: OutlineMap, report: Report) -> None:
    words = json.dumps(captions()["workbench"]["compare-drawings"])
    gaps = set(re.findall(r"\{\w+\}", words))
    report = replace(report, drawing=replace(report.drawing, title="A"), notes=())

    for text in (outline_figure(drawn, "A", wipe=True), tables_html(report), *summary(report)):
        assert not gaps & set(re.findall(r"\{\w+\}", text))
