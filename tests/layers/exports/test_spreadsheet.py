"""The Excel workbook as another program reads it: typed cells, nothing cut, nothing that runs."""

import csv
import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import openpyxl
import pandas as pd
import pytest

from layers import Atlas
from layers.data.problems import GeodataError
from layers.exports.delimited import ANNOTATIONS, CLAIMS, FEATURES
from layers.exports.spreadsheet import LONGEST_CELL, workbook_bytes
from layers.exports.tables import held_table
from tests.layers.lookup import features_by_id

SHEETS = [
    *("About", "Features", "Passages of the article", "Claims held against the map"),
    *("Events", "Who held what by date"),
]
FORMULA = '=HYPERLINK("https://example.com")'


@pytest.fixture(scope="module")
def workbook(files: dict[str, bytes]) -> Any:  # noqa: ANN401 - it has no types
    return openpyxl.load_workbook(io.BytesIO(files["karabakh-2020.xlsx"]))


def _rows(workbook: Any, sheet: str) -> list[dict[str, Any]]:  # noqa: ANN401
    head, *rows = workbook[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def _noted(atlas: Atlas, note: str) -> Atlas:
    """Return the atlas with a note on its first place."""
    places = atlas.layers["places"]
    first = replace(places.features[0], note=note)
    changed = replace(places, features=(first, *places.features[1:]))
    return replace(atlas, layers={**atlas.layers, "places": changed})


def test_each_table_is_a_sheet_whose_head_stays_in_sight(workbook: Any) -> None:  # noqa: ANN401
    assert workbook.sheetnames == SHEETS
    assert {sheet.freeze_panes for sheet in workbook.worksheets[1:]} == {"A2"}


def test_numbers_are_numbers_and_days_are_days(workbook: Any, atlas: Atlas) -> None:  # noqa: ANN401
    places = {row["Id"]: row for row in _rows(workbook, "Features")}
    claims = {row["Id"]: row for row in _rows(workbook, "Claims held against the map")}
    war = _rows(workbook, "Events")[0]

    assert list(places) == list(features_by_id(atlas))
    assert (places["aghdam"]["Longitude (°)"], claims["one-third"]["Measured value"]) == (46.927, 30.6)
    assert places["aghdam"]["As of"] == datetime(2020, 12, 8)  # noqa: DTZ001 - a cell has no time zone
    assert (war["Date"], war["Until"]) == (datetime(2020, 9, 27), datetime(2020, 11, 9))  # noqa: DTZ001
    assert places["aghdam"]["Area (km²)"] is None


def test_who_held_what_is_said_for_each_step(workbook: Any, atlas: Atlas) -> None:  # noqa: ANN401
    rows = _rows(workbook, "Who held what by date")
    last = next(row for row in rows if row["Until"] and row["Area"] == "oblast")

    assert len(rows) == len(held_table(atlas))
    assert (last["Held by the Armenian side (%)"], last["Held by Azerbaijan (%)"]) == (69.4, 30.6)
    assert (last["Date"].day, last["Until"].day) == (1, 8)


def test_first_sheet_says_whose_it_is_and_what_each_column_means(workbook: Any, atlas: Atlas) -> None:  # noqa: ANN401
    rows = list(workbook["About"].iter_rows(values_only=True))
    said = {text for row in rows for text in row}
    heads = {cell.value for sheet in workbook.worksheets[1:] for cell in sheet[1]}

    assert said >= {atlas.descriptor[key] for key in ("title", "attribution", "disclaimer")} | heads
    assert [row for row in rows if row[1] and not row[2]] == []


def test_text_that_looks_like_a_formula_is_text(atlas: Atlas) -> None:
    read = openpyxl.load_workbook(io.BytesIO(workbook_bytes(_noted(atlas, FORMULA))))
    cells = [cell for row in read["Features"].iter_rows() for cell in row if cell.value == FORMULA]

    assert [cell.data_type for cell in cells] == ["s"]


def test_no_cell_of_any_table_is_longer_than_excel_takes(files: dict[str, bytes]) -> None:
    csv.field_size_limit(10 * LONGEST_CELL)
    texts = [
        text
        for name in (FEATURES, ANNOTATIONS, CLAIMS)
        for row in csv.reader(io.StringIO(files[name].decode("utf-8-sig"), newline=""))
        for text in row
    ]

    assert max(map(len, texts)) <= LONGEST_CELL


def test_text_that_excel_would_cut_is_a_fault(atlas: Atlas) -> None:
    with pytest.raises(GeodataError) as caught:
        workbook_bytes(_noted(atlas, "x" * (LONGEST_CELL + 1)))

    assert str(caught.value) == (
        'the sheet “Features”, "aghdam": found 32,768 characters in note, '
        "expected at most 32,767, which is all that a cell of Excel holds"
    )


def test_language_and_full_article_are_as_asked_for(atlas: Atlas) -> None:
    content = workbook_bytes(atlas, "hy", full_article=True)
    places = pd.read_excel(io.BytesIO(content), sheet_name="Features", index_col="Id")
    passages = pd.read_excel(io.BytesIO(content), sheet_name="Passages of the article")
    held = pd.read_excel(io.BytesIO(content), sheet_name="Who held what by date", index_col="Area")

    assert places.loc["aghdam", "Name"] == held.loc["district-aghdam", "Name"].iloc[0] == "Ակնա"
    assert list(passages.Id) == [quote.id for quote in atlas.annotations.quotes]
