"""A layer as FlatGeobuf (https://flatgeobuf.org) or as GeoParquet (https://geoparquet.org).

Both hold the features as plain columns (see `tables`), in WGS 84 degrees, so that a reader can ask for
those in a box: FlatGeobuf by its index, GeoParquet by the column `bbox`.
"""

import io
import tempfile
from pathlib import Path

import pyogrio
from pyarrow import parquet

from layers.atlas import Atlas, Layer
from layers.citation import provenance
from layers.exports.fields import fields
from layers.exports.tables import layer_table

FLATGEOBUF_MEDIA_TYPE = "application/vnd.flatgeobuf"
PARQUET_MEDIA_TYPE = "application/vnd.apache.parquet"


def flatgeobuf_bytes(atlas: Atlas, layer: Layer, lang: str = "article") -> bytes:
    """Return the layer as FlatGeobuf; its header says whose it is. Raises OSError if no file can be made.

    The index has the features in an order of its own; the column `number` has the layer's.
    """
    about = provenance(atlas)
    rights = f"As of {about['as_of']}. {about['license']}. {about['attribution']} {about['disclaimer']}"
    (number,) = fields("flatgeobuf")
    table = layer_table(layer, lang)
    table.insert(0, number["name"], range(1, len(table) + 1))
    with tempfile.TemporaryDirectory(prefix="flatgeobuf-") as folder:
        path = Path(folder, f"{layer.id}.fgb")
        pyogrio.write_dataframe(
            table,
            path,
            driver="FlatGeobuf",
            layer=layer.id,
            promote_to_multi=False,
            layer_options={
                "SPATIAL_INDEX": "YES",
                "TITLE": layer.title,
                "DESCRIPTION": f"{layer.summary} {number['name']}: {number['description']}. {rights}",
            },
        )
        return path.read_bytes()


def geoparquet_bytes(atlas: Atlas, layer: Layer, lang: str = "article") -> bytes:
    """Return the layer as GeoParquet 1.1; the metadata of its schema say whose it is.

    It comes without Arrow's own copy of the schema, which marks the geometry as `geoarrow.wkb`: where GDAL
    finds that mark, but Arrow (21 or later) knows no such type, it takes the reference system for unknown.
    """
    plain, complete = io.BytesIO(), io.BytesIO()
    layer_table(layer, lang).to_parquet(plain, index=False, schema_version="1.1.0", write_covering_bbox=True)
    table = parquet.read_table(plain)
    about = {"title": layer.title, "description": layer.summary, **provenance(atlas)}
    # "pandas" holds versions of libraries that say nothing of the data
    kept = {key: value for key, value in table.schema.metadata.items() if key != b"pandas"}
    with parquet.ParquetWriter(complete, table.schema, store_schema=False) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({**about, **kept})
    return complete.getvalue()
