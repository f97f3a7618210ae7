"""A layer as FlatGeobuf (https://flatgeobuf.org) or as GeoParquet (https://geoparquet.org).

Both hold the features in the order of the GeoJSON, as plain columns (see `tables`), in WGS 84 degrees.
"""

import io
import tempfile
from pathlib import Path

import pyogrio
from pyarrow import parquet

from layers.atlas import Atlas, Layer
from layers.citation import provenance
from layers.exports.tables import layer_table

FLATGEOBUF_MEDIA_TYPE = "application/vnd.flatgeobuf"
PARQUET_MEDIA_TYPE = "application/vnd.apache.parquet"


def flatgeobuf_bytes(atlas: Atlas, layer: Layer, lang: str = "article") -> bytes:
    """Return the layer as FlatGeobuf; its header says whose it is. Raises OSError if no file can be made."""
    about = provenance(atlas)
    rights = f"As of {about['as_of']}. {about['license']}. {about['attribution']} {about['disclaimer']}"
    with tempfile.TemporaryDirectory(prefix="flatgeobuf-") as folder:
        path = Path(folder, f"{layer.id}.fgb")
        pyogrio.write_dataframe(
            layer_table(layer, lang),
            path,
            driver="FlatGeobuf",
            layer=layer.id,
            promote_to_multi=False,
            layer_options={
                "SPATIAL_INDEX": "NO",  # it would put the features in an order of its own
                "TITLE": layer.title,
                "DESCRIPTION": f"{layer.summary} {rights}",
            },
        )
        return path.read_bytes()


def geoparquet_bytes(atlas: Atlas, layer: Layer, lang: str = "article") -> bytes:
    """Return the layer as GeoParquet 1.1; the metadata of its schema say whose it is."""
    plain, complete = io.BytesIO(), io.BytesIO()
    layer_table(layer, lang).to_parquet(plain, index=False, schema_version="1.1.0")
    table = parquet.read_table(plain)
    about = {"title": layer.title, "description": layer.summary, **provenance(atlas)}
    # "pandas" holds versions of libraries that say nothing of the data
    kept = {key: value for key, value in table.schema.metadata.items() if key != b"pandas"}
    parquet.write_table(table.replace_schema_metadata({**about, **kept}), complete)
    return complete.getvalue()
