"""The atlas with its words in the language that is spoken: nothing is measured or drawn again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from layers.atlas import Atlas, Class, Layer
from layers.data.files import Geodata
from layers.data.schemas import Json
from layers.data.translated import said
from layers.features import Figure, metadata
from layers.geometry.coverage import Coverage
from layers.language.catalogues import translated
from layers.language.speaking import ENGLISH, spoken
from layers.text.annotations import Annotations
from layers.text.claims import claim_of

Record = TypeVar("Record", bound=Any)


def translated_atlas(atlas: Atlas) -> Atlas:
    """Return an English atlas in the language that is spoken; names, quotes and geometry are the same."""
    return atlas if spoken() == ENGLISH else _in(atlas, spoken())


@lru_cache(maxsize=8)
def _in(atlas: Atlas, _language: str) -> Atlas:
    data = said(atlas.data)
    entries = {entry["id"]: entry for entry in data.claims}
    return replace(
        atlas,
        layers={entry["id"]: _layer(atlas.layers[entry["id"]], entry, data) for entry in data.layers},
        claims=tuple(
            claim_of(entries[claim.id], claim.quote, [reading.measured for reading in claim.readings])
            for claim in atlas.claims
        ),
        coverage=_coverage(atlas.coverage, data),
        annotations=_annotations(atlas.annotations, data),
        descriptor=data.descriptor,
        sources=data.sources,
        data=data,
    )


def _layer(layer: Layer, entry: Json, data: Geodata) -> Layer:
    described = metadata(entry, data)
    return replace(
        layer,
        title=entry["title"],
        summary=entry["summary"],
        classes=tuple(Class(each["class"], each["title"]) for each in entry.get("kinds", [])),
        figures=_figures(entry),
        features=tuple(
            replace(
                feature,
                summary=described[feature.id]["summary"],
                note=described[feature.id].get("note"),
                uncertainty_basis=translated(feature.uncertainty_basis, "data"),
                figures=_figures(described[feature.id]),
            )
            for feature in layer.features
        ),
    )


def _figures(entry: Json) -> tuple[Figure, ...]:
    return tuple(Figure(**figure) for figure in entry.get("figures", []))


def _coverage(coverage: Coverage, data: Geodata) -> Coverage:
    notes = dict(zip(data.faces.id, data.faces.note, strict=True))
    return coverage.in_other_words(
        faces=coverage.faces.assign(note=[notes[face] for face in coverage.faces.id]),
        lines=data.boundaries,
        places=data.places,
        routes=data.routes,
        protectorates=data.protectorates,
    )


def _annotations(annotations: Annotations, data: Geodata) -> Annotations:
    return replace(
        annotations,
        events=_worded(annotations.events, data.events, "what", "note"),
        counts=_worded(annotations.counts, data.counts, "what", "note"),
        days=_worded(annotations.days, data.dates, "happened", "note"),
        corrections=_worded(annotations.corrections, data.corrections, "title", "was", "now"),
        notices=data.notices,
    )


def _worded(records: Iterable[Record], entries: list[Json], *words: str) -> tuple[Record, ...]:
    """Return records with these of their words as the entries of the same ids have them."""
    said_of: Mapping[str, Json] = {entry["id"]: entry for entry in entries}
    return tuple(
        replace(record, **{word: said_of[record.id].get(word) for word in words}) for record in records
    )
