"""axe-core finds no serious or critical fault, in light and in dark, in any room, with or without popup."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.harness import open_dashboard, open_map

ROOMS = ("article", "claims", "timeline", "about", "share")


def faults(page: Page, state: str, part: str | None = None) -> list[Any]:
    """Return what axe-core finds serious or critical in a state of the page, or of a part of it."""
    found = Axe().run(page, context=part).response["violations"]
    return [
        (state, fault["id"], [node["target"] for node in fault["nodes"]])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(visits: Visits, scheme: str) -> Page:
    """A page into which axe-core may be put as a script of the page's own."""
    return visits(color_scheme=scheme, bypass_csp=True).page


def test_the_map_document_has_no_serious_fault(page: Page, server: str) -> None:
    open_map(page, f"{server}/map")
    found = faults(page, "at first")
    page.locator("input[role=switch][value=protectorates]").check()
    page.locator("#lang").select_option("ru")
    page.locator('path[data-feature="lachin-corridor"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup")).to_have_css("opacity", "1")
    found += faults(page, "all layers, in Russian, with a popup")
    assert found == []


def test_map_and_rooms_have_no_serious_fault(page: Page, reader: str) -> None:
    open_map(page, reader, "?feature=lachin-corridor")
    expect(page.locator(".leaflet-popup")).to_have_css("opacity", "1")
    found = faults(page, "with a popup")
    for room in ROOMS:
        page.locator(f"#tab-{room}").click()
        for summary in page.locator(f"#room-{room} summary").all()[:3]:
            summary.click()
        found += faults(page, room, ".reading")
    assert found == []


def test_the_dashboard_has_no_serious_fault_and_map_and_page_are_dark_together(
    page: Page, server: str, scheme: str
) -> None:
    frame = open_dashboard(page, server, "?quote=twenty-by-five")
    is_dark = frame.locator("html").evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    assert is_dark == (scheme == "dark")
    expect(frame.locator(".passage[aria-current=true]")).to_be_visible()
    assert faults(page, "with a passage chosen") == []
