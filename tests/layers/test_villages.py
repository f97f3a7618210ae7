"""Villages: each in the district it is listed in, or it is said why not; each on the side that held it."""

import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from layers import Atlas
from layers.data.folders import GEODATA

DATA = Path(__file__).parent.parent / "data"
SETTLEMENTS = GEODATA / "settlements"

OBLAST = "oblast"


def _places(name: str) -> gpd.GeoDataFrame:
    return gpd.read_file(SETTLEMENTS / name)


@pytest.fixture(scope="module")
def villages(atlas: Atlas) -> gpd.GeoDataFrame:
    """The villages with the district they are `drawn` in: one of the seven, the oblast, or None."""
    faces = atlas.coverage.faces
    drawn = faces.district.where(~faces.oblast, OBLAST)
    areas = gpd.GeoDataFrame({"drawn": drawn}, geometry=faces.geometry, crs=faces.crs)
    joined = gpd.sjoin(_places("villages.geojson"), areas, predicate="within", how="left")
    return joined.astype({"drawn": object}).where(joined.notna(), None)


@pytest.fixture(scope="module")
def districts(atlas: Atlas) -> set[str]:
    """The names of the seven districts."""
    return set(atlas.coverage.faces.district.dropna())


def test_village_lies_where_it_is_listed_or_it_is_said_why_not(
    villages: gpd.GeoDataFrame, districts: set[str]
) -> None:
    wrong = villages[
        (villages.rayon.isin(districts) | villages.drawn.isin(districts)) & (villages.rayon != villages.drawn)
    ]
    groups = json.loads((DATA / "villages-elsewhere.json").read_text(encoding="utf-8"))
    excepted = {
        (village["id"], village["listed"], village["drawn"])
        for group in groups
        for village in group["villages"]
    }

    assert all(group["reason"] for group in groups)
    assert set(zip(wrong.id, wrong.rayon, wrong.drawn, strict=True)) == excepted


def test_at_most_one_village_in_a_hundred_lies_in_another_of_the_seven(
    villages: gpd.GeoDataFrame, districts: set[str]
) -> None:
    listed = villages[villages.rayon.isin(districts)]
    elsewhere = listed.drawn.isin(districts) & (listed.rayon != listed.drawn)

    assert elsewhere.mean() <= 0.01


@pytest.mark.parametrize("day", ["2020-12-08", "2020-09-26"])
def test_place_lies_on_the_side_that_held_it(atlas: Atlas, day: str) -> None:
    name = {"2020-12-08": "control", "2020-09-26": "front"}[day]
    held = atlas.coverage.armenian_held(date.fromisoformat(day))
    armenian = shapely.union_all(held.geometry.to_numpy())
    places = _places(f"{name}-{day}.geojson")

    assert [*places.name[armenian.contains(places.geometry) != (places.held_by == "armenian")]] == []


def test_the_east_tip_has_no_village(atlas: Atlas, villages: gpd.GeoDataFrame) -> None:
    faces = atlas.coverage.faces.set_index("id")
    tip = faces.geometry["oblast-east-held-throughout"]

    assert [*villages.name[villages.within(tip)]] == []
