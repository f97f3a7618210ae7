"""The sentences about a claim: texts with gaps such as {low} or {zangilan_apart_km:1}, filled from figures.

A gap names a value, and after a colon the decimals it is written with, else those of the claim. So no
figure of ours is typed into a sentence, and none outlives a line that moved.
"""

import re
from collections.abc import Iterator, Mapping

from layers.language.written import number
from layers.text.measured import Measured

_GAP = re.compile(r"\{([a-z][a-z0-9_]*)(?::([0-3]))?\}")
_BROKEN_GAP = re.compile(r"\{\s*[a-z][^{}]{0,20}\}?")
Values = Mapping[str, float]


def values(figures: list[Measured]) -> dict[str, float]:
    """Return what the sentences may name: value, margin, low and high of each figure, and what it has `also`.

    Those of the second figure end in `_2`, and so on.
    """
    named: dict[str, float] = {}
    for place, figure in enumerate(figures, 1):
        end = f"_{place}" if place > 1 else ""
        named |= {f"value{end}": figure.value, f"margin{end}": figure.margin}
        named |= {f"low{end}": figure.low, f"high{end}": figure.high, **figure.also}
    return named


def fill(text: str, known: Values, decimals: int) -> str:
    """Return a text with its gaps filled; a gap that names nothing known stays."""

    def written(gap: re.Match[str]) -> str:
        name, own = gap.groups()
        return number(known[name], f",.{int(own or decimals)}f") if name in known else gap[0]

    return _GAP.sub(written, text)


def unknown_gaps(text: str, known: Values) -> Iterator[str]:
    """Yield each gap of a text that names nothing known, and each brace that makes no gap."""
    yield from (gap[0] for gap in _GAP.finditer(text) if gap[1] not in known)
    yield from _BROKEN_GAP.findall(_GAP.sub("", text))
