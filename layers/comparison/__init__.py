"""Other drawings of the same ground held against ours, and against the claims.

`drawings(atlas)` are those that are shipped; `read_drawing(name, content, atlas)` reads a file of somebody's
own; `compare(atlas, drawing)` gives the report. `matchable(atlas)` are the features that an area of a drawing
can be, with their titles; `shape_of(atlas, drawing, match)` is what a match takes of the drawing, and
`our_shape(atlas, feature)` the same of ours (Polygon or MultiPolygon, WGS 84 degrees).
"""

from layers.comparison.areas import stretches
from layers.comparison.drawing import Drawing, DrawingError, Match, Piece
from layers.comparison.matching import guess_matches
from layers.comparison.ours import matchable, our_shape
from layers.comparison.records import ComparedArea, ComparedClaim, Report, Stretch, Villages
from layers.comparison.report import compare
from layers.comparison.shapes import shape_of
from layers.comparison.shipped import drawings
from layers.comparison.uploads import MOST_MB, read_drawing
from layers.comparison.written import differences, report_json, report_text

__all__ = [
    "MOST_MB",
    "ComparedArea",
    "ComparedClaim",
    "Drawing",
    "DrawingError",
    "Match",
    "Piece",
    "Report",
    "Stretch",
    "Villages",
    "compare",
    "differences",
    "drawings",
    "guess_matches",
    "matchable",
    "our_shape",
    "read_drawing",
    "report_json",
    "report_text",
    "shape_of",
    "stretches",
]
