"""Another drawing of the same ground: its areas, and which feature of ours each of them is."""

from dataclasses import dataclass, field

import shapely

from layers.data.problems import RequestError

# What a drawing may have that is no single feature of ours.
OBLAST, BEFORE_THE_WAR = "former-oblast", "held-before-the-war"


class DrawingError(RequestError):
    """A file that no drawing can be read from; the text says why, in one sentence."""


@dataclass(frozen=True)
class Piece:
    """One area of a drawing: its name there (may be ""), and where it lies.

    `geometry` is a valid Polygon or MultiPolygon in WGS 84 degrees.
    """

    name: str
    geometry: shapely.Geometry = field(repr=False)


@dataclass(frozen=True)
class Match:
    """What of a drawing is a feature of ours: these pieces (by their place in `Drawing.pieces`) together.

    With `less_oblast`, only their land outside the former oblast: today's rayons took in parts of it.
    """

    feature: str
    pieces: tuple[int, ...]
    less_oblast: bool = False


@dataclass(frozen=True, eq=False)
class Drawing:
    """A drawing: its pieces, what they are, and whose it is; `notes` tells what was mended or assumed.

    To change what is what: `dataclasses.replace(drawing, matches=…)`. An uploaded one has its file's name
    for id and title, and neither licence nor source.
    """

    id: str
    title: str
    pieces: tuple[Piece, ...]
    matches: tuple[Match, ...]
    licence: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
