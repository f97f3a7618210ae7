"""The places for gazetteers: as the Linked Places format has it, and still GeoJSON that anybody draws."""

import json
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from jsonschema_rs import Draft202012Validator

from layers import Atlas
from layers.data.folders import GEODATA
from layers.exports.linked_places import linked_places_bytes
from tests.layers.exports.reading_back import geometries
from tests.layers.lookup import ids_of

SCHEMA = Path(__file__).resolve().parents[2] / "data" / "linked-places.schema.json"
TYPES = Path(__file__).resolve().parents[3] / "layers" / "exports" / "place_types.json"


@pytest.fixture(scope="module")
def collection(atlas: Atlas) -> Any:  # noqa: ANN401 - JSON
    return json.loads(linked_places_bytes(atlas))


def test_file_is_valid_by_the_schema_of_its_format_which_finds_a_slip(collection: Any) -> None:  # noqa: ANN401
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    first = collection["features"][0]
    slip = {**collection, "features": [{**first, "when": {"timespans": [{"end": {"in": "2020"}}]}}]}

    assert [error.message for error in validator.iter_errors(collection)] == []
    assert [error.message for error in validator.iter_errors(slip)] == ['"start" is a required property']


def test_places_have_every_form_of_their_names_and_how_sure_they_are(collection: Any, atlas: Atlas) -> None:  # noqa: ANN401
    places = {each["@id"].partition("#")[2]: each for each in collection["features"]}
    features = {feature.id: feature for feature in atlas.layers["places"].features}
    camp = places["emergency-ministry-camp"]

    assert {
        identifier: [name["toponym"] for name in each["names"]] for identifier, each in places.items()
    } == {identifier: list(feature.names.values()) for identifier, feature in features.items()}
    assert {each["when"]["timespans"][0]["start"]["in"] for each in places.values()} == {"2020-12-08"}
    assert (camp["geometry"]["certainty"], camp["properties"]["fclasses"]) == ("uncertain", ["S"])
    assert "types" not in camp
    assert places["aghdam"]["types"][0]["identifier"] == "aat:300008375"
    assert json.loads(linked_places_bytes(atlas, "hy"))["features"][0]["properties"]["title"] == "Ակնա"


def test_each_kind_of_place_has_a_class() -> None:
    schema = json.loads((GEODATA / "schemas" / "places.schema.json").read_text(encoding="utf-8"))
    kinds = schema["properties"]["properties"]["properties"]["kind"]["enum"]

    assert set(json.loads(TYPES.read_text(encoding="utf-8"))) == set(kinds)


def test_gdal_reads_it_as_geojson(files: dict[str, bytes], atlas: Atlas) -> None:
    read = pyogrio.read_dataframe(files["places.lpf.json"])

    assert list(read.geometry) == geometries(atlas, atlas.layers["places"])
    assert len(read) == len(ids_of(atlas.layers["places"]))
