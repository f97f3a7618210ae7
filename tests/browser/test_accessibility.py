"""axe-core finds no serious or critical fault, in light and in dark, in any room, with or without popup."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.harness import open_dashboard, open_map

ROOMS = ("article", "claims", "timeline", "figures", "notes", "files")
each_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])


def faults(page: Page) -> list[Any]:
    """Return what axe-core finds serious or critical: the rule and the elements."""
    found = Axe().run(page).response["violations"]
    return [
        (fault["id"], [node["target"] for node in fault["nodes"]])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


def open_page(browser: Browser, scheme: str) -> Page:
    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, color_scheme=scheme, bypass_csp=True
    )  # axe-core is put into the page as a script of the page's own
    return context.new_page()


@each_scheme
@pytest.mark.parametrize("query", ["", "?feature=lachin-corridor", "?layers=protectorates&lang=ru"])
def test_the_map_document_has_no_serious_fault(
    browser: Browser, address: str, scheme: str, query: str
) -> None:
    page = open_page(browser, scheme)
    open_map(page, f"{address}/map", query)
    assert faults(page) == []
    page.context.close()


@each_scheme
@pytest.mark.parametrize("room", ROOMS)
def test_the_dashboard_has_no_serious_fault(browser: Browser, address: str, scheme: str, room: str) -> None:
    page = open_page(browser, scheme)
    open_dashboard(page, address, "?quote=twenty-by-five")
    page.locator(f"#tab-{room}").click()
    for summary in page.locator(f"#room-{room} summary").all()[:3]:
        summary.click()
    assert faults(page) == []
    page.context.close()


@each_scheme
@pytest.mark.parametrize("room", ROOMS)
def test_the_page_without_a_server_has_no_serious_fault(
    browser: Browser, static_address: str, scheme: str, room: str
) -> None:
    page = open_page(browser, scheme)
    open_map(page, f"{static_address}/", "?feature=lachin-corridor")
    page.locator(f"#tab-{room}").click()
    assert faults(page) == []
    page.context.close()


@each_scheme
def test_the_dialog_has_no_serious_fault(browser: Browser, static_address: str, scheme: str) -> None:
    page = open_page(browser, scheme)
    open_map(page, f"{static_address}/")
    page.locator("#tab-files").click()
    page.locator(".open-share").click()
    assert faults(page) == []
    page.context.close()
