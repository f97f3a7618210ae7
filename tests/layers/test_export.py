"""The exported files: GeoJSON as RFC 7946 has it, the same bytes every time, whole or not at all."""

import errno
import io
import json
import zipfile
from pathlib import Path
from typing import Any, NoReturn

import pyogrio
import pytest
import shapely

from layers import Atlas, build_atlas
from layers.data.files import GEODATA
from layers.exports.archive import archive_bytes
from layers.exports.geojson import collection, geojson_bytes, geojson_files
from layers.exports.writing import write_files
from layers.presentation import name_in
from layers.style.captions import LANGUAGES
from tests.layers.damage import LAYERS, damage, put

Json = Any
IDS = [layer["id"] for layer in json.loads((GEODATA / "layers.json").read_text(encoding="utf-8"))]
HOSTILE = {
    "district-aghdam": "<script>alert(1)</script>",
    "district-fuzuli": "`backticks` and ${alert(1)}",
    "district-gubadli": "\N{RIGHT-TO-LEFT OVERRIDE}cba\N{NULL}\N{LINE SEPARATOR}\r\n",
    "district-jabrayil": "x" * 5_000,
    "district-kelbajar": "{{7*7}}{% raw %}",
    "district-lachin": "\"quoted\" 'twice' \\ </script><!--",
    "district-zangilan": "Zəngilan \N{FLAG IN HOLE}\N{COMBINING ACUTE ACCENT}",
}

EN, AZ = {"en": "Garden"}, {"az": "Bağ"}
NAMES = {
    "chosen": ("hy", {"article": "Karabakh", **EN, "hy": "Արցախ"}, "Արցախ"),
    "as in the article": ("article", {"article": "Karabakh", **EN, **AZ}, "Karabakh"),
    "the article's for want of the chosen": ("ru", {"article": "Karabakh", **EN, **AZ}, "Karabakh"),
    "English for want of the article's": ("ru", EN | AZ, "Garden"),
    "English where it stands last": ("article", AZ | EN, "Garden"),
    "the first for want of all these": ("article", {**AZ, "ru": "Сад"}, "Bağ"),
}

each_layer = pytest.mark.parametrize("layer", IDS)
each_language = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def folder(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that everything is exported to."""
    path = tmp_path_factory.mktemp("export")
    write_files(path, geojson_files(atlas))
    return path


def _file(folder: Path, layer: str) -> Json:
    return json.loads((folder / f"{layer}.geojson").read_text(encoding="utf-8"))


def _geometries(file: Json) -> list[shapely.Geometry]:
    return [shapely.geometry.shape(feature["geometry"]) for feature in file["features"]]


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_layer_has_one_file_of_the_bytes_that_the_web_serves(atlas: Atlas, folder: Path) -> None:
    assert _contents(folder) == {f"{i}.geojson": geojson_bytes(atlas, atlas.layers[i]) for i in IDS}


def test_same_data_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_files(tmp_path, geojson_files(build_atlas()))

    assert _contents(tmp_path) == _contents(folder)


def test_export_into_a_folder_that_is_missing_makes_it(atlas: Atlas, tmp_path: Path) -> None:
    paths = write_files(tmp_path / "new" / "folder", geojson_files(atlas))

    assert paths == [tmp_path / "new" / "folder" / f"{layer}.geojson" for layer in IDS]


@each_layer
def test_collection_says_what_it_is_and_whose(layer: str, folder: Path, atlas: Atlas) -> None:
    file = _file(folder, layer)

    assert file["type"] == "FeatureCollection"
    assert {key: file[key] for key in ("title", "as_of", "license", "attribution", "disclaimer")} == {
        "title": atlas.layers[layer].title,
        "as_of": "2020-12-08",
        "license": "ODbL-1.0",
        "attribution": atlas.descriptor["attribution"],
        "disclaimer": atlas.descriptor["disclaimer"],
    }


@each_layer
def test_file_has_one_feature_a_line(layer: str, folder: Path) -> None:
    lines = (folder / f"{layer}.geojson").read_bytes().split(b"\n")
    ids = [json.loads(line.removesuffix(b","))["id"] for line in lines[1:-2]]

    assert ids == sorted(ids)
    assert len(ids) == len(_file(folder, layer)["features"])


@each_layer
def test_outer_rings_run_counter_clockwise_and_holes_clockwise(layer: str, folder: Path) -> None:
    parts = shapely.get_parts(_geometries(_file(folder, layer)))
    polygons = [part for part in parts if part.geom_type == "Polygon"]

    assert all(polygon.exterior.is_ccw for polygon in polygons)
    assert not any(hole.is_ccw for polygon in polygons for hole in polygon.interiors)


@each_layer
def test_positions_have_at_most_five_decimals(layer: str, folder: Path) -> None:
    positions = shapely.get_coordinates(_geometries(_file(folder, layer)))

    assert (positions == positions.round(5)).all()


@each_layer
def test_positions_are_two_numbers_and_no_vertex_has_moved(layer: str, folder: Path, atlas: Atlas) -> None:
    exported = _geometries(_file(folder, layer))

    assert not shapely.has_z(exported).any()
    assert shapely.equals_exact(
        shapely.normalize(exported), atlas.layers[layer].features.geometry.normalize(), tolerance=0
    ).all()


def test_longitude_comes_before_latitude(folder: Path) -> None:
    places = {place["id"]: place["geometry"]["coordinates"] for place in _file(folder, "places")["features"]}

    assert places["stepanakert"] == pytest.approx([46.75, 39.82], abs=0.02)
    assert places["baku"] == pytest.approx([49.85, 40.4], abs=0.05)


@each_layer
def test_bbox_is_right_and_there_is_no_crs(layer: str, folder: Path) -> None:
    file = _file(folder, layer)

    assert file["bbox"] == list(shapely.total_bounds(_geometries(file)))
    assert "crs" not in file


@each_layer
def test_gdal_reads_the_file_and_has_nothing_to_mend(layer: str, folder: Path, tmp_path: Path) -> None:
    read = pyogrio.read_dataframe(folder / f"{layer}.geojson")
    pyogrio.write_dataframe(read[["id", "geometry"]], tmp_path / "again.geojson", RFC7946="YES")
    file, again = _file(folder, layer), json.loads((tmp_path / "again.geojson").read_text(encoding="utf-8"))

    assert list(read.id) == [feature["id"] for feature in file["features"]]
    assert read.crs == "EPSG:4326"
    assert [each["geometry"] for each in again["features"]] == [each["geometry"] for each in file["features"]]


def test_hostile_text_is_exported_as_it_stands(data_copy: Path) -> None:
    for identifier, text in HOSTILE.items():
        damage(data_copy, LAYERS, put({"en": text}, "returned-districts", "features", identifier, "names"))
    atlas = build_atlas(data_copy / "geodata", data_copy / "seeds")
    lines = geojson_bytes(atlas, atlas.layers["returned-districts"]).split(b"\n")
    features = [json.loads(line.removesuffix(b",")) for line in lines[1:-2]]

    assert {feature["id"]: feature["properties"]["name"] for feature in features} == HOSTILE
    assert {feature["id"]: feature["properties"]["names"]["en"] for feature in features} == HOSTILE


@each_layer
@each_language
def test_language_changes_the_name_and_nothing_else(
    layer: str, lang: str, folder: Path, atlas: Atlas
) -> None:
    usual, chosen = _file(folder, layer), collection(atlas, atlas.layers[layer], lang)
    names = [feature["properties"]["names"] for feature in usual["features"]]
    expected = [each.get(lang) or each.get("article") or each["en"] for each in names]
    found = [feature["properties"].pop("name") for feature in chosen["features"]]
    for feature in usual["features"]:
        feature["properties"].pop("name")

    assert found == expected
    assert json.loads(json.dumps(chosen)) == usual


@each_language
def test_file_in_a_language_holds_its_names(lang: str, atlas: Atlas, tmp_path: Path) -> None:
    write_files(tmp_path, geojson_files(atlas, lang))
    districts = _file(tmp_path, "returned-districts")["features"]
    layers = atlas.layers.values()

    assert _contents(tmp_path) == {f"{x.id}.geojson": geojson_bytes(atlas, x, lang) for x in layers}
    assert [each["properties"]["name"] for each in districts if lang in each["properties"]["names"]] == [
        each["properties"]["names"][lang] for each in districts if lang in each["properties"]["names"]
    ]


def test_some_features_are_named_otherwise_in_each_other_language(atlas: Atlas) -> None:
    usual, *others = (
        [
            feature["properties"]["name"]
            for feature in collection(atlas, atlas.layers["places"], lang)["features"]
        ]
        for lang in LANGUAGES
    )

    assert [sum(a != b for a, b in zip(usual, other, strict=True)) > 5 for other in others] == [True] * 3


def test_files_without_a_language_are_as_in_the_article(folder: Path, atlas: Atlas) -> None:
    layers = atlas.layers.values()

    assert _contents(folder) == {f"{x.id}.geojson": geojson_bytes(atlas, x, "article") for x in layers}


@pytest.mark.parametrize(("lang", "names", "name"), NAMES.values(), ids=NAMES)
def test_name_falls_back_where_a_form_is_missing(lang: str, names: dict[str, str], name: str) -> None:
    assert name_in(names, lang) == name


def test_failed_write_leaves_the_old_file_and_nothing_else(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, target: Path) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device", str(path), None, str(target))

    old = tmp_path / f"{IDS[0]}.geojson"
    old.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(OSError, match="No space left on device"):
        write_files(tmp_path, geojson_files(atlas))
    assert _contents(tmp_path) == {old.name: b"old"}


def test_folder_in_place_of_a_file_is_left_alone(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / f"{IDS[0]}.geojson").mkdir()

    with pytest.raises(IsADirectoryError):
        write_files(tmp_path, geojson_files(atlas))
    assert [path.name for path in tmp_path.iterdir()] == [f"{IDS[0]}.geojson"]


def test_archive_holds_the_files_and_no_date_of_today(folder: Path) -> None:
    names = ("places.geojson", "lachin-corridor.geojson")
    content = archive_bytes({name: _contents(folder)[name] for name in names})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {member.filename: archive.read(member) for member in archive.infolist()}
        dates = {member.date_time for member in archive.infolist()}

    assert list(members) == ["places.geojson", "lachin-corridor.geojson"]
    assert all(members[name] == _contents(folder)[name] for name in members)
    assert dates == {(1980, 1, 1, 0, 0, 0)}
