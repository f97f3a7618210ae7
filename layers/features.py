"""What there is to say of a feature: words, measures, what it was drawn after, how far it may be off."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import shapely

from layers.corridor import corridor_measures
from layers.definitions import Coverage, Geometries, dissolve, on_layer, outline_lines
from layers.measure import area_km2, length_km
from layers.problems import Problem
from layers.reading import Geodata, Json

_RETURNED = ("regained", "handed-over")
_OWN_WORDS = ("names", "summary", "precision", "note")  # what a feature drawn by itself says in its own file


def words_of(layer: Json, data: Geodata) -> dict[str, Json]:
    """Return the words for each feature of a layer by feature id; what is drawn by itself brings its own."""
    drawn = {"places": on_layer(data.places), "protectorates": data.protectorates}
    if layer["id"] not in drawn:
        return dict(layer["features"])
    rows = drawn[layer["id"]].to_dict("records")
    return {**{row["id"]: {key: row[key] for key in _OWN_WORDS} for row in rows}, **layer["features"]}


def undescribed(geometries: Geometries, words: dict[str, Json]) -> Iterator[Problem]:
    """Yield a problem for each feature without words, words without feature, and feature of nothing."""
    for identifier in set(geometries) - set(words):
        yield Problem("layers.json", identifier, "no names and summary", "an entry for each feature")
    for identifier in set(words) - set(geometries):
        yield Problem("layers.json", identifier, "no such feature in the layer", "the id of a feature")
    for identifier, geometry in geometries.items():
        if geometry.is_empty:
            yield Problem("faces.geojson", identifier, "no face or line to make it of", "at least one")


def feature_rows(
    layer: str, geometries: Geometries, words: dict[str, Json], coverage: Coverage
) -> list[dict[str, Any]]:
    """Return the rows of a layer: the exported properties, but for the quotes, and the geometry."""
    return [
        {
            "id": identifier,
            "layer": layer,
            "name": next(iter(words[identifier]["names"].values())),
            "names": words[identifier]["names"],
            "summary": words[identifier]["summary"],
            "as_of": coverage.as_of.isoformat(),
            **_measures(identifier, geometry, coverage),
            **_provenance(identifier, geometry, coverage),
            "precision": words[identifier].get("precision", "approximate"),
            "note": words[identifier].get("note"),
            "figures": words[identifier].get("figures", []),
            "geometry": geometry,
        }
        for identifier, geometry in geometries.items()
    ]


def _measures(identifier: str, geometry: shapely.Geometry, coverage: Coverage) -> dict[str, float]:
    """Return the geodesic area or length, and for a district how much of it came back."""
    if geometry.geom_type in ("Point", "MultiPoint"):
        return {}
    if not geometry.area:
        return {"length_km": round(length_km(geometry), 1)}
    measures = {"area_km2": round(area_km2(geometry), 1)}
    if identifier.startswith("upper-karabakh"):
        oblast = area_km2(dissolve(coverage.faces[coverage.faces.oblast]))
        measures["share_percent"] = round(100 * area_km2(geometry) / oblast, 1)
    if identifier.endswith("lachin-corridor"):
        measures |= corridor_measures(geometry, coverage.routes)
    faces = coverage.faces[coverage.faces.district == identifier.removeprefix("district-")]
    if len(faces):
        returned = faces[faces.how.isin(_RETURNED)]
        measures["returned_km2"] = round(area_km2(dissolve(returned)), 1)
    return measures


def _provenance(identifier: str, geometry: shapely.Geometry, coverage: Coverage) -> dict[str, Any]:
    """Return what a feature was digitized after, and how far off its worst line may be, in metres."""
    drawn = pd.concat([coverage.places, coverage.protectorates])
    own = drawn[drawn.id == identifier]
    made_of = own if len(own) else outline_lines(coverage, geometry)
    sources = sorted({key for keys in made_of.digitized_after for key in keys})
    return {"uncertainty_m": int(made_of.uncertainty_m.max()), "digitized_after": sources}
