"""What tells distance and direction: graticule, scale bar, north arrow."""

from math import ceil, floor

import shapely
from matplotlib.patches import Polygon

from layers.geometry.measure import distance_m
from layers.language.written import number
from layers.printed.extent import Frame
from layers.printed.page import Box, Page
from layers.printed.symbols import draw
from layers.style.captions import kilometres, printed
from layers.style.fonts import style

_PRIME = "\N{PRIME}"
_STEPS_DEGREES = (1 / 12, 1 / 6, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_MOST_STEPS = 8  # lines of the graticule along the longer side
_LENGTHS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_LONGEST = 0.2  # of the map's width
_BAR_HEIGHT, _INSET, _PAD = 5.0, 10.0, 7.0
_GRATICULE = {"stroke": "border", "stroke-width": 0.6, "stroke-opacity": 0.45}


def draw_graticule(page: Page, frame: Frame) -> None:
    """Draw meridians and parallels at round degrees across the map."""
    west, south, east, north = frame.bounds
    step = graticule_step(frame)
    meridians = [((x, south), (x, north)) for x in _multiples(west, east, step)]
    parallels = [((west, y), (east, y)) for y in _multiples(south, north, step)]
    draw(page, frame.on_page(shapely.MultiLineString(meridians + parallels)), _GRATICULE, frame.box)


def draw_frame(page: Page, frame: Frame, *, ticks: bool) -> None:
    """Draw the map's edge and, with ticks, the degrees along its left side and its foot."""
    page.frame(frame.box, edge=page.colour("quiet"), width=1)
    if not ticks:
        return
    west, south, east, north = frame.bounds
    step, letters = graticule_step(frame), style("furniture", "tick")
    for longitude in _multiples(west, east, step):
        text, x = degrees(longitude, printed()["east"]), frame.on_page(shapely.Point(longitude, south)).x
        left = x - letters.measure(text) / 2
        if frame.box.left <= left and left + letters.measure(text) <= frame.box.right:
            page.write(text, left, frame.box.bottom + 3 + letters.ascent, letters)
    for latitude in _multiples(south, north, step):
        text, y = degrees(latitude, printed()["north"]), frame.on_page(shapely.Point(west, latitude)).y
        top = y - letters.measure(text) / 2
        if frame.box.top <= top and top + letters.measure(text) <= frame.box.bottom:
            page.write_upright(text, frame.box.left - 3 - letters.descent, y, letters)


def draw_scale(page: Page, frame: Frame) -> Box:
    """Draw scale bar and north arrow in the map's lower left corner; return the room they take."""
    length, letters = scale_length_km(frame), style("furniture", "scale")
    width = length / km_per_unit(frame)
    captions = [("0", 0.0), (number(length / 2, "g"), width / 2), (kilometres(length), width)]
    arrow = 26.0
    wide = _PAD * 2 + arrow + width + letters.measure(captions[-1][0])
    high = _PAD * 2 + letters.size + 6 + _BAR_HEIGHT
    room = Box(frame.box.left + _INSET, frame.box.bottom - _INSET - high, wide, high)
    page.frame(room, fill=f"{page.colour('paper')}d8", edge=page.colour("rule"), width=0.6)
    _draw_arrow(page, room.left + _PAD, room)
    left, bar = room.left + _PAD + arrow, room.bottom - _PAD - _BAR_HEIGHT
    for part in range(4):
        dark = page.colour("ink") if part % 2 == 0 else page.colour("paper")
        page.frame(
            Box(left + part * width / 4, bar, width / 4, _BAR_HEIGHT),
            fill=dark,
            edge=page.colour("ink"),
            width=0.7,
        )
    if letters.measure(f"{captions[0][0]}{captions[1][0]}") > width / 2:  # no room for the middle
        del captions[1]
    for text, x in captions:
        start = left + x - letters.measure(text.partition(" ")[0]) / 2
        page.write(text, start, bar - 4, letters)
    return room


def km_per_unit(frame: Frame) -> float:
    """Return how many km a unit of the page is along the central parallel: WGS 84 geodesics, by PROJ."""
    unit = 1 / frame.per_degree_east
    start, end = (shapely.Point(x, frame.latitude) for x in (frame.longitude, frame.longitude + unit))
    return distance_m(start, end) / 1000


def scale_length_km(frame: Frame) -> int:
    """Return the length of the scale bar: the longest round one within a fifth of the map's width."""
    most = frame.box.width * _LONGEST * km_per_unit(frame)
    return max((length for length in _LENGTHS_KM if length <= most), default=_LENGTHS_KM[0])


def graticule_step(frame: Frame) -> float:
    """Return the degrees from line to line of the graticule."""
    west, south, east, north = frame.bounds
    span = max(east - west, north - south)
    return next((step for step in _STEPS_DEGREES if span / step <= _MOST_STEPS), _STEPS_DEGREES[-1])


def degrees(value: float, hemisphere: str) -> str:
    """Return an angle as on a map's edge: 46° E, or with minutes."""
    whole, minutes = divmod(round(value * 60), 60)
    return f"{whole}°{f'{minutes:02}{_PRIME}' if minutes else ''} {hemisphere}"


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [number * step for number in range(ceil(low / step), floor(high / step) + 1)]


def _draw_arrow(page: Page, left: float, room: Box) -> None:
    """Draw an arrow to the north, which is straight up everywhere on this map."""
    letters = style("furniture", "north")
    top, bottom, middle = room.top + 4, room.bottom - 4 - letters.size, left + 6
    tips = [(middle, top), (middle + 6, bottom), (middle, bottom - 4), (middle - 6, bottom)]
    arrow = Polygon(tips, closed=True, facecolor=page.colour("ink"), edgecolor="none", transform=page.plane)
    page.figure.add_artist(arrow)
    north = printed()["north"]
    page.write(north, middle - letters.measure(north) / 2, room.bottom - 6, letters)
