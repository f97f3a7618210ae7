"""What is taken away is what the GeoJSON has, whatever the format: features, properties, geometry, words."""

import json

import pytest
import shapely

from layers import Atlas
from layers.exports.delimited import FEATURES, features_csv
from layers.exports.formats import LAYER_FORMATS
from layers.exports.geopackage import geopackage_bytes
from layers.exports.kml import kml_bytes
from layers.exports.templating import clean
from tests.layers.exports.reading_back import (
    HOSTILE,
    READERS,
    expected,
    geometries,
    properties,
    read_back,
)
from tests.layers.lookup import ids_of

each_format = pytest.mark.parametrize("form", READERS)


@pytest.fixture(scope="module")
def hostile_files(hostile: Atlas) -> dict[str, bytes]:
    """The files that hold a layer of hostile words, by their paths."""
    layer = hostile.layers["returned-districts"]
    of_layer = {
        form.path.format(layer.id): form.make(hostile, layer, "article")
        for form in LAYER_FORMATS.values()
        if form.path
    }
    whole = {"karabakh-2020.gpkg": geopackage_bytes(hostile), "karabakh-2020.kml": kml_bytes(hostile)}
    return {**of_layer, **whole, FEATURES: features_csv(hostile)}


@each_format
def test_every_layer_comes_back_in_its_order_with_its_properties_and_geometry(
    form: str, files: dict[str, bytes], atlas: Atlas
) -> None:
    reference = None if form == "CSV" else "EPSG:4326"
    other: list[tuple[str, str]] = []
    for layer in atlas.layers.values():
        read, wanted = read_back(form, files, layer), geometries(atlas, layer)
        found = {
            "order": list(read.id) == ids_of(layer),
            "properties": properties(read) == expected(atlas, layer),
            "reference system": read.crs == reference,
            "types": [x.geom_type for x in read.geometry] == [x.geom_type for x in wanted],
            "geometry": shapely.equals_exact(
                shapely.normalize(read.geometry.to_numpy()), shapely.normalize(wanted), tolerance=1e-5
            ).all(),
        }
        other += [(layer.id, what) for what, is_same in found.items() if not is_same]

    assert other == []


@each_format
def test_hostile_text_comes_back_but_for_what_xml_forbids(
    form: str, hostile_files: dict[str, bytes], hostile: Atlas
) -> None:
    read = read_back(form, hostile_files, hostile.layers["returned-districts"])
    wanted = {identifier: clean(text) for identifier, text in HOSTILE.items()}

    for column in ("name", "name_en", "summary", "note"):
        assert dict(zip(read.id, read[column], strict=True)) == wanted


def test_hostile_text_is_in_geojson_as_it_stands(hostile_files: dict[str, bytes]) -> None:
    lines = hostile_files["returned-districts.geojson"].split(b"\n")
    features = [json.loads(line.removesuffix(b",")) for line in lines[1:-2]]

    for texts in (lambda x: x["name"], lambda x: x["names"]["en"], lambda x: x["summary"]):
        assert {feature["id"]: texts(feature["properties"]) for feature in features} == HOSTILE


def test_cleaning_takes_out_control_characters_and_nothing_else() -> None:
    kept = "Զ Ş ъ “—” \N{RIGHT-TO-LEFT OVERRIDE}\t\n \N{FLAG IN HOLE} <&>"

    assert clean(f"{kept}\N{NULL}\x08\x1f\ufffe\ud800") == kept
    assert clean("a\r\nb\rc") == "a\nb\nc"
