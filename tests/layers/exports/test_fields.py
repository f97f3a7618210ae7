"""The columns of every table are described, in words that Table Schema knows."""

import re

from layers import Atlas
from layers.exports.fields import described, fields, names
from layers.exports.tables import (
    annotations_table,
    claims_table,
    events_table,
    faces_table,
    held_table,
    layer_table,
    uncertainty_table,
)

TABLES = (
    "features",
    "place",
    "flatgeobuf",
    "faces",
    "uncertainty",
    "annotations",
    "claims",
    "events",
    "held",
    "rights",
)


def test_names_need_no_quoting() -> None:
    every = [name for table in TABLES for name in names(table)]

    assert [name for name in every if not re.fullmatch("[a-z][a-z0-9_]*", name)] == ["WKT"]  # GDAL's name


def test_each_field_has_a_title_a_description_and_a_type_of_table_schema() -> None:
    every = [field for table in TABLES for field in fields(table)]

    assert [field for field in every if not (field["title"] and field["description"])] == []
    assert {field["type"] for field in every} <= {"string", "date", "number", "integer", "boolean"}


def test_each_column_of_a_layer_is_described_and_each_exported_property_has_one(atlas: Atlas) -> None:
    for layer in atlas.layers.values():
        columns = list(layer_table(layer).columns.drop("geometry"))

        assert columns == [field["name"] for field in fields("features", columns)]
        assert set(layer.properties) - {"names"} <= set(columns)


def test_each_column_of_the_other_tables_is_described(atlas: Atlas) -> None:
    tables = {
        "faces": faces_table(atlas).drop(columns="geometry"),
        "uncertainty": uncertainty_table(atlas).drop(columns="geometry"),
        "annotations": annotations_table(atlas.annotations.quotes),
        "claims": claims_table(atlas.claims),
        "events": events_table(atlas.annotations.events),
        "held": held_table(atlas),
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
