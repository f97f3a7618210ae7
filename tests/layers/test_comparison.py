"""Drawings beside ours: our own, shifted, gives the shift back; the shipped ones; which area is which."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.affinity import translate

from layers import Atlas
from layers.__main__ import main
from layers.comparison import (
    Drawing,
    Match,
    Piece,
    Report,
    compare,
    differences,
    drawings,
    guess_matches,
    matchable,
    our_shape,
    report_json,
    report_text,
    shape_of,
    stretches,
)
from layers.comparison.areas import compared_areas, whole_shift
from layers.comparison.checking import check_shipped
from layers.comparison.ours import DISTRICTS, MATCHABLE
from layers.comparison.written import shift_figure, shift_text
from layers.data.files import SHIPPED
from layers.data.folders import GEODATA
from layers.data.problems import GeodataError
from layers.geometry.measure import to_degrees, to_metres
from layers.language.speaking import speaking
from layers.text.measured import HELD

SHIFT_M = 700.0


@pytest.fixture(scope="module")
def shipped(atlas: Atlas) -> dict[str, Report]:
    """The reports of the shipped drawings, by the drawing's id."""
    return {drawing.id: compare(atlas, drawing) for drawing in drawings(atlas)}


def _drawing(shapes: dict[str, shapely.Geometry], matches: Iterable[Match] | None = None) -> Drawing:
    pieces = tuple(Piece(name, shape) for name, shape in shapes.items())
    own = (Match(name, (place,)) for place, name in enumerate(shapes))
    return Drawing("own", "Own", pieces, tuple(matches if matches is not None else own))


def _ours(atlas: Atlas) -> dict[str, shapely.Geometry]:
    return {feature: our_shape(atlas, feature) for feature in MATCHABLE}


def _as_shifted(atlas: Atlas, feature: str, east: float = SHIFT_M, north: float = 0) -> shapely.Geometry:
    return to_degrees(translate(to_metres(our_shape(atlas, feature)), east, north))


def _mean_apart(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """Return how far two outlines are apart on the average, both ways, at points 50 m apart."""
    lines = [to_metres(shape).boundary for shape in (one, other)]
    metres = []
    for source, target in (lines, lines[::-1]):
        points = source.interpolate(np.arange(0, source.length, 50))
        metres.append(shapely.distance(points, target))
    return float(np.concatenate(metres).mean())


def test_our_own_drawing_is_no_distance_from_itself_and_has_our_figures(atlas: Atlas) -> None:
    report = compare(atlas, _drawing(_ours(atlas)))
    by_claim = {each.ours.id: each for each in report.claims}

    assert [area.feature for area in report.areas] == list(MATCHABLE)
    assert [area.feature for area in report.areas if area.iou < 0.9999 or area.greatest_m > 0.1] == []
    assert [
        area.feature for area in report.areas if area.villages and area.villages.ours != area.villages.theirs
    ] == []
    assert [name for name, each in by_claim.items() if each.theirs is None] == ["camp"]
    for each in report.claims:
        if each.theirs is not None:
            values = [
                (a.measured.value, b.measured.value)
                for a, b in zip(each.ours.readings, each.theirs.readings, strict=True)
            ]
            assert [pair for pair in values if pair[0] != pytest.approx(pair[1], rel=1e-3, abs=0.05)] == []


def test_shifted_copy_gives_the_shift_back_within_two_percent(atlas: Atlas) -> None:
    east = {name: _as_shifted(atlas, name) for name in MATCHABLE}
    areas = {area.feature: area for area in compared_areas(atlas, _drawing(east))}

    assert {name: area.shift.metres for name, area in areas.items()} == pytest.approx(
        dict.fromkeys(MATCHABLE, SHIFT_M), rel=0.02
    )
    assert {area.shift.wind for area in areas.values()} == {2}
    assert max(area.greatest_m for area in areas.values()) <= SHIFT_M * 1.02
    for name in ("district-lachin", "district-fuzuli", HELD):
        assert areas[name].mean_m == pytest.approx(_mean_apart(our_shape(atlas, name), east[name]), rel=0.02)


def test_shift_of_the_whole_is_found_near_and_far_and_though_a_part_is_drawn_otherwise(atlas: Atlas) -> None:
    found = {}
    for east, north in ((-600, 0), (-1500, -1500), (0, 9000)):
        shapes = {name: _as_shifted(atlas, name, east, north) for name in DISTRICTS}
        shapes["district-lachin"] = shapes["district-lachin"].buffer(0.02)
        shift = whole_shift(atlas, _drawing(shapes))
        found[east, north] = shift and (shift.metres, shift.wind)

    assert found == {
        (-600, 0): pytest.approx((600, 6), rel=0.02),
        (-1500, -1500): pytest.approx((1500 * 2**0.5, 5), rel=0.02),
        (0, 9000): pytest.approx((9000, 0), rel=0.02),
    }


def test_copy_widened_by_a_distance_gives_it_back_and_is_not_shifted(atlas: Atlas) -> None:
    metres = 200.0
    wide = {name: to_degrees(to_metres(our_shape(atlas, name)).buffer(metres)) for name in DISTRICTS}
    areas = compared_areas(atlas, _drawing(wide))

    assert {area.feature: area.mean_m for area in areas} == pytest.approx(
        dict.fromkeys(DISTRICTS, metres), rel=0.02
    )
    assert [area.feature for area in areas if area.shift.metres] == []


def test_guess_finds_every_area_of_our_own_drawing_in_any_order(atlas: Atlas) -> None:
    ours = dict(reversed(_ours(atlas).items()))
    drawing = _drawing(ours, ())
    found = guess_matches(atlas, drawing.pieces)

    assert {match.feature: [drawing.pieces[i].name for i in match.pieces] for match in found} == {
        feature: [feature] for feature in MATCHABLE
    }


def test_guess_puts_parts_together_and_takes_the_oblast_off_todays_rayons(atlas: Atlas) -> None:
    west, south, east, north = our_shape(atlas, "district-lachin").bounds
    halves = [
        shapely.box(west, south, east, (south + north) / 2),
        shapely.box(west, (south + north) / 2, east, north),
    ]
    lachin = our_shape(atlas, "district-lachin")
    kelbajar = our_shape(atlas, "district-kelbajar") | (
        our_shape(atlas, HELD) & our_shape(atlas, "district-kelbajar").buffer(0.15)
    )
    shapes = {"one": lachin & halves[0], "other": lachin & halves[1], "rayon": kelbajar}
    drawing = _drawing(shapes, ())
    found = {match.feature: match for match in guess_matches(atlas, drawing.pieces)}

    assert found["district-lachin"].pieces == (0, 1)
    assert found["district-kelbajar"] == Match("district-kelbajar", (2,), less_oblast=True)
    shape = shape_of(atlas, drawing, found["district-kelbajar"])
    assert shape.area == pytest.approx(our_shape(atlas, "district-kelbajar").area, rel=1e-6)


def test_area_that_is_like_none_or_like_one_already_found_is_taken_for_none(atlas: Atlas) -> None:
    oblast, lachin = (our_shape(atlas, each) for each in ("former-oblast", "district-lachin"))
    odd = {
        "oblast": oblast,
        "again": oblast.buffer(0.01),
        "around Lachin": shapely.box(*lachin.bounds),
        "all": our_shape(atlas, "held-before-the-war").buffer(0.4),
        "oblast and Kelbajar": oblast | our_shape(atlas, "district-kelbajar"),
    }

    assert guess_matches(atlas, _drawing(odd, ()).pieces) == (Match("former-oblast", (0,)),)


def test_area_that_overlaps_with_none_is_told_and_unknown_matches_are_left_out(atlas: Atlas) -> None:
    shapes = {"island": shapely.box(48, 41, 48.5, 41.5)}
    report = compare(atlas, _drawing(shapes, [Match("atlantis", (0,)), Match(HELD, (7,))]))

    assert report.areas == ()
    assert any("atlantis" in note for note in report.notes)
    assert [claim for claim in report.claims if claim.theirs is not None] == []


def test_shipped_drawings_are_told_whose_they_are_and_are_compared(shipped: dict[str, Report]) -> None:
    assert list(shipped) == ["natural-earth", "whos-on-first", "openstreetmap-2020"]
    for report in shipped.values():
        drawing = report.drawing
        assert drawing.licence
        assert drawing.source.startswith("https://")
        assert [area.feature for area in report.areas] == [match.feature for match in drawing.matches]
        assert min(area.iou for area in report.areas) > 0.69


def test_each_fault_of_the_shipped_drawings_and_lists_is_named(atlas: Atlas, tmp_path: Path) -> None:
    for name in SHIPPED:
        shutil.copytree(GEODATA / name, tmp_path / name)
    (tmp_path / "drawings" / "rayons.geojson").write_bytes(b"{}")
    natural_earth, *others = atlas.drawings
    features = {"atlantis": {"names": ["Fuzuli"]}, "district-fuzuli": {"names": ["Füzuli"]}}
    lists = [{**atlas.settlements[1], "features": {"atlantis": {"inside": ["nobody"]}}}]
    damaged = [{**natural_earth, "features": features}, *others]
    with pytest.raises(GeodataError) as caught:
        check_shipped(replace(atlas, folder=tmp_path, drawings=damaged, settlements=lists))

    assert sorted(
        (problem.file, problem.found[:23].partition(" (")[0]) for problem in caught.value.problems
    ) == [
        ("drawings.json", "an unknown area atlanti"),
        ("drawings.json", "an unknown name Füzuli"),
        ("rayons.geojson", "unreadable"),
        ("settlements.json", "an unknown area atlanti"),
        ("settlements.json", "held_by nobody"),
    ]


def test_natural_earth_is_some_kilometres_off_at_lachin(shipped: dict[str, Report]) -> None:
    areas = shipped["natural-earth"].areas
    (lachin,) = [area for area in areas if area.feature == "district-lachin"]

    assert 1000 < lachin.mean_m < 2000
    assert lachin.p95_m < lachin.greatest_m
    assert (1500 < lachin.shift.metres < 2500, lachin.shift.wind) == (True, 5)
    assert lachin.villages is not None
    assert lachin.villages.theirs == len(lachin.villages.theirs_wrong) > lachin.villages.ours


def test_claims_are_measured_where_the_drawing_has_what_they_are_about(shipped: dict[str, Report]) -> None:
    by_drawing = {
        name: {each.ours.id for each in report.claims if each.theirs is not None}
        for name, report in shipped.items()
    }
    both = {"one-third", "larger-part", "four-districts-adjacent", "three-districts-inner"}
    both |= {"overland", "stepanakert-within", "airport"}

    assert by_drawing == {"natural-earth": both, "whos-on-first": both, "openstreetmap-2020": set()}


def test_differences_are_geojson_and_make_up_what_is_not_common(atlas: Atlas) -> None:
    drawing = _drawing({"district-lachin": _as_shifted(atlas, "district-lachin")})
    features = json.loads(differences(atlas, drawing))["features"]
    kinds = {feature["properties"]["kind"] for feature in features}
    km2 = sum(each["properties"].get("area_km2", 0) for each in features)
    (area,) = compare(atlas, drawing).areas

    assert kinds == {"only-ours", "only-theirs", "outline"}
    union = (area.ours_km2 + area.theirs_km2) / (1 + area.iou)
    assert km2 == pytest.approx(union * (1 - area.iou), rel=0.02)
    assert max(stretch.metres for stretch in stretches(atlas, drawing)) <= SHIFT_M * 1.02


def test_report_is_the_same_bytes_each_time_and_has_a_row_for_everything(
    atlas: Atlas, shipped: dict[str, Report]
) -> None:
    report = shipped["openstreetmap-2020"]
    document = json.loads(report_json(report))
    text = "\n".join(report_text(report))

    assert report_json(report) == report_json(compare(atlas, drawings(atlas)[2]))
    assert [each["claim"] for each in document["claims"]] == [claim.id for claim in atlas.claims]
    assert [
        title for title in (matchable(atlas)[x.feature] for x in report.areas) if title[:42] not in text
    ] == []


def test_metres_are_written_as_the_language_writes_them(shipped: dict[str, Report]) -> None:
    shifts = [(report, area.shift) for report in shipped.values() for area in report.areas if area.shift]
    report, shift = max(shifts, key=lambda pair: pair[1].metres)
    found = {}
    for language in ("en", "az", "ru"):
        with speaking(language):
            found[language] = re.findall(r"\d[.,\xa0]\d{3}", shift_figure(shift) + shift_text(report))
    assert {language: {figure[1] for figure in figures} for language, figures in found.items()} == {
        "en": {","},
        "az": {"."},
        "ru": {"\xa0"},
    }


@pytest.mark.usefixtures("built")
def test_command_tells_the_same_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    path = GEODATA / "drawings" / "rayons-natural-earth.geojson"
    status = main(["compare", str(path), "--json"])
    document = json.loads(capsys.readouterr().out)

    assert status == 0
    assert {area["feature"] for area in document["areas"]} == set(DISTRICTS)
    assert [area["feature"] for area in document["areas"] if area["iou"] < 0.69] == []


@pytest.mark.usefixtures("built")
def test_command_writes_page_table_and_differences_of_a_file(
    atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(GEODATA / "drawings" / "oblast-1991.geojson")
    written = {}
    for option in ("html", "csv", "differences"):
        assert main(["compare", path, f"--{option}"]) == 0
        written[option] = capsys.readouterr().out
    rows = list(csv.DictReader(io.StringIO(written["csv"].removeprefix("\ufeff"))))
    features = json.loads(written["differences"])["features"]

    assert written["html"].startswith("<!doctype html>")
    assert ("<svg" in written["html"], "oblast-1991.geojson beside" in written["html"]) == (True, True)
    assert {row["id"] for row in rows if row["about"] == "area"} == {"former-oblast"}
    assert [row["id"] for row in rows if row["measure"] == "verdict"] == [claim.id for claim in atlas.claims]
    assert {each["properties"]["kind"] for each in features} == {"only-ours", "only-theirs", "outline"}


@pytest.mark.usefixtures("built")
def test_command_says_in_one_line_what_it_cannot_read(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["compare", str(GEODATA / "LICENSE")])
    output = capsys.readouterr()

    assert (status, output.out, output.err.count("\n")) == (1, "", 1)
    assert output.err.startswith("“LICENSE” is not a map file that can be read")
    assert main(["compare", "no-such-file"]) == 1
