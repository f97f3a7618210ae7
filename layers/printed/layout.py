"""Where things stand on a page: map, heading, legend and small print, beside or under one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from math import cos, radians

from layers.atlas import Atlas
from layers.printed.extent import Frame, framed, shown_bounds
from layers.printed.heading import happened_block, holdings_block, is_coloured, title_block
from layers.printed.legend import Block, brief_blocks, legend_blocks, text_block
from layers.printed.notes import brief_note, notes, short_notes
from layers.printed.page import Box, Page
from layers.printed.request import View
from layers.printed.sizes import Size
from layers.style.captions import printed
from layers.style.fonts import style

Placing = tuple[Block, float, float]

_EDGE, _GUTTER, _TICKS = 18.0, 22.0, 16.0  # units: page to content, between columns, room of the degrees
_COLUMN = 322.0  # width of a column beside the map
_NARROWEST, _NARROWEST_BRIEF, _NARROWEST_NOTE = 290.0, 195.0, 290.0  # of a column under the map
_WIDE = 1.7  # times as wide as high: the map takes the whole width
_NOTE_GAP = 4.0
_FREELY = 9.0  # the most that two blocks are moved apart
_LARGEST_SHARE = 0.34  # of a brief picture's width, for the column


@dataclass(frozen=True)
class Layout:
    """The map's frame, and each block with its left and top."""

    frame: Frame
    blocks: tuple[Placing, ...]

    def draw(self, page: Page) -> None:
        """Draw all that stands around the map."""
        for block, left, top in self.blocks:
            block.draw(page, left, top)


@dataclass(frozen=True)
class Matter:
    """What goes on the page of a size: a view of the atlas and its address."""

    atlas: Atlas
    shown: View
    address: str
    size: Size

    @property
    def brief(self) -> bool:
        """Whether there is room for the brief legend only."""
        return self.size.brief

    def title(self, width: float, frame: Frame) -> Block:
        """Return the title, at a width."""
        return title_block(self.atlas, self.shown, width, is_far=frame.is_far)

    def framed(self, box: Box) -> Frame:
        """Return what the map shows in a box."""
        return framed(self.atlas, self.shown, box)

    def explained(self, width: float, frame: Frame) -> list[Block]:
        """Return what explains the map, at a column's width."""
        if self.brief:
            entries = brief_blocks(self.atlas, self.shown, width, frame)
            return entries or [_paragraph(printed()["no_layer"], width)]
        happened = happened_block(self.atlas, self.shown, width, with_sources=self.size.paper)
        held = [holdings_block(self.atlas, self.shown, width)] if is_coloured(self.atlas, self.shown) else []
        about_karabakh = [] if frame.is_far else [happened, *held]
        return [*about_karabakh, *legend_blocks(self.atlas, self.shown, width, frame)]

    def small_print(self, width: float, frame: Frame) -> list[Block]:
        """Return the paragraphs of the small print, at a column's width."""
        if self.brief:
            texts = [brief_note(self.atlas, self.shown)]
        elif self.size.paper:
            texts = notes(self.atlas, self.shown, frame, self.address)
        else:
            texts = short_notes(self.atlas, self.shown, self.address)
        return [_paragraph(text, width) for text in texts]


def lay_out(page: Page, atlas: Atlas, shown: View, address: str) -> Layout:
    """Return where everything stands on the page; under a map much wider than high, the legend."""
    west, south, east, north = shown_bounds(atlas, shown)
    is_wide = (east - west) * cos(radians((south + north) / 2)) > _WIDE * (north - south)
    lay = _beside if page.size.beside and not is_wide else _below
    return lay(page.box.grown(-_EDGE), Matter(atlas, shown, address, page.size))


def split(heights: Sequence[float], columns: int) -> list[slice]:
    """Return how to split blocks into columns, in their order, so that the tallest is least tall."""
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
        return Layout(frame, (*placed, *_stacked(small, left, content.bottom - _height(small))))
    columns, wide = _columns(content, _NARROWEST_NOTE)
    foot = _tallest(matter.small_print(wide, frame), columns)
    frame = matter.framed(Box(box.left, box.top, box.width, box.height - foot - _GUTTER / 2))
    placed = _stacked(column, left, content.top, frame.box.height - _height(column))
    bottom = _side_by_side(matter.small_print(wide, frame), content, wide, content.bottom - foot)
    return Layout(frame, (*placed, *bottom))


def _below(content: Box, matter: Matter) -> Layout:
    """Title, map, legend in columns, small print, one under the other."""
    title = matter.title(content.width, matter.framed(content))
    ticks = 0.0 if matter.brief else _TICKS
    top = content.top + title.height
    box = Box(content.left + ticks, top, content.width - ticks, content.bottom - top - ticks)
    frame = matter.framed(box)
    columns, wide = _columns(content, _NARROWEST_BRIEF if matter.brief else _NARROWEST)
    note_columns, note_wide = _columns(content, _NARROWEST_NOTE)
    legend = _tallest(matter.explained(wide, frame), columns) + _GUTTER / 2
    foot = _tallest(matter.small_print(note_wide, frame), note_columns) + _GUTTER
    frame = matter.framed(Box(box.left, top, box.width, box.height - legend - foot))
    legend_top = frame.box.bottom + ticks + _GUTTER / 2
    explained = _side_by_side(matter.explained(wide, frame), content, wide, legend_top)
    small = matter.small_print(note_wide, frame)
    bottom = _side_by_side(small, content, note_wide, legend_top + legend + _GUTTER / 2)
    return Layout(frame, ((title, content.left, content.top), *explained, *bottom))


def _paragraph(text: str, width: float) -> Block:
    letters = style("furniture", "fine")
    return text_block(letters.wrap(letters.written(text, "en"), width, whole=True), letters, _NOTE_GAP)


def _columns(content: Box, narrowest: float) -> tuple[int, float]:
    """Return how many columns go side by side, and the width of each."""
    columns = max(1, int((content.width + _GUTTER) / (narrowest + _GUTTER)))
    return columns, (content.width - (columns - 1) * _GUTTER) / columns


def _tallest(blocks: Sequence[Block], columns: int) -> float:
    """Return how high blocks are in columns."""
    heights = [block.height for block in blocks]
    return max(sum(heights[part]) for part in split(heights, columns))


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
