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
from layers.problems import UnknownChoiceError


class LayerFormat(NamedTuple):
    """A form of a layer: its title, media type, and what makes a layer's bytes with a form of names."""

    title: str
    media_type: str
    make: Callable[[Atlas, Layer, str], bytes]


def _csv(atlas: Atlas, layer: Layer, lang: str) -> bytes:
    return features_csv(atlas, [layer], lang)


LAYER_FORMATS: dict[str, LayerFormat] = {
    "geojson": LayerFormat("GeoJSON", GEOJSON_MEDIA_TYPE, geojson_bytes),
    "fgb": LayerFormat("FlatGeobuf", FLATGEOBUF_MEDIA_TYPE, flatgeobuf_bytes),
    "parquet": LayerFormat("GeoParquet", PARQUET_MEDIA_TYPE, geoparquet_bytes),
    "csv": LayerFormat("CSV", CSV_MEDIA_TYPE, _csv),
}


def layer_format(extension: str) -> LayerFormat:
    """Return the format of an extension. Raises UnknownChoiceError, which names those that there are."""
    if extension not in LAYER_FORMATS:
        raise UnknownChoiceError("format", extension, LAYER_FORMATS)
    return LAYER_FORMATS[extension]


def layer_file(atlas: Atlas, layer: Layer, extension: str, lang: str = "article") -> bytes:
    """Return a layer in a format. Raises UnknownChoiceError if there is no such format."""
    return layer_format(extension).make(atlas, layer, lang)
