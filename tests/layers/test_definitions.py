"""How the layers come out of the coverage: who holds what on a date, and which lines divide them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import shapely
import shapely.ops

from layers import Atlas
from layers.geometry.coverage import dissolve
from layers.geometry.definitions import line_of_contact_1994, upper_karabakh
from layers.geometry.measure import area_km2, distance_m, length_km
from tests.layers.lookup import figure_of, ids_of, shapes_of

HANDED_OVER = [
    ("aghdam-handed-over", date(2020, 11, 20)),
    ("kelbajar", date(2020, 11, 25)),
    ("lachin-north", date(2020, 12, 1)),
    ("khtsaberd-pocket", date(2020, 12, 13)),
    ("oblast-north", date(2023, 9, 20)),
]


def _held(atlas: Atlas, on: date) -> set[str]:
    return set(atlas.coverage.armenian_held(on).id)


def test_face_changes_hands_on_its_day(atlas: Atlas) -> None:
    eve = timedelta(days=1)

    assert [face for face, day in HANDED_OVER if face not in _held(atlas, day - eve)] == []
    assert [face for face, day in HANDED_OVER if face in _held(atlas, day)] == []


def test_held_throughout_is_before_every_date(atlas: Atlas) -> None:
    faces = atlas.coverage.faces
    throughout = set(faces.id[faces.azerbaijani_since == "before-2020"])

    assert throughout & _held(atlas, date(1900, 1, 1)) == set()


def test_enclave_shrinks_by_the_pocket_once_it_is_taken(atlas: Atlas) -> None:
    coverage = atlas.coverage
    later = replace(coverage, as_of=date(2020, 12, 13))
    enclaves = [upper_karabakh(each)["upper-karabakh-armenian-held"] for each in (coverage, later)]
    pocket = coverage.faces.set_index("id").geometry["khtsaberd-pocket"]

    assert area_km2(enclaves[0]) - area_km2(enclaves[1]) == pytest.approx(area_km2(pocket))


def test_demarcation_line_and_mouth_of_the_corridor_make_up_the_enclave_s_outline(atlas: Atlas) -> None:
    shapes = shapes_of(atlas)
    enclave, corridor = shapes["upper-karabakh-armenian-held"], shapes["lachin-corridor"]
    lines = list(shapes_of(atlas, "demarcation-line").values())
    mouth = enclave.boundary & corridor.boundary

    assert shapely.union_all(lines).equals(enclave.boundary - mouth)
    assert sum(map(length_km, lines)) + length_km(mouth) == pytest.approx(length_km(enclave.boundary))


def test_line_of_contact_leaves_the_state_borders_out(atlas: Atlas) -> None:
    before = dissolve(atlas.coverage.armenian_held(atlas.coverage.before_the_war))
    lines = atlas.coverage.lines
    state = lines[lines.kind == "state"].union_all()
    contact = line_of_contact_1994(atlas.coverage)["line-of-contact-1994"]

    assert length_km(contact) > 200
    assert contact.equals(before.boundary - state)


def test_russian_areas_cover_the_enclave_but_for_the_pocket(atlas: Atlas) -> None:
    shapes = shapes_of(atlas)
    pocket = atlas.coverage.faces.set_index("id").geometry["khtsaberd-pocket"]
    areas = [shapes["russian-area-north"], shapes["russian-area-south"], pocket]

    assert shapely.coverage_union_all(areas).equals(shapes["upper-karabakh-armenian-held"])


def test_supply_route_leads_without_gap_from_the_airport_of_yerevan_to_stepanakert(atlas: Atlas) -> None:
    places = atlas.coverage.places.set_index("id").geometry
    route = shapely.line_merge(shapely.union_all([*shapes_of(atlas, "supply-route").values()]))
    ends = [shapely.Point(route.coords[0]), shapely.Point(route.coords[-1])]

    assert distance_m(ends[0], places["yerevan-airport"]) < 1_000
    assert distance_m(ends[1], places["stepanakert"]) < 1_000


def test_supply_route_is_split_at_the_state_border(atlas: Atlas) -> None:
    armenia, azerbaijan = shapes_of(atlas, "supply-route").values()
    lines = atlas.coverage.lines
    crossing = armenia & azerbaijan
    on_the_border = shapely.ops.nearest_points(lines[lines.kind == "state"].union_all(), crossing)[0]

    assert crossing.geom_type == "Point"
    assert distance_m(crossing, on_the_border) < 120  # as far as the border itself may be off


def test_corridor_is_measured_beside_the_article_s_20_by_5_km(atlas: Atlas) -> None:
    crow, axis, road, area, width = (
        figure_of(atlas, "lachin-corridor", name)
        for name in ("crow_km", "axis_km", "road_km", "area_km2", "mean_width_km")
    )

    assert crow < axis < road
    assert width == pytest.approx(area / axis, abs=0.1)


def test_towns_that_only_orient_are_no_places_of_the_layer(atlas: Atlas) -> None:
    named = set(ids_of(atlas.layers["places"]))

    assert {"aghdam", "baku", "kelbajar", "lachin", "stepanakert", "stepanakert-airport", "yerevan"} <= named
    assert not {"barda", "beylagan", "ganja", "horadiz", "mincivan", "vardenis"} & named
