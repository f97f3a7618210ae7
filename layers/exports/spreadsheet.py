"""The atlas as an Excel workbook: a sheet a table, numbers as numbers and days as days in every language.

A CSV file is read by the rules of the reader's own language: a German Excel takes 46.927 for 46927. Here
every cell has its type, and text is text, never a formula. Geometry and JSON text are for programs, and in
the CSV files.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from layers.atlas import Atlas
from layers.citation import citation
from layers.data.problems import GeodataError, Problem
from layers.exports.fields import Field, described, fields
from layers.exports.tables import (
    annotations_table,
    claims_table,
    events_table,
    held_table,
    layer_table,
    placed,
)
from layers.language.written import long_date
from layers.style.captions import captions
from layers.text.quotes import shown_quotes

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # characters that Excel takes; it cuts or refuses what is longer
_FOR_PROGRAMS = {"figures", "quotes", "WKT"}
_NARROWEST, _WIDEST = 9, 60  # columns, in characters
_WIDE_TEXT = 110  # the first sheet's text
_DATE_FORMAT = "yyyy-mm-dd"


class _Sheet(NamedTuple):
    """A sheet: the key of its captions, its fields in the order of its columns, its rows."""

    key: str
    fields: list[Field]
    rows: pd.DataFrame

    @property
    def title(self) -> str:
        return str(captions()["tables"][self.key][0])


def workbook_bytes(atlas: Atlas, lang: str = "article", *, full_article: bool = False) -> bytes:
    """Return the workbook; `lang` is the form of names, and only `full_article` brings all passages.

    The same atlas gives the same bytes. Raises GeodataError if a text is longer than a cell of Excel.
    """
    sheets = _sheets(atlas, lang, full_article=full_article)
    _refuse_what_excel_would_cut(sheets)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        made = datetime.fromisoformat(atlas.descriptor["created"])
        workbook.set_properties({"title": atlas.descriptor["title"], "created": made})
        bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": _DATE_FORMAT})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        _write_about(workbook.add_worksheet(captions()["workbook"]["about"]), atlas, sheets, bold, wrapped)
        for sheet in sheets:
            _write(workbook.add_worksheet(sheet.title), sheet, bold, day)
    return buffer.getvalue()


def _sheets(atlas: Atlas, lang: str, *, full_article: bool) -> list[_Sheet]:
    features = pd.concat([placed(layer_table(layer, lang)) for layer in atlas.layers.values()])
    quotes = shown_quotes(atlas.annotations.quotes, full_article=full_article)
    return [
        _sheet("features", features, "place"),
        _sheet("annotations", annotations_table(quotes)),
        _sheet("claims", claims_table(atlas.claims)),
        _sheet("events", events_table(atlas.annotations.events)),
        _sheet("held", held_table(atlas, lang)),
    ]


def _sheet(key: str, rows: pd.DataFrame, *more: str) -> _Sheet:
    columns = set(rows.columns) - _FOR_PROGRAMS
    return _Sheet(key, [field for table in (key, *more) for field in fields(table, columns)], rows)


def _refuse_what_excel_would_cut(sheets: Iterable[_Sheet]) -> None:
    problems = [
        Problem(
            file=f"the sheet “{sheet.title}”",
            feature=str(row.get("id", row.get("area"))),
            found=f"{len(row[name]):,} characters in {name}",
            expected=f"at most {LONGEST_CELL:,}, which is all that a cell of Excel holds",
        )
        for sheet in sheets
        for row in sheet.rows.to_dict("records")
        for name in (field["name"] for field in sheet.fields)
        if isinstance(row[name], str) and len(row[name].encode("utf-16-le")) // 2 > LONGEST_CELL
    ]
    if problems:
        raise GeodataError(problems)


def _write(worksheet: Worksheet, sheet: _Sheet, bold: Format, day: Format) -> None:
    """Write a table: its columns' titles in bold, which stay in sight, and a row for each of its rows."""
    for column, field in enumerate(sheet.fields):
        texts = [_title(field)]
        worksheet.write_string(0, column, texts[0], bold)
        for row, value in enumerate(sheet.rows[field["name"]], start=1):
            if not pd.isna(value):
                _write_cell(worksheet, (row, column), field["type"], value, day)
                texts.append(str(value))
        width = min(max(_NARROWEST, *(len(text) + 2 for text in texts)), _WIDEST)
        worksheet.set_column(column, column, width)
    worksheet.freeze_panes(1, 0)
    worksheet.autofilter(0, 0, len(sheet.rows), len(sheet.fields) - 1)


def _write_cell(worksheet: Worksheet, at: tuple[int, int], kind: str, value: Any, day: Format) -> None:  # noqa: ANN401 - a cell
    if kind == "date":
        worksheet.write_datetime(*at, date.fromisoformat(value), day)
    elif kind == "string":
        worksheet.write_string(*at, value)
    else:
        worksheet.write_number(*at, value)


def _title(field: Field) -> str:
    return f"{field['title']} ({field['unit']})" if "unit" in field else str(field["title"])


def _write_about(
    worksheet: Worksheet, atlas: Atlas, sheets: Iterable[_Sheet], bold: Format, wrapped: Format
) -> None:
    """Write what the workbook is, whose, and what each of its columns means."""
    worksheet.set_column(0, 1, 30)
    worksheet.set_column(2, 2, _WIDE_TEXT, wrapped)
    for row, (cells, is_head) in enumerate(_about(atlas, sheets)):
        for column, text in enumerate(cells):
            worksheet.write_string(row, column, text, bold if is_head else None)


def _about(atlas: Atlas, sheets: Iterable[_Sheet]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield the cells of each row of the first sheet, and whether it is a heading."""
    about, texts = atlas.descriptor, captions()["workbook"]
    said = {
        "description": about["description"],
        "as_of": long_date(about["as_of"]),
        "version": f"{about['version']}, {long_date(about['created'])}",
        "license": f"{about['licenses'][0]['title']} ({about['licenses'][0]['path']})",
        "attribution": about["attribution"],
        "disclaimer": about["disclaimer"],
        "citation": citation(atlas),
    }
    yield (about["title"],), True
    yield from (((texts["said"][key], "", text), False) for key, text in said.items())
    yield (texts["sheet"], texts["column"], texts["meaning"]), True
    for sheet in sheets:
        yield (sheet.title, "", captions()["tables"][sheet.key][1]), False
        yield from ((("", _title(field), described(field)), False) for field in sheet.fields)
