"""The atlas as comma-separated values (RFC 4180): features with their geometry as text, passages, claims.

A byte order mark leads each file, without which Excel garbles Armenian and Cyrillic; GDAL, pandas and
Frictionless know it. A text that a spreadsheet would take for a formula gets an apostrophe before it: no
text of the data is one, so nothing of it is changed, and a slip or a joke never runs on a reader's machine.
"""

import csv
import io
from collections.abc import Iterable

import pandas as pd

from layers.atlas import Atlas, Layer
from layers.exports.fields import Field, fields
from layers.exports.tables import annotations_table, claims_table, layer_table, placed
from layers.text.quotes import Quote

MEDIA_TYPE = "text/csv"
ENCODING = "utf-8"
FEATURES, ANNOTATIONS, CLAIMS = "features.csv", "annotations.csv", "claims.csv"
_TABLES = {  # what the columns of each file mean
    FEATURES: ("features", "place", "rights"),
    ANNOTATIONS: ("annotations", "rights"),
    CLAIMS: ("claims", "rights"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # https://owasp.org/www-community/attacks/CSV_Injection
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_fields(file: str) -> list[Field]:
    """Return the fields of a file, in the order of its columns. Raises KeyError if there is no such file."""
    return [field for table in _TABLES[file] for field in fields(table)]


def features_csv(atlas: Atlas, layers: Iterable[Layer] | None = None, lang: str = "article") -> bytes:
    """Return the features of all layers, or of some, each with a point to label it and its WKT."""
    chosen = atlas.layers.values() if layers is None else layers
    return _csv(atlas, FEATURES, pd.concat([placed(layer_table(layer, lang)) for layer in chosen]))


def annotations_csv(atlas: Atlas, quotes: Iterable[Quote]) -> bytes:
    """Return passages of the article, each with where it stands, who speaks, and of what."""
    return _csv(atlas, ANNOTATIONS, annotations_table(quotes))


def claims_csv(atlas: Atlas) -> bytes:
    """Return the article's spatial claims, each beside what was measured."""
    return _csv(atlas, CLAIMS, claims_table(atlas.claims))


def _csv(atlas: Atlas, file: str, rows: pd.DataFrame) -> bytes:
    """Return the rows as a file, with every column that `fields.json` has for it, and whose they are."""
    licence = atlas.descriptor["licenses"][0]["name"]
    rights = {key: atlas.descriptor[key] for key in ("attribution", "disclaimer")}
    columns = [field["name"] for field in csv_fields(file)]
    complete = rows.assign(**rights, license=licence).reindex(columns=columns)
    return csv_bytes(columns, complete.itertuples(index=False, name=None))


def csv_bytes(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return rows below the names of their columns as a file; no cell of it is taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return f"{_BOM}{text.getvalue()}".encode(ENCODING)


def _cell(value: object) -> object:
    if pd.isna(value):
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
