"""What would change a verdict: one line moved, every ± scaled, a thousand drawings within their ±."""

from layers.robustness.draws import draws
from layers.robustness.records import ClaimDraws, Draws, Sensitivity
from layers.robustness.report import draws_text, robustness_bytes, sensitivity_text
from layers.robustness.sensitivity import lines_of, moved, scaled, sensitivities

__all__ = [
    "ClaimDraws",
    "Draws",
    "Sensitivity",
    "draws",
    "draws_text",
    "lines_of",
    "moved",
    "robustness_bytes",
    "scaled",
    "sensitivities",
    "sensitivity_text",
]
