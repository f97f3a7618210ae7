"""Hold each spatial claim of the article against the geometry: agrees, differs, or cannot be told.

`geodata/claims.json` says for each claim what is measured, what would agree and why, and in which range our
own figure is stated to lie; a figure that has moved out of it is a fault, so that no sentence outlives its
figure. The verdict follows from the figure and is written nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from layers.data.files import Json
from layers.data.problems import Problem, shortened
from layers.text.measurements import COUNTRIES, MEASURES, Measured, Shapes
from layers.text.quotes import Quote, misplaced

FILE = "claims.json"
AGREES, DIFFERS, CANNOT_BE_TOLD = "agrees", "differs", "cannot be told from geometry"
Range = tuple[float | None, float | None]


@dataclass(frozen=True)
class Claim:
    """One spatial claim: the article's words and figure, ours, what would agree, and the verdict."""

    id: str
    claim: str
    quote: Quote
    exact: str
    about: tuple[str, ...]
    what: str
    figure: str
    unit: str
    decimals: int
    accepts: Range
    tolerance: str
    circular: str | None
    explanation: str
    measured: Measured

    @property
    def verdict(self) -> str:
        """What the geometry says: outside the tolerance, but by less than the margin, nothing can be told."""
        if self.circular:
            return CANNOT_BE_TOLD
        if _within(self.measured.value, self.accepts):
            return AGREES
        reach = (self.measured.value - self.measured.margin, self.measured.value + self.measured.margin)
        return CANNOT_BE_TOLD if any(_within(edge, self.accepts) for edge in reach) else DIFFERS

    @property
    def measured_text(self) -> str:
        """Our figure with its unit, and its margin if it has one."""
        margin = f" ± {self.measured.margin:.{self.decimals}f}" if self.measured.margin else ""
        return f"{self.measured.value:,.{self.decimals}f}{margin} {self.unit}"


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
            faults = list(_moved(claim, entry["stated"]))
            claims.append(claim)
        problems.extend(faults)
    return tuple(claims)


def _measure(entry: Json, quote: Quote, shapes: Shapes) -> Claim:
    words = {key: entry[key] for key in entry if key not in ("quote", "measure", "stated")}
    ranges = {"about": tuple(entry["about"]), "accepts": tuple(entry["accepts"])}
    return Claim(**{**words, **ranges}, quote=quote, measured=MEASURES[entry["measure"]](shapes))


def _unknown(entry: Json, quotes: dict[str, Quote], shapes: Shapes) -> Iterator[Problem]:
    yield from misplaced(FILE, entry, quotes, cited=False)
    for identifier in entry["about"]:
        if identifier not in shapes.features:
            found = f"about {shortened(identifier)}"
            yield Problem(FILE, entry["id"], found, "the id of a feature on the map")
    if entry["measure"] not in MEASURES:
        found, known = f"measure = {shortened(entry['measure'])}", ", ".join(MEASURES)
        yield Problem(FILE, entry["id"], found, f"one of {known}")


def _moved(claim: Claim, stated: list[float]) -> Iterator[Problem]:
    """Yield a problem if our figure is not where the file says; its sentences were written for that."""
    value = claim.measured.value
    if not stated[0] <= value <= stated[1]:
        expected = (
            f"{stated[0]:g} to {stated[1]:g} as stated; if the new figure is right, write the claim anew"
        )
        yield Problem(FILE, claim.id, f"measured {value:.3f} {claim.unit}", expected)


def _within(value: float, accepts: Range) -> bool:
    low, high = accepts
    return (low is None or value >= low) and (high is None or value <= high)
