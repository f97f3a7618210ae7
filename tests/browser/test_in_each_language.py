"""The reader in each language fits a phone and a desk, in our letters where needed; axe finds no fault."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.harness import PHONE, open_map
from tests.browser.test_accessibility import ALL_OPEN, EVERY_RULE, FAULTS
from tests.browser.visit import Visits
from tests.dashboard.web import ask

OVERFLOWING = (Path(__file__).parent / "overflowing.js").read_text(encoding="utf-8")
LOADED = """() => [...new Set([...document.fonts]
    .filter(({ status }) => status === "loaded").map(({ family }) => family.replaceAll('"', "")))].sort()"""
# What a page is set in: of its first view, the names of the other languages are in letters of ours too.
FAMILIES = {"az": ["Karabakh"], "hy": ["Karabakh", "Karabakh Latin"], "ru": ["Karabakh", "Karabakh Latin"]}
BOTTOM = "element => element.getBoundingClientRect().bottom"
ROWS_OF_TABS = "new Set([...document.querySelectorAll('.tabs button')].map((tab) => tab.offsetTop)).size"
OF_LANGUAGES = {"runOnly": ["html-has-lang", "html-lang-valid", "valid-lang"]}
RULES = {
    "az": OF_LANGUAGES,
    "hy": EVERY_RULE,
    "ru": OF_LANGUAGES,
}  # the structure is that of the English page


@pytest.mark.parametrize("language", FAMILIES)
def test_every_room_fits_both_widths_and_has_no_fault(visits: Visits, server: str, language: str) -> None:
    page = visits(bypass_csp=True, viewport={"width": 1280, "height": 720}).page
    ask(server, f"/reader?ui={language}")  # which waits until the server has made it
    open_map(page, f"{server}/reader", f"?ui={language}&feature=lachin-corridor")
    page.locator(".reading").evaluate(ALL_OPEN)
    found = [page.evaluate(OVERFLOWING)]
    page.set_viewport_size(PHONE)
    found.append(page.evaluate(OVERFLOWING))
    page.evaluate(Axe().axe_script)
    part = ".reading" if RULES[language] is EVERY_RULE else None
    assert found + page.evaluate(FAULTS, [part, RULES[language]]) == [[], []]
    assert page.evaluate(LOADED) == FAMILIES[language]


@pytest.mark.parametrize("language", FAMILIES)
def test_on_a_small_desk_the_rooms_stand_in_a_row_and_the_map_shows_the_farthest_south(
    visits: Visits, server: str, language: str
) -> None:
    page = visits(viewport={"width": 1280, "height": 676}).page  # 720 with the header of the page around it
    ask(server, f"/reader?ui={language}")
    open_map(page, f"{server}/reader", f"?ui={language}")
    south = page.locator('path[data-feature="district-zangilan"]').first.evaluate(BOTTOM)
    assert south <= page.locator(".leaflet-container").evaluate(BOTTOM)
    assert page.evaluate(ROWS_OF_TABS) == 1
