"""The CSV files: RFC 4180, safe in a spreadsheet, with a place for each feature and rights for each row."""

import csv
import io

import shapely

from layers import Atlas
from layers.exports.delimited import annotations_csv, claims_csv, csv_fields, features_csv
from layers.exports.tables import annotations_table
from layers.text.quotes import Quote
from tests.layers.lookup import features_by_id, ids_of

NAMES = ("features.csv", "annotations.csv", "claims.csv")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx")


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_files_are_of_rfc_4180_with_the_columns_described_and_rights_in_each_row(
    files: dict[str, bytes], atlas: Atlas
) -> None:
    rights = {(atlas.descriptor["attribution"], "ODbL-1.0", atlas.descriptor["disclaimer"])}
    for name in NAMES:
        content, rows = files[name], _rows(files[name])

        assert (content[:3], content.count(b"\xef\xbb\xbf")) == (b"\xef\xbb\xbf", 1)
        assert content.endswith(b"\r\n")
        assert content.count(b"\r") == content.count(b"\r\n") == len(rows) + 1
        assert list(rows[0]) == [field["name"] for field in csv_fields(name)]
        assert {(row["attribution"], row["license"], row["disclaimer"]) for row in rows} == rights


def test_no_text_of_the_data_is_a_formula_so_that_none_is_changed(files: dict[str, bytes]) -> None:
    cells = [
        row[field["name"]]
        for name in NAMES
        for row in _rows(files[name])
        for field in csv_fields(name)
        if field["type"] == "string"
    ]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "'"))] == []


def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(atlas: Atlas) -> None:
    quotes = [Quote("id", "", text, "", 0, 1, "author", "describing", ()) for text in FORMULAS]

    assert [row["exact"] for row in _rows(annotations_csv(atlas, quotes))] == [f"'{x}" for x in FORMULAS]


def test_numbers_are_left_as_they_are(atlas: Atlas, files: dict[str, bytes]) -> None:
    rows = {row["id"]: row for row in _rows(files["features.csv"])}
    north = features_by_id(atlas)["upper-karabakh-armenian-held"]

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
    every = list(features_by_id(atlas))
    places = _rows(features_csv(atlas, [atlas.layers["places"]], "az"))

    assert [row["id"] for row in _rows(files["features.csv"])] == every
    assert [row["id"] for row in places] == ids_of(atlas.layers["places"])
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

    told = ("verdict", "reason", "measured", "plain", "quote")
    assert {i: tuple(row[key] for key in told) for i, row in rows.items()} == {
        claim.id: (claim.verdict, claim.reason or "", claim.measured_text, claim.plain, claim.quote.id)
        for claim in atlas.claims
    }
    assert (rows["one-third"]["article"], rows["one-third"]["measured_value"], rows["one-third"]["unit"]) == (
        "approximately one third",
        "30.6",
        "%",
    )
