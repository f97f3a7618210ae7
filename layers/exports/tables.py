"""The atlas as tables of plain columns: what every format takes that has rows and columns.

Text is cleaned (see `text`), lists are joined with "; ", and what has members of its own is JSON text.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from layers.atlas import Atlas, Layer
from layers.data.files import WGS84
from layers.exports.fields import fields, names
from layers.exports.geojson import as_exported
from layers.exports.templating import clean
from layers.features import Feature
from layers.geometry.control import Holding, holdings, holdings_by_day
from layers.geometry.coverage import Coverage
from layers.geometry.label_points import lat_lon
from layers.geometry.measure import area_km2
from layers.geometry.uncertainty import bands
from layers.steps import Step, steps
from layers.style.captions import captions
from layers.text.events import Event
from layers.text.quotes import Quote
from layers.text.verdicts import Claim, Reading

FACES, UNCERTAINTY = "faces", "uncertainty"
Row = dict[str, Any]
_NAME_FORMS = [name for name in names("features") if name.startswith("name_")]


def layer_table(layer: Layer, lang: str = "article") -> gpd.GeoDataFrame:
    """Return a layer's features, in their order, as plain columns; WGS 84 degrees, 5 decimals.

    There is a column for each measure that the layer has; `lang` chooses the form of `name`.
    """
    return _layer_table(layer, lang).copy()


@lru_cache(maxsize=64)
def _layer_table(layer: Layer, lang: str) -> gpd.GeoDataFrame:
    """Return the table of a layer: each of its formats takes it."""
    rows = [_feature(feature, layer.properties, lang) for feature in layer.features]
    return _framed("features", rows, layer.geometries)


def faces_table(atlas: Atlas) -> gpd.GeoDataFrame:
    """Return the faces of the coverage: where each is, and who held it on the day that the layers show."""
    coverage = atlas.coverage
    faces = coverage.faces.assign(status=coverage.status_on(coverage.as_of))
    rows = [
        {
            **{key: None if key != "source" and pd.isna(value) else value for key, value in row.items()},
            "source": _joined(row["source"]),
            "as_of": atlas.descriptor["as_of"],
            "area_km2": round(area_km2(shape), 1),
            **_certainty(coverage, shape),
        }
        for row, shape in zip(faces.drop(columns="geometry").to_dict("records"), faces.geometry, strict=True)
    ]
    return _framed(FACES, rows, faces.geometry)


def _certainty(coverage: Coverage, face: shapely.Geometry) -> Row:
    """Return how far a face's outline may be off, in metres, and whether any line of it is schematic."""
    lines = coverage.made_of(face)
    is_schematic = (lines.precision == "schematic").any()
    return {
        "uncertainty_m": int(lines.uncertainty_m.max()),
        "precision": "schematic" if is_schematic else "approximate",
    }


def uncertainty_table(atlas: Atlas) -> gpd.GeoDataFrame:
    """Return the bands within which the boundary lines and roads may lie, widest first; WGS 84 degrees."""
    around = bands(atlas.coverage)
    rows = [
        {
            **{
                key: None if key != "digitized_after" and pd.isna(value) else value
                for key, value in row.items()
            },
            "digitized_after": _joined(row["digitized_after"]),
        }
        for row in around.drop(columns="geometry").to_dict("records")
    ]
    return _framed(UNCERTAINTY, rows, around.geometry)


def annotations_table(quotes: Iterable[Quote]) -> pd.DataFrame:
    """Return passages of the article, each with where it stands, who speaks, and of what."""
    rows = [{**vars(quote), "end": quote.end, **_lists(quote)} for quote in quotes]
    return _table("annotations", rows)


def claims_table(claims: Iterable[Claim]) -> pd.DataFrame:
    """Return the article's spatial claims, each beside what was measured."""
    return _table("claims", [_claim(claim) for claim in claims])


def events_table(events: Iterable[Event]) -> pd.DataFrame:
    """Return what the article dates, each with the words that date it and whom it cites."""
    return _table("events", [{**vars(event), "quote": event.quote.id} for event in events])


def held_table(atlas: Atlas, lang: str = "article") -> pd.DataFrame:
    """Return who held how much of each area in each step of the map through time; km² and percent.

    `lang` chooses the form of the features' names.
    """
    shown, areas = steps(atlas), captions()["printed"]["holdings"]
    days = [step.days[-1].date for step in shown]
    by_feature = holdings_by_day(atlas.coverage, atlas.areas_by_holder, days)
    rows = []
    for number, step in enumerate(shown):
        whole = holdings(atlas.coverage, days[number]).items()
        rows += [_held(step, area, areas[area], held) for area, held in whole]
        rows += [
            _held(step, identifier, atlas.features[identifier].name_in(lang), each[number])
            for identifier, each in by_feature.items()
        ]
    return _table("held", rows)


def _held(step: Step, area: str, name: str, held: Holding) -> Row:
    return {
        "date": step.days[0].id,
        "until": step.id if len(step.days) > 1 else None,
        "area": area,
        "name": name,
        "armenian_km2": round(held.armenian_km2, 1),
        "armenian_percent": held.armenian_percent,
        "azerbaijani_km2": round(held.azerbaijani_km2, 1),
        "azerbaijani_percent": held.azerbaijani_percent,
    }


def placed(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return a layer's table with a point to label each feature at, and its geometry as WKT."""
    places = [lat_lon(shape) for shape in table.geometry]
    texts = shapely.to_wkt(table.geometry.to_numpy(), rounding_precision=5)
    rows = pd.DataFrame(table.drop(columns="geometry"))
    return rows.assign(longitude=[lon for _, lon in places], latitude=[lat for lat, _ in places], WKT=texts)


def _lists(quote: Quote) -> Row:
    return {"about": _joined(quote.about), "own_words": _joined(quote.own_words) or None}


def _feature(feature: Feature, columns: tuple[str, ...], lang: str) -> Row:
    properties = feature.properties(lang)
    return {
        **{column: properties.get(column) for column in columns},
        **{column: feature.names.get(column.removeprefix("name_")) for column in _NAME_FORMS},
        "digitized_after": _joined(feature.digitized_after),
        "figures": _json(properties["figures"]),
        "quotes": _json(properties["quotes"]),
    }


def _claim(claim: Claim) -> Row:
    return {
        **vars(claim),
        "article": claim.figure,
        **_figure(claim.readings[0]),
        "verdict": claim.verdict,
        "reason": claim.reason,
        "plain": claim.plain,
        "readings": "; ".join(map(_reading, claim.readings)),
        "beside": "; ".join(f"{figure['label']}: {figure['value']}" for figure in claim.beside) or None,
        "about": _joined(claim.about),
        "quote": claim.quote.id,
    }


def _figure(reading: Reading) -> Row:
    measured, decimals = reading.measured, reading.decimals
    return {
        "what": reading.what,
        "measured": reading.measured_text,
        "measured_value": round(measured.value, decimals),
        "margin": round(measured.margin, decimals) if measured.margin else None,
        "low": round(measured.low, decimals),
        "high": round(measured.high, decimals),
        "unit": reading.unit,
    }


def _reading(reading: Reading) -> str:
    return f"{reading.what}: {reading.measured_text}, {reading.verdict}"


def _framed(table: str, rows: list[Row], geometries: Iterable[shapely.Geometry]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(_table(table, rows), geometry=list(map(as_exported, geometries)), crs=WGS84)


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
