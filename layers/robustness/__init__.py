"""What would change a verdict: one line moved, every ± scaled, a thousand drawings within their ±."""

from layers.robustness.draws import draws
from layers.robustness.records import ClaimDraws, Draws, Sensitivity
from layers.robustness.sensitivity import lines_of, moved, scaled, sensitivities

__all__ = ["ClaimDraws", "Draws", "Sensitivity", "draws", "lines_of", "moved", "scaled", "sensitivities"]
