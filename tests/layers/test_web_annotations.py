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
from layers.data.folders import SEEDS
from layers.exports.web_annotations import ADDRESS, MEDIA_TYPE, annotations, annotations_bytes
from layers.presentation import voice_of
from tests.layers.damage import TEXT
from tests.layers.lookup import ids_of

Json = Any
Annotations = dict[str, Json]
# https://www.w3.org/TR/annotation-vocab/#named-individuals
MOTIVATIONS = {"assessing", "classifying", "describing", "identifying"}  # those of them that are used
TEXTUAL = {"type": "TextualBody", "format": "text/plain", "language": "en"}


@pytest.fixture(scope="module")
def collection(atlas: Atlas) -> Json:
    """The collection as a reader of the file has it."""
    return json.loads(annotations_bytes(atlas))


@pytest.fixture(scope="module")
def by_id(collection: Json) -> Annotations:
    """Each annotation by the fragment of its id."""
    return {item["id"].partition("#")[2]: item for item in collection["first"]["items"]}


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

    assert collection["@context"] == ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/"}]
    assert (collection["type"], page["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert (collection["id"], page["id"]) == (ADDRESS, f"{ADDRESS}#page")
    assert (collection["total"], page["startIndex"]) == (len(page["items"]), 0)
    assert collection["label"] == atlas.descriptor["title"]
    assert collection["rights"] == "https://opendatacommons.org/licenses/odbl/1-0/"
    assert collection["schema:disclaimer"] == atlas.descriptor["disclaimer"]


def test_every_prefix_is_declared_in_the_context(collection: Json) -> None:
    assert set(re.findall(r'"(\w+):\w+": ', json.dumps(collection))) == {"schema"}


def test_there_is_one_annotation_a_quote_and_a_claim_each_with_an_id(collection: Json, atlas: Atlas) -> None:
    ids = list(_ids(collection))
    items = [item["id"] for item in collection["first"]["items"]]

    assert items == [
        *(f"{ADDRESS}#{quote.id}" for quote in atlas.annotations.quotes),
        *(f"{ADDRESS}#claim-{claim.id}" for claim in atlas.claims),
    ]
    assert len(ids) == len(set(ids)) == len(items) + 2


def test_annotation_has_the_parts_of_the_model(by_id: Annotations) -> None:
    bodies = [body for annotation in by_id.values() for body in annotation["body"]]
    targets = [annotation["target"] for annotation in by_id.values()]
    features = [body for body in bodies if body["type"] == "SpecificResource"]
    texts = [_bodies(annotation, "TextualBody") for annotation in by_id.values()]

    assert {frozenset(x) for x in by_id.values()} == {
        frozenset({"id", "type", "motivation", "body", "target"})
    }
    assert {annotation["type"] for annotation in by_id.values()} == {"Annotation"}
    assert {annotation["motivation"] for annotation in by_id.values()} <= MOTIVATIONS
    assert {body["purpose"] for body in bodies} <= MOTIVATIONS
    assert {frozenset(x) for x in features} == {frozenset({"type", "purpose", "source", "schema:identifier"})}
    assert [each for each in texts if len(each) != 1 or not each[0]["value"]] == []
    assert [each for (each,) in texts if {key: each[key] for key in TEXTUAL} != TEXTUAL] == []
    assert {frozenset(target) for target in targets} == {frozenset({"type", "source", "selector"})}
    assert {target["type"] for target in targets} == {"SpecificResource"}
    assert {tuple(selector["type"] for selector in target["selector"]) for target in targets} == {
        ("TextQuoteSelector", "TextPositionSelector")
    }


def test_words_stand_once_in_the_file_as_received_where_the_position_says(by_id: Annotations) -> None:
    text = (SEEDS / TEXT).read_bytes().decode("utf-8")
    misplaced = []
    for identifier, annotation in by_id.items():
        quoted, position = annotation["target"]["selector"]
        whole = f"{quoted['prefix']}{quoted['exact']}{quoted['suffix']}"
        start = text.find(whole) + len(quoted["prefix"])
        if text.count(whole) != 1 or (position["start"], position["end"]) != (
            start,
            start + len(quoted["exact"]),
        ):
            misplaced.append(identifier)

    assert misplaced == []


def test_all_targets_name_the_file_by_its_digest(by_id: Annotations) -> None:
    first, *others = (annotation["target"]["source"] for annotation in by_id.values())
    digest = hashlib.sha256((SEEDS / TEXT).read_bytes())
    scheme, _, encoded = first["id"].partition(";")

    assert first["schema:sha256"] == digest.hexdigest()
    assert scheme == "ni:///sha-256"
    assert base64.urlsafe_b64decode(f"{encoded}=") == digest.digest()
    assert (first["type"], first["format"], first["language"]) == ("Text", "text/plain", "en")
    assert [source for source in others if source != first] == []


def test_source_is_the_file_of_a_layer_or_a_feature_in_it(by_id: Annotations, atlas: Atlas) -> None:
    known = {layer: f"layers/{layer}.geojson" for layer in atlas.layers}
    for layer in atlas.layers.values():
        known |= {feature: f"{known[layer.id]}#{feature}" for feature in ids_of(layer)}
    bodies = [body for annotation in by_id.values() for body in _bodies(annotation, "SpecificResource")]

    assert [body for body in bodies if body["source"] != known.get(body["schema:identifier"])] == []


def test_annotation_of_a_quote_says_of_what_it_speaks_and_who(by_id: Annotations, atlas: Atlas) -> None:
    faulty = []
    for quote in atlas.annotations.quotes:
        annotation = by_id[quote.id]
        features, (speaker,) = (_bodies(annotation, kind) for kind in ("SpecificResource", "TextualBody"))
        said = (
            *(annotation["target"]["selector"][0]["exact"], annotation["motivation"]),
            [(body["schema:identifier"], body["purpose"]) for body in features],
            *(speaker["purpose"], speaker["value"]),
            *(speaker["schema:identifier"], speaker.get("schema:about"), speaker.get("schema:citation")),
        )
        about = [(feature, quote.purpose) for feature in quote.about]
        of_speaker = (
            *("classifying", voice_of(quote).text),
            *(quote.speaker, quote.reports, quote.cites),
        )
        if said != (quote.exact, quote.purpose, about, *of_speaker):
            faulty.append(said)

    assert faulty == []


def test_annotation_of_a_claim_says_what_was_measured_and_the_verdict(
    by_id: Annotations, atlas: Atlas
) -> None:
    faulty = []
    for claim in atlas.claims:
        annotation = by_id[f"claim-{claim.id}"]
        features, (assessment,) = (_bodies(annotation, kind) for kind in ("SpecificResource", "TextualBody"))
        said = (
            *(annotation["target"]["selector"][0]["exact"], annotation["motivation"]),
            *(assessment["purpose"], assessment["value"]),
            tuple(body["schema:identifier"] for body in features),
        )
        value = f"{claim.verdict_text}. {claim.plain} {claim.explanation}"
        if said != (claim.exact, "assessing", "assessing", value, claim.about):
            faulty.append(said)

    assert faulty == []


def test_digest_is_written_so_that_it_can_stand_in_an_address(atlas: Atlas) -> None:
    article = replace(atlas.article, metadata={**atlas.article.metadata, "sha256": "ff" * 32})
    collection = annotations(replace(atlas, annotations=replace(atlas.annotations, article=article)))

    assert collection["first"]["items"][0]["target"]["source"]["id"] == f"ni:///sha-256;{'_' * 42}8"


def test_same_data_give_the_same_bytes(atlas: Atlas) -> None:
    assert annotations_bytes(build_atlas()) == annotations_bytes(atlas)


def test_file_is_utf_8_with_one_line_end_at_its_end(atlas: Atlas) -> None:
    content = annotations_bytes(atlas)

    assert json.loads(content) == annotations(atlas)
    assert content.decode("utf-8").endswith("}\n")
    assert "“peacekeeping” troops in Upper Karabakh".encode() in content


def test_media_type_is_that_of_web_annotations() -> None:
    assert MEDIA_TYPE == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
