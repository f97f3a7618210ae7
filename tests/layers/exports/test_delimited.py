"""The CSV files: RFC 4180, safe in a spreadsheet, with a place for each feature and rights for each row."""

import csv
import io

import pandas as pd
import pytest
import shapely

from layers import Atlas
from layers.exports.delimited import annotations_csv, claims_csv, csv_fields, features_csv
from layers.exports.tables import annotations_table
from layers.text.quotes import Quote

NAMES = ("features.csv", "annotations.csv", "claims.csv")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx")

each_file = pytest.mark.parametrize("name", NAMES)


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


@each_file
def test_file_begins_with_one_byte_order_mark_and_its_lines_end_in_crlf(
    name: str, files: dict[str, bytes]
) -> None:
    content = files[name]

    assert (content[:3], content.count(b"\xef\xbb\xbf")) == (b"\xef\xbb\xbf", 1)
    assert content.endswith(b"\r\n")
    assert content.count(b"\r") == content.count(b"\r\n") == len(_rows(content)) + 1


@each_file
def test_columns_are_those_that_are_described(name: str, files: dict[str, bytes]) -> None:
    read = pd.read_csv(io.BytesIO(files[name]))

    assert list(read.columns) == [field["name"] for field in csv_fields(name)]


@each_file
def test_each_row_says_whose_it_is(name: str, files: dict[str, bytes], atlas: Atlas) -> None:
    rows = _rows(files[name])
    rights = {(row["attribution"], row["license"], row["disclaimer"]) for row in rows}

    assert rights == {(atlas.descriptor["attribution"], "ODbL-1.0", atlas.descriptor["disclaimer"])}


@each_file
def test_no_text_of_the_data_is_a_formula_so_that_none_is_changed(name: str, files: dict[str, bytes]) -> None:
    texts = {field["name"] for field in csv_fields(name) if field["type"] == "string"}
    cells = [row[text] for row in _rows(files[name]) for text in texts]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "'"))] == []


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str, atlas: Atlas) -> None:
    quote = Quote("id", "", text, "", 0, 1, "author", "describing", ())

    assert _rows(annotations_csv(atlas, [quote]))[0]["exact"] == f"'{text}"


def test_numbers_are_left_as_they_are(atlas: Atlas, files: dict[str, bytes]) -> None:
    rows = {row["id"]: row for row in _rows(files["features.csv"])}
    north = atlas.layers["upper-karabakh"].features.set_index("id").loc["upper-karabakh-armenian-held"]

    assert float(rows["upper-karabakh-armenian-held"]["area_km2"]) == north.area_km2
    assert rows["upper-karabakh-armenian-held"]["uncertainty_m"] == str(north.uncertainty_m)
    assert rows["aghdam"]["area_km2"] == ""


def test_each_feature_has_a_point_to_label_it_at(files: dict[str, bytes]) -> None:
    rows = _rows(files["features.csv"])
    points = shapely.points([[float(row["longitude"]), float(row["latitude"])] for row in rows])
    shapes = shapely.from_wkt([row["WKT"] for row in rows])

    assert shapely.dwithin(points, shapes, 1e-5).all()
    assert {row["id"]: row["longitude"] for row in rows}["aghdam"] == "46.927"


def test_one_layer_or_all_of_them(atlas: Atlas, files: dict[str, bytes]) -> None:
    every = [identifier for layer in atlas.layers.values() for identifier in layer.features.id]
    places = _rows(features_csv(atlas, [atlas.layers["places"]], "az"))

    assert [row["id"] for row in _rows(files["features.csv"])] == every
    assert [row["id"] for row in places] == list(atlas.layers["places"].features.id)
    assert {row["id"]: row["name"] for row in places}["aghdam"] == "Ağdam"


def test_passages_stand_in_the_article_where_the_file_says(atlas: Atlas, files: dict[str, bytes]) -> None:
    rows = _rows(files["annotations.csv"])
    said = {row["id"]: (int(row["start"]), int(row["end"]), int(row["paragraph"])) for row in rows}
    found = {
        row["id"]: (start, start + len(row["exact"]), atlas.article.paragraph_at(start).number)
        for row in rows
        for start in atlas.article.find(row["exact"])
        if start == int(row["start"])
    }

    assert said == found
    assert list(said) == [quote.id for quote in atlas.annotations.quotes if quote.purpose == "describing"]
    assert annotations_table(atlas.annotations.quotes).about.isin([row["about"] for row in rows]).any()


def test_claims_carry_verdict_and_measure(atlas: Atlas) -> None:
    rows = {row["id"]: row for row in _rows(claims_csv(atlas))}

    assert {i: (row["verdict"], row["measured"], row["quote"]) for i, row in rows.items()} == {
        claim.id: (claim.verdict, claim.measured_text, claim.quote.id) for claim in atlas.claims
    }
    assert (rows["one-third"]["article"], rows["one-third"]["measured_value"], rows["one-third"]["unit"]) == (
        "approximately one third",
        "30.6",
        "%",
    )
