"""Places and faces: every named town lies on its own side, and the faces leave no gap and no overlap."""

import pytest
import shapely

from layers import Atlas
from layers.geometry.definitions import dissolve
from layers.geometry.measure import area_km2
from tests.layers.lookup import shapes_of

ARMENIAN_HELD = (
    "stepanakert",
    "stepanakert-airport",
    "askeran",
    "khojavend",
    "aghdara",
    "khtsaberd",
    "hin-tagher",
)
AZERBAIJANI_HELD = ("shusha", "hadrut", "talish", "sugovushan")
CENTRES = ("aghdam", "fuzuli", "gubadli", "jabrayil", "kelbajar", "lachin", "zangilan")
LIES_IN = [
    *((place, "upper-karabakh-armenian-held") for place in ARMENIAN_HELD),
    *((place, "upper-karabakh-azerbaijani-held") for place in AZERBAIJANI_HELD),
    *((centre, f"district-{centre}") for centre in CENTRES),
    ("horadiz", "district-fuzuli"),
    ("mincivan", "district-zangilan"),
    ("lachin", "lachin-corridor"),
    ("zabukh", "lachin-corridor"),
    ("aghdara", "russian-area-north"),
    ("stepanakert", "russian-area-south"),
    ("askeran", "russian-area-south"),
    ("khojavend", "russian-area-south"),
    ("lysogorsky", "russian-area-south"),
    ("zarysly", "russian-area-south"),
]
BEYOND_THE_MAPPED_AREAS = ("khtsaberd", "hin-tagher", "shusha", "hadrut", "talish", "sugovushan")
IN_COUNTRY = {
    "armenia": ("yerevan", "goris", "vardenis"),
    "azerbaijan": ("baku", "ganja", "barda", "beylagan", "stepanakert", "shusha", *CENTRES),
}


def _points(atlas: Atlas) -> dict[str, shapely.Point]:
    places = atlas.coverage.places
    return dict(zip(places.id, places.geometry, strict=True))


def test_place_lies_on_its_side(atlas: Atlas) -> None:
    shapes, points = shapes_of(atlas), _points(atlas)

    assert [(place, area) for place, area in LIES_IN if not shapes[area].contains(points[place])] == []


def test_place_beyond_lies_outside_the_russian_areas(atlas: Atlas) -> None:
    areas, points = shapely.union_all([*shapes_of(atlas, "areas-of-responsibility").values()]), _points(atlas)

    assert [place for place in BEYOND_THE_MAPPED_AREAS if areas.contains(points[place])] == []


def test_place_lies_in_its_country(atlas: Atlas) -> None:
    countries, points = atlas.basemap[atlas.basemap.kind == "country"], _points(atlas)
    within = {
        country: tuple(
            place for place in places if [*countries[countries.contains(points[place])].id] == [country]
        )
        for country, places in IN_COUNTRY.items()
    }

    assert within == IN_COUNTRY


def test_faces_share_their_borders_to_the_vertex(atlas: Atlas) -> None:
    assert shapely.coverage_is_valid(atlas.coverage.faces.geometry.to_numpy())


def test_faces_leave_no_gap(atlas: Atlas) -> None:
    whole = shapely.coverage_union_all(atlas.coverage.faces.geometry.to_numpy())

    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0


def test_every_face_is_either_of_a_district_or_of_the_oblast(atlas: Atlas) -> None:
    faces = atlas.coverage.faces

    assert (faces.district.notna() ^ faces.oblast).all()


def test_districts_and_oblast_add_up_to_the_whole(atlas: Atlas) -> None:
    parts = shapes_of(atlas, "returned-districts", "upper-karabakh").values()
    whole = shapely.coverage_union_all(atlas.coverage.faces.geometry.to_numpy())

    assert sum(map(area_km2, parts)) == pytest.approx(area_km2(whole), rel=1e-9)


def test_ground_fills_the_extent_without_gap_or_overlap(atlas: Atlas) -> None:
    areas = atlas.basemap[atlas.basemap.kind.isin(("country", "sea"))].geometry.to_numpy()

    assert shapely.coverage_is_valid(areas)
    assert shapely.coverage_union_all(areas).equals(shapely.box(*atlas.descriptor["extent"]))


def test_ground_labels_stand_in_their_own_country(atlas: Atlas) -> None:
    countries = atlas.basemap.dropna(subset="label_point")

    assert len(countries) == sum(atlas.basemap.kind.isin(("country", "sea")))
    assert countries.geometry.contains(countries.set_geometry("label_point").geometry).all()


def test_the_oblast_is_near_its_published_area(atlas: Atlas) -> None:
    oblast = atlas.coverage.faces[atlas.coverage.faces.oblast]

    assert area_km2(dissolve(oblast)) == pytest.approx(4_388, rel=0.02)


def test_the_area_held_before_the_war_is_near_what_is_quoted(atlas: Atlas) -> None:
    held = atlas.coverage.armenian_held(atlas.coverage.before_the_war)

    assert area_km2(dissolve(held)) == pytest.approx(11_458, rel=0.015)
