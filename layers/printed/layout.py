"""Where things stand on a page: map, heading, legend and small print, beside or under one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from math import cos, radians

from layers.atlas import Atlas
from layers.data.problems import RequestError
from layers.printed.extent import Frame, shown_bounds
from layers.printed.legend import Block
from layers.printed.matter import Matter
from layers.printed.page import Box, Page
from layers.printed.request import View
from layers.style.captions import printed

Placing = tuple[Block, float, float]

_EDGE, _GUTTER, _TICKS = 18.0, 22.0, 16.0  # units: page to content, between columns, room of the degrees
_COLUMN = 322.0  # width of a column beside the map
_NARROWEST, _NARROWEST_BRIEF, _NARROWEST_NOTE = 290.0, 195.0, 290.0  # of a column under the map
_WIDE = 1.7  # times as wide as high: the map takes the whole width
_LEAST_MAP = 160.0  # units of its shorter side
_FREELY = 9.0  # the most that two blocks are moved apart
_LARGEST_SHARE = 0.34  # of a brief picture's width, for the column


@dataclass(frozen=True)
class Layout:
    """The map's frame, or the frames of two dates side by side, and each block with its left and top."""

    frames: tuple[Frame, ...]
    blocks: tuple[Placing, ...]

    @property
    def frame(self) -> Frame:
        """The first of the frames."""
        return self.frames[0]

    def draw(self, page: Page) -> None:
        """Draw all that stands around the map."""
        for block, left, top in self.blocks:
            block.draw(page, left, top)


def lay_out(page: Page, atlas: Atlas, shown: View, address: str) -> Layout:
    """Return where everything stands on the page; under a map much wider than high, the legend."""
    west, south, east, north = shown_bounds(atlas, shown)
    takes_all = bool(shown.compare) or not shown.key
    is_wide = (east - west) * cos(radians((south + north) / 2)) > _WIDE * (north - south)
    lay = _beside if page.size.beside and not (is_wide or takes_all) else _below
    return lay(page.box.grown(-_EDGE), Matter(atlas, shown, address, page.size))


def split(heights: Sequence[float], columns: int) -> list[slice]:
    """Return how to split blocks into columns, in their order, so that the tallest is least tall."""
    if not heights:
        return []
    cuts = combinations(range(1, len(heights)), min(columns, len(heights)) - 1)
    choices = ([slice(a, b) for a, b in zip((0, *cut), (*cut, len(heights)), strict=True)] for cut in cuts)
    return min(choices, key=lambda parts: max(sum(heights[part]) for part in parts))


def _beside(content: Box, matter: Matter) -> Layout:
    """Map on the left, all else in a column on the right; small print that has no room there goes below."""
    width = min(_COLUMN, _LARGEST_SHARE * content.width)
    left = content.right - width
    ticks = 0.0 if matter.brief else _TICKS
    right = left - _GUTTER
    box = Box(content.left + ticks, content.top, right - content.left - ticks, content.height - ticks)
    frame = matter.framed(box)
    column = [matter.title(width, frame), *matter.explained(width, frame)]
    small = matter.small_print(width, frame)
    spare = content.height - _height(column) - _GUTTER - _height(small)
    if spare >= 0:
        placed = _stacked(column, left, content.top, spare)
        return Layout((frame,), (*placed, *_stacked(small, left, content.bottom - _height(small))))
    columns, wide = _columns(content, _NARROWEST_NOTE)
    foot = _tallest(matter.small_print(wide, frame), columns)
    frame = matter.framed(Box(box.left, box.top, box.width, box.height - foot - _GUTTER / 2))
    placed = _stacked(column, left, content.top, frame.box.height - _height(column))
    bottom = _side_by_side(matter.small_print(wide, frame), content, wide, content.bottom - foot)
    return Layout((frame,), (*placed, *bottom))


def _below(content: Box, matter: Matter) -> Layout:
    """Title, map or two maps, legend in columns, small print, one under the other."""
    title, heads = matter.title(content.width, matter.framed(content)), matter.day_heads()
    ticks = 0.0 if matter.brief else _TICKS
    top = content.top + title.height
    columns, wide = _columns(content, _NARROWEST_BRIEF if matter.brief else _NARROWEST)
    note_columns, note_wide = _columns(content, _NARROWEST_NOTE)
    body = Box(content.left, top, content.width, content.bottom - top)
    frame = matter.framed(_cells(body, len(matter.days), ticks)[0])
    legend = _tallest(matter.explained(wide, frame), columns) + _GUTTER / 2
    foot = _tallest(matter.small_print(note_wide, frame), note_columns) + _GUTTER
    head = max((block.height for block in heads), default=0)
    maps = Box(content.left, top + head, content.width, body.height - head - ticks - legend - foot)
    cells = _cells(maps, len(matter.days), ticks)
    if min(cells[0].width, cells[0].height) < _LEAST_MAP:
        raise RequestError(lambda: printed()["refused"]["room"])
    frame, *others = map(matter.framed, cells)
    legend_top = maps.bottom + ticks + _GUTTER / 2
    explained = _side_by_side(matter.explained(wide, frame), content, wide, legend_top)
    small = matter.small_print(note_wide, frame)
    bottom = _side_by_side(small, content, note_wide, legend_top + legend + _GUTTER / 2)
    over = [(block, cell.left, top) for block, cell in zip(heads, cells, strict=False)]
    return Layout((frame, *others), ((title, content.left, content.top), *over, *explained, *bottom))


def _cells(body: Box, count: int, ticks: float) -> list[Box]:
    """Return the boxes of maps side by side, with room for the degrees on the left of each."""
    wide = (body.width - (count - 1) * _GUTTER) / count
    lefts = (body.left + number * (wide + _GUTTER) + ticks for number in range(count))
    return [Box(left, body.top, wide - ticks, body.height) for left in lefts]


def _columns(content: Box, narrowest: float) -> tuple[int, float]:
    """Return how many columns go side by side, and the width of each."""
    columns = max(1, int((content.width + _GUTTER) / (narrowest + _GUTTER)))
    return columns, (content.width - (columns - 1) * _GUTTER) / columns


def _tallest(blocks: Sequence[Block], columns: int) -> float:
    """Return how high blocks are in columns."""
    heights = [block.height for block in blocks]
    return max((sum(heights[part]) for part in split(heights, columns)), default=0)


def _side_by_side(blocks: Sequence[Block], content: Box, width: float, top: float) -> list[Placing]:
    """Return blocks in as many columns of a width as there is room for."""
    columns = round((content.width + _GUTTER) / (width + _GUTTER))
    parts = split([block.height for block in blocks], columns)
    lefts = (content.left + number * (width + _GUTTER) for number in range(columns))
    return [
        each for part, left in zip(parts, lefts, strict=False) for each in _stacked(blocks[part], left, top)
    ]


def _stacked(blocks: Sequence[Block], left: float, top: float, spare: float = 0) -> list[Placing]:
    """Return blocks one under the other; of `spare` height, they take some to stand freely."""
    gap = min(max(spare, 0) / len(blocks), _FREELY)
    tops = accumulate((block.height + gap for block in blocks), initial=top)
    return [(block, left, each) for block, each in zip(blocks, tops, strict=False)]


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)
