"""The drawings that are shipped in `geodata/drawings/`, as their makers have them."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from layers.atlas import Atlas
from layers.comparison.drawing import Drawing, Match, Piece
from layers.comparison.files import rows_of
from layers.comparison.ours import MATCHABLE
from layers.comparison.shapes import areal
from layers.data.problems import GeodataError, Problem
from layers.data.schemas import Json

INDEX = "drawings.json"


@lru_cache(maxsize=8)  # an atlas a language
def drawings(atlas: Atlas) -> tuple[Drawing, ...]:
    """Return the shipped drawings, in the order of the index. Raises GeodataError."""
    problems: list[Problem] = []
    found = tuple(_drawing(atlas.folder / "drawings", entry, problems) for entry in atlas.drawings)
    if problems:
        raise GeodataError(problems)
    return found


def _drawing(folder: Path, entry: Json, problems: list[Problem]) -> Drawing:
    before = len(problems)
    pieces = tuple(piece for part in entry["pieces"] for piece in _pieces(folder, part, problems))
    if len(problems) == before:
        problems.extend(_unknown(entry, pieces))
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
        frame = rows_of(path)
        rows = frame.iloc[[part["row"]]] if "row" in part else frame
        names, geometries = rows["name"], rows.geometry
    except (OSError, RuntimeError, ValueError, LookupError, AttributeError) as error:
        problems.append(Problem(path.name, "-", f"unreadable ({error})", "a GeoJSON file of named areas"))
        return []
    return [Piece(str(name), areal(shape)) for name, shape in zip(names, geometries, strict=True)]


def _unknown(entry: Json, pieces: tuple[Piece, ...]) -> Iterator[Problem]:
    """Yield a problem for each area there is not: of ours, or in the files."""
    for feature in entry["features"].keys() - set(MATCHABLE):
        yield Problem(INDEX, entry["id"], f"an unknown area {feature}", f"one of {', '.join(MATCHABLE)}")
    names = {piece.name for piece in pieces}
    for name in (name for said in entry["features"].values() for name in said["names"]):
        if name not in names:
            yield Problem(INDEX, entry["id"], f"an unknown name {name}", f"one of {', '.join(sorted(names))}")


def _match(feature: str, said: Json, pieces: tuple[Piece, ...]) -> Match:
    places = tuple(place for place, piece in enumerate(pieces) if piece.name in said["names"])
    return Match(feature, places, said.get("less_oblast", False))
