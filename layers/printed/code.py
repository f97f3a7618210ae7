"""A QR code of the address that is printed with a picture, in the map's lower right corner."""

import segno
import shapely

from layers.data.problems import RequestError
from layers.printed.extent import Frame
from layers.printed.page import Box, Page
from layers.printed.symbols import draw
from layers.style.captions import printed
from layers.style.symbology import colour

_LONGEST_ADDRESS = 300  # characters; more would give dots too fine to be read
_DOT, _QUIET, _INSET = 2.2, 4, 10.0  # units a dot; dots of white around; units from the map's edge
_LARGEST = 0.45  # of the map's shorter side


def draw_code(page: Page, frame: Frame, address: str) -> Box:
    """Draw the code of an address, dark on white in dark colours too; return the room it takes.

    Raises RequestError if there is no address, or a longer one than can be read.
    """
    if not 0 < len(address) <= _LONGEST_ADDRESS:
        raise RequestError(lambda: printed()["refused"]["qr"].format(most=_LONGEST_ADDRESS))
    rows = [list(row) for row in segno.make_qr(address, error="l", boost_error=False).matrix]
    count = len(rows) + 2 * _QUIET
    dot = min(_DOT, _LARGEST * min(frame.box.width, frame.box.height) / count)
    side = count * dot
    room = Box(frame.box.right - _INSET - side, frame.box.bottom - _INSET - side, side, side)
    page.frame(room, fill=colour("paper"))
    dots = [
        Box(room.left + (x + _QUIET) * dot, room.top + (y + _QUIET) * dot, dot, dot).shape
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    ink = "shadow"  # black in both colours
    draw(page, shapely.union_all(dots), {"fill": ink, "fill-opacity": 1}, room)
    return room
