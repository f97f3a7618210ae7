"""A thousand drawings: each line drawn at random within its ±."""

from collections.abc import Callable

from layers.atlas import Atlas
from layers.geometry.measure import CORRELATION_KM
from layers.robustness.records import Draws


def draws(
    atlas: Atlas,
    count: int = 1000,
    seed: int = 1,
    correlation_km: float = CORRELATION_KM,
    progress: Callable[[float], None] | None = None,
) -> Draws:
    """Return the figures of all claims in `count` draws; `progress` is told the part done, 0 to 1."""
    raise NotImplementedError
