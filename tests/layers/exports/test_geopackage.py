"""The GeoPackage as a database: its tables, what it says of itself, its columns, faces, words and styles."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pyogrio
import pytest

from layers import Atlas
from layers.exports.geopackage import geopackage_bytes, table_name
from layers.exports.tables import faces_table
from layers.geometry.measure import METRIC
from layers.text.quotes import shown_quotes
from tests.layers.exports.reading_back import HOSTILE, IDS

SPATIAL = ["faces", "uncertainty", *(layer.replace("-", "_") for layer in IDS)]
TABLES = [*SPATIAL, "annotations", "claims"]


@pytest.fixture
def path(files: dict[str, bytes], tmp_path: Path) -> Path:
    """A copy that no other test has: GDAL leaves files beside what it reads."""
    copy = tmp_path / "karabakh-2020.gpkg"
    copy.write_bytes(files[copy.name])
    return copy


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened:
        yield opened


def test_each_layer_has_a_table_of_a_plain_name(path: Path, atlas: Atlas) -> None:
    assert [name for name, _ in pyogrio.list_layers(path)] == [*TABLES, "layer_styles"]
    assert [table_name(layer) for layer in atlas.layers.values()] == SPATIAL[2:]


def test_database_is_sound(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_each_table_has_its_title_and_the_disclaimer(database: sqlite3.Connection, atlas: Atlas) -> None:
    contents = dict(database.execute("SELECT table_name, identifier FROM gpkg_contents"))
    texts = dict(database.execute("SELECT table_name, description FROM gpkg_contents"))

    assert [contents[table_name(layer)] for layer in atlas.layers.values()] == [
        layer.title for layer in atlas.layers.values()
    ]
    assert [name for name in TABLES if not texts[name].endswith(atlas.descriptor["disclaimer"])] == []


def test_file_says_whose_it_is_and_of_which_day(path: Path, atlas: Atlas) -> None:
    said = pyogrio.read_info(path, layer="places")["dataset_metadata"]

    assert said == {
        **{key: atlas.descriptor[key] for key in ("title", "version", "created", "as_of")},
        **{key: atlas.descriptor[key] for key in ("attribution", "disclaimer")},
        "license": "ODbL-1.0",
        "license_path": "https://opendatacommons.org/licenses/odbl/1-0/",
        "quotes": "© The Jamestown Foundation, quoted with attribution",
    }


def test_each_column_is_described(database: sqlite3.Connection) -> None:
    columns = {
        table: {row[1] for row in database.execute(f"PRAGMA table_info({table})")} - {"fid", "geom"}
        for table in TABLES
    }
    query = "SELECT column_name FROM gpkg_data_columns WHERE table_name = ? AND description <> ''"

    assert {t: {name for (name,) in database.execute(query, (t,))} for t in TABLES} == columns


def test_faces_tell_who_held_what(path: Path, atlas: Atlas) -> None:
    read = pyogrio.read_dataframe(path, layer="faces").set_index("id")
    held = read[read.status == "armenian-held"]

    assert list(read.index) == list(atlas.coverage.faces.id)
    assert set(held.index) == set(atlas.coverage.armenian_held(atlas.coverage.as_of).id)
    assert read.loc["kelbajar", ["district", "status", "azerbaijani_since"]].to_list() == [
        "kelbajar",
        "handed-over",
        "2020-11-25",
    ]
    assert read.area_km2.sum() == pytest.approx(faces_table(atlas).area_km2.sum())


def test_passages_and_claims_are_tables_that_join(database: sqlite3.Connection, atlas: Atlas) -> None:
    shown = shown_quotes(atlas.annotations.quotes, full_article=False)
    rows = database.execute("SELECT id, exact, start, end FROM annotations ORDER BY fid").fetchall()
    joined = database.execute(
        "SELECT c.id, a.exact FROM claims c JOIN annotations a ON a.id = c.quote ORDER BY c.fid"
    ).fetchall()

    assert rows == [(quote.id, quote.exact, quote.start, quote.end) for quote in shown]
    assert joined == [(claim.id, claim.quote.exact) for claim in atlas.claims]


def test_full_article_and_language_are_as_asked_for(atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "full.gpkg"
    path.write_bytes(geopackage_bytes(atlas, "az", full_article=True))
    names = pyogrio.read_dataframe(path, layer="returned_districts").set_index("id").name

    assert list(pyogrio.read_dataframe(path, layer="annotations").id) == [
        q.id for q in atlas.annotations.quotes
    ]
    assert names["district-aghdam"] == "Ağdam"


def test_each_table_on_the_map_has_one_style_that_is_xml(database: sqlite3.Connection) -> None:
    query = "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
    rows = database.execute(query)
    styles = {name: (column, default, ET.fromstring(qml).tag) for name, column, default, qml in rows}  # noqa: S314 - our own file

    assert styles == dict.fromkeys(SPATIAL, ("geom", 1, "qgis"))


def test_hostile_names_leave_the_styles_xml(hostile: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "hostile.gpkg"
    path.write_bytes(geopackage_bytes(hostile))
    with closing(sqlite3.connect(path)) as opened:
        roots = [ET.fromstring(qml) for (qml,) in opened.execute("SELECT styleQML FROM layer_styles")]  # noqa: S314 - our own file

    assert {root.tag for root in roots} == {"qgis"}
    assert set(HOSTILE) == set(pyogrio.read_dataframe(path, layer="returned_districts").id)


def test_no_date_is_that_of_the_run(database: sqlite3.Connection, atlas: Atlas) -> None:
    queries = (
        "SELECT last_change FROM gpkg_contents",
        "SELECT timestamp FROM gpkg_metadata_reference",
        "SELECT update_time FROM layer_styles",
    )

    dates = {date for query in queries for (date,) in database.execute(query)}
    assert dates == {f"{atlas.descriptor['created']}T00:00:00.000Z"}


def test_bands_reach_as_far_as_the_lines_may_be_off(path: Path, atlas: Atlas) -> None:
    bands = pyogrio.read_dataframe(path, layer="uncertainty").set_index("id").to_crs(METRIC)
    lines = atlas.coverage.lines.set_index("id").to_crs(METRIC)
    zone, border = "zone-boundary", "state-armenia-corridor"
    reach = {line: lines.geometry[line].hausdorff_distance(bands.geometry[line]) for line in (zone, border)}

    assert reach == {line: pytest.approx(lines.uncertainty_m[line], rel=0.05) for line in (zone, border)}
    assert list(bands.uncertainty_m) == sorted(bands.uncertainty_m, reverse=True)
    assert len(bands) == len(atlas.coverage.lines) + len(atlas.coverage.routes)
