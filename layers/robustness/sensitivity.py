"""Which line, moved how far, flips a verdict."""

from layers.atlas import Atlas
from layers.robustness.records import Sensitivity
from layers.text.verdicts import Claim


def lines_of(atlas: Atlas, claim_id: str) -> tuple[str, ...]:
    """Return the ids of the boundary lines that a claim's figure depends on, sorted."""
    raise NotImplementedError


def moved(atlas: Atlas, line_id: str, metres: float, claim_id: str) -> Claim:
    """Return a claim measured anew with one line shifted: outwards if `metres` is positive, else inwards."""
    raise NotImplementedError


def scaled(atlas: Atlas, claim_id: str, factor: float) -> Claim:
    """Return a claim measured anew with the ± of every line, road and place multiplied by `factor`."""
    raise NotImplementedError


def sensitivities(atlas: Atlas, claim_id: str) -> tuple[Sensitivity, ...]:
    """Return what each line that a claim depends on must move to flip it, the weakest first."""
    raise NotImplementedError
