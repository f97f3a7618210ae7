"""The columns of every table are described, in words that Table Schema knows."""

import re

import pytest

from layers import Atlas
from layers.exports.fields import described, fields, names
from layers.exports.tables import annotations_table, claims_table, faces_table, layer_table
from tests.layers.exports.reading_back import IDS

TABLES = ("features", "place", "faces", "annotations", "claims", "rights")

each_table = pytest.mark.parametrize("table", TABLES)


@each_table
def test_names_need_no_quoting(table: str) -> None:
    odd = [name for name in names(table) if not re.fullmatch("[a-z][a-z0-9_]*", name)]

    assert odd == (["WKT"] if table == "place" else [])  # as GDAL knows it


@each_table
def test_each_field_has_a_title_a_description_and_a_type_of_table_schema(table: str) -> None:
    lacking = [field for field in fields(table) if not (field["title"] and field["description"])]

    assert lacking == []
    assert {field["type"] for field in fields(table)} <= {"string", "date", "number", "integer", "boolean"}


@pytest.mark.parametrize("layer", IDS)
def test_each_column_of_a_layer_is_described_and_each_exported_property_has_one(
    layer: str, atlas: Atlas
) -> None:
    columns = list(layer_table(atlas.layers[layer]).columns.drop("geometry"))
    properties = set(atlas.layers[layer].features.columns) - {"names", "geometry"}

    assert columns == [field["name"] for field in fields("features", columns)]
    assert properties <= set(columns)


def test_each_column_of_the_other_tables_is_described(atlas: Atlas) -> None:
    tables = {
        "faces": faces_table(atlas).drop(columns="geometry"),
        "annotations": annotations_table(atlas.annotations.quotes),
        "claims": claims_table(atlas.claims),
    }

    assert {table: list(rows.columns) for table, rows in tables.items()} == {
        table: names(table) for table in tables
    }


def test_a_unit_is_said_with_the_description() -> None:
    said = {field["name"]: described(field) for field in fields("features", {"area_km2", "id"})}

    assert said["area_km2"] == "Geodesic area on the WGS 84 ellipsoid, in km²"
    assert said["id"].endswith("its card")


def test_changing_what_was_asked_for_changes_nothing_for_the_next() -> None:
    fields()[0]["name"] = "changed"

    assert fields()[0]["name"] == "id"
