"""The shipped drawings by others on the map: a script of their outlines, loaded when one is switched on."""

import json
from functools import lru_cache

from dashboard.shared_lines import SharedLines
from layers import Atlas
from layers.comparison import Drawing, drawings

TOOL, FILE = "drawings", "other-drawings.js"


@lru_cache(maxsize=8)
def drawings_script(atlas: Atlas) -> bytes:
    """Return the script that brings the outlines of each drawing, by its id, each line once.

    Those of the areas that are also ours, whole as they are drawn there; encoded as the map's own lines are.
    """
    lines = {drawing.id: _outlines(drawing).packed() for drawing in drawings(atlas)}
    return f"KarabakhOtherDrawings.learn({json.dumps(lines, separators=(',', ':'))});\n".encode()


def _outlines(drawing: Drawing) -> SharedLines:
    places = sorted({place for match in drawing.matches for place in match.pieces})
    return SharedLines(drawing.pieces[place].geometry for place in places)
