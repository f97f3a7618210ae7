"""Which line, moved how far, flips a verdict."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from math import inf
from typing import Any

import shapely

from layers.atlas import Atlas
from layers.data.problems import UnknownChoiceError
from layers.robustness.figures import BESIDE_THE_OBLAST, OVERLAND, share_of
from layers.robustness.flips import flip
from layers.robustness.ground import ground_of, known_line, shapes_of
from layers.robustness.records import Sensitivity
from layers.robustness.shifts import shifted
from layers.text.claims import measure_claim
from layers.text.measured import AZERBAIJANI, HELD, Shapes
from layers.text.verdicts import Claim

INDEPENDENT = "independent"
_TOLD_APART = 1e-6  # percent for each km²: a figure that changes less does not depend on the area


def claim_of(atlas: Atlas, claim_id: str) -> Claim:
    """Return a claim by its id. Raises UnknownChoiceError."""
    found = next((claim for claim in atlas.claims if claim.id == claim_id), None)
    if found is None:
        raise UnknownChoiceError("claim", claim_id, (claim.id for claim in atlas.claims))
    return found


def lines_of(atlas: Atlas, claim_id: str) -> tuple[str, ...]:
    """Return the ids of the boundary lines that a claim's figure depends on, sorted.

    A share depends on those beside which a gain of land counts differently, every other figure on the
    outlines of what is measured. Raises UnknownChoiceError.
    """
    claim = claim_of(atlas, claim_id)
    by_area = set(_lines_by_area(atlas, claim))
    return tuple(sorted(by_area or _lines_by_outline(atlas, claim)))


def moved(atlas: Atlas, line_id: str, metres: float, claim_id: str) -> Claim:
    """Return a claim measured anew with one line shifted: outwards if `metres` is positive, else inwards.

    Outwards is away from the Armenian-held part, else from the oblast, else from the corridor, else from the
    mapped land; between two alike, away from the face whose id sorts first. Raises UnknownChoiceError.
    """
    claim = claim_of(atlas, claim_id)
    return _measured_again(claim, shifted(ground_of(atlas), known_line(atlas, line_id), metres))


def scaled(atlas: Atlas, claim_id: str, factor: float) -> Claim:
    """Return a claim measured anew with the ± of every line, road and place multiplied by `factor`."""
    shapes = shapes_of(atlas)
    drawn = ("lines", "places", "routes")
    frames = {name: getattr(shapes.coverage, name) for name in drawn}
    wider = {name: frame.assign(uncertainty_m=frame.uncertainty_m * factor) for name, frame in frames.items()}
    return _measured_again(
        claim_of(atlas, claim_id), replace(shapes, coverage=replace(shapes.coverage, **wider))
    )


@lru_cache(maxsize=64)
def sensitivities(atlas: Atlas, claim_id: str) -> tuple[Sensitivity, ...]:
    """Return what each line that a claim depends on must move to flip it, the weakest first.

    The weakest is the one whose least metres are the fewest in units of its own ±. A circular or silent claim
    can't be flipped. Raises UnknownChoiceError.
    """
    claim = claim_of(atlas, claim_id)
    found = [_sensitivity(atlas, claim, line) for line in lines_of(atlas, claim_id)]
    return tuple(
        sorted(found, key=lambda each: (inf if each.in_own_units is None else each.in_own_units, each.line))
    )


def _measured_again(claim: Claim, shapes: Shapes) -> Claim:
    return measure_claim(claim.entry, claim.quote, shapes)


def _sensitivity(atlas: Atlas, claim: Claim, line: str) -> Sensitivity:
    ground, row = ground_of(atlas), _rows(atlas)[line]
    title = row.title if isinstance(row.title, str) else row.follows
    outwards, inwards = (
        flip(ground, claim, line, outwards=way) if claim.evidence == INDEPENDENT else None
        for way in (True, False)
    )
    return Sensitivity(claim.id, line, title, float(row.uncertainty_m), outwards, inwards)


@lru_cache(maxsize=8)
def _rows(atlas: Atlas) -> dict[str, Any]:
    return {row.id: row for row in atlas.coverage.lines.itertuples()}


def _lines_by_area(atlas: Atlas, claim: Claim) -> Iterator[str]:
    coverage = atlas.coverage
    share = share_of(claim.entry["measure"], coverage)
    if share is None:
        return
    slopes = share.slopes(coverage.faces.id.to_list(), coverage.km2.to_numpy())
    slope = dict(zip(coverage.faces.id, slopes, strict=True))
    for line, (inner, outer) in ground_of(atlas).sides.items():
        if abs(slope.get(inner, 0) - slope.get(outer, 0)) > _TOLD_APART:
            yield line


def _lines_by_outline(atlas: Atlas, claim: Claim) -> Iterator[str]:
    ground, measure = ground_of(atlas), claim.entry["measure"]
    areas = [ground.shapes.features[each] for each in claim.about]
    if measure == BESIDE_THE_OBLAST:
        areas.append(ground.shapes.union(HELD, AZERBAIJANI))
    if measure == OVERLAND:
        areas += [ground.shapes.countries["armenia"], ground.shapes.features[HELD]]
    outlines = shapely.GeometryCollection([area.boundary for area in areas if area.area]).geoms
    yield from {line for outline in outlines for line in atlas.coverage.lines_along(outline).id}
