"""Drawings beside ours: our own, shifted, gives the shift back; the shipped ones; which area is which."""

import json
from collections.abc import Iterable

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
from layers.comparison.ours import DISTRICTS, MATCHABLE
from layers.data.folders import GEODATA
from layers.geometry.measure import to_degrees, to_metres
from layers.text.measured import HELD

SHIFT_M = 700.0


def _drawing(shapes: dict[str, shapely.Geometry], matches: Iterable[Match] | None = None) -> Drawing:
    pieces = tuple(Piece(name, shape) for name, shape in shapes.items())
    own = (Match(name, (place,)) for place, name in enumerate(shapes))
    return Drawing("own", "Own", pieces, tuple(matches if matches is not None else own))


def _ours(atlas: Atlas) -> dict[str, shapely.Geometry]:
    return {feature: our_shape(atlas, feature) for feature in MATCHABLE}


def _as_shifted(atlas: Atlas, feature: str) -> shapely.Geometry:
    return to_degrees(translate(to_metres(our_shape(atlas, feature)), SHIFT_M, 0))


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
    areas = {area.feature: area for area in compare(atlas, _drawing(east)).areas}

    assert {name: area.centre_m for name, area in areas.items()} == pytest.approx(
        dict.fromkeys(MATCHABLE, SHIFT_M), rel=0.02
    )
    assert max(area.greatest_m for area in areas.values()) <= SHIFT_M * 1.02
    for name in ("district-lachin", "district-fuzuli", HELD):
        assert areas[name].mean_m == pytest.approx(_mean_apart(our_shape(atlas, name), east[name]), rel=0.02)


@pytest.mark.parametrize("metres", [100.0, 200.0])
def test_copy_widened_by_a_distance_gives_it_back(atlas: Atlas, metres: float) -> None:
    wide = {name: to_degrees(to_metres(our_shape(atlas, name)).buffer(metres)) for name in DISTRICTS}
    report = compare(atlas, _drawing(wide))

    for area in report.areas:
        assert area.mean_m == pytest.approx(metres, rel=0.02), area.feature


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


def test_area_that_overlaps_with_none_is_told_and_unknown_matches_are_left_out(atlas: Atlas) -> None:
    shapes = {"island": shapely.box(48, 41, 48.5, 41.5)}
    report = compare(atlas, _drawing(shapes, [Match("atlantis", (0,)), Match(HELD, (7,))]))

    assert report.areas == ()
    assert any("atlantis" in note for note in report.notes)
    assert [claim for claim in report.claims if claim.theirs is not None] == []


def test_shipped_drawings_are_told_whose_they_are_and_are_compared(atlas: Atlas) -> None:
    shipped = drawings(atlas)

    assert [drawing.id for drawing in shipped] == ["natural-earth", "whos-on-first", "openstreetmap-2020"]
    for drawing in shipped:
        report = compare(atlas, drawing)
        assert drawing.licence
        assert drawing.source.startswith("https://")
        assert [area.feature for area in report.areas] == [match.feature for match in drawing.matches]
        assert min(area.iou for area in report.areas) > 0.69


def test_natural_earth_is_some_kilometres_off_at_lachin(atlas: Atlas) -> None:
    natural_earth, *_ = drawings(atlas)
    report = compare(atlas, natural_earth)
    (lachin,) = [area for area in report.areas if area.feature == "district-lachin"]

    assert 1000 < lachin.mean_m < 2000
    assert lachin.p95_m < lachin.greatest_m
    assert lachin.villages is not None
    assert lachin.villages.theirs == len(lachin.villages.theirs_wrong) > lachin.villages.ours


def test_claims_are_measured_where_the_drawing_has_what_they_are_about(atlas: Atlas) -> None:
    by_drawing = {
        drawing.id: {each.ours.id for each in compare(atlas, drawing).claims if each.theirs is not None}
        for drawing in drawings(atlas)
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


def test_report_is_the_same_bytes_each_time_and_has_a_row_for_everything(atlas: Atlas) -> None:
    drawing = drawings(atlas)[1]
    report = compare(atlas, drawing)
    document = json.loads(report_json(report))
    text = "\n".join(report_text(report))

    assert report_json(report) == report_json(compare(atlas, drawing))
    assert [each["claim"] for each in document["claims"]] == [claim.id for claim in atlas.claims]
    assert [
        title for title in (matchable(atlas)[x.feature] for x in report.areas) if title[:42] not in text
    ] == []


def test_command_tells_the_same_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    path = GEODATA / "drawings" / "rayons-natural-earth.geojson"
    status = main(["compare", str(path), "--json"])
    document = json.loads(capsys.readouterr().out)

    assert status == 0
    assert {area["feature"] for area in document["areas"]} == set(DISTRICTS)
    assert [area["feature"] for area in document["areas"] if area["iou"] < 0.69] == []


def test_command_says_in_one_line_what_it_cannot_read(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["compare", str(GEODATA / "LICENSE")])
    output = capsys.readouterr()

    assert (status, output.out, output.err.count("\n")) == (1, "", 1)
    assert output.err.startswith("“LICENSE” is not a map file that can be read")
    assert main(["compare", "no-such-file"]) == 1
