"""A claim of the article beside what was measured, and its verdict: agrees, differs, or cannot be told.

The verdict follows from the figures by one rule, which `claims_rule` in the captions tells the reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from layers.data.schemas import Json
from layers.language.written import labelled, number
from layers.style.captions import captions
from layers.text.measured import Measured
from layers.text.quotes import Quote

AGREES, DIFFERS, CANNOT_BE_TOLD = "agrees", "differs", "cannot be told from geometry"
Range = tuple[float | None, float | None]
Reason = Literal["circular", "silent", "margin", "reading"]


@dataclass(frozen=True)
class Reading:
    """One sense of a claim's words: what is measured for it, and the figure."""

    what: str
    measured: Measured
    unit: str
    decimals: int
    accepts: Range

    @property
    def verdict(self) -> str:
        """Agrees if all that the figure may be is within the tolerance, differs if all is outside."""
        if all(_within(edge, self.accepts) for edge in (self.measured.low, self.measured.high)):
            return AGREES
        low, high = self.accepts
        is_below = low is not None and self.measured.high < low
        is_above = high is not None and self.measured.low > high
        return DIFFERS if is_below or is_above else CANNOT_BE_TOLD

    @property
    def is_within(self) -> bool:
        """Whether the bare figure, without its margin, lies inside the tolerance."""
        return self.side(self.measured.value) == 0

    def side(self, value: float) -> int:
        """Return -1, 0 or 1 for a figure below, inside or above the tolerance."""
        low, high = self.accepts
        exact = round(value, 9)
        return -1 if low is not None and exact < low else int(high is not None and exact > high)

    @property
    def measured_text(self) -> str:
        """The figure with its unit, and its margin if it has one."""
        return f"{self._with_margin()} {self.unit}"

    def _with_margin(self) -> str:
        """Return the figure with its ±; at the least or the most that it can be, where it may lie instead."""
        found, step, units = self.measured, 10.0**-self.decimals, captions()["units"]
        spec = f",.{self.decimals}f"
        value = number(found.value, spec)
        if not found.margin:
            return value
        is_tiny = found.margin < step / 2
        if found.value == found.floor and not is_tiny:
            return str(units["least_to_most"].format(least=value, most=number(found.high, spec)))
        if found.value == found.ceiling and is_tiny:
            return str(units["more_than"].format(value=number(found.value - step, spec)))
        off = units["less_than"].format(value=number(step, "g")) if is_tiny else number(found.margin, spec)
        return f"{value} ± {off}"

    @property
    def verdict_text(self) -> str:
        """The reading's own verdict as a reader reads it."""
        return str(captions()["reader"]["verdicts"][self.verdict]["text"])


@dataclass(frozen=True)
class Claim:
    """One spatial claim: the article's words and figure, ours, what would agree, and the verdict.

    `readings` has at least one, `evidence` is independent, circular or silent, and `basis` says why;
    `sentences` tells each verdict in one sentence; `beside` are published figures (label, value, source).
    `entry` is what claims.json says of it, so that it can be measured again on other shapes.
    """

    id: str
    claim: str
    quote: Quote
    exact: str
    about: tuple[str, ...]
    figure: str
    tolerance: str
    readings: tuple[Reading, ...]
    evidence: str
    basis: str
    sentences: Mapping[str, str] = field(hash=False)
    explanation: str
    beside: tuple[Json, ...] = field(default=(), hash=False)
    entry: Json = field(default_factory=dict, compare=False, repr=False)

    @property
    def verdict(self) -> str:
        """What the geometry says: nothing where it is no evidence or the readings disagree."""
        verdicts = {reading.verdict for reading in self.readings}
        return verdicts.pop() if self.evidence == "independent" and len(verdicts) == 1 else CANNOT_BE_TOLD

    @property
    def reason(self) -> Reason | None:
        """Why it can't be settled, if it can't."""
        if self.verdict != CANNOT_BE_TOLD:
            return None
        if self.evidence != "independent":
            return "circular" if self.evidence == "circular" else "silent"
        return "reading" if len({reading.verdict for reading in self.readings}) > 1 else "margin"

    @property
    def verdict_text(self) -> str:
        """The verdict as a reader reads it, with the reason if it can't be settled."""
        reader = captions()["reader"]
        one = reader["verdicts"][self.verdict]["text"]
        return f"{labelled(one)} {reader['unsettled_because'][self.reason]}" if self.reason else str(one)

    @property
    def plain(self) -> str:
        """The verdict in one sentence for everybody."""
        return self.sentences[self.verdict]

    @property
    def what(self) -> str:
        """What is measured, in the first reading."""
        return self.readings[0].what

    @property
    def measured(self) -> Measured:
        """The figure of the first reading."""
        return self.readings[0].measured

    @property
    def measured_text(self) -> str:
        """The figure of the first reading with its unit, and its margin if it has one."""
        return self.readings[0].measured_text


def _within(value: float, accepts: Range) -> bool:
    low, high = accepts
    return (low is None or value >= low) and (high is None or value <= high)
