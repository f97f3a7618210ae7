"""What takes time to work out, kept for as long as the server runs: sensitivities, moved lines, drawings."""

import threading
from collections.abc import Callable, Mapping
from functools import lru_cache

import streamlit as st

from dashboard.slow_answers import SlowAnswers
from layers import Atlas
from layers.robustness import Draws, Sensitivity, draws, lines_of, moved, scaled, sensitivities
from layers.text.verdicts import Claim

_draws = SlowAnswers[Draws](kept=4, waiting=8)


class Threads:
    """On what each claim of an atlas hangs: worked out when asked for, and all of them beside the page."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas, self._found = atlas, dict[str, tuple[Sensitivity, ...]]()
        self._locks = {claim.id: threading.Lock() for claim in atlas.claims}
        self._worker = threading.Thread(target=self._all, name="sensitivities", daemon=True)
        self._begin = threading.Lock()

    def of(self, claim: str) -> tuple[Sensitivity, ...]:
        """Return how far each line would have to move to flip a claim, the weakest first."""
        with self._locks[claim]:
            if claim not in self._found:
                self._found[claim] = sensitivities(self._atlas, claim)
            return self._found[claim]

    def begin(self) -> None:
        """Begin to work out all of them, in a thread that ends with the server."""
        with self._begin:
            if self._worker.ident is None:
                self._worker.start()

    @property
    def weakest(self) -> Mapping[str, Sensitivity | None]:
        """The weakest line of each claim that is known so far, None where no line can flip it."""
        first = {claim: next(iter(found), None) for claim, found in self._found.copy().items()}
        return {claim: one if one and one.least_m is not None else None for claim, one in first.items()}

    @property
    def part_done(self) -> float:
        """The part of the claims for which it is known, 0 to 1."""
        return len(self._found) / len(self._locks)

    def _all(self) -> None:
        for claim in self._locks:
            self.of(claim)


@lru_cache(maxsize=2)
def threads(atlas: Atlas) -> Threads:
    """Return on what the claims of an atlas hang."""
    return Threads(atlas)


@lru_cache(maxsize=2)
def lines_by_claim(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """Return the ids of the lines that each claim's figure depends on, by the claims' ids."""
    return {claim.id: lines_of(atlas, claim.id) for claim in atlas.claims}


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
    """Return drawings of all lines within their ±. Raises BusyError if too many wait, or this client does."""
    key = (id(atlas), count, seed, correlation_km)
    client = st.context.ip_address or ""
    return _draws.get(key, lambda: draws(atlas, count, seed, correlation_km, progress), client)
