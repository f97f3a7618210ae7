"""The corridor's road: with its bends and without, and how far the posts stood that lie beyond it."""

import geopandas as gpd
import pytest
import shapely

from layers import Atlas
from layers.data.folders import GEODATA
from layers.geometry.measure import CorridorMeasures, corridor_measures, distance_m, length_km
from tests.layers.lookup import features_by_id, shapes_of

POSTS = ("lysogorsky", "zarysly")
BOX = shapely.box(46, 39, 46.2, 39.2)
BENDS = shapely.LineString([(46 + 0.005 * i, 39.1 + 0.002 * (i % 2)) for i in range(51)])  # 220 m to a side


def _roads(*roads: shapely.LineString) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"id": range(len(roads))}, geometry=list(roads), crs="EPSG:4326")


def _to(atlas: Atlas, post: str) -> CorridorMeasures:
    places = atlas.coverage.places.set_index("id").geometry
    return corridor_measures(shapes_of(atlas)["lachin-corridor"], atlas.coverage.routes, places[post])


def test_small_bends_are_in_the_road_and_not_in_the_axis() -> None:
    measures = corridor_measures(BOX, _roads(BENDS))

    assert measures["road_km"] == pytest.approx(length_km(BENDS & BOX), abs=0.06)
    assert measures["crow_km"] <= measures["axis_km"] < 0.95 * measures["road_km"]


def test_post_beyond_is_reached_over_roads_that_meet() -> None:
    on = shapely.LineString([BENDS.coords[-1], (46.4, 39.1)])
    measures = corridor_measures(BOX, _roads(BENDS, on), shapely.Point(46.35, 39.11))

    assert measures["post_road_km"] == pytest.approx(
        length_km(BENDS) + distance_m(shapely.Point(46.25, 39.1), shapely.Point(46.35, 39.1)) / 1000, abs=0.1
    )
    assert measures["post_crow_km"] < measures["post_road_km"]


def test_posts_stand_in_the_oblast_beyond_the_corridor_s_end(atlas: Atlas) -> None:
    shapes, places = shapes_of(atlas), atlas.coverage.places.set_index("id").geometry

    assert [post for post in POSTS if shapes["lachin-corridor"].contains(places[post])] == []
    assert [post for post in POSTS if not shapes["upper-karabakh-armenian-held"].contains(places[post])] == []


def test_note_says_how_far_the_last_post_is(atlas: Atlas) -> None:
    note = features_by_id(atlas)["lachin-corridor"].note or ""

    assert f"Zarysly is {_to(atlas, 'zarysly')['post_crow_km']:.0f} km" in note


def test_datasheet_gives_the_lengths(atlas: Atlas) -> None:
    measures = _to(atlas, "zarysly")
    said = " ".join((GEODATA / "README.md").read_text(encoding="utf-8").split())

    assert f"{measures['road_km']:.0f} km along the drawn road" in said
    assert f"{measures['axis_km']:.0f} km without its bends" in said
    assert f"{measures['crow_km']} km as the crow flies" in said
    assert f"{measures['mean_width_km']} km mean width" in said
    assert (
        f"{measures['post_crow_km']:.0f} km in a straight line and {measures['post_road_km']:.0f} km" in said
    )
