"""The article's claims, measured on another drawing."""

from layers.atlas import Atlas
from layers.comparison.drawing import BEFORE_THE_WAR, OBLAST, Drawing
from layers.comparison.ours import CORRIDOR, MATCHABLE, ZONES, matchable
from layers.comparison.records import ComparedClaim
from layers.comparison.shapes import shapes_by_feature
from layers.comparison.substituted import Recorded, substituted
from layers.style.captions import captions
from layers.text.claims import measure_claim
from layers.text.measured import AZERBAIJANI, HELD
from layers.text.verdicts import Claim

_SCHEMATIC = {CORRIDOR, *ZONES}  # ours are nobody else's: not mixed with what another drew


def compared_claims(atlas: Atlas, drawing: Drawing) -> tuple[ComparedClaim, ...]:
    """Return every claim as we measure it, and as the drawing has it where that can be measured.

    It can if the measure looks at an area of the drawing. What else it looks at is ours, but for the corridor
    and the Russian areas: nobody has published those, so they are measured only where the drawing has them.
    """
    drawn = set(shapes_by_feature(atlas, drawing)) - {BEFORE_THE_WAR}
    if not drawn:
        return tuple(ComparedClaim(claim, None, (), _why("nothing_drawn")) for claim in atlas.claims)
    shapes = substituted(atlas, drawing)
    return tuple(_compared(atlas, claim, shapes, drawn) for claim in atlas.claims)


def _compared(atlas: Atlas, claim: Claim, shapes: Recorded, drawn: set[str]) -> ComparedClaim:
    shapes.used.clear()
    theirs = measure_claim(claim.entry, claim.quote, shapes)
    used = shapes.used & set(MATCHABLE)
    own = {each for each in used if each in drawn or _follows(each, drawn)}
    missing = used - own
    if not used:
        return ComparedClaim(claim, None, (), _why("no_area"))
    if not own or _SCHEMATIC & missing:
        lacking = _titles(atlas, missing & _SCHEMATIC or missing)
        return ComparedClaim(claim, None, (), _why("lacks").format(areas=", ".join(lacking)))
    return ComparedClaim(claim, theirs, _titles(atlas, missing), "")


def _titles(atlas: Atlas, areas: set[str]) -> tuple[str, ...]:
    return tuple(title for each, title in matchable(atlas).items() if each in areas)


def _follows(area: str, drawn: set[str]) -> bool:
    """Tell whether an area follows from what is drawn: the oblast and its parts are one another's rest."""
    if area == OBLAST:
        return {HELD, AZERBAIJANI} <= drawn
    return area in (HELD, AZERBAIJANI) and bool(drawn & {OBLAST, HELD, AZERBAIJANI})


def _why(reason: str) -> str:
    return str(captions()["comparison"]["not_measured"][reason])
