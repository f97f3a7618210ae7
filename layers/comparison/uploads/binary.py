"""GeoPackage, FlatGeobuf and Shapefile of others, read by GDAL out of a folder that is removed."""

import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path

import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from layers.comparison.uploads.raw import Raw, key_of_name, refused

_MOST_LAYERS = 50


def read_binary(name: str, files: Mapping[str, bytes], main: str, form: str) -> Raw:
    """Return the features of every layer of the file `main` among `files` (by plain name).

    Raises DrawingError if GDAL cannot read it. The coordinate system is that of the first layer that
    names one; layers in another are brought to it.
    """
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for each, content in files.items():
            (Path(folder) / each).write_bytes(content)
        try:
            return _read(Path(folder) / main)
        except (DataSourceError, DataLayerError, OSError, RuntimeError, ValueError, LookupError) as error:
            raise refused("broken", name, format=form) from error


def _read(path: Path) -> Raw:
    raw = Raw()
    for layer, kind in pyogrio.list_layers(path)[:_MOST_LAYERS]:
        if kind is None:
            continue
        meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer)
        geometries = shapely.from_wkb(shapes, on_invalid="ignore")
        names = _called(list(meta["fields"]), columns, len(geometries))
        raw.crs, geometries = _in_one_crs(raw.crs, meta["crs"], geometries)
        for each, geometry in zip(names, geometries, strict=True):
            if geometry is None:
                raw.unusable += 1
            else:
                raw.add(each, geometry)
    return raw


def _called(fields: list[str], columns: list, count: int) -> list[object]:  # type: ignore[type-arg]
    """Return what each feature is called: by a column whose name says so, else the first of text."""
    by_field = dict(zip(fields, columns, strict=True))
    field = key_of_name(fields, [each for each in fields if by_field[each].dtype == object])
    return [""] * count if field is None else list(by_field[field])


def _in_one_crs(first: str | None, own: str | None, geometries):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    if first is None or own is None or own == first:
        return first or own, geometries
    change = pyproj.Transformer.from_crs(own, first, always_xy=True)
    return first, shapely.transform(geometries, change.transform, interleaved=False)
