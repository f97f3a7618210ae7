"""What is taken away is what the GeoJSON has, whatever the format: features, properties, geometry, words."""

from pathlib import Path

import pytest
import shapely

from layers import Atlas
from layers.exports.everything import all_files
from layers.exports.templating import clean
from layers.exports.writing import write_files
from tests.layers.exports.reading_back import (
    HOSTILE,
    IDS,
    READERS,
    expected,
    geometries,
    properties,
    read_back,
)

each_layer = pytest.mark.parametrize("layer", IDS)
each_format = pytest.mark.parametrize("form", READERS)


@pytest.fixture(scope="module")
def hostile_folder(hostile: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile-files")
    write_files(path, all_files(hostile))
    return path


@each_layer
@each_format
def test_features_come_back_in_their_order(form: str, layer: str, folder: Path, atlas: Atlas) -> None:
    read = read_back(form, folder, atlas.layers[layer])

    assert list(read.id) == list(atlas.layers[layer].features.id)


@each_layer
@each_format
def test_properties_come_back(form: str, layer: str, folder: Path, atlas: Atlas) -> None:
    read = read_back(form, folder, atlas.layers[layer])

    assert properties(read) == expected(atlas, atlas.layers[layer])


@each_layer
@each_format
def test_geometry_comes_back_to_the_fifth_decimal(form: str, layer: str, folder: Path, atlas: Atlas) -> None:
    read = read_back(form, folder, atlas.layers[layer])
    wanted = geometries(atlas, atlas.layers[layer])

    assert [shape.geom_type for shape in read.geometry] == [shape.geom_type for shape in wanted]
    assert shapely.equals_exact(
        shapely.normalize(read.geometry.to_numpy()), shapely.normalize(wanted), tolerance=1e-5
    ).all()


@each_format
def test_formats_with_a_reference_system_say_which(form: str, folder: Path, atlas: Atlas) -> None:
    read = read_back(form, folder, atlas.layers["places"])

    assert read.crs == (None if form == "CSV" else "EPSG:4326")


@each_format
def test_hostile_text_comes_back_but_for_what_xml_forbids(
    form: str, hostile_folder: Path, hostile: Atlas
) -> None:
    read = read_back(form, hostile_folder, hostile.layers["returned-districts"])
    wanted = {identifier: clean(text) for identifier, text in HOSTILE.items()}

    for column in ("name", "name_en", "summary", "note"):
        assert dict(zip(read.id, read[column], strict=True)) == wanted


def test_cleaning_takes_out_control_characters_and_nothing_else() -> None:
    kept = "Զ Ş ъ “—” \N{RIGHT-TO-LEFT OVERRIDE}\t\n \N{FLAG IN HOLE} <&>"

    assert clean(f"{kept}\N{NULL}\x08\x1f\ufffe\ud800") == kept
    assert clean("a\r\nb\rc") == "a\nb\nc"
