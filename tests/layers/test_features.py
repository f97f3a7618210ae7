"""What every exported feature carries, the ids that others rely on, and whether the measures hold up."""

import json
import re
from typing import Any

import pyproj
import pytest
import shapely

from layers import Atlas, build_atlas
from layers.exports.geojson import geojson_bytes
from layers.geometry.definitions import dissolve
from layers.geometry.measure import area_km2

Json = Any
PROPERTIES = {
    *("id", "layer", "name", "names", "as_of"),
    *("uncertainty_m", "precision", "digitized_after", "quotes"),
}
MEASURES = {"Polygon": {"area_km2"}, "LineString": {"length_km"}, "Point": set()}
DISTRICTS = ("aghdam", "fuzuli", "gubadli", "jabrayil", "kelbajar", "lachin", "zangilan")
STABLE_IDS = {
    "upper-karabakh-armenian-held": "upper-karabakh",
    "upper-karabakh-azerbaijani-held": "upper-karabakh",
    "lachin-corridor": "lachin-corridor",
    **{f"district-{district}": "returned-districts" for district in DISTRICTS},
    "russian-area-north": "areas-of-responsibility",
    "russian-area-south": "areas-of-responsibility",
    "russian-area-lachin-corridor": "areas-of-responsibility",
}
LAYERS_OF_THE_CONTRACT = {
    *STABLE_IDS.values(),
    *("demarcation-line", "line-of-contact-1994", "supply-route", "places", "protectorates"),
}
WITHIN = 0.05  # a hand-drawn area is to come this near to a published one


def _exported() -> dict[str, Json]:
    """Return every feature of every layer, as its file has it."""
    atlas = build_atlas()
    files = [json.loads(geojson_bytes(atlas, layer)) for layer in atlas.layers.values()]
    return {feature["id"]: feature for file in files for feature in file["features"]}


def _published_km2(properties: Json) -> list[float]:
    figures = [figure["value"] for figure in properties.get("figures", [])]
    return [float(value.removesuffix(" km²").replace(",", "")) for value in figures if value.endswith(" km²")]


EXPORTED = _exported()
PUBLISHED_KM2 = {
    identifier: published
    for identifier, feature in EXPORTED.items()
    if "area_km2" in feature["properties"] and (published := _published_km2(feature["properties"]))
}

each_feature = pytest.mark.parametrize("identifier", EXPORTED)


def test_ids_are_unique_over_the_whole_map(atlas: Atlas) -> None:
    ids = [identifier for layer in atlas.layers.values() for identifier in layer.features.id]

    assert sorted(ids) == sorted(EXPORTED)


def test_layers_are_those_of_the_contract(atlas: Atlas) -> None:
    assert set(atlas.layers) == LAYERS_OF_THE_CONTRACT


@pytest.mark.parametrize(("identifier", "layer"), STABLE_IDS.items())
def test_feature_ids_that_others_rely_on_stay(identifier: str, layer: str) -> None:
    assert EXPORTED[identifier]["properties"]["layer"] == layer


@each_feature
def test_feature_has_the_properties_of_the_contract(identifier: str) -> None:
    feature = EXPORTED[identifier]
    measure = MEASURES[feature["geometry"]["type"].removeprefix("Multi")]

    assert PROPERTIES | measure <= set(feature["properties"])
    assert {"area_km2", "length_km"} & set(feature["properties"]) == measure


@each_feature
def test_feature_says_how_well_it_is_known(identifier: str, atlas: Atlas) -> None:
    properties = EXPORTED[identifier]["properties"]
    sources = {source["name"] for source in atlas.descriptor["sources"]}

    assert properties["uncertainty_m"] >= 1
    assert properties["precision"] in {"approximate", "schematic"}
    assert set() < set(properties["digitized_after"]) <= sources
    assert properties["as_of"] == "2020-12-08"


@each_feature
def test_feature_is_named_and_its_id_is_kebab_case(identifier: str) -> None:
    properties = EXPORTED[identifier]["properties"]

    assert properties["id"] == identifier
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier)
    assert set() < set(properties["names"]) <= {"article", "en", "az", "hy", "ru"}
    assert properties["name"] == next(iter(properties["names"].values()))


@each_feature
def test_feature_carries_the_article_s_words(identifier: str, atlas: Atlas) -> None:
    names, quotes = (EXPORTED[identifier]["properties"][key] for key in ("names", "quotes"))

    assert quotes or "article" not in names
    for quote in quotes:
        assert set(quote) == {"exact", "paragraph", "speaker"}
        assert quote["exact"] in atlas.article.paragraphs[quote["paragraph"] - 1].text


@each_feature
def test_measure_is_geodesic(identifier: str) -> None:
    feature = EXPORTED[identifier]
    geometry = shapely.geometry.shape(feature["geometry"])
    ellipsoid = pyproj.Geod(ellps="WGS84")
    area, length = abs(ellipsoid.geometry_area_perimeter(geometry)[0]), ellipsoid.geometry_length(geometry)
    expected = {"Polygon": area / 1e6, "LineString": length / 1e3, "Point": 0}
    measured = feature["properties"].get("area_km2", feature["properties"].get("length_km", 0))

    assert measured == pytest.approx(expected[geometry.geom_type.removeprefix("Multi")], abs=0.06)


@pytest.mark.parametrize(("identifier", "published"), PUBLISHED_KM2.items())
def test_area_comes_near_a_published_one(identifier: str, published: list[float]) -> None:
    measured = EXPORTED[identifier]["properties"]["area_km2"]

    assert min(abs(measured / figure - 1) for figure in published) <= WITHIN


def test_area_within_the_line_of_contact_comes_near_the_published_one(atlas: Atlas) -> None:
    before = dissolve(atlas.coverage.armenian_held(atlas.coverage.before_the_war))

    published = _published_km2(EXPORTED["line-of-contact-1994"]["properties"])

    assert [area_km2(before)] == pytest.approx(published, rel=WITHIN)


@pytest.mark.parametrize("district", DISTRICTS)
def test_what_came_back_of_a_district_is_the_part_not_held_throughout(district: str, atlas: Atlas) -> None:
    properties = EXPORTED[f"district-{district}"]["properties"]
    faces = atlas.coverage.faces.query("district == @district and how == 'held'")
    held = sum(map(area_km2, faces.geometry))

    assert properties["returned_km2"] + held == pytest.approx(properties["area_km2"], abs=0.15)


def test_azerbaijan_holds_about_one_third_of_upper_karabakh() -> None:
    held, other = (
        EXPORTED[f"upper-karabakh-{side}-held"]["properties"]["area_km2"]
        for side in ("azerbaijani", "armenian")
    )

    assert held / (held + other) == pytest.approx(1 / 3, abs=0.05)
