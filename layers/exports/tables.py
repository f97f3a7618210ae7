"""The atlas as tables of plain columns: what every format takes that has rows and columns.

Text is cleaned (see `text`), lists are joined with "; ", and what has members of its own is JSON text.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from layers.atlas import Atlas, Layer
from layers.claims import Claim
from layers.dates import ARMENIAN_HELD
from layers.definitions import outline_lines
from layers.exports.fields import fields, names
from layers.exports.geojson import as_exported
from layers.exports.text import clean
from layers.facts import feature_rows, is_missing, name_in
from layers.measure import area_km2
from layers.quotes import Quote
from layers.reading import WGS84

FACES = "faces"
Row = dict[str, Any]
_NAME_FORMS = [name for name in names("features") if name.startswith("name_")]


def layer_table(layer: Layer, lang: str = "article") -> gpd.GeoDataFrame:
    """Return a layer's features, in their order, as plain columns; WGS 84 degrees, 5 decimals.

    There is a column for each measure that the layer has; `lang` chooses the form of `name`.
    """
    rows = [_feature(row, lang) for row in feature_rows(layer)]
    return _framed("features", rows, [as_exported(shape) for shape in layer.features.geometry])


def faces_table(atlas: Atlas) -> gpd.GeoDataFrame:
    """Return the faces of the coverage: where each is, and who held it on the day that the layers show."""
    faces = atlas.coverage.faces
    held = set(atlas.coverage.armenian_held(atlas.coverage.as_of).id)
    rows = [
        {
            **{key: None if is_missing(value) else value for key, value in row.items()},
            "source": _joined(row["source"]),
            "status": ARMENIAN_HELD if row["id"] in held else row["how"],
            "as_of": atlas.descriptor["as_of"],
            "area_km2": round(area_km2(row["geometry"]), 1),
            **_certainty(atlas, row["geometry"]),
        }
        for row in faces.to_dict("records")
    ]
    return _framed(FACES, rows, [as_exported(shape) for shape in faces.geometry])


def _certainty(atlas: Atlas, face: shapely.Geometry) -> Row:
    """Return how far a face's outline may be off, in metres, and whether any line of it is schematic."""
    lines = outline_lines(atlas.coverage, face)
    is_schematic = (lines.precision == "schematic").any()
    return {
        "uncertainty_m": int(lines.uncertainty_m.max()),
        "precision": "schematic" if is_schematic else "approximate",
    }


def annotations_table(quotes: Iterable[Quote]) -> pd.DataFrame:
    """Return passages of the article, each with where it stands, who speaks, and of what."""
    rows = [{**vars(quote), "end": quote.end, "about": _joined(quote.about)} for quote in quotes]
    return _table("annotations", rows)


def claims_table(claims: Iterable[Claim]) -> pd.DataFrame:
    """Return the article's spatial claims, each beside what was measured."""
    return _table("claims", [_claim(claim) for claim in claims])


def _feature(row: Row, lang: str) -> Row:
    forms: Mapping[str, str] = row["names"]
    return {
        **row,
        "name": name_in(forms, lang),
        **{column: forms.get(column.removeprefix("name_")) for column in _NAME_FORMS},
        "digitized_after": _joined(row["digitized_after"]),
        "figures": _json(row["figures"]),
        "quotes": _json(row["quotes"]),
    }


def _claim(claim: Claim) -> Row:
    return {
        **vars(claim),
        "article": claim.figure,
        "measured": claim.measured_text,
        "measured_value": round(claim.measured.value, claim.decimals),
        "margin": round(claim.measured.margin, claim.decimals) if claim.measured.margin else None,
        "verdict": claim.verdict,
        "about": _joined(claim.about),
        "quote": claim.quote.id,
    }


def _framed(table: str, rows: list[Row], geometry: list[Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(_table(table, rows), geometry=geometry, crs=WGS84)


def _table(table: str, rows: list[Row]) -> pd.DataFrame:
    """Return the rows with the columns that `fields.json` names and any of them has, each of its type.

    A table without rows has all columns: what a filter leaves is a table still.
    """
    present = {key for row in rows for key in row} or set(names(table))
    columns = {
        field["name"]: _column(field["type"], [row.get(field["name"]) for row in rows])
        for field in fields(table, present)
    }
    return pd.DataFrame(columns)


def _column(kind: str, values: list[Any]) -> pd.Series:
    if kind in ("string", "date"):
        texts = [None if value is None else clean(value) for value in values]
        return pd.Series(texts, dtype="string")
    return pd.Series(values, dtype={"integer": "int64", "number": "float64", "boolean": "bool"}[kind])


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
