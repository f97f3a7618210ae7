"""The quotes and claims as W3C Web Annotations (JSON-LD): which words of the article speak of what.

https://www.w3.org/TR/annotation-model/ . Targets point into the text as received (`seeds/`), which a
`ni:` name (RFC 6920) identifies by its sha256; offsets count code points.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any

from layers.atlas import Atlas
from layers.presentation import voice_of
from layers.text.quotes import Quote
from layers.text.verdicts import Claim

MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
ADDRESS = "annotations.jsonld"
_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/"}]


def annotations(
    atlas: Atlas, quotes: Iterable[Quote] | None = None, *, folder: str = "layers/"
) -> dict[str, Any]:
    """Return the AnnotationCollection, all on one page: the quotes (all, unless given) and the claims.

    `folder` is where the layers' files lie, seen from the collection's address.
    """
    items = [
        *(_quote(atlas, quote, folder) for quote in quotes or atlas.annotations.quotes),
        *(_claim(atlas, claim, folder) for claim in atlas.claims),
    ]
    return {
        "@context": _CONTEXT,
        "id": ADDRESS,
        "type": "AnnotationCollection",
        "label": atlas.descriptor["title"],
        "rights": atlas.descriptor["licenses"][0]["path"],
        "schema:disclaimer": atlas.descriptor["disclaimer"],
        "total": len(items),
        "first": {"id": f"{ADDRESS}#page", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def annotations_bytes(
    atlas: Atlas, quotes: Iterable[Quote] | None = None, *, folder: str = "layers/"
) -> bytes:
    """Return the collection as a UTF-8 file; the same atlas gives the same bytes."""
    collection = annotations(atlas, quotes, folder=folder)
    return f"{json.dumps(collection, ensure_ascii=False, indent=1)}\n".encode()


def _quote(atlas: Atlas, quote: Quote, folder: str) -> dict[str, Any]:
    speaker = {
        "type": "TextualBody",
        "purpose": "classifying",
        "format": "text/plain",
        "language": "en",
        "value": voice_of(quote).text,
        "schema:identifier": quote.speaker,
    }
    if quote.reports:
        speaker["schema:about"] = quote.reports
    if quote.cites:
        speaker["schema:citation"] = quote.cites
    return {
        "id": f"{ADDRESS}#{quote.id}",
        "type": "Annotation",
        "motivation": quote.purpose,
        "body": [*_features(atlas, quote.about, quote.purpose, folder), speaker],
        "target": _target(atlas, quote.prefix, quote.exact, quote.suffix, quote.start),
    }


def _claim(atlas: Atlas, claim: Claim, folder: str) -> dict[str, Any]:
    quote, offset = claim.quote, claim.quote.exact.index(claim.exact)
    assessment = {
        "type": "TextualBody",
        "purpose": "assessing",
        "format": "text/plain",
        "language": "en",
        "value": f"{claim.verdict_text}. {claim.plain} {claim.explanation}",
    }
    before, after = quote.exact[:offset], quote.exact[offset + len(claim.exact) :]
    context = quote.prefix + before, after + quote.suffix
    return {
        "id": f"{ADDRESS}#claim-{claim.id}",
        "type": "Annotation",
        "motivation": "assessing",
        "body": [assessment, *_features(atlas, claim.about, "assessing", folder)],
        "target": _target(atlas, context[0], claim.exact, context[1], quote.start + offset),
    }


def _features(atlas: Atlas, about: tuple[str, ...], purpose: str, folder: str) -> Iterator[dict[str, str]]:
    """Yield a body for each layer or feature: the file, and for a feature its id as fragment."""
    for identifier in about:
        layer = atlas.layer_of(identifier)
        file = f"{folder}{layer.id if layer else identifier}.geojson"
        source = f"{file}#{identifier}" if layer else file
        yield {
            "type": "SpecificResource",
            "purpose": purpose,
            "source": source,
            "schema:identifier": identifier,
        }


def _target(atlas: Atlas, prefix: str, exact: str, suffix: str, start: int) -> dict[str, Any]:
    facts = atlas.article.metadata
    digest = bytes.fromhex(facts["sha256"])
    return {
        "type": "SpecificResource",
        "source": {
            "id": f"ni:///sha-256;{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}",
            "type": "Text",
            "format": "text/plain",
            "language": "en",
            "schema:name": facts["title"],
            "schema:sha256": facts["sha256"],
        },
        "selector": [
            {"type": "TextQuoteSelector", "prefix": prefix, "exact": exact, "suffix": suffix},
            {"type": "TextPositionSelector", "start": start, "end": start + len(exact)},
        ],
    }
