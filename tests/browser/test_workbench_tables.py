"""A visit to the tables: a row found, chosen by keyboard and shown on the map; the citation copied."""

import contextlib
import re

from playwright.sync_api import Locator, Page, expect

from layers import Atlas
from tests.browser.harness import READY
from tests.browser.visit import Visit

KEYS_TO_THE_GRID, KEYS_TO_THE_LINK = 8, 14


def tab_to(page: Page, script: str, most: int) -> None:
    """Press Tab until what has the focus is wanted."""
    for _ in range(most):
        if page.evaluate(f"(element => Boolean({script}))(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {script}")


def down_to(page: Page, wanted: Locator) -> None:
    """Press the arrow until a row is chosen: a grid takes a moment after it has the focus."""
    for _ in range(5):
        page.keyboard.press("ArrowDown")
        with contextlib.suppress(AssertionError):
            expect(wanted).to_be_visible(timeout=2000)
            return
    expect(wanted).to_be_visible()


def test_a_row_leads_to_the_map_and_the_citation_to_a_bibliography(
    visit: Visit, server: str, atlas: Atlas
) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{server}/tables?table=claims")
    find = page.get_by_label("Find in this table")
    find.wait_for(timeout=60_000)  # the first visitor waits until the map is built
    find.fill("Lachin")
    find.press("Enter")
    expect(page.get_by_text("8 of 18 rows")).to_be_visible()
    assert page.locator("#reader").get_attribute("src") is None  # not before it is asked for
    expect(page).to_have_url(re.compile("table=claims&find=Lachin"))

    page.get_by_label("Copy: BibTeX").press("Enter")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@misc{karabakh-2020,")
    assert f"url = {{{server}/?v={atlas.descriptor['version']}}}" in copied

    page.get_by_test_id("data-grid-canvas").wait_for()
    find.focus()
    tab_to(page, "element.dataset.testid === 'data-grid-canvas'", KEYS_TO_THE_GRID)
    down_to(page, page.get_by_role("link", name="Show on the map"))
    tab_to(page, "element.matches('a.show')", KEYS_TO_THE_LINK)
    page.keyboard.press("Enter")
    frame = page.frame_locator("iframe")
    frame.locator(READY).wait_for(timeout=20_000)
    expect(page).to_have_url(re.compile("/\\?.*claim="))
    expect(frame.locator("#room-claims")).to_be_visible()
    assert visit.elsewhere == []
