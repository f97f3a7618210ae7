"""Regions that the article compares: who held the towns at their edges, and the published areas beside ours.

`tests/data/compared-regions.geojson` has the towns (GeoNames, CC BY 4.0; Wikipedia, CC BY-SA 4.0), each with
who says that it lay inside or outside in 2020.
"""

from pathlib import Path

import geopandas as gpd
import pytest

from layers import Atlas
from tests.layers.lookup import features_by_id, shapes_of

TOWNS = gpd.read_file(Path(__file__).parent.parent / "data" / "compared-regions.geojson")


def test_town_lies_inside_only_if_it_was_held_there(atlas: Atlas) -> None:
    shapes = shapes_of(atlas, "protectorates")
    drawn = [shapes[region].contains(at) for region, at in zip(TOWNS.region, TOWNS.geometry, strict=True)]

    assert list(TOWNS.name[TOWNS.inside.to_numpy() != drawn]) == []


@pytest.mark.parametrize(
    ("region", "value"),
    [
        ("abkhazia", "8,660 km²"),
        ("donbas", "8,325 km² in Luhansk region"),
        ("south-ossetia", "3,900 km²"),
        ("transnistria", "4,163 km²"),
    ],
)
def test_region_has_a_published_area_beside_ours(atlas: Atlas, region: str, value: str) -> None:
    assert value in [figure.value for figure in features_by_id(atlas)[region].figures]


@pytest.mark.parametrize(("region", "published"), [("abkhazia", 8660), ("south-ossetia", 3900)])
def test_area_comes_near_the_published_one(atlas: Atlas, region: str, published: float) -> None:
    assert features_by_id(atlas)[region].area_km2 == pytest.approx(published, rel=0.05)
