"""FlatGeobuf and GeoParquet say of themselves what they are, whose, and of which day, and what lies where."""

import io
import json

import geopandas as gpd
import pyogrio
from pyarrow import parquet

from layers import Atlas
from layers.citation import provenance
from layers.exports.columnar import flatgeobuf_bytes, geoparquet_bytes
from layers.exports.geojson import within


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


def test_flatgeobuf_has_an_index_and_a_column_to_sort_by(files: dict[str, bytes], atlas: Atlas) -> None:
    contents = {layer: files[f"flatgeobuf/{layer}.fgb"] for layer in atlas.layers}
    read = {layer: pyogrio.read_dataframe(content) for layer, content in contents.items()}
    nothing = flatgeobuf_bytes(atlas, within(atlas.layers["places"], "0,0,1,1"))

    assert [
        layer
        for layer, content in contents.items()
        if not pyogrio.read_info(content)["capabilities"]["fast_spatial_filter"]
    ] == []
    assert {layer: sorted(rows.number) for layer, rows in read.items()} == {
        layer.id: list(range(1, len(layer.features) + 1)) for layer in atlas.layers.values()
    }
    assert list(pyogrio.read_dataframe(nothing).number) == []


def test_geoparquet_says_whose_it_is_and_has_the_metadata_of_its_standard(
    files: dict[str, bytes], atlas: Atlas
) -> None:
    for layer in atlas.layers.values():
        said = parquet.read_metadata(io.BytesIO(files[f"geoparquet/{layer.id}.parquet"])).metadata
        texts = {key.decode(): value.decode() for key, value in said.items()}
        geo = json.loads(texts["geo"])

        assert texts["title"] == layer.title
        assert provenance(atlas).items() <= texts.items()
        assert texts.keys().isdisjoint({"pandas", "ARROW:schema"})  # with the latter GDAL loses the next line
        assert geo["columns"]["geometry"]["crs"]["id"] == {"authority": "EPSG", "code": 4326}
        assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
        assert geo["columns"]["geometry"]["encoding"] == "WKB"


def test_geoparquet_is_read_by_box(files: dict[str, bytes]) -> None:
    places = gpd.read_parquet(io.BytesIO(files["geoparquet/places.parquet"]), bbox=(46.7, 39.7, 46.8, 39.9))

    assert list(places.id) == ["emergency-ministry-camp", "shusha", "stepanakert"]


def test_another_language_gives_other_bytes(atlas: Atlas) -> None:
    places = atlas.layers["places"]

    for make in (flatgeobuf_bytes, geoparquet_bytes):
        assert make(atlas, places, "az") != make(atlas, places)
