"""The drawings that are shipped in `geodata/drawings/`, as their makers have them."""

from functools import cache
from pathlib import Path

import geopandas as gpd

from layers.atlas import Atlas
from layers.comparison.drawing import Drawing, Match, Piece
from layers.comparison.shapes import areal
from layers.data.files import Json, read_json
from layers.data.folders import GEODATA
from layers.data.problems import GeodataError, Problem

FOLDER = GEODATA / "drawings"
INDEX = "drawings.json"


def drawings(_: Atlas) -> tuple[Drawing, ...]:
    """Return the shipped drawings, in the order of the index. Raises GeodataError."""
    return _shipped(FOLDER)


@cache
def _shipped(folder: Path) -> tuple[Drawing, ...]:
    problems: list[Problem] = []
    entries = read_json(folder / INDEX, problems)
    found = [_drawing(folder, entry, problems) for entry in entries or ()]
    if problems:
        raise GeodataError(problems)
    return tuple(found)


def _drawing(folder: Path, entry: Json, problems: list[Problem]) -> Drawing:
    pieces = tuple(piece for part in entry["pieces"] for piece in _pieces(folder, part, problems))
    return Drawing(
        id=entry["id"],
        title=entry["title"],
        pieces=pieces,
        matches=tuple(_match(feature, said, pieces) for feature, said in entry["features"].items()),
        licence=entry["licence"],
        source=entry["source"],
    )


def _pieces(folder: Path, part: Json, problems: list[Problem]) -> list[Piece]:
    """Return the areas of a file, or the one of a row of it."""
    path = folder / part["file"]
    try:
        frame = gpd.read_file(path)
        rows = frame.iloc[[part["row"]]] if "row" in part else frame
        names, geometries = rows["name"], rows.geometry
    except (OSError, RuntimeError, ValueError, LookupError) as error:
        problems.append(Problem(path.name, "-", f"unreadable ({error})", "a GeoJSON file of named areas"))
        return []
    return [Piece(str(name), areal(shape)) for name, shape in zip(names, geometries, strict=True)]


def _match(feature: str, said: Json, pieces: tuple[Piece, ...]) -> Match:
    places = tuple(place for place, piece in enumerate(pieces) if piece.name in said["names"])
    return Match(feature, places, said.get("less_oblast", False))
