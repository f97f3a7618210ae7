"""Read each format as its users do, and say what must come back: what the GeoJSON has, tested apart."""

import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from layers import Atlas
from layers.atlas import Layer
from layers.data.folders import GEODATA
from layers.exports.fields import fields
from layers.exports.geojson import collection
from layers.exports.geopackage import table_name
from layers.exports.templating import clean

Json = Any
IDS = [layer["id"] for layer in json.loads((GEODATA / "layers.json").read_text(encoding="utf-8"))]
NUMBERS = {field["name"] for field in fields() if field["type"] in ("number", "integer")}
JSON_TEXT = {"figures", "quotes"}
HOSTILE = {
    "district-aghdam": "<script>alert(1)</script>",
    "district-jabrayil": "x" * 5_000,
    "district-kelbajar": "{{7*7}}{% raw %}",
    "district-lachin": "\"quoted\" 'twice' \\ </script><!--",
    "district-zangilan": "Zəngilan \N{FLAG IN HOLE}\N{COMBINING ACUTE ACCENT}",
    "district-gubadli": "\N{RIGHT-TO-LEFT OVERRIDE}cba\N{NULL}\x1b\x0b\ufffe\N{LINE SEPARATOR}x\r\ny\rz",
    "district-fuzuli": '`backticks`, ${alert(1)}; "q" ]]> &amp; <b> {{ 7 * 7 }}\ttab',
}


def _kml(path: Path, layer: Layer) -> gpd.GeoDataFrame:
    """Read a folder of KML; the name is that of the placemark."""
    return pyogrio.read_dataframe(path, layer=layer.title).rename(columns={"Name": "name"})


def _csv(path: Path, layer: Layer) -> gpd.GeoDataFrame:
    read = pyogrio.read_dataframe(path)
    return read[read.layer == layer.id].reset_index(drop=True)


def _parquet(path: Path, _: Layer) -> gpd.GeoDataFrame:
    return gpd.read_parquet(io.BytesIO(path.read_bytes()))


def _fgb(path: Path, _: Layer) -> gpd.GeoDataFrame:
    return pyogrio.read_dataframe(path).sort_values("number", ignore_index=True)


def _gpkg(path: Path, layer: Layer) -> gpd.GeoDataFrame:
    """Read the tables of a layer; points among areas are in one of their own."""
    name, ids = table_name(layer), [feature.id for feature in layer.features]
    there = {table for table, _ in pyogrio.list_layers(path)} & {name, f"{name}_points"}
    read = pd.concat([pyogrio.read_dataframe(path, layer=table) for table in sorted(there)])
    return read.set_index("id", drop=False).loc[ids].reset_index(drop=True) if len(there) > 1 else read


READERS: dict[str, tuple[str, Callable[[Path, Layer], gpd.GeoDataFrame]]] = {
    "GeoPackage": ("karabakh-2020.gpkg", _gpkg),
    "KML": ("karabakh-2020.kml", _kml),
    "CSV": ("features.csv", _csv),
    "FlatGeobuf": ("flatgeobuf/{id}.fgb", _fgb),
    "GeoParquet": ("geoparquet/{id}.parquet", _parquet),
}


def read_back(form: str, files: dict[str, bytes], layer: Layer) -> gpd.GeoDataFrame:
    """Return a layer as a format's usual reader has it, from a folder of its own: GDAL leaves files there."""
    path, reader = READERS[form]
    path = path.format(id=layer.id)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, Path(path).name)
        copy.write_bytes(files[path])
        return reader(copy, layer)


def properties(frame: gpd.GeoDataFrame) -> list[dict[str, Json]]:
    """Return what the columns of `fields.json` hold, without what is empty, numbers as numbers."""
    names = [field["name"] for field in fields() if field["name"] in frame]
    return [
        {name: _value(name, row[name]) for name in names if not pd.isna(row[name]) and row[name] != ""}
        for row in frame.to_dict("records")
    ]


def expected(atlas: Atlas, layer: Layer) -> list[dict[str, Json]]:
    """Return the properties of the GeoJSON in the plain form of the other formats."""
    return [_plain(feature["properties"]) for feature in collection(atlas, layer)["features"]]


def geometries(atlas: Atlas, layer: Layer) -> list[shapely.Geometry]:
    """Return the geometries of the GeoJSON."""
    return [shapely.geometry.shape(feature["geometry"]) for feature in collection(atlas, layer)["features"]]


def _value(name: str, value: Json) -> Json:
    if name in NUMBERS:
        return float(value)
    if name == "as_of":
        return str(value)[:10]  # GDAL makes a time of it in CSV
    return json.loads(value) if name in JSON_TEXT else value


def _plain(feature: Json) -> Json:
    names = {f"name_{code}": name for code, name in feature.pop("names").items()}
    plain = {**feature, **names, "digitized_after": "; ".join(feature["digitized_after"])}
    return {key: clean(value) if isinstance(value, str) else value for key, value in plain.items()}
