"""What each column of the tables means: name, title, type, unit and description, from `fields.json`.

A field is one of the Table Schema (https://datapackage.org/standard/table-schema/), with a `unit` where it
has one. The names need no quoting anywhere; only WKT is in capitals, which is how GDAL knows it.
"""

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from layers.data.translated import said_of
from layers.language.speaking import spoken
from layers.style.captions import captions

Field = dict[str, Any]
_FILE = Path(__file__).resolve().parent / "fields.json"


def fields(table: str = "features", columns: Collection[str] | None = None) -> list[Field]:
    """Return the fields of a table, or those that are among `columns`, in the order of the file.

    Titles and descriptions are in the language that is spoken; names never change.

    The tables are features, faces, uncertainty, annotations, claims, events and held;
    `place` and `rights` are what CSV adds to them, `flatgeobuf` what FlatGeobuf does. Raises KeyError if
    there is no such table.
    """
    return [dict(field) for field in _tables(spoken())[table] if columns is None or field["name"] in columns]


def names(table: str) -> list[str]:
    """Return the names of a table's fields. Raises KeyError if there is no such table."""
    return [field["name"] for field in _tables(spoken())[table]]


def described(field: Field) -> str:
    """Return a field's description with its unit, for formats that have one text for both."""
    if "unit" not in field:
        return str(field["description"])
    return str(captions()["units"]["described"].format(description=field["description"], unit=field["unit"]))


@cache
def _tables(_language: str) -> dict[str, list[Field]]:
    return dict(said_of(_FILE.name, json.loads(_FILE.read_text(encoding="utf-8"))))
