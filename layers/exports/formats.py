"""The forms in which one layer can be had, by the extension of its address."""

from collections.abc import Callable
from typing import NamedTuple

from layers.atlas import Atlas, Layer
from layers.exports.columnar import (
    FLATGEOBUF_MEDIA_TYPE,
    PARQUET_MEDIA_TYPE,
    flatgeobuf_bytes,
    geoparquet_bytes,
)
from layers.exports.delimited import MEDIA_TYPE as CSV_MEDIA_TYPE
from layers.exports.delimited import features_csv
from layers.exports.geojson import MEDIA_TYPE as GEOJSON_MEDIA_TYPE
from layers.exports.geojson import geojson_bytes


class LayerFormat(NamedTuple):
    """A form of a layer: title, media type, what makes its bytes with a form of names, path in the archive.

    `path` has the layer's id for {}; None for a form that the archive has all layers of in one file.
    """

    title: str
    media_type: str
    make: Callable[[Atlas, Layer, str], bytes]
    path: str | None


def _csv(atlas: Atlas, layer: Layer, lang: str) -> bytes:
    return features_csv(atlas, [layer], lang)


LAYER_FORMATS: dict[str, LayerFormat] = {
    "geojson": LayerFormat("GeoJSON", GEOJSON_MEDIA_TYPE, geojson_bytes, "{}.geojson"),
    "fgb": LayerFormat("FlatGeobuf", FLATGEOBUF_MEDIA_TYPE, flatgeobuf_bytes, "flatgeobuf/{}.fgb"),
    "parquet": LayerFormat("GeoParquet", PARQUET_MEDIA_TYPE, geoparquet_bytes, "geoparquet/{}.parquet"),
    "csv": LayerFormat("CSV", CSV_MEDIA_TYPE, _csv, None),
}
