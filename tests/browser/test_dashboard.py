"""The dashboard in a real Chromium: map and page follow each other, and nothing of the view is lost."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import Visit, phone
from tests.browser.harness import open_dashboard, serve, slow_line

HERE = Path(__file__).parent
TOGGLE = (HERE / "toggle.js").read_text(encoding="utf-8")
SWITCH = "input[role=switch][value={}]"


def mark(frame: FrameLocator) -> None:
    """Leave a mark in the map document that a reload would wipe out."""
    frame.locator("body").evaluate("body => { body.dataset.mark = 'same document'; }")


def marked(frame: FrameLocator) -> bool:
    return bool(frame.locator("body").evaluate("body => body.dataset.mark === 'same document'"))


def test_it_opens_with_no_request_to_another_host(visit: Visit, address: str) -> None:
    frame = open_dashboard(visit.page, address)
    expect(frame.locator("path.feature.upper-karabakh")).to_have_count(2)
    expect(visit.page.locator(".card").first).to_be_visible()
    assert (visit.elsewhere, visit.errors) == ([], [])


def test_the_page_shows_the_quotes_of_the_layers_that_are_on(visit: Visit, address: str) -> None:
    frame = open_dashboard(visit.page, address)
    mark(frame)
    cards = visit.page.locator(".card.layer h3")
    expect(cards).to_have_count(8)
    frame.locator(SWITCH.format("demarcation-line")).uncheck()
    expect(cards).to_have_count(7)
    expect(visit.page).to_have_url(re.compile("layers="))
    assert marked(frame)


def test_the_page_shows_the_feature_chosen_on_the_map_and_leads_back(visit: Visit, address: str) -> None:
    frame = open_dashboard(visit.page, address)
    mark(frame)
    frame.locator('path[data-feature="district-zangilan"]').focus()
    visit.page.keyboard.press("Enter")
    card = visit.page.locator(".card[data-feature=district-zangilan]")
    expect(card).to_contain_text("regained four Armenian-occupied districts")
    expect(visit.page).to_have_url(re.compile("feature=district-zangilan"))
    visit.page.get_by_role("button", name="All layers shown").click()
    expect(visit.page.locator(".card.layer h3")).to_have_count(8)
    expect(frame.locator(".leaflet-popup")).to_have_count(0)
    assert marked(frame)


def test_a_feature_chosen_by_name_on_the_page_opens_on_the_map(visit: Visit, address: str) -> None:
    frame = open_dashboard(visit.page, address)
    mark(frame)
    visit.page.get_by_role("combobox", name="Show on the map").press_sequentially("Zangilan (Ret")
    visit.page.keyboard.press("ArrowDown")  # opens the list again if the page was drawn anew meanwhile
    expect(visit.page.locator("[role=option][data-focused=true]")).to_contain_text("Zangilan")
    visit.page.keyboard.press("Enter")
    expect(frame.locator(".leaflet-popup h3")).to_have_text("Zangilan")
    expect(visit.page.locator(".card[data-feature=district-zangilan]")).to_be_visible()
    assert marked(frame)


def test_a_link_restores_layers_date_feature_and_view(visit: Visit, address: str) -> None:
    query = "?layers=upper-karabakh,places&date=2020-11-20&feature=stepanakert&view=10.5/39.8200/46.7500"
    frame = open_dashboard(visit.page, address, query)
    expect(frame.locator(".leaflet-popup h3")).to_have_text("Stepanakert (Khankendi)")
    expect(frame.locator("input[name=date]:checked")).to_have_value("2020-11-20")
    on = frame.locator("input[role=switch]:checked").evaluate_all("all => all.map(e => e.value)")
    assert on == ["upper-karabakh", "places"]
    expect(visit.page.locator(".card[data-feature=stepanakert]")).to_be_visible()
    expect(visit.page.locator("[data-testid=stCode]")).to_contain_text("feature=stepanakert")


def test_the_browser_s_back_button_leads_the_map_back(visit: Visit, address: str) -> None:
    frame = open_dashboard(visit.page, address)
    mark(frame)
    frame.locator(SWITCH.format("places")).uncheck()
    expect(visit.page).to_have_url(re.compile("layers="))
    frame.locator("input[name=date][value='2020-11-20']").check(force=True)
    expect(visit.page).to_have_url(re.compile("date=2020-11-20"))
    visit.page.go_back()
    expect(frame.locator("input[name=date]:checked")).to_have_value("2020-12-08")
    visit.page.go_back()
    expect(frame.locator(SWITCH.format("places"))).to_be_checked()
    assert marked(frame)


def test_pan_and_zoom_outlive_everything_that_happens_on_the_page(visit: Visit, address: str) -> None:
    frame = open_dashboard(visit.page, address, "?view=11/39.7500/46.7500")
    mark(frame)
    scale = frame.locator(".leaflet-control-scale-line").first.text_content()
    frame.locator(SWITCH.format("places")).uncheck()
    expect(visit.page.locator(".card.layer h3")).to_have_count(7)
    visit.page.get_by_text("Download as GeoJSON").click()
    expect(visit.page.get_by_role("button", name="Everything")).to_be_visible()
    assert frame.locator(".leaflet-control-scale-line").first.text_content() == scale
    assert marked(frame)


def test_a_toggle_paints_before_a_byte_goes_to_a_far_server(browser: Browser, address: str) -> None:
    with slow_line(address, latency_s=0.2) as far:
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        context.add_init_script(path=HERE / "websocket_log.js")
        page = context.new_page()
        open_dashboard(page, far)
        for layer in _layers(page):
            painted = _frame(page).evaluate(TOGGLE, layer)
            page.wait_for_timeout(900)  # the page is told, and its answer comes back over the slow line
            assert painted["changed"], layer
            assert _sent(page, painted["clicked"], painted["painted"]) == 0, layer
            assert _sent(page, painted["painted"], painted["painted"] + 900) > 0, layer
        context.close()


def _frame(page: Page):  # noqa: ANN202 - Playwright's Frame
    return next(frame for frame in page.frames if "/map" in frame.url)


def _layers(page: Page) -> list[str]:
    switches = page.frame_locator("iframe").locator("input[role=switch]")
    return list(switches.evaluate_all("all => all.map(e => e.value)"))


def _sent(page: Page, since: float, until: float) -> int:
    log = page.evaluate("window.websocketLog")
    return sum(entry["bytes"] for entry in log if since <= entry["at"] <= until)


@pytest.mark.parametrize("layer", ["upper-karabakh", "returned-districts"])
def test_a_download_is_the_file_under_layers(visit: Visit, address: str, layer: str) -> None:
    open_dashboard(visit.page, address)
    title = {"upper-karabakh": "Upper Karabakh", "returned-districts": "Returned districts"}[layer]
    visit.page.get_by_text("Download as GeoJSON").click()
    with visit.page.expect_download() as started:
        visit.page.get_by_role("button", name=title, exact=True).click()
    served = visit.page.request.get(f"{address}/layers/{layer}.geojson").body()
    assert started.value.path().read_bytes() == served


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_map_and_page_are_dark_together(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    frame = open_dashboard(page, address)
    expect(frame.locator("html")).to_have_attribute("data-theme", scheme)
    context.close()


@phone
def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Visit, address: str) -> None:
    frame = open_dashboard(visit.page, address)
    expect(frame.locator("#panel")).not_to_have_attribute("open", "")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert frame.locator("html").evaluate("html => html.scrollWidth <= innerWidth")
    frame.locator("#panel summary").click()
    expect(frame.locator(SWITCH.format("places"))).to_be_visible()


def test_unknown_values_in_the_address_are_named_on_the_page(visit: Visit, address: str) -> None:
    frame = open_dashboard(visit.page, address, "?layers=places,atlantis&date=2020-11-25")
    expect(visit.page.get_by_text("atlantis")).to_be_visible()
    expect(frame.locator("input[role=switch]:checked")).to_have_count(1)
    expect(frame.locator("input[name=date]:checked")).to_have_value("2020-11-25")


def test_faulty_data_is_listed_on_a_page_of_its_own(browser: Browser, data_copy: Path) -> None:
    path = data_copy / "geodata" / "quotes.json"
    quotes = json.loads(path.read_text(encoding="utf-8"))
    quotes[0]["exact"] = "<script>alert(1)</script>"
    path.write_text(json.dumps(quotes), encoding="utf-8")
    with serve(KARABAKH_GEODATA=str(data_copy / "geodata")) as broken:
        page = browser.new_page()
        page.goto(broken)
        faults = page.locator(".faults li")
        expect(faults).to_have_count(1, timeout=20_000)
        expect(faults).to_contain_text("quotes.json")
        expect(faults).to_contain_text("<script>alert(1)</script>")
        assert "Traceback" not in page.content()
        page.close()
