"""What the document's script needs to know: features, labels, passages, dates, first view."""

from typing import Any

from dashboard.search import search_data
from dashboard.tools import tools_data
from layers import Atlas
from layers.data.files import resource_extent
from layers.features import Feature
from layers.geometry.label_points import lat_lon
from layers.in_words import entries
from layers.labels import labels, names_note
from layers.language.speaking import SPOKEN
from layers.language.written import labelled, number_signs
from layers.presentation import holders
from layers.steps import Step, steps
from layers.style.captions import captions, counted, form_of_names
from layers.style.symbology import symbology
from layers.text.corrections import changes_since

Corners = list[list[float]]


def map_data(atlas: Atlas) -> dict[str, Any]:
    """Return the script's data, ready for JSON."""
    west, south, east, north = far_extent(atlas)
    words = {entry.id: entry.sentences[0] for group in entries(atlas) for entry in group.entries}
    through_time = steps(atlas)
    units = {unit: captions()["units"][unit] for unit in ("m", "km")}
    return {
        "asOf": through_time[-1].id,
        "dates": {step.id: _date(step) for step in through_time},
        "stepOf": {day.id: step.id for step in through_time for day in step.days},
        "holders": holders(atlas),
        "quotes": {quote.id: quote.about for quote in atlas.annotations.quotes},
        "claims": {claim.id: {"quote": claim.quote.id, "about": list(claim.about)} for claim in atlas.claims},
        "corrections": [correction.id for correction in atlas.annotations.corrections],
        "version": atlas.descriptor["version"],
        "since": {each: _since(atlas, each) for each in atlas.descriptor.get("earlier_versions", ())},
        "languages": list(captions()["languages"]),
        "namesNotes": {lang: names_note(atlas, lang) for lang in captions()["languages"]},
        "uiLanguages": list(SPOKEN),
        "form": form_of_names(),
        "drawings": [drawing["id"] for drawing in atlas.drawings],
        "rooms": list(captions()["reader"]["rooms"]),
        "numbers": number_signs(),
        "units": {unit: text.replace("{value:,.0f}", "{value}") for unit, text in units.items()},
        "query": captions()["query"],
        "sentences": captions()["sentences"],
        "extent": [[south, west], [north, east]],
        "cased": symbology()["cased"],
        "byHolder": list(symbology()["coloured_by_holder"]),
        "near": corners(atlas.coverage.faces.total_bounds),
        "layers": {
            layer.id: {
                "title": layer.title,
                "names": dict(layer.own_names) or None,
                "from": layer.drawn_from,
                "atFirst": layer.at_first,
                "bounds": corners(layer.bounds),
            }
            for layer in atlas.layers.values()
        },
        "features": {key: _feature(feature, words[key]) for key, feature in atlas.features.items()},
        "search": search_data(atlas),
        **tools_data(atlas),
        "labels": [label.as_json() for label in labels(atlas)],
    }


def _date(step: Step) -> dict[str, Any]:
    return {
        "long": step.long,
        "title": step.title,
        "changed": step.changed,
        "said": " ".join(filter(None, (labelled(step.long), step.held, step.since, step.not_yet_drawn))),
    }


def _since(atlas: Atlas, version: str) -> str:
    """Return what has changed since an earlier version of the data, for who comes by a link that names it."""
    texts, changes = captions()["query"], changes_since(atlas.annotations.corrections, version)
    count, values = len(changes.corrections), {"metres": changes.metres, "km2": changes.km2}
    changed = counted(texts["changed"], count, **values) if count else texts["unchanged"]
    return f"{texts['superseded'].format(asked=version, version=atlas.descriptor['version'])}{changed}"


def _feature(feature: Feature, words: str) -> dict[str, Any]:
    return {"layer": feature.layer, "names": feature.names, "at": lat_lon(feature.geometry), "words": words}


def corners(bounds: Any) -> Corners:  # noqa: ANN401 - a tuple or a numpy array
    """Return west, south, east, north as the two corners that Leaflet wants, latitude first."""
    west, south, east, north = (round(float(edge), 4) for edge in bounds)
    return [[south, west], [north, east]]


def far_extent(atlas: Atlas) -> list[float]:
    """Return what the ground reaches over: west, south, east, north, in degrees."""
    return resource_extent(atlas.descriptor, "region")
