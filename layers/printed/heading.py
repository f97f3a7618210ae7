"""What stands over the legend: title, date, what had happened, and who held how much."""

from datetime import date

from layers.atlas import Atlas
from layers.geometry.control import holdings, shares
from layers.geometry.coverage import STATUSES
from layers.presentation import held_figures
from layers.printed.legend import Block, draw_holder, text_block
from layers.printed.map_layers import FILLS
from layers.printed.page import Box, Page
from layers.printed.request import View, drawn_layers
from layers.steps import days_shown, step_of
from layers.style.captions import captions, printed
from layers.style.fonts import Style, style

_MOST_TITLE_LINES = 3
_BAR_HEIGHT, _AFTER_TITLE, _AFTER_DATE, _AFTER = 8.0, 3.0, 5.0, 10.0


def title_block(atlas: Atlas, shown: View, width: float, *, is_far: bool) -> Block:
    """Return the title with, under it, the days shown; a map of the far regions is of no day."""
    letters, lines = _title(title_of(atlas, shown, is_far=is_far), width)
    if is_far:
        return text_block(lines, letters, _AFTER_DATE)
    small, bold = style("furniture", "date"), style("furniture", "day")
    days = days_shown(atlas, shown.date, shown.compare)
    lead, blank = printed()["who_held"], small.size * 0.3
    fits = is_coloured(atlas, shown) and small.measure(lead) + blank + bold.measure(days) <= width

    def draw(page: Page, left: float, top: float) -> None:
        bottom = page.write_lines(lines, left, top, letters) + _AFTER_TITLE + small.ascent
        begin = page.write(lead, left, bottom, small) + blank if fits else left
        page.write(days, begin, bottom, bold)

    height = len(lines) * letters.leading + small.leading
    return Block(height + _AFTER_TITLE + _AFTER_DATE, draw)


def title_of(atlas: Atlas, shown: View, *, is_far: bool = False) -> str:
    """Return a view's title: the reader's own, or what it shows."""
    if shown.title:
        return shown.title
    own = printed()["far_title"] if is_far else printed()["compared_title"] if shown.compare else ""
    return own or step_of(atlas, shown.date).title


def day_block(atlas: Atlas, day: str) -> Block:
    """Return the days that one of two maps shows."""
    bold = style("furniture", "day")
    return text_block([bold.written(step_of(atlas, day).long, "en")], bold, _AFTER_TITLE)


def is_coloured(atlas: Atlas, shown: View) -> bool:
    """Tell whether a view shows who held the land."""
    return any(layer.id in FILLS for layer in drawn_layers(atlas, shown))


def happened_block(atlas: Atlas, shown: View, width: float, *, with_sources: bool) -> Block:
    """Return what had changed hands by the days shown, and who says so if not the article."""
    days = step_of(atlas, shown.date).days
    texts = [day.happened for day in days]
    sources = [atlas.sources[key]["title"] for day in days for key in day.sources]
    if sources:
        aside = printed()["not_from_article" if with_sources else "not_from_article_short"]
        texts.append(aside.format(sources=captions()["dates"]["and"].join(sources)))
    letters = style("furniture", "aside")
    return text_block(letters.wrap(letters.written(" ".join(texts), "en"), width), letters, _AFTER)


def holdings_block(atlas: Atlas, shown: View, width: float) -> Block:
    """Return who held how much of the former oblast and of the districts: figures over a bar for each."""
    letters, day = style("furniture", "figure"), date.fromisoformat(shown.date)
    held, parts = holdings(atlas.coverage, day), shares(atlas.coverage, day)
    row = letters.leading + _BAR_HEIGHT + 6
    explained = letters.wrap(_districts(held["district"].whole_km2, parts["district"]), width)

    def draw(page: Page, left: float, top: float) -> None:
        caption = printed()["holdings"]
        heads = (caption["unit"], caption["armenian"], caption["azerbaijani"])
        _cells(page, heads, left, top, width)
        for number, area in enumerate(held):
            y = top + letters.leading + number * row
            _cells(page, (caption[area], *held_figures(held[area])), left, y, width)
            _draw_bar(page, Box(left, y + letters.leading, width, _BAR_HEIGHT), parts[area])
        page.write_lines(explained, left, top + letters.leading + len(held) * row, letters)

    lines = 1 + len(explained)
    return Block(lines * letters.leading + len(held) * row + _AFTER, draw)


def _title(text: str, width: float) -> tuple[Style, list[str]]:
    """Return a title in lines, in smaller letters if it is long."""
    for kind in ("title", "title long"):
        letters = style("furniture", kind)
        lines = letters.wrap(letters.written(text, "en"), width)
        if len(lines) <= _MOST_TITLE_LINES:
            break
    return letters, lines


def _districts(whole: float, percent: dict[str, float]) -> str:
    """Return the sentence that tells the whole districts from what of them changed hands."""
    returned = whole * sum(percent.get(status, 0) for status in ("regained", "handed-over")) / 100
    held = whole * percent.get("held", 0) / 100
    sentence = printed()["districts"]["returned" if returned else "not_returned"]
    return str(sentence.format(whole=whole, returned=returned, held=held))


def _cells(page: Page, texts_of_row: tuple[str, ...], left: float, top: float, width: float) -> None:
    letters = style("furniture", "figure")
    first, second, third = texts_of_row
    page.write(first, left, top + letters.ascent, letters)
    page.write(second, left + 0.66 * width - letters.measure(second), top + letters.ascent, letters)
    page.write(third, left + width - letters.measure(third), top + letters.ascent, letters)


def _draw_bar(page: Page, bar: Box, percent: dict[str, float]) -> None:
    """Draw a bar of the shares of each status, coloured as on the map, in the order of the legend."""
    left = bar.left
    for status in STATUSES:
        part = Box(left, bar.top, bar.width * percent.get(status, 0) / 100, bar.height)
        if part.width:
            draw_holder(page, status, part)
        left = part.right
