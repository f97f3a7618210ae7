"""What is measured for the claims: on a map of squares, where each figure is known, and on the real one."""

from dataclasses import replace
from datetime import date
from math import hypot

import geopandas as gpd
import pyproj
import pytest
import shapely
import shapely.ops

from layers import Atlas
from layers.geometry.definitions import Coverage
from layers.text.margins import count, meeting
from layers.text.measured import Shapes
from layers.text.measurements import MEASURES
from tests.layers.lookup import shapes_of

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
PLACES_M = {"stepanakert": 500, "stepanakert-airport": 1_200, "emergency-ministry-camp": 5_000}
UNCERTAINTY_M = {"west": 300, "south": 2_000, "east": 1_000, "north": 500}
WEST, EAST, BOTTOM, TOP = 46.2, 46.6, 39.2, 39.6  # the sides of the held part
LINES = {
    "west": shapely.LineString([(WEST, BOTTOM), (WEST, TOP)]),
    "south": shapely.LineString([(WEST, BOTTOM), (EAST, BOTTOM)]),
    "east": shapely.LineString([(EAST, BOTTOM), (EAST, TOP)]),
    "north": shapely.LineString([(WEST, TOP), (EAST, TOP)]),
}
ROAD = shapely.LineString([(45.5, 39.45), (46.3, 39.45)])
ROAD_THROUGH = shapely.LineString([(45.5, 39.45), (47, 39.45)])
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
    points = {place: FEATURES[place] for place in PLACES_M} | {"zarysly": shapely.Point(46.3, 39.5)}
    places = _frame(points, [*PLACES_M.values(), 1_000])
    coverage = Coverage(none, lines, places, routes, none, day, day)
    return Shapes(FEATURES, {"armenia": ARMENIA, "azerbaijan": AZERBAIJAN}, coverage)


def _with(shapes: Shapes, changes: dict[str, shapely.Geometry]) -> Shapes:
    """Return the map with other features or countries."""
    countries = {key: changes.get(key, shape) for key, shape in shapes.countries.items()}
    return replace(shapes, features={**shapes.features, **changes}, countries=countries)


def _near(value: float, within: float = 0.01) -> float:
    return pytest.approx(value, abs=within)  # type: ignore[no-any-return]


BOX, A_CORRIDOR = shapely.box, "lachin-corridor"
R_NORTH, R_SOUTH, R_CORRIDOR = (f"russian-area-{x}" for x in ("north", "south", A_CORRIDOR))
D_AGHDAM, D_KELBAJAR, D_LACHIN = (f"district-{x}" for x in ("aghdam", "kelbajar", "lachin"))
D_ZANGILAN = "district-zangilan"
OUTER = ("west", "south", "north")  # all but the side towards the part that is not held
SIDES = {side: float(ELLIPSOID.geometry_length(line)) for side, line in LINES.items()}
# Which measure gives which figure when which shapes of the map are others.
FIGURES: list[tuple[str, dict[str, shapely.Geometry], float]] = [
    ("azerbaijani_share_of_oblast", {}, _near(100 / 3)),
    ("armenian_share_of_oblast", {}, _near(200 / 3)),
    ("corridor_road_km", {}, round(_km(46, 39.45, 46.2, 39.45), 1)),
    ("corridor_axis_km", {}, round(_km(46, 39.45, 46.2, 39.45), 1)),
    ("corridor_to_post_by_road_km", {}, round(_km(46, 39.45, 46.3, 39.45), 1)),
    ("corridor_to_post_straight_km", {}, round(_km(46, 39.45, 46.3, 39.5), 1)),
    ("corridor_straight_km", {}, round(_km(46, 39.45, 46.2, 39.45), 1)),
    ("corridor_mean_width_km", {}, _near(_km(46.1, 39.4, 46.1, 39.5), 0.06)),  # area over length
    # An end is met along a stretch of border and not at a corner.
    ("corridor_ends_met", {}, 2),
    ("corridor_ends_met", {A_CORRIDOR: BOX(46.1, 39.4, 46.2, 39.5)}, 1),
    ("corridor_ends_met", {A_CORRIDOR: BOX(46, 39.4, 46.1, 39.5)}, 1),
    ("corridor_ends_met", {A_CORRIDOR: BOX(46.05, 39.4, 46.15, 39.5)}, 0),
    ("corridor_ends_met", {A_CORRIDOR: BOX(46, 39.1, 46.2, 39.2)}, 1),  # Armenia, and a corner
    ("corridor_ends_met", {A_CORRIDOR: BOX(46.1, 39.1, 46.2, 39.2)}, 0),  # a corner only
    # Both parts of the oblast count.
    ("corridor_in_oblast", {}, 0),
    ("corridor_in_oblast", {A_CORRIDOR: BOX(46.1, 39.4, 46.3, 39.5)}, _near(50)),
    ("corridor_in_oblast", {A_CORRIDOR: BOX(46.5, 39.4, 46.9, 39.5)}, _near(75)),
    ("corridor_in_oblast", {A_CORRIDOR: BOX(46.3, 39.4, 46.4, 39.5)}, _near(100)),
    ("corridor_in_regained_land", {}, _near(100)),
    ("corridor_in_regained_land", {A_CORRIDOR: BOX(46.1, 39.4, 46.3, 39.5)}, _near(50)),
    # What lies beyond the border is left out.
    ("russian_areas_in_azerbaijan", {}, _near(100, 1e-9)),
    (
        "russian_areas_in_azerbaijan",
        {"azerbaijan": BOX(46.2, 39.3, 49, 40)},
        _near(100 * _km2(BOX(46.2, 39.3, 46.6, 39.6)) / (_km2(NORTH) + _km2(SOUTH) + _km2(CORRIDOR))),
    ),
    # The northern and the southern area cover the held part; that of the corridor does not count.
    ("enclave_in_russian_areas", {}, _near(100)),
    ("enclave_in_russian_areas", {R_SOUTH: BOX(46.2, 39.2, 46.4, 39.4)}, _near(75, 0.1)),
    ("enclave_in_russian_areas", {R_SOUTH: NOT_HELD}, _near(50, 0.1)),
    ("enclave_in_russian_areas", {R_SOUTH: NOT_HELD, R_CORRIDOR: SOUTH}, _near(50, 0.1)),
    ("russian_areas_in_enclave", {}, 2),
    ("russian_areas_in_enclave", {R_SOUTH: BOX(46.2, 39.2, 46.7, 39.4)}, 1),
    ("russian_areas_in_enclave", {R_NORTH: ARMENIA, R_SOUTH: ARMENIA}, 0),
    ("russian_areas_in_enclave", {R_CORRIDOR: BOX(46.3, 39.3, 46.4, 39.4)}, 3),
    ("russian_areas_in_azerbaijani_part", {}, 0),  # they only adjoin
    (
        "russian_areas_in_azerbaijani_part",
        {R_SOUTH: BOX(46.2, 39.2, 46.7, 39.4)},
        pytest.approx(_km2(BOX(46.6, 39.2, 46.7, 39.4)), rel=1e-6),
    ),
    ("regained_districts_next_to_oblast", {}, 2),  # Gubadli meets it at a corner
    # Fuzuli joins Gubadli to the oblast; Jabrayil may join Zangilan.
    ("regained_districts_joined_to_oblast", {}, 3),
    ("regained_districts_joined_to_oblast", {D_ZANGILAN: BOX(46.9, 39, 47.2, 39.2)}, 4),
    ("regained_districts_joined_to_oblast", {"district-fuzuli": BOX(48, 39.6, 48.5, 40)}, 1),
    # A stretch of the state border, or a corner of it.
    ("handed_over_districts_off_the_border", {}, 0),
    ("handed_over_districts_off_the_border", {D_AGHDAM: BOX(46.6, 39.6, 46.8, 39.9)}, 1),
    # Wholly in the country and outside the oblast.
    ("handed_over_districts_in_azerbaijan", {}, 3),
    ("handed_over_districts_in_azerbaijan", {D_LACHIN: BOX(45.9, 39.2, 46.2, 39.6)}, 2),
    ("handed_over_districts_in_azerbaijan", {D_AGHDAM: BOX(46.6, 39.5, 46.8, 40)}, 2),
    (
        "handed_over_districts_in_azerbaijan",
        {D_AGHDAM: HELD, D_KELBAJAR: NOT_HELD, D_LACHIN: ARMENIA},
        0,
    ),
    # A stretch of the outline on a state border is left out.
    ("enclave_outline_within_azerbaijan", {}, 100),
    (
        "enclave_outline_within_azerbaijan",
        {"azerbaijan": BOX(46.2, 39, 49, 40)},
        _near(100 * (1 - SIDES["west"] / sum(SIDES.values())), 1e-6),
    ),
    # Meridians draw together to the north: the shortest way is along the upper side.
    ("overland_across_azerbaijan_km", {}, pytest.approx(_km(46, TOP, WEST, TOP), rel=NEAR)),
    (
        "overland_across_azerbaijan_km",
        {"upper-karabakh-armenian-held": HELD | BOX(46, 39.4, 46.2, 39.5)},
        _near(0, BULGE_KM),
    ),
    ("camp_from_stepanakert_km", {}, pytest.approx(_km(46.45, 39.25, 46.4, 39.25), rel=NEAR)),
]
# How far inwards from which side of the held part a point lies; negative outside.
INSIDE = [
    ((46.4, 39.25), "south", _km(46.4, 39.25, 46.4, BOTTOM)),
    ((46.25, 39.4), "west", _km(46.25, 39.4, WEST, 39.4)),
    ((46.4, BOTTOM), "south", 0),
    ((46.65, 39.4), "east", -_km(46.65, 39.4, EAST, 39.4)),
    ((46.4, 39.7), "north", -_km(46.4, 39.7, 46.4, TOP)),
]


def test_measure_gives_the_figure_that_is_known_of_the_squares(squares: Shapes) -> None:
    figures = [
        (name, changes, MEASURES[name](_with(squares, changes)).value, known)
        for name, changes, known in FIGURES
    ]

    assert [figure for figure in figures if figure[2] != figure[3]] == []
    assert {name for name, _, _ in FIGURES} == {name for name in MEASURES if "inside" not in name}


def test_distance_inwards_from_the_outline_is_negative_outside_and_off_by_its_side(squares: Shapes) -> None:
    off = []
    for place in ("stepanakert", "stepanakert-airport"):
        for point, side, km in INSIDE:
            inside = MEASURES[f"{place.replace('-', '_')}_inside_km"]
            measured = inside(_with(squares, {place: shapely.Point(point)}))
            # The side may be off, and the place; a side farther away by more than the nearest.
            least = max(
                hypot(UNCERTAINTY_M[each], PLACES_M[place]) / 1000 - (_to(point, each) - _to(point, side))
                for each in LINES
            )
            if (measured.value, measured.margin) != (_near(km, BULGE_KM), _near(least, 2 * BULGE_KM)):
                off.append((place, point, measured))

    assert off == []


def _to(point: tuple[float, float], side: str) -> float:
    """Return the distance from a point to a side of the held part, km, in a plane laid to the earth there."""
    return _apart_km(shapely.Point(point), LINES[side])


def test_margin_is_what_the_lines_beside_may_be_off_and_else_none(squares: Shapes) -> None:
    margins = {name: measure(squares).margin for name, measure in MEASURES.items() if "inside" not in name}
    held, other = _km2(HELD), _km2(NOT_HELD)
    off = {side: (metres / 1e3 * 10) ** 0.5 * UNCERTAINTY_M[side] / 1e3 for side, metres in SIDES.items()}
    # The line between the parts moves area from one to the other; one around the held part changes both
    # that and the whole. Each may be off 10 km of it at a time.
    share = 100 * hypot(off["east"], *(off[x] * other / (held + other) for x in OUTER)) / (held + other)

    # A side that is no nearer to Armenia, but may be off by more, may come nearer.
    apart = {side: _apart_km(ARMENIA, line) for side, line in LINES.items()}
    nearer = max(UNCERTAINTY_M[side] / 1e3 - km + apart["west"] for side, km in apart.items())
    mouth = 100 * (_km(WEST, 39.4, WEST, 39.5) * 10) ** 0.5 * 0.3 / _km2(CORRIDOR)

    assert {name: margin for name, margin in margins.items() if margin} == {
        "azerbaijani_share_of_oblast": pytest.approx(share, rel=1e-6),
        "armenian_share_of_oblast": pytest.approx(share, rel=1e-6),
        "corridor_to_post_by_road_km": 1.0,  # the post may be off by 1 km
        "corridor_to_post_straight_km": 1.0,
        "corridor_in_oblast": pytest.approx(mouth, rel=1e-6),
        "corridor_in_regained_land": pytest.approx(mouth, rel=1e-6),
        "russian_areas_in_azerbaijani_part": pytest.approx(off["east"], rel=1e-6),
        "regained_districts_next_to_oblast": 1,  # Gubadli's corner may be a stretch of border
        "overland_across_azerbaijan_km": _near(nearer, BULGE_KM),
        "camp_from_stepanakert_km": pytest.approx(hypot(5, 0.5)),
    }


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


def test_distances_on_the_map_are_those_of_another_plane(atlas: Atlas) -> None:
    countries = atlas.basemap.dropna(subset="id")
    shapes = dict(zip(countries.id, countries.geometry, strict=True)) | shapes_of(atlas)
    ends = {
        "overland": ("armenia", "upper-karabakh-armenian-held"),
        "stepanakert-within": ("stepanakert", "upper-karabakh-azerbaijani-held"),
        "camp": ("emergency-ministry-camp", "stepanakert"),
    }
    apart = {claim: _apart_km(shapes[one], shapes[other]) for claim, (one, other) in ends.items()}

    assert {claim: _of_the_map(atlas, claim) for claim in ends} == pytest.approx(apart, rel=NEAR)


def test_count_is_unsure_by_a_short_border_and_by_a_narrow_gap(squares: Shapes) -> None:
    """Between squares some 17 km wide, along and beside the sides of the held part, off by 2 km at most."""
    counted = {
        "long border": BOX(46.2, 39, 46.6, 39.2),
        "short border": BOX(46.2, 39, 46.24, 39.2),
        "wide gap": BOX(46.2, 39, 46.6, 39.17),
        "narrow gap": BOX(46.2, 39, 46.6, 39.19),
    }
    sure = {
        name: meeting(squares, HELD, shape) if "border" in name else meeting(squares, shape, HELD)
        for name, shape in counted.items()
    }

    assert sure == {
        "long border": (True, True),
        "short border": (True, False),
        "wide gap": (False, True),
        "narrow gap": (False, False),
    }
    counts = count(sure.values())
    assert (counts.value, counts.low, counts.high) == (2, 1, 3)


def test_road_may_be_cut_wrongly_at_both_ends_and_a_strip_be_wider(squares: Shapes) -> None:
    changed = _with(squares, {A_CORRIDOR: HELD})
    road = replace(squares.coverage, routes=_frame({"road": ROAD_THROUGH}, [100]))
    across = replace(changed, coverage=road)

    for measure in ("corridor_road_km", "corridor_axis_km", "corridor_straight_km"):
        assert MEASURES[measure](across).margin == pytest.approx(hypot(0.3, 1.0))
    width = MEASURES["corridor_mean_width_km"](across)
    off = [(metres / 1e3 * 10) ** 0.5 * UNCERTAINTY_M[side] / 1e3 for side, metres in SIDES.items()]
    assert width.margin == pytest.approx(hypot(*off) / _km(WEST, 39.45, EAST, 39.45), rel=1e-2)
