"""FlatGeobuf and GeoParquet say of themselves what they are, whose, and of which day."""

import io
import json

import pyogrio
from pyarrow import parquet

from layers import Atlas
from layers.citation import provenance
from layers.exports.columnar import flatgeobuf_bytes, geoparquet_bytes


def test_flatgeobuf_says_whose_it_is(files: dict[str, bytes], atlas: Atlas) -> None:
    wanted = [provenance(atlas)[key] for key in ("as_of", "license", "attribution", "disclaimer")]
    said = {
        layer: pyogrio.read_info(files[f"flatgeobuf/{layer}.fgb"])["layer_metadata"] for layer in atlas.layers
    }

    assert {layer: each["TITLE"] for layer, each in said.items()} == {
        layer.id: layer.title for layer in atlas.layers.values()
    }
    assert [
        (layer, text) for layer, each in said.items() for text in wanted if text not in each["DESCRIPTION"]
    ] == []


def test_geoparquet_says_whose_it_is_and_has_the_metadata_of_its_standard(
    files: dict[str, bytes], atlas: Atlas
) -> None:
    for layer in atlas.layers.values():
        said = parquet.read_schema(io.BytesIO(files[f"geoparquet/{layer.id}.parquet"])).metadata
        texts = {key.decode(): value.decode() for key, value in said.items()}
        geo = json.loads(texts["geo"])

        assert texts["title"] == layer.title
        assert provenance(atlas).items() <= texts.items()
        assert "pandas" not in texts
        assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
        assert geo["columns"]["geometry"]["encoding"] == "WKB"
        assert geo["columns"]["geometry"]["crs"]["id"] == {"authority": "EPSG", "code": 4326}


def test_another_language_gives_other_bytes(atlas: Atlas) -> None:
    places = atlas.layers["places"]

    for make in (flatgeobuf_bytes, geoparquet_bytes):
        assert make(atlas, places, "az") != make(atlas, places)
