"""The figures of a claim for drawn errors, and the standard deviation of a share by formula."""

from collections.abc import Mapping
from math import erf, exp, pi, sqrt

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.geometry.measure import to_metres
from layers.robustness.errors import Pieces
from layers.robustness.figures import ALONG_THE_ROAD, OVERLAND, TO_THE_POINT, held_faces, share_of
from layers.robustness.ground import ABROAD, CORRIDOR, Ground
from layers.robustness.roads import road_km, shifted_corridor
from layers.text.verdicts import Claim

_REACH_SD = 5.0  # pieces farther off than so many standard deviations never come nearest
_GRID_SD = np.linspace(-4, 4, 33)  # shifts at which the road is measured; between them, interpolated
Floats = NDArray[np.float64]
Errors = Mapping[str, Floats]  # by line: draws x pieces, metres, positive outwards


def figures(ground: Ground, claim: Claim, pieces: Mapping[str, Pieces], errors: Errors) -> Floats:
    """Return a claim's figure in each draw; of a count, which no line changes in its ±, always the same."""
    measure, coverage = claim.entry["measure"], ground.shapes.coverage
    share = share_of(measure, coverage)
    if share is not None:
        return share.of(coverage.faces.id.to_list(), _areas(ground, pieces, errors))
    if measure in TO_THE_POINT:
        return _inside_km(ground, TO_THE_POINT[measure], pieces, errors)
    if measure == OVERLAND:
        return _overland_km(ground, pieces, errors)
    if measure == ALONG_THE_ROAD:
        return _road_km(ground, pieces, errors)
    count = len(next(iter(errors.values())))
    return np.full(count, float(claim.measured.value))


def closed_form_sd(ground: Ground, claim: Claim, pieces: Mapping[str, Pieces]) -> float | None:
    """Return the standard deviation of a share by formula; None of other figures.

    It is the root of the sum, over the lines, of the square of slope times standard deviation of the area
    handed over. A face that errors may eat up counts with the deviation of a normal area cut off at 0.
    """
    coverage = ground.shapes.coverage
    share = share_of(claim.entry["measure"], coverage)
    if share is None:
        return None
    faces = coverage.faces.id.to_list()
    sd = np.array([sqrt(sum(_variances(ground, pieces, face))) for face in faces])
    cut = [_cut_off(km2, off) for km2, off in zip(coverage.km2, sd, strict=True)]
    slopes = share.slopes(faces, np.array([mean for mean, _ in cut])) * [ratio for _, ratio in cut]
    slope = dict(zip(faces, slopes, strict=True))
    return sqrt(
        sum(
            ((slope.get(inner, 0) - slope.get(outer, 0)) * pieces[line].area_sd_km2) ** 2
            for line, (inner, outer) in ground.sides.items()
        )
    )


def _variances(ground: Ground, pieces: Mapping[str, Pieces], face: str) -> list[float]:
    return [pieces[line].area_sd_km2 ** 2 for line, pair in ground.sides.items() if face in pair]


def _cut_off(mean: float, sd: float) -> tuple[float, float]:
    """Return the mean of a normal value cut off at 0, and its standard deviation over the uncut one's."""
    at = mean / sd
    below, density = (1 + erf(at / sqrt(2))) / 2, exp(-at * at / 2) / sqrt(2 * pi)
    cut = mean * below + sd * density
    squared = (mean**2 + sd**2) * below + mean * sd * density
    return cut, sqrt(max(squared - cut**2, 0)) / sd


def _areas(ground: Ground, pieces: Mapping[str, Pieces], errors: Errors) -> Floats:
    """Return the area of each face in each draw (draws x faces), km²."""
    coverage = ground.shapes.coverage
    column = {face: number for number, face in enumerate(coverage.faces.id)}
    areas = np.tile(coverage.km2.to_numpy(), (len(next(iter(errors.values()))), 1))
    for line, pair in ground.sides.items():
        handed = errors[line].mean(axis=1) / 1000 * pieces[line].km
        for face, sign in zip(pair, (1, -1), strict=True):
            if face in column:
                areas[:, column[face]] += sign * handed
    return np.asarray(np.maximum(areas, 0))


def _inside_km(ground: Ground, place: str, pieces: Mapping[str, Pieces], errors: Errors) -> Floats:
    """Return how far a place is from the nearest piece of the enclave's outline; negative outside."""
    held, point = held_faces(ground.shapes.coverage), to_metres(ground.shapes.features[place])
    home = next((face for face in held if ground.in_metres[face].covers(point)), None)
    sign = 1 if home else -1
    outline = [line for line, (one, other) in ground.sides.items() if (one in held) != (other in held)]
    nearest = np.full(len(errors[outline[0]]), np.inf)
    for line in outline:
        apart = shapely.distance(np.array(pieces[line].geometries), point)
        nearest = np.minimum(nearest, (apart + sign * errors[line]).min(axis=1))
    return sign * nearest / 1000


def _overland_km(ground: Ground, pieces: Mapping[str, Pieces], errors: Errors) -> Floats:
    """Return how far the nearest pieces of Armenia's border and of the enclave's outline are apart."""
    held = held_faces(ground.shapes.coverage)
    border = [line for line, pair in ground.sides.items() if ABROAD[0] in pair]
    outline = [line for line, (one, other) in ground.sides.items() if (one in held) != (other in held)]
    ones, others = (
        np.concatenate([pieces[each].geometries for each in lines]) for lines in (border, outline)
    )
    far, near = (np.concatenate([errors[each] for each in lines], axis=1) for lines in (border, outline))
    apart = shapely.distance(ones[:, None], others[None, :])
    reach = _REACH_SD * sum(max(pieces[line].sd_m for line in lines) for lines in (border, outline))
    one, other = np.nonzero(apart <= apart.min() + reach)
    nearest = (apart[one, other] + far[:, one] - near[:, other]).min(axis=1)
    return np.asarray(np.maximum(nearest, 0) / 1000)


def _road_km(ground: Ground, pieces: Mapping[str, Pieces], errors: Errors) -> Floats:
    """Return the length of the road in the corridor, each border at its ends off by the error there."""
    roads = to_metres(ground.shapes.coverage.routes.union_all())
    drawn = road_km(ground.shapes.features[CORRIDOR], ground.shapes.coverage.routes)
    total = np.full(len(next(iter(errors.values()))), drawn)
    for line, pair in ground.sides.items():
        if CORRIDOR in pair and ground.metric[line].intersects(roads):
            crossing = ground.metric[line] & roads
            piece = int(np.argmin(shapely.distance(np.array(pieces[line].geometries), crossing)))
            grid = _GRID_SD * pieces[line].sd_m
            lengths = [road_km(*shifted_corridor(ground, line, metres)) for metres in grid]
            total += np.interp(errors[line][:, piece], grid, lengths) - drawn
    return np.asarray(np.maximum(total, 0))
