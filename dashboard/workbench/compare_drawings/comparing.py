"""What takes long: a drawing beside ours, worked out once as long as somebody looks at it."""

from dataclasses import dataclass, field
from functools import lru_cache

from layers import Atlas
from layers.comparison import Drawing, Report, Stretch, compare, drawings, stretches
from layers.comparison.outline_figure import drawing_figure

WHOLE = "all"  # in place of a feature's id
_KEPT = 8


@dataclass(frozen=True, eq=False)
class Compared:
    """A drawing beside ours: the report, and the drawing's outlines by how far they are from ours.

    It keeps the maps that were made of it, and goes with them.
    """

    drawing: Drawing
    report: Report
    apart: tuple[Stretch, ...] = field(repr=False)
    _figures: dict[tuple[str, bool], str] = field(default_factory=dict, repr=False)

    def figure(self, atlas: Atlas, shown: str = WHOLE, *, wipe: bool) -> str:
        """Return the map of both outlines as HTML: of all areas, or of one feature."""
        if (shown, wipe) not in self._figures:
            made = drawing_figure(atlas, self.drawing, self.apart, feature=shown, wipe=wipe)
            self._figures[shown, wipe] = made
        return self._figures[shown, wipe]


def worked_out(atlas: Atlas, drawing: Drawing) -> Compared:
    """Return a drawing beside ours; nothing is kept."""
    return Compared(drawing, compare(atlas, drawing), stretches(atlas, drawing))


@lru_cache(maxsize=2)
def shipped(atlas: Atlas) -> dict[str, Drawing]:
    """Return the drawings that come with the map, by id."""
    return {drawing.id: drawing for drawing in drawings(atlas)}


@lru_cache(maxsize=_KEPT)
def shipped_beside(atlas: Atlas, identifier: str) -> Compared:
    """Return a drawing that comes with the map beside ours, kept for all readers."""
    return worked_out(atlas, shipped(atlas)[identifier])
