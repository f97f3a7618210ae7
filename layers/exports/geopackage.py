"""The atlas as one GeoPackage (https://www.geopackage.org/spec/): a table a layer, each with its styles.

GDAL writes the tables; what it has no option for (column descriptions, styles, dates that do not change
from run to run) is put in afterwards, as SQL.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyogrio

from layers.atlas import Atlas, Layer
from layers.citation import provenance
from layers.exports.fields import described, fields
from layers.exports.qgis import qml
from layers.exports.sld import sld
from layers.exports.table_styles import TableStyle, faces_style, layer_style, uncertainty_style
from layers.exports.tables import (
    FACES,
    UNCERTAINTY,
    annotations_table,
    claims_table,
    faces_table,
    layer_table,
    uncertainty_table,
)
from layers.style.captions import captions
from layers.text.quotes import shown_quotes

MEDIA_TYPE = "application/geopackage+sqlite3"
_SQL = Path(__file__).resolve().parent / "geopackage.sql"


class _Table(NamedTuple):
    """A table of the GeoPackage: its name, title and text, which fields it has, its rows, how it is drawn."""

    name: str
    title: str
    text: str
    fields: str
    rows: pd.DataFrame
    style: TableStyle | None = None


def table_name(layer: Layer) -> str:
    """Return the name of a layer's table: its id with what SQL would want quoted written as _."""
    return layer.id.replace("-", "_")


def geopackage_bytes(atlas: Atlas, lang: str = "article", *, full_article: bool = False) -> bytes:
    """Return the GeoPackage: faces, bands, layers in the order of the legend, annotations, claims; WGS 84.

    A layer of points and areas has a table of each: QGIS lists a table once for each kind that is in it.
    Of the article's passages it holds those that describe something, or all if `full_article`. The same
    atlas gives the same bytes with the same versions of GDAL and SQLite.
    """
    tables = [*_tables(atlas, lang, full_article=full_article)]
    with tempfile.TemporaryDirectory(prefix="geopackage-") as folder:
        path = Path(folder, f"{atlas.descriptor['name']}.gpkg")
        for table in tables:
            _write(atlas, table, path)
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            _complete(database, tables, f"{atlas.descriptor['created']}T00:00:00.000Z")
        return path.read_bytes()


def _tables(atlas: Atlas, lang: str, *, full_article: bool) -> Iterator[_Table]:
    yield _captioned(FACES, faces_table(atlas), faces_style())
    yield _captioned(UNCERTAINTY, uncertainty_table(atlas), uncertainty_style())
    for layer in atlas.layers.values():
        for part, name, title in _by_kind(layer):
            rows, style = layer_table(part, lang), layer_style(part)
            yield _Table(name, title, layer.summary, "features", rows, style)
    quotes = shown_quotes(atlas.annotations.quotes, full_article=full_article)
    yield _captioned("annotations", annotations_table(quotes))
    yield _captioned("claims", claims_table(atlas.claims))


def _by_kind(layer: Layer) -> Iterator[tuple[Layer, str, str]]:
    """Yield a layer, name and title of its table; of one with points among its areas or lines, each apart."""
    points = tuple(each for each in layer.features if each.geometry.geom_type == "Point")
    others = tuple(each for each in layer.features if each.geometry.geom_type != "Point")
    name = table_name(layer)
    if not (points and others):
        yield layer, name, layer.title
        return
    yield replace(layer, features=others), name, layer.title
    title = captions()["points_of"].format(title=layer.title)
    yield replace(layer, features=points), f"{name}_points", title


def _captioned(name: str, rows: pd.DataFrame, style: TableStyle | None = None) -> _Table:
    title, text = captions()["tables"][name]
    return _Table(name, title, text, name, rows, style)


def _write(atlas: Atlas, table: _Table, path: Path) -> None:
    """Write a table with GDAL; the first one makes the file and says whose it is."""
    new = not path.exists()
    pyogrio.write_dataframe(
        table.rows,
        path,
        layer=table.name,
        driver="GPKG",
        append=not new,
        promote_to_multi=False,
        dataset_options={"VERSION": "1.3"} if new else None,  # what QGIS 3.22 and GDAL 3.6 know
        dataset_metadata={"title": atlas.descriptor["title"], **provenance(atlas)} if new else None,
        layer_options={
            "FID": "fid",
            "IDENTIFIER": table.title,
            "DESCRIPTION": f"{table.text} {atlas.descriptor['disclaimer']}",
            **({"GEOMETRY_NAME": "geom"} if table.style else {}),
        },
    )


def _complete(database: sqlite3.Connection, tables: list[_Table], made: str) -> None:
    """Describe the columns, put in the styles, and give every date of making the same value."""
    database.execute("PRAGMA synchronous = OFF")  # a file that is lost with the machine is made again
    database.executescript(_SQL.read_text(encoding="utf-8"))
    database.execute("BEGIN")
    for table in tables:
        database.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description)"
            " VALUES (?, ?, ?, ?, ?)",
            [_column(table.name, field) for field in fields(table.fields, list(table.rows.columns))],
        )
        if table.style:
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,"
                " styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)"
                " VALUES ('', '', ?, 'geom', ?, ?, ?, 1, ?, '', ?)",
                (
                    *(table.name, table.title),
                    *(qml(table.style), sld(table.name, table.title, table.style)),
                    *(table.title, made),
                ),
            )
    database.execute("UPDATE gpkg_contents SET last_change = ?", (made,))
    database.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (made,))
    database.execute("COMMIT")
    database.execute("VACUUM")


def _column(table: str, field: dict[str, Any]) -> tuple[str, ...]:
    return table, field["name"], field["name"], field["title"], described(field)
