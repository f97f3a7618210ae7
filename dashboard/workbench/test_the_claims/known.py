"""What takes time to work out, kept for as long as the server runs: sensitivities, moved lines, drawings."""

from collections.abc import Callable
from functools import lru_cache

from dashboard.slow_answers import SlowAnswers
from layers import Atlas
from layers.robustness import Draws, Sensitivity, draws, lines_of, moved, scaled, sensitivities
from layers.text.verdicts import Claim

_draws = SlowAnswers[Draws](kept=4, waiting=8)


@lru_cache(maxsize=2)
def lines_by_claim(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """Return the ids of the lines that each claim's figure depends on, by the claims' ids."""
    return {claim.id: lines_of(atlas, claim.id) for claim in atlas.claims}


@lru_cache(maxsize=64)
def sensitivities_of(atlas: Atlas, claim: str) -> tuple[Sensitivity, ...]:
    """Return how far each line would have to move to flip a claim, the weakest first."""
    return sensitivities(atlas, claim)


@lru_cache(maxsize=256)
def with_line_moved(atlas: Atlas, line: str, metres: int, claim: str) -> Claim:
    """Return a claim, measured with one line moved by metres, outwards where positive."""
    return moved(atlas, line, metres, claim)


@lru_cache(maxsize=64)
def with_scaled_uncertainty(atlas: Atlas, claim: str, factor: float) -> Claim:
    """Return a claim, measured with every ± multiplied."""
    return scaled(atlas, claim, factor)


def many_drawings(
    atlas: Atlas, count: int, seed: int, correlation_km: float, progress: Callable[[float], None]
) -> Draws:
    """Return drawings of all lines within their ±. Raises BusyError if too many wait for others."""
    key = (id(atlas), count, seed, correlation_km)
    return _draws.get(key, lambda: draws(atlas, count, seed, correlation_km, progress))
