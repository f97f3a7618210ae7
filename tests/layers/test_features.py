"""What every exported feature carries, the ids that others rely on, and whether the measures hold up."""

import json
import re
from typing import Any

import pyproj
import pytest
import shapely

from layers import Atlas
from layers.exports.geojson import geojson_bytes
from layers.geometry.definitions import dissolve
from layers.geometry.measure import area_km2
from tests.layers.lookup import ids_of

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


Exported = dict[str, Json]


@pytest.fixture(scope="module")
def exported(atlas: Atlas) -> Exported:
    """Every feature of every layer, as its file has it."""
    files = [json.loads(geojson_bytes(atlas, layer)) for layer in atlas.layers.values()]
    return {feature["id"]: feature for file in files for feature in file["features"]}


@pytest.fixture(scope="module")
def properties(exported: Exported) -> Exported:
    """The properties of every feature by its id."""
    return {identifier: feature["properties"] for identifier, feature in exported.items()}


def _published_km2(properties: Json) -> list[float]:
    figures = [figure["value"] for figure in properties.get("figures", [])]
    return [float(value.removesuffix(" km²").replace(",", "")) for value in figures if value.endswith(" km²")]


def _kind(feature: Json) -> str:
    return str(feature["geometry"]["type"]).removeprefix("Multi")


def _measure(feature: Json) -> float:
    """Return the geodesic area in km², or the length in km, of a feature's geometry."""
    ellipsoid = pyproj.Geod(ellps="WGS84")
    geometry = shapely.geometry.shape(feature["geometry"])
    if _kind(feature) == "Polygon":
        return float(abs(ellipsoid.geometry_area_perimeter(geometry)[0]) / 1e6)
    return float(ellipsoid.geometry_length(geometry) / 1e3)


def test_ids_are_unique_over_the_whole_map(atlas: Atlas, exported: Exported) -> None:
    ids = [identifier for layer in atlas.layers.values() for identifier in ids_of(layer)]

    assert sorted(ids) == sorted(exported)


def test_layers_are_those_of_the_contract(atlas: Atlas) -> None:
    assert set(atlas.layers) == LAYERS_OF_THE_CONTRACT


def test_feature_ids_that_others_rely_on_stay(properties: Exported) -> None:
    assert {identifier: properties[identifier]["layer"] for identifier in STABLE_IDS} == STABLE_IDS


def test_feature_has_the_properties_of_the_contract(exported: Exported) -> None:
    faulty = []
    for identifier, feature in exported.items():
        measure, known = MEASURES[_kind(feature)], set(feature["properties"])
        if not known >= PROPERTIES or {"area_km2", "length_km"} & known != measure:
            faulty.append(identifier)

    assert faulty == []


def test_feature_says_how_well_it_is_known(properties: Exported, atlas: Atlas) -> None:
    sources = {source["name"] for source in atlas.descriptor["sources"]}
    cited = {identifier: set(x["digitized_after"]) for identifier, x in properties.items()}

    assert [identifier for identifier, x in properties.items() if x["uncertainty_m"] < 1] == []
    assert [identifier for identifier, keys in cited.items() if not set() < keys <= sources] == []
    assert {x["precision"] for x in properties.values()} == {"approximate", "schematic"}
    assert {x["as_of"] for x in properties.values()} == {"2020-12-08"}


def test_feature_is_named_and_its_id_is_kebab_case(properties: Exported) -> None:
    names = {identifier: x["names"] for identifier, x in properties.items()}

    assert [identifier for identifier, x in properties.items() if x["id"] != identifier] == []
    assert [x for x in properties if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", x)] == []
    assert [
        x for x, forms in names.items() if not set() < set(forms) <= {"article", "en", "az", "hy", "ru"}
    ] == []
    assert {x: next(iter(names[x].values())) for x in names} == {x: properties[x]["name"] for x in names}


def test_feature_carries_the_article_s_words(properties: Exported, atlas: Atlas) -> None:
    quotes = [quote for x in properties.values() for quote in x["quotes"]]
    paragraphs = {paragraph.number: paragraph.text for paragraph in atlas.article.paragraphs}

    assert [i for i, x in properties.items() if "article" in x["names"] and not x["quotes"]] == []
    assert {frozenset(quote) for quote in quotes} == {frozenset({"exact", "paragraph", "speaker", "reports"})}
    assert [quote for quote in quotes if quote["exact"] not in paragraphs[quote["paragraph"]]] == []


def test_measure_is_geodesic(exported: Exported) -> None:
    measured = {
        identifier: feature["properties"].get("area_km2", feature["properties"].get("length_km", 0))
        for identifier, feature in exported.items()
    }

    assert measured == {x: pytest.approx(_measure(exported[x]), abs=0.06) for x in exported}


def test_area_comes_near_a_published_one(properties: Exported) -> None:
    published = {
        x: _published_km2(properties[x])
        for x in properties
        if "area_km2" in properties[x] and properties[x]["layer"] != "protectorates"
    }
    off = {
        identifier: min(abs(properties[identifier]["area_km2"] / figure - 1) for figure in figures)
        for identifier, figures in published.items()
        if figures
    }

    assert len(off) >= len(DISTRICTS)
    assert [identifier for identifier, share in off.items() if share > WITHIN] == []


def test_area_within_the_line_of_contact_comes_near_the_published_one(
    properties: Exported, atlas: Atlas
) -> None:
    before = dissolve(atlas.coverage.armenian_held(atlas.coverage.before_the_war))
    published = _published_km2(properties["line-of-contact-1994"])

    assert [area_km2(before)] == pytest.approx(published, rel=WITHIN)


def test_what_came_back_of_a_district_was_neither_held_throughout_nor_left_later(
    properties: Exported, atlas: Atlas
) -> None:
    faces = atlas.coverage.faces
    km2 = faces[faces.how.isin(("held", "left-later"))].geometry.map(area_km2).groupby(faces.district).sum()
    districts = {district: properties[f"district-{district}"] for district in DISTRICTS}
    whole = {district: x["returned_km2"] + km2.get(district, 0) for district, x in districts.items()}

    assert whole == {district: pytest.approx(x["area_km2"], abs=0.15) for district, x in districts.items()}


def test_azerbaijan_holds_about_one_third_of_upper_karabakh(properties: Exported) -> None:
    held, other = (
        properties[f"upper-karabakh-{side}-held"]["area_km2"] for side in ("azerbaijani", "armenian")
    )

    assert held / (held + other) == pytest.approx(1 / 3, abs=0.05)
