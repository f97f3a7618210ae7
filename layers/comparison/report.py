"""A drawing beside ours: what is compared of each area, and each claim measured on both."""

from dataclasses import dataclass, field

import shapely

from layers.atlas import Atlas
from layers.comparison.drawing import Drawing
from layers.text.verdicts import Claim


@dataclass(frozen=True)
class Villages:
    """Listed places near an area: how many were looked at, and how many each drawing has on the wrong side.

    `theirs_wrong` are the names of those that are wrong on the other drawing.
    """

    compared: int
    ours: int
    theirs: int
    theirs_wrong: tuple[str, ...]


@dataclass(frozen=True)
class ComparedArea:
    """An area in both drawings: geodesic areas in km², overlap (IoU), and how far the outlines are apart, m.

    Distances are taken both ways at points 100 m apart. `villages` is None where none are listed for it.
    """

    feature: str
    title: str
    pieces: tuple[str, ...]
    ours_km2: float
    theirs_km2: float
    iou: float
    mean_m: float
    p95_m: float
    greatest_m: float
    villages: Villages | None


@dataclass(frozen=True)
class ComparedClaim:
    """A claim as we measure it, and as the other drawing has it: None if that can't be measured on it.

    A drawing states no ± of its lines: its figure is taken as drawn. `with_ours` names what of ours stood in
    for what the drawing has not; `why_not` tells why it was not measured, or is "".
    """

    ours: Claim
    theirs: Claim | None
    with_ours: tuple[str, ...]
    why_not: str


@dataclass(frozen=True)
class Report:
    """A drawing beside ours: area by area, claim by claim; `notes` tells what was mended or assumed."""

    drawing: Drawing = field(repr=False)
    areas: tuple[ComparedArea, ...]
    claims: tuple[ComparedClaim, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Stretch:
    """A piece of the other drawing's outline (LineString, WGS 84 degrees), and how far it is from ours, m."""

    feature: str
    geometry: shapely.LineString = field(repr=False)
    metres: float


def compare(atlas: Atlas, drawing: Drawing) -> Report:
    """Return a drawing beside ours, by its `matches`; a match of a feature there is not is left out."""
    raise NotImplementedError


def stretches(atlas: Atlas, drawing: Drawing) -> tuple[Stretch, ...]:
    """Return the outlines of what a drawing has of ours, in pieces of at most 500 m, for a map."""
    raise NotImplementedError


def differences(atlas: Atlas, drawing: Drawing) -> bytes:
    """Return what lies in only one of the two drawings, and the stretches, as GeoJSON (RFC 7946).

    Properties: `feature`, `kind` (only-ours, only-theirs, outline), `area_km2` or `apart_m`.
    """
    raise NotImplementedError


def report_json(report: Report) -> bytes:
    """Return the report as JSON (UTF-8), the same bytes for the same report."""
    raise NotImplementedError


def report_text(report: Report) -> list[str]:
    """Return the report as lines of text for a terminal."""
    raise NotImplementedError
