"""Break a copy of the data in one place, through the JSON, as a slip of the hand would."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from layers import GeodataError, Problem, build_atlas

Json = Any
Change = Callable[[Json], None]
Step = str | int

BOUNDARIES, FACES, PLACES = "boundaries.geojson", "faces.geojson", "places.geojson"
PROTECTORATES, ROUTES = "protectorates.geojson", "routes.geojson"
CONTEXT, LAYERS, QUOTES, DESCRIPTOR = "context.geojson", "layers.json", "quotes.json", "datapackage.json"
CLAIMS, EVENTS, COUNTS, DATES = "claims.json", "events.json", "counts.json", "dates.json"
GAZETTEER, NOTICES, CORRECTIONS = "gazetteer.json", "notices.json", "corrections.json"
DRAWINGS, SETTLEMENTS = "drawings.json", "settlements.json"
ARTICLE, TEXT = "article.json", "000_a04ac9283d51e805.txt"


def put(value: Json, *steps: Step) -> Change:
    """Return the change that sets what is at a path; in a list, a text is the id or name of an entry."""

    def change(document: Json) -> None:
        node, key = _reach(document, steps)
        node[key] = value

    return change


def drop(*steps: Step) -> Change:
    """Return the change that takes out what is at a path."""

    def change(document: Json) -> None:
        node, key = _reach(document, steps)
        del node[key]

    return change


def repeat(*steps: Step) -> Change:
    """Return the change that writes an entry of a list twice."""

    def change(document: Json) -> None:
        node, key = _reach(document, steps)
        node.append(node[key])

    return change


def at(feature: str, *coordinates: Json) -> Change:
    """Return the change that gives a feature other coordinates."""
    return put(list(coordinates), "features", feature, "geometry", "coordinates")


def say(value: Json, feature: str, name: str) -> Change:
    """Return the change that gives a feature another property."""
    return put(value, "features", feature, "properties", name)


def path_of(data: Path, file: str) -> Path:
    """Return where a file is in a copy of the data."""
    if file in (DRAWINGS, SETTLEMENTS):
        return data / "geodata" / file.removesuffix(".json") / file
    return data / ("seeds" if file in (ARTICLE, TEXT) else "geodata") / file


def damage(data: Path, file: str, *changes: Change) -> None:
    """Change one file of a copy of the data."""
    path = path_of(data, file)
    document = json.loads(path.read_text(encoding="utf-8"))
    for change in changes:
        change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def problems_of(data: Path) -> tuple[Problem, ...]:
    """Return the problems that keep an atlas from being built."""
    with pytest.raises(GeodataError) as caught:
        build_atlas(data / "geodata", data / "seeds")
    return caught.value.problems


def _reach(document: Json, steps: tuple[Step, ...]) -> tuple[Json, Step]:
    for step in steps[:-1]:
        document = document[_key(document, step)]
    return document, _key(document, steps[-1])


def _key(node: Json, step: Step) -> Step:
    if isinstance(node, list) and isinstance(step, str):
        return next(i for i, entry in enumerate(node) if _name(entry) == step)
    return step


def _name(entry: Json) -> str:
    properties = entry.get("properties", entry) if isinstance(entry, dict) else None
    return str(properties.get("id") or properties.get("name")) if isinstance(properties, dict) else ""
