"""A thousand drawings: each boundary line drawn at random within its ±, and every figure for each drawing.

Along a line the errors are normal, with a standard deviation of the ± over 1.96, and correlated by exp(-h/l)
at points a way h apart; lines err independently of one another. An area changes by the sum of length times
error along its lines and is never less than 0; a length or distance changes by the error where it is taken.
Places and roads stay where they are.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from layers.atlas import Atlas
from layers.data.problems import RequestError
from layers.geometry.measure import CORRELATION_KM
from layers.robustness.drawn_figures import closed_form_sd, figures
from layers.robustness.errors import Pieces, pieces_of
from layers.robustness.ground import ground_of
from layers.robustness.records import ClaimDraws, Draws
from layers.style.captions import captions
from layers.text.verdicts import Claim

MOST_DRAWS = 100_000
CORRELATIONS_KM = (2.0, 500.0)  # the shortest, below which draws take many seconds, and the longest
_NONE = np.zeros(0)


def draws(
    atlas: Atlas,
    count: int = 1000,
    seed: int = 1,
    correlation_km: float = CORRELATION_KM,
    progress: Callable[[float], None] | None = None,
) -> Draws:
    """Return the figures of all claims in `count` draws; `progress` is told the part done, 0 to 1.

    The same seed gives the same values. Raises RequestError for a count, seed or correlation out of range.
    """
    _check(count, seed, correlation_km)
    tell = progress or (lambda _: None)
    pieces = pieces_of(ground_of(atlas), correlation_km)
    errors = {}
    for number, (line, along) in enumerate(pieces.items()):
        errors[line] = along.errors(count, seed)
        tell(0.5 * (number + 1) / len(pieces))
    drawn = {}
    for number, claim in enumerate(atlas.claims):
        drawn[claim.id] = _drawn(atlas, claim, pieces, errors)
        tell(0.5 + 0.5 * (number + 1) / len(atlas.claims))
    return Draws(count, seed, correlation_km, drawn)


def _drawn(
    atlas: Atlas, claim: Claim, pieces: dict[str, Pieces], errors: dict[str, NDArray[np.float64]]
) -> ClaimDraws:
    if claim.evidence != "independent":
        return ClaimDraws(claim.id, _NONE, None, None, None)
    values = figures(ground_of(atlas), claim, pieces, errors)
    reading = claim.readings[0]
    share = float(np.mean([reading.side(value) == 0 for value in values]))
    return ClaimDraws(
        claim.id, values, share, float(values.std()), closed_form_sd(ground_of(atlas), claim, pieces)
    )


def _check(count: int, seed: int, correlation_km: float) -> None:
    (low, high), texts = CORRELATIONS_KM, captions()["errors"]
    if not 1 <= count <= MOST_DRAWS:
        raise RequestError(texts["draws"].format(most=MOST_DRAWS, count=count))
    if not 0 <= seed < 2**63:
        raise RequestError(texts["seed"].format(seed=seed))
    if not low <= correlation_km <= high:
        raise RequestError(texts["correlation"].format(low=low, high=high, km=correlation_km))
