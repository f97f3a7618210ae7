"""What goes on a page beside the map: title, what explains the map, small print; each fitted to a width."""

from dataclasses import dataclass

from layers.atlas import Atlas
from layers.data.problems import RequestError
from layers.printed.extent import Frame, framed
from layers.printed.heading import day_block, happened_block, holdings_block, is_coloured, title_block
from layers.printed.legend import Block, brief_blocks, legend_blocks, text_block
from layers.printed.notes import brief_note, notes, short_notes
from layers.printed.page import Box
from layers.printed.request import View
from layers.printed.sizes import Size
from layers.style.captions import printed
from layers.style.fonts import style

_NOTE_GAP = 4.0


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

    @property
    def days(self) -> list[str]:
        """The dates of the maps, from the left: one, or two to compare."""
        return [each for each in (self.shown.compare, self.shown.date) if each]

    def day_heads(self) -> list[Block]:
        """Return what stands over each of two maps: its days; nothing over one alone."""
        return [day_block(self.atlas, day) for day in self.days] if self.shown.compare else []

    def title(self, width: float, frame: Frame) -> Block:
        """Return the title, at a width."""
        return title_block(self.atlas, self.shown, width, is_far=frame.is_far)

    def framed(self, box: Box) -> Frame:
        """Return what the map shows in a box."""
        return framed(self.atlas, self.shown, box)

    def explained(self, width: float, frame: Frame) -> list[Block]:
        """Return what explains the map, at a column's width; nothing without the key."""
        if not self.shown.key:
            return []
        if self.brief:
            entries = brief_blocks(self.atlas, self.shown, width, frame)
            return entries or [_paragraph(printed()["no_layer"], width)]
        about_karabakh = [] if frame.is_far or self.shown.compare else self._figures(width)
        return [*about_karabakh, *legend_blocks(self.atlas, self.shown, width, frame)]

    def small_print(self, width: float, frame: Frame) -> list[Block]:
        """Return the paragraphs of the small print, at a column's width.

        Raises RequestError if all of it is asked for where it has no room.
        """
        full = self.shown.small == "full"
        if self.brief and full:
            raise RequestError(lambda: printed()["refused"]["small"])
        if self.brief:
            texts = [brief_note(self.atlas, self.shown)]
        elif full or (self.size.paper and not self.shown.small):
            texts = notes(self.atlas, self.shown, frame, self.address)
        else:
            texts = short_notes(self.atlas, self.shown, self.address)
        return [_paragraph(text, width) for text in texts]

    def _figures(self, width: float) -> list[Block]:
        """Return what had happened by the date, and who held how much."""
        happened = happened_block(self.atlas, self.shown, width, with_sources=self.size.paper)
        held = [holdings_block(self.atlas, self.shown, width)] if is_coloured(self.atlas, self.shown) else []
        return [happened, *held]


def _paragraph(text: str, width: float) -> Block:
    letters = style("furniture", "fine")
    return text_block(letters.wrap(letters.written(text, "en"), width, whole=True), letters, _NOTE_GAP)
