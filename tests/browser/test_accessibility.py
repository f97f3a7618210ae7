"""axe-core, with all of its rules, finds no fault: light and dark, in any room, with sheet, list, tool."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.harness import open_dashboard, open_map
from tests.browser.visit import Visits

# axe-core leaves these out by itself. (A contrast of 7:1 is not asked for: quiet captions are to be quiet.)
_LEFT_OUT_BY_AXE = ("target-size", "label-content-name-mismatch", "p-as-heading", "table-fake-caption")
_FAULTS_ONLY = {"resultTypes": ["violations"]}  # to list what is right takes longer than to find it so
EVERY_RULE = {
    **_FAULTS_ONLY,
    "rules": {rule: {"enabled": True} for rule in (*_LEFT_OUT_BY_AXE, "td-has-header")},
}
CONTRAST = {**_FAULTS_ONLY, "runOnly": ["color-contrast"]}  # all that can be otherwise in the dark
ALL_OPEN = """root => {
    root.querySelectorAll("[role=tabpanel]").forEach(room => { room.hidden = false; });
    root.querySelectorAll("details").forEach((part, number) => { part.open = number % 7 === 0; }); }"""
FAULTS = """async ([part, options]) => (await axe.run(part ?? document, options)).violations
    .map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])"""
IS_DARK = "() => matchMedia('(prefers-color-scheme: dark)').matches"


def faults(page: Page, state: str, part: str | None = None) -> list[Any]:
    """Return what axe-core finds in a state of the page, or of a part of it; in the dark, of its contrast."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = []
    for scheme, rules in (("dark", CONTRAST), ("light", EVERY_RULE)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [(scheme, state, *fault) for fault in page.evaluate(FAULTS, [part, rules])]
    return found


@pytest.fixture
def page(visits: Visits) -> Page:
    """A page into which axe-core may be put as a script of the page's own."""
    return visits(bypass_csp=True).page


def test_the_map_document_has_no_fault(page: Page, server: str) -> None:
    open_map(page, f"{server}/map", "?compare=2020-09-26&layer=returned-districts")
    found = faults(page, "a layer's sheet", "#sheet")
    page.locator("input[role=switch][value=protectorates]").check()
    page.locator("#lang").select_option("ru")
    page.locator("#how-sure").click()
    page.locator(".tool button").click()
    page.locator("#search-box").fill("sh")
    expect(page.locator("[role=option]").first).to_be_visible()
    found += faults(page, "two dates, all layers, in Russian, bands, measuring, a list of finds")
    assert found == []


def test_map_and_rooms_have_no_fault(page: Page, reader: str) -> None:
    open_map(page, reader, "?feature=lachin-corridor")
    found = faults(page, "with a sheet", ".sheet")
    page.locator(".reading").evaluate(ALL_OPEN)
    assert page.locator("[role=tabpanel]:visible").count() == 6
    assert found + faults(page, "all rooms", ".reading") == []


def test_the_dashboard_has_no_fault_and_map_and_page_are_dark_together(page: Page, server: str) -> None:
    frame = open_dashboard(page, server, "?quote=twenty-by-five")
    expect(frame.locator(".passage[aria-current=true]")).to_be_visible()
    # The page around holds nothing but the frame, in which the main part and its heading are.
    around = ("landmark-one-main", "page-has-heading-one")
    assert [fault for fault in faults(page, "with a passage chosen") if fault[2] not in around] == []
    are_dark = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        are_dark.append((page.evaluate(IS_DARK), frame.locator("html").evaluate(IS_DARK)))
    assert are_dark == [(False, False), (True, True)]


def test_a_page_of_each_kind_and_a_list_have_no_fault(page: Page, server: str) -> None:
    paths = ("feature/district-kelbajar", "place/stepanakert", "claim/corridor-length", "passage/one-third")
    found = []
    for path in (*paths, "claim/", "in-words"):
        page.goto(f"{server}/{path}", timeout=60_000)  # the server makes these files last
        found += faults(page, path)
    assert found == []
