"""Who held how much on each day: the two sides make the whole, and the faces say the same."""

import contextlib
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import geopandas as gpd
import pyproj
import pytest
import shapely

from layers import Atlas
from layers.__main__ import main
from layers.data.files import GEODATA
from layers.geometry.control import (
    KINDS,
    OF_FACES,
    Holding,
    features_by_date,
    holding,
    holdings,
    shares,
)
from layers.geometry.definitions import dissolve
from tests.layers.damage import DATES

Json = Any
Held = tuple[float, float]
ENTRIES = json.loads((GEODATA / DATES).read_text(encoding="utf-8"))
DAYS = [date.fromisoformat(entry["id"]) for entry in ENTRIES]
AREAS = {
    feature: layer["id"]
    for layer in json.loads((GEODATA / "layers.json").read_text(encoding="utf-8"))
    if layer["id"] in OF_FACES
    for feature in layer["features"]
}
ROUNDED = 0.11  # two figures to one decimal, added
# Which faces changed hands on each day, or since the day before it in the file.
CHANGES = {
    date(2020, 11, 10): {"shusha-hadrut", "talish-sugovushan", "gubadli", "jabrayil", "zangilan"}
    | {"fuzuli-regained"},
    date(2020, 11, 20): {"aghdam-handed-over"},
    date(2020, 11, 25): {"kelbajar"},
    date(2020, 12, 1): {"lachin-corridor", "lachin-north", "lachin-south"},
    date(2020, 12, 8): set(),
}

each_day = pytest.mark.parametrize("day", DAYS, ids=str)
each_area = pytest.mark.parametrize("area", ["oblast", "districts"])


def _km2(shape: shapely.Geometry) -> float:
    return abs(pyproj.Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]) / 1e6


def _is_armenian_held(face: Json, day: date) -> bool:
    since = face["azerbaijani_since"]
    return bool(since != "before-2020" and since > day.isoformat())


def _faces(atlas: Atlas, area: str) -> list[Json]:
    """Return the faces of the former oblast, or of the seven districts, as their label points say."""
    of = {"oblast": lambda face: face["oblast"], "districts": lambda face: isinstance(face["district"], str)}
    return [face for face in atlas.coverage.faces.to_dict("records") if of[area](face)]


def _summed(faces: list[Json], day: date) -> Held:
    """Return what was Armenian-held and what Azerbaijani-held, face by face, in km²."""
    armenian = sum(_km2(face["geometry"]) for face in faces if _is_armenian_held(face, day))
    return armenian, sum(_km2(face["geometry"]) for face in faces) - armenian


@pytest.fixture(scope="module")
def printed() -> list[list[str]]:
    """The lines that `python -m layers claims` prints, each as its words."""
    with contextlib.redirect_stdout(io.StringIO()) as output:
        assert main(["claims"]) == 0
    return [line.split() for line in output.getvalue().splitlines()]


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def test_days_are_those_of_the_file(atlas: Atlas) -> None:
    assert atlas.days == DAYS == sorted(set(DAYS))


def test_first_day_is_the_last_before_the_war_and_the_last_is_that_of_the_layers(atlas: Atlas) -> None:
    assert atlas.days[0] == atlas.coverage.before_the_war == date(2020, 9, 26)
    assert atlas.days[-1] == atlas.coverage.as_of == date.fromisoformat(atlas.descriptor["as_of"])


@pytest.mark.parametrize(("day", "faces"), CHANGES.items(), ids=str)
def test_what_changed_hands_by_a_day_is_what_the_file_says_happened(
    day: date, faces: set[str], atlas: Atlas
) -> None:
    before = DAYS[DAYS.index(day) - 1]
    held = [set(atlas.coverage.armenian_held(on).id) for on in (before, day)]

    assert held[0] - held[1] == faces
    assert held[1] <= held[0]


def test_every_day_on_which_a_face_changes_hands_can_be_shown(atlas: Atlas) -> None:
    changes = {since for since in atlas.coverage.faces.azerbaijani_since if since != "before-2020"}
    after = {since for since in changes if since > atlas.descriptor["as_of"]}

    assert changes - after <= {day.isoformat() for day in DAYS}


@each_day
@each_area
def test_sides_add_up_to_the_whole(area: str, day: date, atlas: Atlas) -> None:
    held = holdings(atlas.coverage, day)[area]
    whole = dissolve(gpd.GeoDataFrame(_faces(atlas, area)))

    assert held.whole_km2 == pytest.approx(held.armenian_km2 + held.azerbaijani_km2, abs=1e-9)
    assert held.whole_km2 == pytest.approx(_km2(whole), abs=ROUNDED)


@each_day
@each_area
def test_shares_make_100(area: str, day: date, atlas: Atlas) -> None:
    held = holdings(atlas.coverage, day)[area]

    assert held.armenian_percent + held.azerbaijani_percent == pytest.approx(100, abs=1e-9)
    assert 0 <= held.armenian_percent <= 100
    assert held.armenian_percent == pytest.approx(100 * held.armenian_km2 / held.whole_km2, abs=0.05)


@each_day
@each_area
def test_holding_is_the_sum_over_the_faces(area: str, day: date, atlas: Atlas) -> None:
    held = holdings(atlas.coverage, day)[area]
    armenian, azerbaijani = _summed(_faces(atlas, area), day)

    assert held.armenian_km2 == pytest.approx(armenian, abs=0.051)
    assert held.azerbaijani_km2 == pytest.approx(azerbaijani, abs=0.051)


@each_day
@each_area
def test_shares_make_100_and_agree_with_the_sides(area: str, day: date, atlas: Atlas) -> None:
    shares = shares(atlas.coverage, day)[area]
    held = holdings(atlas.coverage, day)[area]

    assert set(shares) <= set(KINDS)
    assert sum(shares.values()) == pytest.approx(100, abs=1e-9)
    assert shares.get("armenian-held", 0) == pytest.approx(held.armenian_percent, abs=0.06)


@pytest.mark.parametrize("kind", KINDS)
def test_share_of_a_kind_is_the_sum_over_its_faces(kind: str, atlas: Atlas) -> None:
    day, faces = date(2020, 11, 20), _faces(atlas, "districts")
    of_kind = [
        face for face in faces if ("armenian-held" if _is_armenian_held(face, day) else face["how"]) == kind
    ]
    expected = 100 * sum(_summed(of_kind, day)) / sum(_summed(faces, day))

    assert shares(atlas.coverage, day)["districts"][kind] == pytest.approx(expected, abs=1e-6)


def test_day_after_the_last_face_was_taken_has_no_armenian_held_land(atlas: Atlas) -> None:
    held = holdings(atlas.coverage, date(2023, 9, 20))

    assert [each.armenian_percent for each in held.values()] == [0, 0]
    assert [each.azerbaijani_percent for each in held.values()] == [100, 100]


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_face_is_azerbaijani_held_from_its_day_on(days: int, atlas: Atlas) -> None:
    faces = atlas.coverage.faces
    aghdam = faces[faces.id == "aghdam-handed-over"]
    held = holding(atlas.coverage, aghdam, date(2020, 11, 20) + timedelta(days=days))
    whole = pytest.approx(_km2(aghdam.geometry.iloc[0]), abs=0.051)

    assert (held.armenian_km2, held.azerbaijani_km2) == ((whole, 0) if days < 0 else (0, whole))


def test_shares_are_rounded_so_that_they_make_100() -> None:
    thirds = Holding(armenian_km2=1.0, azerbaijani_km2=2.0)

    assert (thirds.armenian_percent, thirds.azerbaijani_percent) == (33.3, 66.7)
    assert thirds.whole_km2 == 3.0


def test_features_of_faces_come_each_with_all_days(atlas: Atlas) -> None:
    held = dict(features_by_date(atlas))

    assert set(held) == set(AREAS)
    assert {len(holdings) for holdings in held.values()} == {len(DAYS)}


@pytest.mark.parametrize("feature", AREAS)
def test_feature_s_sides_add_up_to_its_area_on_every_day(feature: str, atlas: Atlas) -> None:
    holdings = dict(features_by_date(atlas))[feature]
    area = atlas.layers[AREAS[feature]].features.set_index("id").area_km2[feature]

    assert [held.whole_km2 for held in holdings] == pytest.approx([area] * len(DAYS), abs=ROUNDED)
    assert all(one.armenian_km2 >= other.armenian_km2 for one, other in pairwise(holdings))


@pytest.mark.parametrize("feature", AREAS)
def test_feature_s_holding_is_the_sum_over_the_faces_in_it(feature: str, atlas: Atlas) -> None:
    area = atlas.layers[AREAS[feature]].features.set_index("id").geometry[feature]
    faces = [
        face
        for face in atlas.coverage.faces.to_dict("records")
        if area.contains(face["geometry"].representative_point())
    ]
    expected = [_summed(faces, day)[0] for day in DAYS]
    holdings = dict(features_by_date(atlas))[feature]

    assert [held.armenian_km2 for held in holdings] == pytest.approx(expected, abs=0.051)


def test_features_come_with_as_many_days_as_the_file_has(atlas: Atlas) -> None:
    fewer = replace(atlas, words=replace(atlas.words, dates=ENTRIES[:2]))

    assert fewer.days == DAYS[:2]
    assert {len(holdings) for _, holdings in features_by_date(fewer)} == {2}


def test_command_prints_the_sides_of_holdings_on_each_day(atlas: Atlas, printed: list[list[str]]) -> None:
    rows = {(row[0], row[1]): row[2:] for row in printed if row[1:2] in (["oblast"], ["districts"])}
    expected = {
        (day.isoformat(), area): held for day in DAYS for area, held in holdings(atlas.coverage, day).items()
    }

    assert list(rows) == list(expected)
    for key, held in expected.items():
        armenian, armenian_percent, azerbaijani, azerbaijani_percent = map(_number, rows[key])
        assert (armenian, azerbaijani) == pytest.approx((held.armenian_km2, held.azerbaijani_km2), abs=0.5)
        assert (armenian_percent, azerbaijani_percent) == (held.armenian_percent, held.azerbaijani_percent)


def test_command_prints_what_was_armenian_held_of_each_feature_on_each_day(
    atlas: Atlas, printed: list[list[str]]
) -> None:
    rows = {row[0]: row[1:] for row in printed if row and row[0] in AREAS}
    head = ["Armenian-held,", "km²", *(day.isoformat() for day in DAYS)]

    assert list(rows) == [feature for feature, _ in features_by_date(atlas)]
    assert head in printed
    for feature, holdings in features_by_date(atlas):
        held = [each.armenian_km2 for each in holdings]
        assert [_number(text) for text in rows[feature]] == pytest.approx(held, abs=0.5)
