"""Hold each spatial claim of the article against the geometry: agrees, differs, or cannot be told.

`geodata/claims.json` says for each claim what is measured, in each sense that its words commonly have, what
would agree and why, whether the drawing is independent of the claim, and in which range our own figure is
stated to lie; a figure that has moved out of it is a fault. The verdict is written nowhere: it follows from
the figures by one rule, which `claims_rule` in the captions tells the reader.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from layers.data.files import Json
from layers.data.problems import Problem, shortened
from layers.style.captions import captions
from layers.text.claim_sentences import fill, unknown_gaps, values
from layers.text.measured import Measured, Shapes
from layers.text.measurements import COUNTRIES, MEASURES
from layers.text.quotes import Quote, misplaced

FILE = "claims.json"
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
    def measured_text(self) -> str:
        """The figure with its unit, and its margin if it has one."""
        margin, least = self.measured.margin, 10.0**-self.decimals
        off = f" ± {margin:.{self.decimals}f}" if margin >= least / 2 else f" ± less than {least:g}"
        return f"{self.measured.value:,.{self.decimals}f}{off if margin else ''} {self.unit}"

    @property
    def verdict_text(self) -> str:
        """The reading's own verdict as a reader reads it."""
        return str(captions()["reader"]["verdicts"][self.verdict]["one"])


@dataclass(frozen=True)
class Claim:
    """One spatial claim: the article's words and figure, ours, what would agree, and the verdict.

    `readings` has at least one, `evidence` is independent, circular or silent, and `basis` says why;
    `sentences` tells each verdict in one sentence; `beside` are published figures (label, value, source).
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
        one = reader["verdicts"][self.verdict]["one"]
        return f"{one}: {reader['unsettled_because'][self.reason]}" if self.reason else str(one)

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


def check_claims(
    entries: list[Json], quotes: tuple[Quote, ...], shapes: Shapes, problems: list[Problem]
) -> tuple[Claim, ...]:
    """Return the claims, measured; append to `problems` each that names what is not there or has moved."""
    missing = [country for country in COUNTRIES if country not in shapes.countries]
    if missing:
        expected = "this country, which claims are held against"
        problems.extend(Problem("context.geojson", country, "no such id", expected) for country in missing)
        return ()
    by_id = {quote.id: quote for quote in quotes}
    claims = []
    for entry in entries:
        faults = list(_unknown(entry, by_id, shapes))
        if not faults:
            claim = _measure(entry, by_id[entry["quote"]], shapes)
            faults = [*_moved(claim, entry["stated"]), *_unsaid(claim)]
            claims.append(claim)
        problems.extend(faults)
    return tuple(claims)


def _measure(entry: Json, quote: Quote, shapes: Shapes) -> Claim:
    readings = tuple(_readings(entry, shapes))
    known, decimals = values([reading.measured for reading in readings]), entry["decimals"]
    kept = ("id", "claim", "exact", "figure", "tolerance", "evidence", "basis")
    return Claim(
        **{key: entry[key] for key in kept},
        quote=quote,
        about=tuple(entry["about"]),
        readings=readings,
        sentences={verdict: fill(text, known, decimals) for verdict, text in entry["plain"].items()},
        explanation=fill(entry["explanation"], known, decimals),
        beside=tuple(entry.get("beside", ())),
    )


def _readings(entry: Json, shapes: Shapes) -> Iterator[Reading]:
    """Yield the first reading and the others; they share unit, decimals and tolerance."""
    for each in (entry, *entry.get("readings", ())):
        measured = MEASURES[each["measure"]](shapes)
        yield Reading(each["what"], measured, entry["unit"], entry["decimals"], tuple(entry["accepts"]))


def _unknown(entry: Json, quotes: dict[str, Quote], shapes: Shapes) -> Iterator[Problem]:
    yield from misplaced(FILE, entry, quotes, cited=False)
    for identifier in entry["about"]:
        if identifier not in shapes.features:
            found = f"about {shortened(identifier)}"
            yield Problem(FILE, entry["id"], found, "the id of a feature on the map")
    for each in (entry, *entry.get("readings", ())):
        if each["measure"] not in MEASURES:
            found, known = f"measure = {shortened(each['measure'])}", ", ".join(MEASURES)
            yield Problem(FILE, entry["id"], found, f"one of {known}")


def _moved(claim: Claim, stated: list[float]) -> Iterator[Problem]:
    """Yield a problem if our figure is not where the file says; its sentences were written for that."""
    value = claim.measured.value
    if not stated[0] <= value <= stated[1]:
        expected = (
            f"{stated[0]:g} to {stated[1]:g} as stated; if the new figure is right, write the claim anew"
        )
        found = f"measured {value:.3f} {claim.readings[0].unit}"
        yield Problem(FILE, claim.id, found, expected)


def _unsaid(claim: Claim) -> Iterator[Problem]:
    """Yield a problem for a verdict without a sentence and for each gap in a sentence that nothing fills."""
    known = values([reading.measured for reading in claim.readings])
    if claim.verdict not in claim.sentences:
        expected = f"a sentence for the verdict {claim.verdict!r}"
        yield Problem(FILE, claim.id, f"plain for {', '.join(claim.sentences)} only", expected)
    for text in (*claim.sentences.values(), claim.explanation):
        for gap in unknown_gaps(text, known):
            yield Problem(FILE, claim.id, f"the gap {gap}", f"one of {', '.join(known)}")


def _within(value: float, accepts: Range) -> bool:
    low, high = accepts
    return (low is None or value >= low) and (high is None or value <= high)
