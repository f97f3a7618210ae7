"""What is found out about a verdict: how far a line must move to flip it, and what a thousand draws give."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Sensitivity:
    """By how much one boundary line must move to flip one claim.

    A flip: the bare figure of the claim's first reading, without its ±, passes from inside its tolerance
    (`accepts`) to outside, or from outside to inside. `outwards_m` and `inwards_m` are the least metres that
    do so, None where no shift to that side can. Outwards is away from the Armenian-held part, else from the
    oblast, else from the corridor. `uncertainty_m` is the line's own ±, in metres.
    """

    claim: str
    line: str
    title: str
    uncertainty_m: float
    outwards_m: float | None
    inwards_m: float | None

    @property
    def least_m(self) -> float | None:
        """The lesser of the two, in metres; None if no shift of this line flips the claim."""
        return min((each for each in (self.outwards_m, self.inwards_m) if each is not None), default=None)

    @property
    def in_own_units(self) -> float | None:
        """The least metres as a multiple of the line's own ±: below 1, it flips within what it may be off."""
        return None if self.least_m is None else self.least_m / self.uncertainty_m


@dataclass(frozen=True, eq=False)
class ClaimDraws:
    """The figure of one claim's first reading in each draw, in the claim's unit.

    `share` is the part of the draws (0 to 1) whose figure lies inside the tolerance. `sd` is the standard
    deviation of the draws, `closed_form_sd` the same by formula, None for counts and distances.
    A circular or silent claim has no values, no share and no deviation.
    """

    claim: str
    values: NDArray[np.float64]
    share: float | None
    sd: float | None
    closed_form_sd: float | None


@dataclass(frozen=True, eq=False)
class Draws:
    """All claims in `count` drawings of all lines, by claim id; the same seed gives the same values."""

    count: int
    seed: int
    correlation_km: float
    claims: Mapping[str, ClaimDraws]
