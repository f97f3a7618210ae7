"""The hand-made files of `geodata/`: every line, face, place and quote, without a test written for it."""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
import shapely
from jsonschema import Draft202012Validator

from layers import Atlas
from layers.data.files import GEODATA, SEEDS
from layers.geometry.measure import distance_m

FILES = sorted(path.stem for path in GEODATA.glob("*.geojson"))
SHORTEST_SEGMENT_M = 50
Json = Any


def _read(name: str) -> Json:
    return json.loads((GEODATA / name).read_text(encoding="utf-8"))


FEATURES = {
    f"{name}/{feature['properties']['id']}": feature
    for name in FILES
    for feature in _read(f"{name}.geojson")["features"]
}
LINES = {key: x for key, x in FEATURES.items() if x["geometry"]["type"] != "Point"}
NAMED = {key: x["properties"] for key, x in FEATURES.items() if "names" in x["properties"]} | {
    f"layers/{identifier}": words
    for layer in _read("layers.json")
    for identifier, words in layer["features"].items()
}
QUOTES = {quote["id"]: quote for quote in _read("quotes.json")}
WORDS_FILES = ("layers", "quotes", "claims", "events", "counts", "dates", "gazetteer", "notices")
DISTRICTS_ONLY_COUNTED = ("Fuzuli", "Gubadli", "Jabrayil", "Zangilan")
NOT_MENTIONED = (*DISTRICTS_ONLY_COUNTED, "Shusha", "Hadrut", "Talish", "Khtsaberd", "Hin Tagher")
DESCRIPTOR = _read("datapackage.json")
SOURCES = {source["name"] for source in DESCRIPTOR["sources"]}

each_feature = pytest.mark.parametrize("feature", FEATURES.values(), ids=FEATURES)
each_quote = pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)


def _cited(feature: Json) -> list[str]:
    properties = feature["properties"]
    return properties["source"] if "source" in properties else properties["digitized_after"]


def _figures() -> Iterator[Json]:
    for words in NAMED.values():
        yield from words.get("figures", [])
    for layer in _read("layers.json"):
        yield from layer.get("figures", [])


@each_feature
def test_coordinates_have_at_most_five_decimals(feature: Json) -> None:
    numbers = shapely.get_coordinates(shapely.geometry.shape(feature["geometry"]))

    assert (numbers == numbers.round(5)).all()


@each_feature
def test_each_source_is_explained_in_the_descriptor(feature: Json) -> None:
    assert set(_cited(feature)) <= SOURCES


@each_feature
def test_schematic_is_said_with_its_reason(feature: Json) -> None:
    properties = feature["properties"]

    assert properties.get("precision") != "schematic" or properties["note"]


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_no_segment_is_shorter_than_50_m(line: Json) -> None:
    geometry = shapely.geometry.shape(line["geometry"])
    vertices = shapely.points(shapely.get_coordinates(geometry))

    assert min(distance_m(a, b) for a, b in pairwise(vertices)) >= SHORTEST_SEGMENT_M


@pytest.mark.parametrize("name", FILES)
def test_file_has_one_feature_a_line_sorted_by_id(name: str) -> None:
    head, *lines, tail = (GEODATA / f"{name}.geojson").read_text(encoding="utf-8").splitlines()
    ids = [json.loads(line.removesuffix(","))["properties"]["id"] for line in lines]

    assert head == '{"type": "FeatureCollection", "features": ['
    assert tail == "]}"
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("words", NAMED.values(), ids=NAMED)
def test_names_begin_with_the_article_s_own_form(words: Json) -> None:
    order = [language for language in ("article", "en", "az", "hy", "ru") if language in words["names"]]

    assert list(words["names"]) == order


@each_quote
def test_quote_stands_in_the_article_once(quote: Json) -> None:
    facts = json.loads((SEEDS / "article.json").read_text(encoding="utf-8"))
    article = (SEEDS / facts["file"]).read_text(encoding="utf-8")

    assert article.count(quote["exact"]) == 1
    assert article.count(f"{quote['prefix']}{quote['exact']}{quote['suffix']}") == 1


@each_quote
def test_quote_is_shown_with_all_that_it_describes(quote: Json, atlas: Atlas) -> None:
    shown = {
        identifier
        for layer in atlas.layers.values()
        if quote["exact"] in {bound.exact for bound in layer.quotes}
        for identifier in (layer.id, *layer.features.id)
    }
    describes = quote["purpose"] == "describing"

    assert set(quote["about"]) <= shown if describes else shown == set()


@each_quote
def test_quote_that_describes_nothing_gives_a_day_or_a_figure(quote: Json) -> None:
    used = {entry["quote"] for name in ("events.json", "counts.json") for entry in _read(name)}

    assert quote["about"] or quote["id"] in used
    assert quote["about"] or quote["purpose"] == "identifying"


def test_each_figure_has_a_source_that_the_descriptor_explains() -> None:
    assert {figure["source"] for figure in _figures()} <= SOURCES | {"article"}


def test_each_day_has_a_source_that_the_descriptor_explains() -> None:
    assert {day["source"] for day in _read("dates.json")} <= SOURCES | {"article"}


def test_each_sentence_on_what_came_afterwards_has_a_source_that_the_descriptor_explains() -> None:
    cited = [set(sentence["sources"]) for sentence in _read("notices.json")["afterwards"]]

    assert [sources for sources in cited if not set() < sources <= SOURCES] == []


@pytest.mark.parametrize("words", NOT_MENTIONED)
def test_article_is_silent_where_the_notices_say_so(words: str, atlas: Atlas) -> None:
    not_said = " ".join(_read("notices.json")["not_said"])

    assert atlas.article.find(words) == []
    assert words in not_said or words in DISTRICTS_ONLY_COUNTED


def test_no_source_of_the_descriptor_goes_unused() -> None:
    used = {key for feature in FEATURES.values() for key in _cited(feature)}
    used |= {figure["source"] for figure in _figures()} | {day["source"] for day in _read("dates.json")}
    used |= {key for sentence in _read("notices.json")["afterwards"] for key in sentence["sources"]}

    assert used == SOURCES | {"article"}


def test_schemas_are_schemas() -> None:
    of_schemas = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    schemas = {path.name: json.loads(path.read_bytes()) for path in GEODATA.glob("schemas/*.json")}

    assert [name for name, schema in schemas.items() if not of_schemas.is_valid(schema)] == []


@pytest.mark.parametrize("name", WORDS_FILES)
def test_schema_of_words_allows_no_other_field_and_describes_each(name: str) -> None:
    schema = _read(f"schemas/{name}.schema.json")
    entry = schema.get("items", schema)

    assert entry["additionalProperties"] is False
    assert set(entry["required"]) <= set(entry["properties"])
    assert [
        key for key, field in entry["properties"].items() if not field.keys() & {"description", "$ref"}
    ] == []


@pytest.mark.parametrize("resource", DESCRIPTOR["resources"], ids=lambda resource: resource["name"])
def test_descriptor_names_each_file_and_its_schema(resource: Json) -> None:
    assert resource["path"] == f"{resource['name']}.geojson"
    assert _read(resource["schema_path"])["type"] == "object"


def test_every_file_is_in_the_descriptor() -> None:
    assert sorted(resource["name"] for resource in DESCRIPTOR["resources"]) == FILES
