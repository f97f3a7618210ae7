"""The layers as GeoJSON: as RFC 7946 has it, whole, in each form of the names."""

import json
from pathlib import Path

import pyogrio
import pytest
import shapely

from layers import Atlas
from layers.citation import provenance
from layers.exports.geojson import collection, geojson_bytes, geojson_files
from layers.features import name_in
from layers.style.captions import LANGUAGES
from tests.layers.lookup import ids_of

EN, AZ = {"en": "Garden"}, {"az": "Bağ"}
NAMES = {
    "chosen": ("hy", {"article": "Karabakh", **EN, "hy": "Արցախ"}, "Արցախ"),
    "as in the article": ("article", {"article": "Karabakh", **EN, **AZ}, "Karabakh"),
    "the article's for want of the chosen": ("ru", {"article": "Karabakh", **EN, **AZ}, "Karabakh"),
    "English for want of the article's": ("ru", EN | AZ, "Garden"),
    "English where it stands last": ("article", AZ | EN, "Garden"),
    "the first for want of all these": ("article", {**AZ, "ru": "Сад"}, "Bağ"),
}


@pytest.fixture(scope="module")
def written(atlas: Atlas) -> dict[str, bytes]:
    """Every layer's file by its id."""
    return {name.removesuffix(".geojson"): content for name, content in geojson_files(atlas).items()}


@pytest.fixture(scope="module")
def shapes(written: dict[str, bytes]) -> dict[str, list[shapely.Geometry]]:
    """The geometries of every layer's file, as they stand there."""
    return {
        layer: [shapely.geometry.shape(feature["geometry"]) for feature in json.loads(content)["features"]]
        for layer, content in written.items()
    }


def test_every_layer_has_a_file_that_says_what_it_is_and_whose(
    written: dict[str, bytes], atlas: Atlas
) -> None:
    said = {layer: json.loads(content) for layer, content in written.items()}
    rights = {key: provenance(atlas)[key] for key in ("attribution", "disclaimer", "edition")}
    keys = ("type", "title", "as_of", "license", *rights)

    assert list(said) == list(atlas.layers)
    assert {layer: {key: file[key] for key in keys} for layer, file in said.items()} == {
        layer: {
            "type": "FeatureCollection",
            "title": each.title,
            "as_of": "2020-12-08",
            "license": "ODbL-1.0",
            **rights,
        }
        for layer, each in atlas.layers.items()
    }
    assert [layer for layer, file in said.items() if "crs" in file] == []


def test_file_has_one_feature_a_line_by_id(written: dict[str, bytes], atlas: Atlas) -> None:
    ids = {
        layer: [json.loads(line.removesuffix(b","))["id"] for line in content.split(b"\n")[1:-2]]
        for layer, content in written.items()
    }

    assert ids == {layer: sorted(ids_of(each)) for layer, each in atlas.layers.items()}


def test_bbox_is_that_of_the_features(
    written: dict[str, bytes], shapes: dict[str, list[shapely.Geometry]]
) -> None:
    said = {layer: json.loads(content)["bbox"] for layer, content in written.items()}

    assert said == {layer: list(shapely.total_bounds(each)) for layer, each in shapes.items()}


def test_outer_rings_run_counter_clockwise_and_holes_clockwise(
    shapes: dict[str, list[shapely.Geometry]],
) -> None:
    parts = shapely.get_parts([shape for each in shapes.values() for shape in each])
    polygons = [part for part in parts if part.geom_type == "Polygon"]

    assert {polygon.exterior.is_ccw for polygon in polygons} == {True}
    assert {hole.is_ccw for polygon in polygons for hole in polygon.interiors} == {False}


def test_positions_are_longitude_and_latitude_to_five_decimals_and_none_has_moved(
    shapes: dict[str, list[shapely.Geometry]], atlas: Atlas
) -> None:
    positions = shapely.get_coordinates([shape for each in shapes.values() for shape in each])
    moved = [
        layer
        for layer, each in shapes.items()
        if shapely.has_z(each).any()
        or not shapely.equals_exact(
            shapely.normalize(each), shapely.normalize(atlas.layers[layer].geometries), tolerance=0
        ).all()
    ]
    places = dict(zip(ids_of(atlas.layers["places"]), shapes["places"], strict=True))

    assert (positions == positions.round(5)).all()
    assert moved == []
    assert places["stepanakert"].coords[0] == pytest.approx([46.75, 39.82], abs=0.02)
    assert places["baku"].coords[0] == pytest.approx([49.85, 40.4], abs=0.05)


def test_gdal_reads_every_file_and_has_nothing_to_mend(written: dict[str, bytes], tmp_path: Path) -> None:
    mended = []
    for layer, content in written.items():
        features = json.loads(content)["features"]
        read = pyogrio.read_dataframe(content)
        again = tmp_path / f"{layer}.geojson"
        pyogrio.write_dataframe(read[["id", "geometry"]], again, RFC7946="YES")
        geometries = [feature["geometry"] for feature in json.loads(again.read_bytes())["features"]]
        if (list(read.id), str(read.crs), geometries) != (
            [feature["id"] for feature in features],
            "EPSG:4326",
            [feature["geometry"] for feature in features],
        ):
            mended.append(layer)

    assert mended == []


def test_a_form_of_names_changes_the_names_and_nothing_else(atlas: Atlas) -> None:
    for lang in LANGUAGES:
        for layer in atlas.layers.values():
            usual, chosen = (collection(atlas, layer, form) for form in ("article", lang))
            names = [feature["properties"]["names"] for feature in usual["features"]]
            found = [feature["properties"].pop("name") for feature in chosen["features"]]
            for feature in usual["features"]:
                feature["properties"].pop("name")

            assert found == [each.get(lang) or each.get("article") or each["en"] for each in names]
            assert chosen == usual


def test_files_are_in_the_form_of_names_asked_for(atlas: Atlas, written: dict[str, bytes]) -> None:
    places = atlas.layers["places"]
    bodies = [geojson_bytes(atlas, places, lang) for lang in LANGUAGES]

    assert bodies[0] == written["places"]
    assert bodies == [geojson_files(atlas, lang)["places.geojson"] for lang in LANGUAGES]
    assert len({*bodies}) == len(LANGUAGES)


def test_name_falls_back_where_a_form_is_missing() -> None:
    found = {case: name_in(names, lang) for case, (lang, names, _) in NAMES.items()}

    assert found == {case: name for case, (_, _, name) in NAMES.items()}
