"""Who held how much on each day: the two sides make the whole, and the faces say the same."""

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pyproj
import pytest
import shapely

from layers import Atlas
from layers.__main__ import main
from layers.data.folders import GEODATA
from layers.geometry.control import (
    Holding,
    holding,
    holdings,
    holdings_by_day,
    shares,
)
from layers.geometry.coverage import STATUSES
from tests.layers.damage import DATES
from tests.layers.lookup import shapes_of

Json = Any
Held = tuple[float, float]
ENTRIES = json.loads((GEODATA / DATES).read_text(encoding="utf-8"))
DAYS = [date.fromisoformat(entry["id"]) for entry in ENTRIES]
# Which faces changed hands on each day, or since the day before it in the file.
CHANGES = {
    date(2020, 11, 10): {"shusha-hadrut", "talish-sugovushan", "gubadli", "jabrayil", "zangilan"}
    | {"fuzuli-regained"},
    date(2020, 11, 20): {"aghdam-handed-over"},
    date(2020, 11, 25): {"kelbajar"},
    date(2020, 12, 1): {"lachin-corridor", "lachin-north", "lachin-south"},
    date(2020, 12, 8): set(),
}

WEST = {"gubadli-west", "zangilan-west"}
# Announced as regained by 9 November 2020; longitude and latitude of each (Who's On First, CC0).
REGAINED = {
    "Gubadli": (46.582, 39.344),
    "Muradkhanli": (46.626, 39.454),
    "Mollali": (46.668, 39.244),
    "Boyuk Gilatagh": (46.618, 39.17),
    "Beshdali": (46.602, 39.097),
    "Kollugishlag": (46.528, 39.068),
}


def _km2(shape: shapely.Geometry) -> float:
    return abs(pyproj.Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]) / 1e6


def _is_armenian_held(face: Json, day: date) -> bool:
    since = face["azerbaijani_since"]
    return bool(since != "before-2020" and since > day.isoformat())


def _faces(atlas: Atlas, area: str) -> list[Json]:
    """Return the faces of the former oblast, or of the seven districts, as their label points say."""
    of = {"oblast": lambda face: face["oblast"], "district": lambda face: isinstance(face["district"], str)}
    return [face for face in atlas.coverage.faces.to_dict("records") if of[area](face)]


def _summed(faces: list[Json], day: date) -> Held:
    """Return what was Armenian-held and what Azerbaijani-held, face by face, in km²."""
    armenian = sum(_km2(face["geometry"]) for face in faces if _is_armenian_held(face, day))
    return armenian, sum(_km2(face["geometry"]) for face in faces) - armenian


def test_days_are_those_of_the_file(atlas: Atlas) -> None:
    assert atlas.days == DAYS == sorted(set(DAYS))


def test_first_day_is_the_last_before_the_war_and_the_last_is_that_of_the_layers(atlas: Atlas) -> None:
    assert atlas.days[0] == atlas.coverage.before_the_war == date(2020, 9, 26)
    assert atlas.days[-1] == atlas.coverage.as_of == date.fromisoformat(atlas.descriptor["as_of"])


def test_what_changed_hands_by_a_day_is_what_the_file_says_happened(atlas: Atlas) -> None:
    held = {day: set(atlas.coverage.armenian_held(day).id) for day in DAYS}
    lost = {day: held[before] - held[day] for before, day in pairwise(DAYS)}

    assert lost == CHANGES
    assert [day for before, day in pairwise(DAYS) if not held[day] <= held[before]] == []


def test_every_day_on_which_a_face_changes_hands_can_be_shown(atlas: Atlas) -> None:
    changes = {since for since in atlas.coverage.faces.azerbaijani_since if since != "before-2020"}
    after = {since for since in changes if since > atlas.descriptor["as_of"]}

    assert changes - after <= {day.isoformat() for day in DAYS}


def test_holding_is_the_sum_over_the_faces_and_its_shares_make_100(atlas: Atlas) -> None:
    held = {(area, day): x for day in DAYS for area, x in holdings(atlas.coverage, day).items()}
    km2 = {key: (x.armenian_km2, x.azerbaijani_km2) for key, x in held.items()}
    faces = {area: _faces(atlas, area) for area in ("oblast", "district")}
    summed = {(area, day): _summed(faces[area], day) for day in DAYS for area in faces}

    assert {key: pytest.approx(sides, abs=0.051) for key, sides in summed.items()} == km2
    assert [
        key for key, x in held.items() if x.armenian_percent + x.azerbaijani_percent != pytest.approx(100)
    ] == []


def test_shares_make_100_and_agree_with_the_sides(atlas: Atlas) -> None:
    held = {(area, day): x for day in DAYS for area, x in holdings(atlas.coverage, day).items()}
    parts = {(area, day): x for day in DAYS for area, x in shares(atlas.coverage, day).items()}
    armenian = {key: pytest.approx(x.armenian_percent, abs=0.06) for key, x in held.items()}

    assert {key: x.get("armenian-held", 0) for key, x in parts.items()} == armenian
    assert [key for key, x in parts.items() if sum(x.values()) != pytest.approx(100)] == []


def test_share_of_a_kind_is_the_sum_over_its_faces(atlas: Atlas) -> None:
    day, faces = date(2020, 11, 20), _faces(atlas, "district")
    of_kind: dict[str, list[Json]] = {kind: [] for kind in STATUSES}
    for face in faces:
        of_kind["armenian-held" if _is_armenian_held(face, day) else face["how"]].append(face)
    whole = sum(_summed(faces, day))
    expected = {kind: pytest.approx(100 * sum(_summed(x, day)) / whole) for kind, x in of_kind.items()}

    assert shares(atlas.coverage, day)["district"] == expected


def test_day_after_the_last_face_was_taken_has_no_armenian_held_land(atlas: Atlas) -> None:
    held = holdings(atlas.coverage, date(2023, 9, 20))

    assert [each.armenian_percent for each in held.values()] == [0, 0]
    assert [each.azerbaijani_percent for each in held.values()] == [100, 100]


def test_face_is_azerbaijani_held_from_its_day_on(atlas: Atlas) -> None:
    faces = atlas.coverage.faces
    aghdam = faces[faces.id == "aghdam-handed-over"]
    held = [holding(atlas.coverage, aghdam, date(2020, 11, day)) for day in (19, 20, 21)]
    whole = pytest.approx(_km2(aghdam.geometry.iloc[0]), abs=0.051)

    assert [(each.armenian_km2, each.azerbaijani_km2) for each in held] == [
        (whole, 0),
        (0, whole),
        (0, whole),
    ]


def test_shares_are_rounded_so_that_they_make_100() -> None:
    thirds = Holding(armenian_km2=1.0, azerbaijani_km2=2.0)

    assert (thirds.armenian_percent, thirds.azerbaijani_percent) == (33.3, 66.7)
    assert thirds.whole_km2 == 3.0


def test_each_area_made_of_faces_comes_with_its_holding_on_all_days(atlas: Atlas) -> None:
    areas = atlas.areas_by_holder
    faces = atlas.coverage.faces.to_dict("records")
    expected = {
        feature: [
            pytest.approx(_summed([x for x in faces if area.covers(x["geometry"])], day), abs=0.051)
            for day in DAYS
        ]
        for feature, area in areas.items()
    }

    assert {
        feature: [(held.armenian_km2, held.azerbaijani_km2) for held in each]
        for feature, each in holdings_by_day(atlas.coverage, areas, atlas.days).items()
    } == expected
    assert set(areas) == set(shapes_of(atlas, "upper-karabakh", "returned-districts"))


def test_features_come_with_as_many_days_as_the_file_has(atlas: Atlas) -> None:
    fewer = replace(atlas, annotations=replace(atlas.annotations, days=atlas.annotations.days[:2]))

    assert fewer.days == DAYS[:2]


@pytest.mark.usefixtures("built")
def test_command_prints_who_held_how_much_on_each_day(
    atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    by_date = holdings_by_day(atlas.coverage, atlas.areas_by_holder, atlas.days)
    sides = []
    for day in DAYS:
        for area, x in holdings(atlas.coverage, day).items():
            armenian = f"{x.armenian_km2:,.0f} {x.armenian_percent}".split()
            name = "districts" if area == "district" else area
            sides.append(
                [str(day), name, *armenian, *f"{x.azerbaijani_km2:,.0f} {x.azerbaijani_percent}".split()]
            )
    areas = [[area, *(f"{x.armenian_km2:,.0f}" for x in held)] for area, held in by_date.items()]

    assert [line for line in lines if line[1:2] in (["oblast"], ["districts"])] == sides
    assert [line for line in lines if line and line[0] in by_date] == areas
    assert ["Armenian-held,", "km²", *map(str, DAYS)] in lines


def test_the_west_of_gubadli_and_zangilan_was_armenian_held_on_every_day_of_the_map(atlas: Atlas) -> None:
    days = [*DAYS, date(2020, 12, 17)]
    held = [set(atlas.coverage.armenian_held(day).id) for day in days]

    assert [faces >= WEST for faces in held] == [True] * len(days)
    assert not WEST & set(atlas.coverage.armenian_held(date(2020, 12, 18)).id)


def test_most_of_gubadli_and_zangilan_was_azerbaijani_held_on_8_december(atlas: Atlas) -> None:
    areas = {
        f"district-{each}": atlas.features[f"district-{each}"].geometry for each in ("gubadli", "zangilan")
    }
    on_the_day = holdings_by_day(atlas.coverage, areas, [date(2020, 12, 8)])

    assert [0 < held.armenian_percent < 25 for (held,) in on_the_day.values()] == [True, True]
    assert 0 < holdings(atlas.coverage, date(2020, 12, 8))["district"].armenian_percent < 5


def test_towns_and_villages_announced_as_regained_lie_outside_the_strips(atlas: Atlas) -> None:
    west = shapely.union_all(atlas.coverage.faces.set_index("id").geometry[sorted(WEST)].to_numpy())

    assert [name for name, at in REGAINED.items() if west.covers(shapely.Point(at))] == []


def test_the_line_between_the_sides_in_the_districts_is_schematic_from_the_ceasefire_on(atlas: Atlas) -> None:
    fronts = {
        day: set(atlas.coverage.schematic_fronts(atlas.coverage.faces_of("district"), day).id) for day in DAYS
    }

    assert fronts == {day: set() if day == DAYS[0] else {f"control-{each}" for each in WEST} for day in DAYS}
