"""What would change the verdicts, as text for the terminal and as JSON: the same input, the same bytes."""

import json
from collections.abc import Iterator

from layers.atlas import Atlas
from layers.data.schemas import Json
from layers.robustness.records import ClaimDraws, Draws, Sensitivity
from layers.robustness.sensitivity import sensitivities
from layers.style.captions import captions
from layers.text.verdicts import Claim

_SHARES = (0.025, 0.5, 0.975)  # of the draws, below these figures


def sensitivity_text(atlas: Atlas) -> Iterator[str]:
    """Yield lines of text: for each claim the lines that can flip it, the weakest first."""
    columns = "{:<32} {:<28} {:>8} {:>12} {:>12} {:>10}"
    said = captions()["robustness"]
    yield from (" ".join(said["shift"]), " ".join(said["flip"]), "")
    yield columns.format("claim", "line", "± m", "outwards, m", "inwards, m", "least / ±")
    for claim in atlas.claims:
        found = [each for each in sensitivities(atlas, claim.id) if each.least_m is not None]
        if not found:
            yield f"{claim.id:<32} {_no_flip(claim)}"
        for number, each in enumerate(found):
            shifts = (_metres(each.outwards_m), _metres(each.inwards_m), f"{each.in_own_units:.2f}")
            name = "" if number else claim.id
            yield columns.format(name, each.line, f"{each.uncertainty_m:,.0f}", *shifts)


def draws_text(atlas: Atlas, drawn: Draws) -> Iterator[str]:
    """Yield lines of text: for each claim the share of the draws that agree, and how they are spread."""
    columns = "{:<32} {:<22} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9}"
    yield captions()["robustness"]["draws"].format(correlation_km=drawn.correlation_km)
    yield f"{drawn.count:,} draws, seed {drawn.seed}"
    yield ""
    yield columns.format("claim", "measured", "agree", "2.5 %", "median", "97.5 %", "sd", "by formula")
    for claim in atlas.claims:
        each = drawn.claims[claim.id]
        if each.share is None:
            yield f"{claim.id:<32} {claim.measured_text:<22} {claim.verdict_text}"
            continue
        figures = (f"{figure:,.2f}" for figure in _quantiles(each))
        sds = ("-" if sd is None else f"{sd:,.2f}" for sd in (each.sd, each.closed_form_sd))
        yield columns.format(claim.id, claim.measured_text, f"{100 * each.share:.1f} %", *figures, *sds)


def robustness_bytes(atlas: Atlas, drawn: Draws | None, *, sensitivity: bool = True) -> bytes:
    """Return JSON (UTF-8): what each line must move to flip each claim, and the figures of the draws."""
    said = captions()["robustness"]
    content: Json = {}
    if sensitivity:
        content["shift"], content["flip"] = " ".join(said["shift"]), " ".join(said["flip"])
    if drawn is not None:
        content["draws"] = {
            "how": said["draws"].format(correlation_km=drawn.correlation_km),
            "count": drawn.count,
            "seed": drawn.seed,
            "correlation_km": drawn.correlation_km,
        }
    content["claims"] = [_entry(atlas, claim, drawn, sensitivity=sensitivity) for claim in atlas.claims]
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def _entry(atlas: Atlas, claim: Claim, drawn: Draws | None, *, sensitivity: bool) -> Json:
    reading = claim.readings[0]
    entry: Json = {
        "id": claim.id,
        "measured": round(claim.measured.value, 4),
        "unit": reading.unit,
        "accepts": reading.accepts,
        "verdict": claim.verdict_text,
    }
    if sensitivity:
        entry["lines"] = [_line(each) for each in sensitivities(atlas, claim.id)]
    if drawn is not None:
        entry["draws"] = _figures(drawn.claims[claim.id])
    return entry


def _line(found: Sensitivity) -> Json:
    return {
        "line": found.line,
        "title": found.title,
        "uncertainty_m": found.uncertainty_m,
        "outwards_m": _rounded(found.outwards_m, 0),
        "inwards_m": _rounded(found.inwards_m, 0),
        "in_own_units": _rounded(found.in_own_units, 2),
    }


def _figures(drawn: ClaimDraws) -> Json | None:
    """Return what a claim's draws give; None of a claim that gets no draws."""
    if drawn.share is None:
        return None
    return {
        "share_that_agrees": round(drawn.share, 4),
        "sd": _rounded(drawn.sd, 3),
        "closed_form_sd": _rounded(drawn.closed_form_sd, 3),
        "values": [round(value, 3) for value in drawn.values.tolist()],
    }


def _quantiles(drawn: ClaimDraws) -> list[float]:
    ordered = sorted(drawn.values.tolist())
    return [ordered[round(share * (len(ordered) - 1))] for share in _SHARES]


def _no_flip(claim: Claim) -> str:
    return claim.verdict_text if claim.evidence != "independent" else "no line can"


def _metres(metres: float | None) -> str:
    return "-" if metres is None else f"{metres:,.0f}"


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None else round(value, decimals)
