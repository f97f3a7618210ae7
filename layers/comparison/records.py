"""What is told of a drawing beside ours: of each area, and of each claim measured on both."""

from dataclasses import dataclass, field

import shapely

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
class Shift:
    """How far a drawing lies to one side of ours as a whole, in metres, and towards which wind.

    `wind` counts the eight winds from north, clockwise. The outlines are `apart_m` on the average, and would
    be `left_m` if the whole were moved back. Where that brings them no nearer, `metres` is 0.
    """

    metres: float
    wind: int
    apart_m: float
    left_m: float


@dataclass(frozen=True)
class ComparedArea:
    """An area in both drawings: geodesic areas in km², overlap (IoU), and how far the outlines are apart, m.

    Distances are taken across the lines, both ways, at points 100 m apart: less than a shift along them, so
    that is told apart. `villages` is None where none are listed for it.
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
    shift: Shift
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
    """A drawing beside ours: area by area, claim by claim; `notes` tells what was mended or assumed.

    `shift` is that of all areas together, None if there are none.
    """

    drawing: Drawing = field(repr=False)
    areas: tuple[ComparedArea, ...]
    shift: Shift | None
    claims: tuple[ComparedClaim, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Stretch:
    """A piece of the other drawing's outline (LineString, WGS 84 degrees), and how far it is from ours, m."""

    feature: str
    geometry: shapely.LineString = field(repr=False)
    metres: float
