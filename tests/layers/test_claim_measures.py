"""What is measured for the claims: on a map of squares, where each figure is known, and on the real one."""

from dataclasses import replace
from datetime import date

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely
import shapely.ops

from layers import Atlas
from layers.geometry.definitions import Coverage
from layers.text import measurements as measures
from layers.text.measurements import MEASURES, Measured, Shapes

# All is in degrees: Armenia in the west, Azerbaijan in the east; in Azerbaijan the oblast, two thirds of it
# held, one third not, and a strip between Armenia and the held part.
ARMENIA, AZERBAIJAN = shapely.box(45, 39, 46, 40), shapely.box(46, 39, 49, 40)
CORRIDOR = shapely.box(46, 39.4, 46.2, 39.5)
HELD, NOT_HELD = shapely.box(46.2, 39.2, 46.6, 39.6), shapely.box(46.6, 39.2, 46.8, 39.6)
NORTH, SOUTH = shapely.box(46.2, 39.4, 46.6, 39.6), shapely.box(46.2, 39.2, 46.6, 39.4)
FEATURES = {
    "upper-karabakh-armenian-held": HELD,
    "upper-karabakh-azerbaijani-held": NOT_HELD,
    "lachin-corridor": CORRIDOR,
    "russian-area-north": NORTH,
    "russian-area-south": SOUTH,
    "russian-area-lachin-corridor": CORRIDOR,
    "district-fuzuli": shapely.box(46.8, 39.2, 47, 39.6),  # along a side of the oblast
    "district-jabrayil": shapely.box(46.5, 39, 46.9, 39.2),  # along parts of two
    "district-gubadli": shapely.box(46.8, 39.6, 47, 39.8),  # at a corner only
    "district-zangilan": shapely.box(48, 39, 49, 39.5),  # far away
    "district-aghdam": shapely.box(46.6, 39.6, 46.8, 40),
    "district-kelbajar": shapely.box(46.2, 39.6, 46.6, 40),
    "district-lachin": shapely.box(46, 39.2, 46.2, 39.6),
    "stepanakert": shapely.Point(46.4, 39.25),
    "stepanakert-airport": shapely.Point(46.3, 39.5),
    "emergency-ministry-camp": shapely.Point(46.45, 39.25),
}
UNCERTAINTY_M = {"west": 300, "south": 2_000, "east": 1_000, "north": 500}
WEST, EAST, BOTTOM, TOP = 46.2, 46.6, 39.2, 39.6  # the sides of the held part
LINES = {
    "west": shapely.LineString([(WEST, BOTTOM), (WEST, TOP)]),
    "south": shapely.LineString([(WEST, BOTTOM), (EAST, BOTTOM)]),
    "east": shapely.LineString([(EAST, BOTTOM), (EAST, TOP)]),
    "north": shapely.LineString([(WEST, TOP), (EAST, TOP)]),
}
ROAD = shapely.LineString([(45.5, 39.45), (46.3, 39.45)])
ELLIPSOID = pyproj.Geod(ellps="WGS84")
NEAR = 1e-3  # how near the plane of UTM zone 38N comes to the ellipsoid
BULGE_KM = 0.03  # how far a side of some 40 km, straight in degrees, lies from the straight one in that plane


def _km(*ends: float) -> float:
    """Return the geodesic distance of two positions, each longitude and latitude, in km."""
    return float(ELLIPSOID.inv(*ends)[2]) / 1000


def _km2(shape: shapely.Geometry) -> float:
    return abs(ELLIPSOID.geometry_area_perimeter(shape)[0]) / 1e6


def _frame(geometry: dict[str, shapely.Geometry], uncertainty_m: list[int]) -> gpd.GeoDataFrame:
    columns = {"id": list(geometry), "uncertainty_m": uncertainty_m}
    return gpd.GeoDataFrame(columns, geometry=list(geometry.values()), crs="EPSG:4326")


@pytest.fixture(scope="module")
def squares() -> Shapes:
    """The map of squares."""
    none = gpd.GeoDataFrame({"id": []}, geometry=[], crs="EPSG:4326")
    lines, routes = _frame(LINES, list(UNCERTAINTY_M.values())), _frame({"road": ROAD}, [100])
    day = date(2020, 12, 8)
    coverage = Coverage(none, lines, none, routes, none, day, day)
    return Shapes(FEATURES, {"armenia": ARMENIA, "azerbaijan": AZERBAIJAN}, coverage)


def _with(shapes: Shapes, **features: shapely.Geometry) -> Shapes:
    changed = {identifier.replace("_", "-"): shape for identifier, shape in features.items()}
    return replace(shapes, features={**shapes.features, **changed})


def _within_azerbaijan_of(shapes: Shapes, azerbaijan: shapely.Geometry) -> Shapes:
    return replace(shapes, countries={**shapes.countries, "azerbaijan": azerbaijan})


def test_share_of_the_oblast_is_by_area(squares: Shapes) -> None:
    azerbaijani = measures.azerbaijani_share_of_oblast(squares).value
    armenian = measures.armenian_share_of_oblast(squares).value

    assert azerbaijani == pytest.approx(100 / 3, abs=0.01)
    assert armenian == pytest.approx(200 / 3, abs=0.01)
    assert armenian + azerbaijani == pytest.approx(100, abs=1e-9)


def test_share_may_be_off_by_what_the_line_between_the_parts_may_be_off(squares: Shapes) -> None:
    length = _km(EAST, BOTTOM, EAST, TOP)
    expected = 100 * (length * 10) ** 0.5 / (_km2(HELD) + _km2(NOT_HELD))  # 1 km off, 10 km at a time
    margins = {measures.azerbaijani_share_of_oblast(squares), measures.armenian_share_of_oblast(squares)}

    assert [measured.margin for measured in margins] == pytest.approx([expected] * 2, rel=1e-6)


def test_road_is_measured_within_the_corridor(squares: Shapes) -> None:
    measured = measures.corridor_road_km(squares)

    assert measured == Measured(round(_km(46, 39.45, 46.2, 39.45), 1))


def test_width_is_area_over_length(squares: Shapes) -> None:
    width = _km(46.1, 39.4, 46.1, 39.5)

    assert measures.corridor_mean_width_km(squares).value == pytest.approx(width, abs=0.06)


@pytest.mark.parametrize(
    ("corridor", "ends"),
    [
        (CORRIDOR, 2),
        (shapely.box(46.1, 39.4, 46.2, 39.5), 1),
        (shapely.box(46, 39.4, 46.1, 39.5), 1),
        (shapely.box(46.05, 39.4, 46.15, 39.5), 0),
        (shapely.box(46, 39.1, 46.2, 39.2), 1),
        (shapely.box(46.1, 39.1, 46.2, 39.2), 0),
    ],
    ids=["both", "held part", "Armenia", "neither", "a corner of the held part", "a corner only"],
)
def test_end_is_met_along_a_stretch_of_border_and_not_at_a_corner(
    corridor: shapely.Geometry, ends: int, squares: Shapes
) -> None:
    assert measures.corridor_ends_met(_with(squares, lachin_corridor=corridor)).value == ends


@pytest.mark.parametrize(
    ("corridor", "share"),
    [
        (CORRIDOR, 0),
        (shapely.box(46.1, 39.4, 46.3, 39.5), 50),
        (shapely.box(46.5, 39.4, 46.9, 39.5), 75),
        (shapely.box(46.3, 39.4, 46.4, 39.5), 100),
    ],
    ids=["outside", "half", "three quarters over both parts", "inside"],
)
def test_corridor_s_share_in_the_oblast_counts_both_parts(
    corridor: shapely.Geometry, share: float, squares: Shapes
) -> None:
    measured = measures.corridor_in_oblast(_with(squares, lachin_corridor=corridor))

    assert measured.value == pytest.approx(share, abs=0.01)


def test_russian_areas_within_the_border_are_wholly_in_the_country(squares: Shapes) -> None:
    assert measures.russian_areas_in_azerbaijan(squares).value == pytest.approx(100, abs=1e-9)


def test_what_of_the_russian_areas_lies_beyond_the_border_is_left_out(squares: Shapes) -> None:
    shrunk = _within_azerbaijan_of(squares, shapely.box(46.2, 39.3, 49, 40))
    whole, left = _km2(NORTH) + _km2(SOUTH) + _km2(CORRIDOR), _km2(shapely.box(46.2, 39.3, 46.6, 39.6))

    assert measures.russian_areas_in_azerbaijan(shrunk).value == pytest.approx(100 * left / whole, abs=0.01)


@pytest.mark.parametrize(
    ("changes", "share"),
    [
        ({}, 100),
        ({"russian_area_south": shapely.box(46.2, 39.2, 46.4, 39.4)}, 75),
        ({"russian_area_south": NOT_HELD}, 50),
        ({"russian_area_south": NOT_HELD, "russian_area_lachin_corridor": SOUTH}, 50),
    ],
    ids=["whole", "a quarter left out", "south elsewhere", "the corridor in its stead"],
)
def test_share_of_the_held_part_that_the_northern_and_southern_areas_cover(
    changes: dict[str, shapely.Geometry], share: float, squares: Shapes
) -> None:
    measured = measures.enclave_in_russian_areas(_with(squares, **changes))

    assert measured.value == pytest.approx(share, abs=0.1)


@pytest.mark.parametrize(
    ("changes", "areas"),
    [
        ({}, 2),
        ({"russian_area_south": shapely.box(46.2, 39.2, 46.7, 39.4)}, 1),
        ({"russian_area_north": ARMENIA, "russian_area_south": ARMENIA}, 0),
        ({"russian_area_lachin_corridor": shapely.box(46.3, 39.3, 46.4, 39.4)}, 3),
    ],
    ids=["north and south", "south reaching out", "none", "the corridor too"],
)
def test_areas_that_lie_in_the_held_part_are_counted(
    changes: dict[str, shapely.Geometry], areas: int, squares: Shapes
) -> None:
    assert measures.russian_areas_in_enclave(_with(squares, **changes)).value == areas


def test_areas_that_only_adjoin_the_other_part_share_nothing_with_it(squares: Shapes) -> None:
    assert measures.russian_areas_in_azerbaijani_part(squares) == Measured(0.0)


def test_area_that_the_areas_share_with_the_other_part_is_geodesic(squares: Shapes) -> None:
    reaching = _with(squares, russian_area_south=shapely.box(46.2, 39.2, 46.7, 39.4))
    common = _km2(shapely.box(46.6, 39.2, 46.7, 39.4))

    assert measures.russian_areas_in_azerbaijani_part(reaching).value == pytest.approx(common, rel=1e-6)


def test_district_that_meets_the_oblast_at_a_corner_is_not_next_to_it(squares: Shapes) -> None:
    assert measures.regained_districts_next_to_oblast(squares).value == 2


@pytest.mark.parametrize(
    ("changes", "districts"),
    [
        ({}, 3),
        ({"district_lachin": shapely.box(45.9, 39.2, 46.2, 39.6)}, 2),
        ({"district_aghdam": shapely.box(46.6, 39.5, 46.8, 40)}, 2),
        ({"district_aghdam": HELD, "district_kelbajar": NOT_HELD, "district_lachin": ARMENIA}, 0),
    ],
    ids=["all", "one over the border", "one with land of the oblast", "none"],
)
def test_districts_wholly_in_the_country_and_outside_the_oblast_are_counted(
    changes: dict[str, shapely.Geometry], districts: int, squares: Shapes
) -> None:
    measured = measures.handed_over_districts_in_azerbaijan(_with(squares, **changes))

    assert measured.value == districts


def test_outline_without_a_foreign_border_is_wholly_within(squares: Shapes) -> None:
    assert measures.enclave_outline_within_azerbaijan(squares) == Measured(100.0)


def test_stretch_of_the_outline_on_a_state_border_is_left_out(squares: Shapes) -> None:
    shrunk = _within_azerbaijan_of(squares, shapely.box(46.2, 39, 49, 40))
    sides = [float(ELLIPSOID.geometry_length(line)) for line in LINES.values()]
    expected = 100 * (1 - sides[0] / sum(sides))

    assert measures.enclave_outline_within_azerbaijan(shrunk).value == pytest.approx(expected, abs=1e-6)


def test_shortest_way_between_armenia_and_the_held_part(squares: Shapes) -> None:
    measured = measures.overland_across_azerbaijan_km(squares)

    # Meridians draw together to the north: the shortest way is along the upper side.
    assert measured.value == pytest.approx(_km(46, TOP, WEST, TOP), rel=NEAR)
    assert measured.margin == 0.3  # the side that faces Armenia may be off by 300 m


def test_no_way_across_where_the_two_touch(squares: Shapes) -> None:
    held = HELD | shapely.box(46, 39.4, 46.2, 39.5)
    touching = _with(squares, upper_karabakh_armenian_held=held)

    assert measures.overland_across_azerbaijan_km(touching).value == pytest.approx(0, abs=BULGE_KM)


@pytest.mark.parametrize("place", ["stepanakert", "stepanakert_airport"])
@pytest.mark.parametrize(
    ("point", "side", "km"),
    [
        ((46.4, 39.25), "south", _km(46.4, 39.25, 46.4, BOTTOM)),
        ((46.25, 39.4), "west", _km(46.25, 39.4, WEST, 39.4)),
        ((46.4, BOTTOM), "south", 0),
        ((46.65, 39.4), "east", -_km(46.65, 39.4, EAST, 39.4)),
        ((46.4, 39.7), "north", -_km(46.4, 39.7, 46.4, TOP)),
    ],
    ids=["inside, south", "inside, west", "on the outline", "outside, east", "outside, north"],
)
def test_distance_inwards_from_the_outline_is_negative_outside(
    place: str, point: tuple[float, float], side: str, km: float, squares: Shapes
) -> None:
    measured = MEASURES[f"{place}_inside_km"](_with(squares, **{place: shapely.Point(point)}))

    assert measured.value == pytest.approx(km, abs=BULGE_KM)
    assert measured.margin == UNCERTAINTY_M[side] / 1000


def test_camp_and_town_are_as_far_apart_as_their_points(squares: Shapes) -> None:
    measured = measures.camp_from_stepanakert_km(squares)

    assert measured.value == pytest.approx(_km(46.45, 39.25, 46.4, 39.25), rel=NEAR)


def test_every_measure_gives_a_figure_of_the_squares(squares: Shapes) -> None:
    figures = {name: measure(squares) for name, measure in MEASURES.items()}

    assert {name for name, measured in figures.items() if not np.isfinite(measured.value)} == set()
    assert {name for name, measured in figures.items() if measured.margin < 0} == set()


def _sum_km2(atlas: Atlas, **what: object) -> float:
    """Return the area of the faces of which all that is true, summed face by face."""
    faces = atlas.coverage.faces
    for column, value in what.items():
        faces = faces[faces[column] == value]
    return sum(map(_km2, faces.geometry))


def _oblast_held_km2(atlas: Atlas) -> float:
    return _sum_km2(atlas, oblast=True, how="taken-later")


def _apart_km(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """Return the distance between two shapes, in a plane laid to the earth where they come nearest."""
    here, there = shapely.ops.nearest_points(one, other)
    plane = pyproj.Transformer.from_crs(
        "EPSG:4326", f"+proj=aeqd +lon_0={here.x} +lat_0={there.y} +ellps=WGS84", always_xy=True
    )
    flat = [shapely.transform(shape, plane.transform, interleaved=False) for shape in (one, other)]
    return float(flat[0].distance(flat[1])) / 1000


def _of_the_map(atlas: Atlas, identifier: str) -> float:
    return next(claim for claim in atlas.claims if claim.id == identifier).measured.value


def test_shares_of_the_map_are_sums_over_its_faces(atlas: Atlas) -> None:
    whole, held = _sum_km2(atlas, oblast=True), _oblast_held_km2(atlas)

    assert _of_the_map(atlas, "larger-part") == pytest.approx(100 * held / whole, abs=1e-6)
    assert _of_the_map(atlas, "one-third") == pytest.approx(100 * (1 - held / whole), abs=1e-6)


def test_share_that_the_areas_of_the_map_cover_is_a_sum_over_its_faces(atlas: Atlas) -> None:
    covered = _sum_km2(atlas, zone="north") + _sum_km2(atlas, zone="south")

    assert _of_the_map(atlas, "covering-the-rump") == pytest.approx(
        100 * covered / _oblast_held_km2(atlas), abs=1e-6
    )


def test_districts_of_the_map_next_to_the_oblast_share_vertices_with_it(atlas: Atlas) -> None:
    faces = atlas.coverage.faces
    vertices = {
        district: {tuple(xy) for xy in shapely.get_coordinates(faces[faces.district == district].geometry)}
        for district in ("fuzuli", "gubadli", "jabrayil", "zangilan")
    }
    oblast = {tuple(xy) for xy in shapely.get_coordinates(faces[faces.oblast].geometry)}
    adjoining = {district for district, corners in vertices.items() if len(corners & oblast) > 1}

    assert adjoining == {"fuzuli", "gubadli", "jabrayil"}
    assert _of_the_map(atlas, "four-districts-adjacent") == len(adjoining)


@pytest.mark.parametrize(
    ("claim", "one", "other"),
    [
        ("overland", "armenia", "upper-karabakh-armenian-held"),
        ("stepanakert-within", "stepanakert", "upper-karabakh-azerbaijani-held"),
        ("camp", "emergency-ministry-camp", "stepanakert"),
    ],
)
def test_distances_on_the_map_are_those_of_another_plane(
    claim: str, one: str, other: str, atlas: Atlas
) -> None:
    shapes = {
        identifier: shape
        for frame in (atlas.basemap.dropna(subset="id"), *(x.features for x in atlas.layers.values()))
        for identifier, shape in zip(frame.id, frame.geometry, strict=True)
    }

    assert _of_the_map(atlas, claim) == pytest.approx(_apart_km(shapes[one], shapes[other]), rel=NEAR)
