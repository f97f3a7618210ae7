"""FlatGeobuf and GeoParquet say of themselves what they are, whose, and of which day."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pyogrio
import pytest
from pyarrow import parquet

from layers import Atlas
from layers.exports.columnar import flatgeobuf_bytes, geoparquet_bytes
from layers.exports.provenance import provenance
from tests.layers.exports.reading_back import IDS

each_layer = pytest.mark.parametrize("layer", IDS)


@each_layer
def test_flatgeobuf_says_whose_it_is(layer: str, folder: Path, atlas: Atlas) -> None:
    said = pyogrio.read_info(folder / "flatgeobuf" / f"{layer}.fgb")["layer_metadata"]
    wanted = ("as_of", "license", "attribution", "disclaimer")

    assert said["TITLE"] == atlas.layers[layer].title
    assert [key for key in wanted if provenance(atlas)[key] not in said["DESCRIPTION"]] == []


@each_layer
def test_geoparquet_says_whose_it_is(layer: str, files: dict[str, bytes], atlas: Atlas) -> None:
    said = parquet.read_schema(io.BytesIO(files[f"geoparquet/{layer}.parquet"])).metadata
    texts = {key.decode(): value.decode() for key, value in said.items()}

    assert texts["title"] == atlas.layers[layer].title
    assert provenance(atlas).items() <= texts.items()
    assert "pandas" not in texts


@each_layer
def test_geoparquet_has_the_metadata_of_its_standard(layer: str, files: dict[str, bytes]) -> None:
    said = parquet.read_schema(io.BytesIO(files[f"geoparquet/{layer}.parquet"])).metadata
    geo = json.loads(said[b"geo"])

    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert geo["columns"]["geometry"]["encoding"] == "WKB"
    assert geo["columns"]["geometry"]["crs"]["id"] == {"authority": "EPSG", "code": 4326}


@pytest.mark.parametrize("make", [flatgeobuf_bytes, geoparquet_bytes])
def test_another_language_gives_other_bytes(make: Callable[..., bytes], atlas: Atlas) -> None:
    places = atlas.layers["places"]

    assert make(atlas, places, "az") != make(atlas, places)
    assert make(atlas, places, "az") == make(atlas, places, "az")
