"""Files of other people's drawings, read with distrust: sizes limited, paths checked, faults told."""

from layers.comparison.uploads.reading import MOST_MB, read_drawing

__all__ = ["MOST_MB", "read_drawing"]
