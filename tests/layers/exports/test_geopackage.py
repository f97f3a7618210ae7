"""The GeoPackage as a database: its tables, what it says of itself, its columns, faces, words and styles."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pyogrio
import pytest
import shapely

from layers import Atlas
from layers.citation import edition
from layers.exports.geopackage import geopackage_bytes, table_name
from layers.exports.tables import faces_table
from layers.geometry.measure import METRIC
from layers.text.quotes import shown_quotes
from tests.layers.exports.reading_back import HOSTILE, IDS

SPATIAL = ["faces", "uncertainty", *(layer.replace("-", "_") for layer in IDS), "protectorates_points"]
TABLES = [*SPATIAL, "annotations", "claims"]
SLD, OGC = "{http://www.opengis.net/sld}", "{http://www.opengis.net/ogc}"
CHILDREN = {  # https://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd: what may follow what
    "StyledLayerDescriptor": "NamedLayer",
    "NamedLayer": "Name UserStyle",
    "UserStyle": "Name Title Abstract IsDefault FeatureTypeStyle",
    "FeatureTypeStyle": "Name Title Abstract FeatureTypeName SemanticTypeIdentifier Rule",
    "Rule": "Name Title Abstract LegendGraphic Filter ElseFilter MinScaleDenominator MaxScaleDenominator"
    " LineSymbolizer PolygonSymbolizer PointSymbolizer",
    "LineSymbolizer": "Geometry Stroke",
    "PolygonSymbolizer": "Geometry Fill Stroke",
    "PointSymbolizer": "Geometry Graphic",
    "Graphic": "ExternalGraphic Mark Opacity Size Rotation",
    "Mark": "WellKnownName Fill Stroke",
    "Fill": "GraphicFill CssParameter",
    "Stroke": "GraphicFill GraphicStroke CssParameter",
    "GraphicFill": "Graphic",
    "Filter": "PropertyIsEqualTo",
    "PropertyIsEqualTo": "PropertyName Literal",
}
COLOURS = {"color", "line_color", "outline_color"}  # of QML


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


def _parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own file


def _misplaced(element: ET.Element) -> Iterator[ET.Element]:
    """Yield each child that may not be there, or not after those before it."""
    order, reached = CHILDREN.get(element.tag.rpartition("}")[2], "").split(), 0
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name not in order[reached:]:
            yield child
        else:
            reached = order.index(name)


def _colours_of_sld(style: ET.Element) -> set[str]:
    named = (each for each in style.iter(f"{SLD}CssParameter") if each.attrib["name"] in ("fill", "stroke"))
    return {each.text or "" for each in named}


def _colours_of_qml(style: ET.Element) -> set[str]:
    """Return the colours that are seen, as #rrggbb: those of a fill of no style are not."""
    layers = [each for each in style.iter("layer") if each.find("prop[@k='style'][@v='no']") is None]
    written = [
        prop.attrib["v"] for each in layers for prop in each.findall("prop") if prop.attrib["k"] in COLOURS
    ]
    return {f"#{bytes(map(int, text.split(',')[:3])).hex()}" for text in written}


def test_each_layer_has_a_table_of_a_plain_name(path: Path, atlas: Atlas) -> None:
    assert [name for name, _ in pyogrio.list_layers(path)] == [*TABLES, "layer_styles"]
    assert [table_name(layer) for layer in atlas.layers.values()] == SPATIAL[2:-1]


def test_no_table_mixes_kinds_of_geometry_which_qgis_would_list_twice(path: Path) -> None:
    kinds = {
        table: set(shapely.get_dimensions(pyogrio.read_dataframe(path, layer=table).geometry))
        for table in SPATIAL
    }

    assert {table: len(found) for table, found in kinds.items()} == dict.fromkeys(SPATIAL, 1)


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
        "edition": edition(atlas),
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


def test_each_table_on_the_map_has_one_style_in_two_forms_under_its_whole_title(
    database: sqlite3.Connection,
) -> None:
    query = "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML, styleSLD FROM layer_styles"
    styles = {
        name: (column, default, _parsed(qml).tag, _parsed(sld).tag)
        for name, column, default, qml, sld in database.execute(query)
    }
    titles = (
        "SELECT s.styleName = c.identifier FROM layer_styles s"
        " JOIN gpkg_contents c ON c.table_name = s.f_table_name"
    )

    assert styles == dict.fromkeys(SPATIAL, ("geom", 1, "qgis", f"{SLD}StyledLayerDescriptor"))
    assert database.execute(titles).fetchall() == [(1,)] * len(SPATIAL)


def test_sld_has_a_rule_for_each_symbol_of_qgis_with_its_colours(database: sqlite3.Connection) -> None:
    for name, qml, sld in database.execute("SELECT f_table_name, styleQML, styleSLD FROM layer_styles"):
        drawn, described = _parsed(qml), _parsed(sld)
        titles = [each.attrib["label"] for each in drawn.iter("category")]
        values = [each.attrib["value"] for each in drawn.iter("category")]
        rules = list(described.iter(f"{SLD}Rule"))

        assert described.findtext(f".//{SLD}NamedLayer/{SLD}Name") == name
        assert [rule.findtext(f"{SLD}Title") for rule in rules][: len(titles)] == titles
        assert [rule.findtext(f".//{OGC}Literal", "") for rule in rules] == (values or [""])
        assert len(rules) == len(drawn.findall(".//symbols/symbol"))
        assert _colours_of_sld(described) == _colours_of_qml(drawn)


def test_sld_has_the_elements_of_its_standard_in_their_order(database: sqlite3.Connection) -> None:
    wrong = [
        (name, element.tag, child.tag)
        for name, sld in database.execute("SELECT f_table_name, styleSLD FROM layer_styles")
        for element in _parsed(sld).iter()
        for child in _misplaced(element)
    ]

    assert wrong == []


def test_hostile_names_leave_the_styles_xml(hostile: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "hostile.gpkg"
    path.write_bytes(geopackage_bytes(hostile))
    with closing(sqlite3.connect(path)) as opened:
        rows = opened.execute("SELECT styleQML, styleSLD FROM layer_styles")
        tags = {tuple(_parsed(style).tag for style in row) for row in rows}

    assert tags == {("qgis", f"{SLD}StyledLayerDescriptor")}
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
