"""The hand-made files of `geodata/`: each test holds for every line, face, place or quote in them."""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import shapely
from jsonschema_rs import meta

from layers import Atlas
from layers.data.folders import GEODATA
from layers.geometry.measure import distance_m
from tests.layers.lookup import ids_of

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
QUOTES = _read("quotes.json")
WORDS_FILES = (
    *("layers", "quotes", "claims", "events", "counts", "dates", "gazetteer", "notices"),
    "corrections",
)
DISTRICTS_ONLY_COUNTED = ("Fuzuli", "Gubadli", "Jabrayil", "Zangilan")
NOT_MENTIONED = (*DISTRICTS_ONLY_COUNTED, "Shusha", "Hadrut", "Talish", "Khtsaberd", "Hin Tagher")
DESCRIPTOR = _read("datapackage.json")


def _cited() -> Iterator[str]:
    """Yield the key of each source that anything in the files names."""
    for feature in FEATURES.values():
        properties = feature["properties"]
        yield from properties["source"] if "source" in properties else properties["digitized_after"]
    for words in (*NAMED.values(), *_read("layers.json")):
        yield from (figure["source"] for figure in words.get("figures", []))
    for claim in _read("claims.json"):
        yield from (figure["source"] for figure in claim.get("beside", []))
    for day in _read("dates.json"):
        yield from (day["source"], *day.get("more_sources", []))
    for sentence in _read("notices.json")["afterwards"]:
        yield from sentence["sources"]
    for correction in _read("corrections.json"):
        yield from correction.get("sources", [])


def _shortest_segment_m(feature: Json) -> float:
    vertices = shapely.points(shapely.get_coordinates(shapely.geometry.shape(feature["geometry"])))
    return min(distance_m(a, b) for a, b in pairwise(vertices))


def test_coordinates_have_at_most_five_decimals() -> None:
    shapes = {key: shapely.geometry.shape(feature["geometry"]) for key, feature in FEATURES.items()}
    numbers = {key: shapely.get_coordinates(shape) for key, shape in shapes.items()}

    assert [key for key, each in numbers.items() if (each != each.round(5)).any()] == []


def test_sources_of_the_descriptor_are_those_that_are_cited() -> None:
    assert set(_cited()) == {source["name"] for source in DESCRIPTOR["sources"]} | {"article"}


def test_schematic_is_said_with_its_reason() -> None:
    properties = {key: feature["properties"] for key, feature in FEATURES.items()}

    assert [key for key, x in properties.items() if x.get("precision") == "schematic" and not x["note"]] == []


def test_no_segment_is_shorter_than_50_m() -> None:
    assert [key for key, line in LINES.items() if _shortest_segment_m(line) < SHORTEST_SEGMENT_M] == []


def test_file_has_one_feature_a_line_sorted_by_id() -> None:
    faulty = []
    for name in FILES:
        head, *lines, tail = (GEODATA / f"{name}.geojson").read_text(encoding="utf-8").splitlines()
        ids = [json.loads(line.removesuffix(","))["properties"]["id"] for line in lines]
        if (head, tail) != ('{"type": "FeatureCollection", "features": [', "]}") or ids != sorted(set(ids)):
            faulty.append(name)

    assert faulty == []


def test_names_begin_with_the_article_s_own_form() -> None:
    order = ("article", "en", "az", "hy", "ru")

    assert [key for key, x in NAMED.items() if [*x["names"]] != sorted(x["names"], key=order.index)] == []


def test_quote_is_shown_with_all_that_it_describes(atlas: Atlas) -> None:
    shown: dict[str, set[str]] = {}
    for layer in atlas.layers.values():
        for quote in layer.quotes:
            shown.setdefault(quote.id, set()).update((layer.id, *ids_of(layer)))
    describing = {quote["id"]: set(quote["about"]) for quote in QUOTES if quote["purpose"] == "describing"}

    assert set(shown) == set(describing)
    assert [quote for quote, about in describing.items() if not about <= shown[quote]] == []


def test_quote_about_nothing_describes_nothing() -> None:
    assert {quote["purpose"] for quote in QUOTES if not quote["about"]} == {"identifying"}


def test_article_is_silent_where_the_notices_say_so(atlas: Atlas) -> None:
    not_said = " ".join(_read("notices.json")["not_said"])

    assert [words for words in NOT_MENTIONED if atlas.article.find(words)] == []
    assert {words for words in NOT_MENTIONED if words not in not_said} <= set(DISTRICTS_ONLY_COUNTED)


def test_schemas_are_schemas() -> None:
    schemas = {path.name: json.loads(path.read_bytes()) for path in GEODATA.glob("schemas/*.json")}

    assert [name for name, schema in schemas.items() if not meta.is_valid(schema)] == []


def test_schema_of_words_allows_no_other_field_and_describes_each() -> None:
    schemas = {name: _read(f"schemas/{name}.schema.json") for name in WORDS_FILES}
    entries = {name: schema.get("items", schema) for name, schema in schemas.items()}
    fields = [(name, key, x) for name, entry in entries.items() for key, x in entry["properties"].items()]

    assert [name for name, entry in entries.items() if entry["additionalProperties"] is not False] == []
    assert [name for name, x in entries.items() if not set(x["required"]) <= set(x["properties"])] == []
    assert [(name, key) for name, key, field in fields if not field.keys() & {"description", "$ref"}] == []


def test_descriptor_names_each_file_and_its_schema() -> None:
    paths = {resource["name"]: resource["path"] for resource in DESCRIPTOR["resources"]}
    schemas = {_read(resource["schema_path"])["type"] for resource in DESCRIPTOR["resources"]}

    assert paths == {name: f"{name}.geojson" for name in FILES}
    assert schemas == {"object"}
