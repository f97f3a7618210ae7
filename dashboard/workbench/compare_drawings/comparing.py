"""What takes long: a drawing beside ours, worked out once as long as somebody looks at it."""

from dataclasses import dataclass, field
from functools import lru_cache

from layers import Atlas
from layers.comparison import Drawing, Report, Stretch, compare, drawings, our_shape, shape_of, stretches
from layers.comparison.outline_figure import outline_figure
from layers.comparison.outline_map import Pair, outline_map

WHOLE = "all"  # in place of a feature's id
_KEPT = 8


@dataclass(frozen=True, eq=False)
class Compared:
    """A drawing beside ours: the report, the areas of both by feature id, theirs outlined by distance.

    It keeps the maps that were made of it, and goes with them.
    """

    drawing: Drawing
    report: Report
    pairs: dict[str, Pair] = field(repr=False)
    apart: tuple[Stretch, ...] = field(repr=False)
    _figures: dict[tuple[str, bool], str] = field(default_factory=dict, repr=False)

    def figure(self, atlas: Atlas, shown: str = WHOLE, *, wipe: bool) -> str:
        """Return the map of both outlines as HTML: of all areas, or of one feature."""
        if (shown, wipe) not in self._figures:
            pairs = [self.pairs[shown]] if shown in self.pairs else list(self.pairs.values())
            apart = [each for each in self.apart if shown in (WHOLE, each.feature)]
            drawn = outline_map(atlas, pairs, apart)
            self._figures[shown, wipe] = outline_figure(drawn, self.drawing.title, wipe=wipe)
        return self._figures[shown, wipe]


def worked_out(atlas: Atlas, drawing: Drawing) -> Compared:
    """Return a drawing beside ours; nothing is kept."""
    report = compare(atlas, drawing)
    told = {area.feature for area in report.areas}
    pairs = {
        match.feature: Pair(our_shape(atlas, match.feature), shape_of(atlas, drawing, match))
        for match in drawing.matches
        if match.feature in told
    }
    return Compared(drawing, report, pairs, stretches(atlas, drawing))


@lru_cache(maxsize=2)
def shipped(atlas: Atlas) -> dict[str, Drawing]:
    """Return the drawings that come with the map, by id."""
    return {drawing.id: drawing for drawing in drawings(atlas)}


@lru_cache(maxsize=_KEPT)
def shipped_beside(atlas: Atlas, identifier: str) -> Compared:
    """Return a drawing that comes with the map beside ours, kept for all readers."""
    return worked_out(atlas, shipped(atlas)[identifier])
