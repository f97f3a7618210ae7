"""The printable map: the annotated map of one view as PNG, SVG or PDF, drawn with matplotlib.

`view` reads what a picture shall show, `picture_bytes` draws it, `pictures` in several formats. The symbols
are those of the web map.
"""

from layers.printed.picture import PICTURE_TYPES, picture_bytes, pictures, preview_bytes
from layers.printed.request import KEYS, View, view
from layers.printed.sizes import SIZES

__all__ = ["KEYS", "PICTURE_TYPES", "SIZES", "View", "picture_bytes", "pictures", "preview_bytes", "view"]
