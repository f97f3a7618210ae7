"""What stands over the legend: title, date, what had happened, and who held how much."""

from collections.abc import Iterator
from datetime import date

from layers.atlas import Atlas
from layers.geometry.control import holdings, shares
from layers.geometry.coverage import STATUSES
from layers.presentation import held_figures
from layers.printed.legend import Block
from layers.printed.page import Box, Page
from layers.printed.request import View
from layers.style.captions import long_date, printed, title_on
from layers.style.fonts import style
from layers.style.symbology import colour

_BAR_HEIGHT, _AFTER_TITLE, _AFTER_DATE, _AFTER = 8.0, 3.0, 5.0, 10.0
_HELD_OPACITY = "80"  # of the bar's part that was held throughout, as on the web map: one half


def title_block(shown: View, width: float) -> Block:
    """Return the title with, under it, the date shown."""
    letters, lines = style("furniture", "title"), []
    lines = letters.wrap(letters.written(title_on(shown.date), "en"), width)
    small, bold = style("furniture", "date"), style("furniture", "day")

    day, blank = long_date(shown.date), small.size * 0.3
    fits = small.measure(printed()["who_held"]) + blank + bold.measure(day) <= width

    def draw(page: Page, left: float, top: float) -> None:
        bottom = page.write_lines(lines, left, top, letters) + _AFTER_TITLE + small.ascent
        end = page.write(printed()["who_held"], left, bottom, small)
        page.write(day, *((end + blank, bottom) if fits else (left, bottom + small.leading)), bold)

    height = len(lines) * letters.leading + (1 if fits else 2) * small.leading
    return Block(height + _AFTER_TITLE + _AFTER_DATE, draw)


def happened_block(atlas: Atlas, shown: View, width: float) -> Block:
    """Return what had changed hands by the date, and from where that is known if not from the article."""
    day = next(day for day in atlas.annotations.days if day.id == shown.date)
    text = day.happened
    if day.source != "article":
        aside = printed()["not_from_article"].format(source=atlas.sources[day.source]["title"])
        text = f"{text} {aside}"
    letters = style("furniture", "aside")
    lines = letters.wrap(letters.written(text, "en"), width)

    def draw(page: Page, left: float, top: float) -> None:
        page.write_lines(lines, left, top, letters)

    return Block(len(lines) * letters.leading + _AFTER, draw)


def holdings_block(atlas: Atlas, shown: View, width: float) -> Block:
    """Return who held how much of the former oblast and of the districts: figures over a bar for each."""
    letters, day = style("furniture", "figure"), date.fromisoformat(shown.date)
    held, parts = holdings(atlas.coverage, day), shares(atlas.coverage, day)
    row = letters.leading + _BAR_HEIGHT + 6

    def draw(page: Page, left: float, top: float) -> None:
        caption = printed()["holdings"]
        heads = (caption["unit"], caption["armenian"], caption["azerbaijani"])
        _cells(page, heads, left, top, width)
        for number, area in enumerate(held):
            y = top + letters.leading + number * row
            _cells(page, (caption[area], *held_figures(held[area])), left, y, width)
            bar = Box(left, y + letters.leading, width, _BAR_HEIGHT)
            for part, fill in _bar(bar, parts[area]):
                page.frame(part, fill=fill, edge=colour("paper"), width=0.8)  # told apart in grey too

    return Block(letters.leading + len(held) * row + _AFTER, draw)


def _cells(page: Page, texts_of_row: tuple[str, ...], left: float, top: float, width: float) -> None:
    letters = style("furniture", "figure")
    first, second, third = texts_of_row
    page.write(first, left, top + letters.ascent, letters)
    page.write(second, left + 0.66 * width - letters.measure(second), top + letters.ascent, letters)
    page.write(third, left + width - letters.measure(third), top + letters.ascent, letters)


def _bar(bar: Box, parts: dict[str, float]) -> Iterator[tuple[Box, str]]:
    """Yield the parts of a bar with the colour of each, from left to right in the order of the legend."""
    left = bar.left
    for kind in STATUSES:
        width = bar.width * parts.get(kind, 0) / 100
        yield (
            Box(left, bar.top, width, bar.height),
            f"{colour('district')}{_HELD_OPACITY}" if kind == "held" else colour(kind),
        )
        left += width
