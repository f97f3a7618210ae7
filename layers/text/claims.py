"""Read the spatial claims of the article, measure each on the map, and name what does not fit.

`geodata/claims.json` says for each claim what is measured, in each sense that its words commonly have, what
would agree and why, whether the drawing is independent of the claim, and in which range our own figure is
stated to lie; a figure that has moved out of it is a fault. The verdict is written nowhere: see `verdicts`.
"""

from collections.abc import Iterator

from layers.data.problems import Problem, shortened
from layers.data.schemas import Json
from layers.text.claim_sentences import fill, unknown_gaps, values
from layers.text.measured import Measured, Shapes
from layers.text.measurements import COUNTRIES, MEASURES, PLACES
from layers.text.quotes import Quote, misplaced
from layers.text.verdicts import Claim, Reading

FILE = "claims.json"


def check_claims(
    entries: list[Json], quotes: tuple[Quote, ...], shapes: Shapes, problems: list[Problem]
) -> tuple[Claim, ...]:
    """Return the claims, measured; append to `problems` each that names what is not there or has moved."""
    missing = list(_missing(shapes))
    if missing:
        problems.extend(missing)
        return ()
    by_id = {quote.id: quote for quote in quotes}
    claims = []
    for entry in entries:
        faults = list(_unknown(entry, by_id, shapes))
        if not faults:
            claim = measure_claim(entry, by_id[entry["quote"]], shapes)
            faults = [*_moved(claim, entry["stated"]), *_unsaid(claim)]
            claims.append(claim)
        problems.extend(faults)
    return tuple(claims)


def _missing(shapes: Shapes) -> Iterator[Problem]:
    """Yield a problem for each country and place that measures need and that is not there."""
    needed = [
        ("context.geojson", "country", COUNTRIES, set(shapes.countries)),
        ("places.geojson", "place", PLACES, set(shapes.coverage.places.id)),
    ]
    for file, kind, ids, known in needed:
        for identifier in ids:
            if identifier not in known:
                yield Problem(file, identifier, "no such id", f"this {kind}, which claims are held against")


def measure_claim(entry: Json, quote: Quote, shapes: Shapes) -> Claim:
    """Return what an entry of claims.json claims, measured on these shapes."""
    return claim_of(entry, quote, [MEASURES[each["measure"]](shapes) for each in _senses(entry)])


def claim_of(entry: Json, quote: Quote, figures: list[Measured]) -> Claim:
    """Return what an entry of claims.json claims; `figures` is what was measured in each of its senses."""
    readings = tuple(
        Reading(each["what"], measured, entry["unit"], entry["decimals"], tuple(entry["accepts"]))
        for each, measured in zip(_senses(entry), figures, strict=True)
    )
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
        entry=entry,
    )


def _senses(entry: Json) -> list[Json]:
    """Return the first sense of a claim's words and the others; they share unit, decimals and tolerance."""
    return [entry, *entry.get("readings", ())]


def _unknown(entry: Json, quotes: dict[str, Quote], shapes: Shapes) -> Iterator[Problem]:
    yield from misplaced(FILE, entry, quotes, cited=False)
    for identifier in entry["about"]:
        if identifier not in shapes.features:
            found = f"about {shortened(identifier)}"
            yield Problem(FILE, entry["id"], found, "the id of a feature on the map")
    for each in _senses(entry):
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
