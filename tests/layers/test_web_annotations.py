"""The W3C Web Annotations: their structure, and that each points to the words and features it names."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from layers import Atlas, build_atlas
from layers.data.files import GEODATA, SEEDS
from layers.exports.web_annotations import ADDRESS, MEDIA_TYPE, annotations, annotations_bytes
from layers.style.captions import captions
from tests.layers.damage import CLAIMS, QUOTES, TEXT

Json = Any
# https://www.w3.org/TR/annotation-vocab/#named-individuals
MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
    *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
}
SPEAKERS = captions()["speakers"]
TARGET = {"type", "source", "selector"}
QUOTE_IDS, CLAIM_IDS = (
    [entry["id"] for entry in json.loads((GEODATA / file).read_text(encoding="utf-8"))]
    for file in (QUOTES, CLAIMS)
)
IDS = [*QUOTE_IDS, *(f"claim-{claim}" for claim in CLAIM_IDS)]

each_annotation = pytest.mark.parametrize("identifier", IDS)


@pytest.fixture(scope="module")
def collection(atlas: Atlas) -> Json:
    """The collection as a reader of the file has it."""
    return json.loads(annotations_bytes(atlas))


@pytest.fixture(scope="module")
def by_id(collection: Json) -> dict[str, Json]:
    """Each annotation by the fragment of its id."""
    return {item["id"].partition("#")[2]: item for item in collection["first"]["items"]}


@pytest.fixture(scope="module")
def text() -> str:
    """The article's file as received, decoded and nothing else."""
    return (SEEDS / TEXT).read_bytes().decode("utf-8")


def _selector(annotation: Json, kind: str) -> Json:
    (selector,) = (each for each in annotation["target"]["selector"] if each["type"] == kind)
    return selector


def _bodies(annotation: Json, kind: str) -> list[Json]:
    return [body for body in annotation["body"] if body["type"] == kind]


def _ids(node: Json) -> Iterator[str]:
    """Yield every `id` within, but for the text's, which all targets share."""
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "id" and not value.startswith("ni:"))
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _ids(value)


def test_collection_has_its_page_with_all_items(collection: Json, atlas: Atlas) -> None:
    page = collection["first"]

    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], page["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert (collection["id"], page["id"]) == (ADDRESS, f"{ADDRESS}#page")
    assert (collection["total"], page["startIndex"]) == (len(page["items"]), 0)
    assert collection["label"] == atlas.descriptor["title"]
    assert collection["rights"] == "https://opendatacommons.org/licenses/odbl/1-0/"
    assert collection["schema:disclaimer"] == atlas.descriptor["disclaimer"]


def test_every_prefix_is_declared_in_the_context(collection: Json) -> None:
    declared = {key for part in collection["@context"][1:] for key in part}
    used = set(re.findall(r'"(\w+):\w+": ', json.dumps(collection)))

    assert used == declared == {"schema"}
    assert collection["@context"][1]["schema"] == "https://schema.org/"


def test_there_is_one_annotation_a_quote_and_a_claim(collection: Json, atlas: Atlas) -> None:
    ids = [item["id"] for item in collection["first"]["items"]]
    quotes, claims = (
        [f"{ADDRESS}#{quote.id}" for quote in atlas.annotations.quotes],
        [f"{ADDRESS}#claim-{claim.id}" for claim in atlas.claims],
    )

    assert ids == [*quotes, *claims]
    assert {item.partition("#")[2] for item in ids} == set(IDS)
    assert collection["total"] == len(QUOTE_IDS) + len(CLAIM_IDS)


def test_ids_are_unique(collection: Json) -> None:
    ids = list(_ids(collection))

    assert len(ids) == len(IDS) + 2
    assert len(set(ids)) == len(ids)


@each_annotation
def test_annotation_has_the_parts_of_the_model(identifier: str, by_id: dict[str, Json]) -> None:
    annotation = by_id[identifier]

    assert set(annotation) == {"id", "type", "motivation", "body", "target"}
    assert annotation["type"] == "Annotation"
    assert annotation["motivation"] in MOTIVATIONS
    assert {body["purpose"] for body in annotation["body"]} <= MOTIVATIONS
    assert {body["type"] for body in annotation["body"]} <= {"SpecificResource", "TextualBody"}
    assert set(annotation["target"]) == TARGET
    assert annotation["target"]["type"] == "SpecificResource"
    assert [each["type"] for each in annotation["target"]["selector"]] == [
        *("TextQuoteSelector", "TextPositionSelector")
    ]


@each_annotation
def test_body_is_a_text_or_a_feature_with_all_that_it_needs(identifier: str, by_id: dict[str, Json]) -> None:
    annotation = by_id[identifier]
    (textual,) = _bodies(annotation, "TextualBody")
    required = {"type", "purpose", "format", "language", "value"}

    assert required <= set(textual)
    assert (textual["format"], textual["language"]) == ("text/plain", "en")
    assert textual["value"] != ""
    assert {frozenset(body) for body in _bodies(annotation, "SpecificResource")} <= {
        frozenset({"type", "purpose", "source", "schema:identifier"})
    }


@each_annotation
def test_position_in_the_file_as_received_is_that_of_the_words(
    identifier: str, by_id: dict[str, Json], text: str
) -> None:
    quoted = _selector(by_id[identifier], "TextQuoteSelector")
    position = _selector(by_id[identifier], "TextPositionSelector")
    start, end = position["start"], position["end"]

    assert text[start:end] == quoted["exact"]
    assert text[:start].endswith(quoted["prefix"])
    assert text[end:].startswith(quoted["suffix"])


@each_annotation
def test_words_with_those_around_them_stand_in_the_file_once(
    identifier: str, by_id: dict[str, Json], text: str
) -> None:
    quoted = _selector(by_id[identifier], "TextQuoteSelector")

    assert text.count(f"{quoted['prefix']}{quoted['exact']}{quoted['suffix']}") == 1


@each_annotation
def test_target_names_the_file_by_its_digest(identifier: str, by_id: dict[str, Json]) -> None:
    source = by_id[identifier]["target"]["source"]
    digest = hashlib.sha256((SEEDS / TEXT).read_bytes())
    scheme, _, encoded = source["id"].partition(";")

    assert source["schema:sha256"] == digest.hexdigest()
    assert scheme == "ni:///sha-256"
    assert base64.urlsafe_b64decode(f"{encoded}=") == digest.digest()
    assert (source["type"], source["format"], source["language"]) == ("Text", "text/plain", "en")


@each_annotation
def test_source_is_a_layer_or_a_feature_of_it(identifier: str, by_id: dict[str, Json], atlas: Atlas) -> None:
    bodies = _bodies(by_id[identifier], "SpecificResource")
    features = {layer.id: {*layer.features.id} for layer in atlas.layers.values()}
    matches = [re.fullmatch(r"layers/([a-z0-9-]+)\.geojson(?:#([a-z0-9-]+))?", x["source"]) for x in bodies]
    parts = [match.groups() for match in matches if match]

    assert len(parts) == len(bodies)
    assert [layer for layer, _ in parts if layer not in features] == []
    assert [feature for layer, feature in parts if feature and feature not in features[layer]] == []
    assert [feature or layer for layer, feature in parts] == [body["schema:identifier"] for body in bodies]


@pytest.mark.parametrize("identifier", QUOTE_IDS)
def test_annotation_of_a_quote_says_of_what_it_speaks_and_who(
    identifier: str, by_id: dict[str, Json], atlas: Atlas
) -> None:
    annotation = by_id[identifier]
    (quote,) = (quote for quote in atlas.annotations.quotes if quote.id == identifier)
    features, (speaker,) = (_bodies(annotation, kind) for kind in ("SpecificResource", "TextualBody"))

    assert _selector(annotation, "TextQuoteSelector")["exact"] == quote.exact
    assert annotation["motivation"] == quote.purpose
    assert [(body["schema:identifier"], body["purpose"]) for body in features] == [
        (feature, quote.purpose) for feature in quote.about
    ]
    assert (speaker["purpose"], speaker["value"]) == ("classifying", SPEAKERS[quote.speaker])
    assert (speaker["schema:identifier"], speaker.get("schema:citation")) == (quote.speaker, quote.cites)


@pytest.mark.parametrize("identifier", CLAIM_IDS)
def test_annotation_of_a_claim_says_what_was_measured_and_the_verdict(
    identifier: str, by_id: dict[str, Json], atlas: Atlas
) -> None:
    annotation = by_id[f"claim-{identifier}"]
    (claim,) = (claim for claim in atlas.claims if claim.id == identifier)
    features, (assessment,) = (_bodies(annotation, kind) for kind in ("SpecificResource", "TextualBody"))

    assert _selector(annotation, "TextQuoteSelector")["exact"] == claim.exact
    assert (annotation["motivation"], assessment["purpose"]) == ("assessing", "assessing")
    assert assessment["value"] == f"{claim.verdict}: {claim.measured_text}. {claim.explanation}"
    assert [body["schema:identifier"] for body in features] == list(claim.about)


def test_digest_is_written_so_that_it_can_stand_in_an_address(atlas: Atlas) -> None:
    article = replace(atlas.article, facts={**atlas.article.metadata, "sha256": "ff" * 32})
    collection = annotations(replace(atlas, words=replace(atlas.words, article=article)))
    names = {item["target"]["source"]["id"] for item in collection["first"]["items"]}

    assert names == {f"ni:///sha-256;{'_' * 42}8"}


def test_same_data_give_the_same_bytes(atlas: Atlas) -> None:
    assert annotations_bytes(build_atlas()) == annotations_bytes(atlas)


def test_file_is_utf_8_with_one_line_end_at_its_end(atlas: Atlas) -> None:
    content = annotations_bytes(atlas)

    assert json.loads(content) == annotations(atlas)
    assert content.decode("utf-8").endswith("}\n")
    assert "“peacekeeping” troops in Upper Karabakh".encode() in content


def test_media_type_is_that_of_web_annotations() -> None:
    assert MEDIA_TYPE == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
