"""The dashboard in a real Chromium: map and page follow each other, and nothing of the view is lost."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, Route, WebSocketRoute, expect

from tests.browser.harness import PHONE, follow, open_dashboard
from tests.browser.test_map import DATE, SWITCH
from tests.browser.visit import Visit, Visits

HERE = Path(__file__).parent
TOGGLE = (HERE / "toggle.js").read_text(encoding="utf-8")


def mark(frame: FrameLocator) -> None:
    """Leave a mark in the map document that a reload would wipe out."""
    frame.locator("body").evaluate("() => { window.mark = 'same document'; }")


def marked(frame: FrameLocator) -> bool:
    return bool(frame.locator("body").evaluate("() => window.mark === 'same document'"))


def at_rest(page: Page) -> None:
    """Wait until the server has drawn the page and its scripts run no more."""
    page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")


def sent(page: Page) -> list[int]:
    """Return the sizes of the messages sent to the server so far."""
    return [entry["bytes"] for entry in page.evaluate("window.websocketLog")]


def test_the_address_follows_the_reader_and_the_map_stays_where_it_was(at_dashboard: Visit) -> None:
    page, frame = at_dashboard.page, at_dashboard.page.frame_locator("#reader")
    follow(page, "?view=11/39.7500/46.7500")
    expect(frame.locator(".leaflet-control-scale-line").first).to_have_text("5 km")
    mark(frame)
    scale = frame.locator(".leaflet-control-scale-line").first.text_content()
    frame.locator(SWITCH.format("demarcation-line")).uncheck()
    expect(page).to_have_url(re.compile("layers="))
    assert frame.locator(".leaflet-control-scale-line").first.text_content() == scale
    frame.locator('path[data-feature="district-zangilan"]').focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("feature=district-zangilan"))
    frame.locator("#lang").select_option("az")
    expect(page).to_have_url(re.compile("lang=az"))
    assert marked(frame)


def test_a_link_restores_layers_date_feature_and_view_and_so_does_a_reload_and_what_is_unknown_is_named(
    visit: Visit, server: str
) -> None:
    page = visit.page
    query = (
        "layers=upper-karabakh,places,atlantis&date=2020-11-20&feature=stepanakert&view=10.5/39.8200/46.7500"
    )
    frame = open_dashboard(page, server, f"?{query}")
    expect(frame.get_by_text("atlantis")).to_be_visible()
    for reload in (False, True):
        if reload:
            page.reload()
        expect(frame.locator("#sheet h2")).to_have_text("Stepanakert (Khankendi)")
        expect(frame.locator("input[name=date]:checked")).to_have_value("2020-11-20")
        on = frame.locator("input[role=switch]:checked").evaluate_all("all => all.map(e => e.value)")
        assert on == ["upper-karabakh", "places"]


def test_back_and_forward_lead_the_map_along(at_dashboard: Visit) -> None:
    page, frame = at_dashboard.page, at_dashboard.page.frame_locator("#reader")
    mark(frame)
    frame.locator(SWITCH.format("places")).uncheck()
    expect(page).to_have_url(re.compile("layers="))
    frame.locator(DATE.format("2020-11-20")).check(force=True)
    expect(page).to_have_url(re.compile("date=2020-11-20"))
    page.go_back()
    expect(frame.locator(DATE.format("2020-12-08"))).to_be_checked()
    page.go_back()
    expect(frame.locator(SWITCH.format("places"))).to_be_checked()
    page.go_forward()
    expect(frame.locator(SWITCH.format("places"))).not_to_be_checked()
    assert marked(frame)


def test_no_other_host_is_asked_and_a_choice_costs_no_message_to_the_server(
    visit: Visit, server: str
) -> None:
    page = visit.page
    page.add_init_script(path=HERE / "websocket_log.js")
    frame = open_dashboard(page, server)
    expect(frame.locator("path.feature.upper-karabakh")).to_have_count(2)
    at_rest(page)
    before = sent(page)
    for layer in frame.locator("[data-layer] input[role=switch]").evaluate_all(
        "all => all.map(e => e.value)"
    ):
        painted = frame.locator("html").evaluate(f"(_, id) => ({TOGGLE.strip()})(id)", layer)
        assert painted["changed"], layer
    frame.locator("#passage-twenty-by-five").click()
    expect(page).to_have_url(re.compile("quote=twenty-by-five"))
    assert (sent(page), len(before) > 0) == (before, True)
    assert (visit.elsewhere, visit.errors) == ([], [])


def test_the_pictures_are_of_what_the_map_shows(at_dashboard: Visit) -> None:
    page, frame = at_dashboard.page, at_dashboard.page.frame_locator("#reader")
    follow(page, "?date=2020-11-20")
    frame.locator("#tab-share").click()
    link = frame.locator("[data-picture]", has_text="PNG")
    expect(link).to_have_attribute("href", re.compile("date=2020-11-20"))
    answer = page.request.get(f"{link.evaluate('a => a.href')}&size=card")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")


def test_on_a_phone_nothing_is_wider_than_the_screen(at_dashboard: Visit) -> None:
    page, frame = at_dashboard.page, at_dashboard.page.frame_locator("#reader")
    page.set_viewport_size(PHONE)
    expect(frame.locator(SWITCH.format("places"))).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert frame.locator("html").evaluate("html => html.scrollWidth <= innerWidth")
    frame.locator(".open-layers").click()
    expect(frame.locator(SWITCH.format("places"))).to_be_visible()
    frame.locator(".open-layers").click()


def test_another_page_covers_the_reader_which_is_never_loaded_anew(at_dashboard: Visit, server: str) -> None:
    page, date = at_dashboard.page, re.compile("/[?]date=2020-11-20")
    second, reader = page.get_by_role("heading", name="Tables and files"), page.locator("#reader")
    frame = page.frame_locator("#reader")
    mark(frame)
    frame.locator(DATE.format("2020-11-20")).check(force=True)
    expect(page).to_have_url(date)
    for back in (page.get_by_role("link", name="The article and its map").click, page.go_back):
        page.get_by_role("link", name="Tables and files").click()
        expect(second).to_be_visible()
        expect(reader).to_be_hidden()
        assert page.url.startswith(f"{server}/tables")
        back()
        expect(reader).to_be_visible()
        expect(page).to_have_url(date)
    assert marked(frame)


def test_a_server_that_goes_away_is_told_of_in_a_line_and_the_map_works(visit: Visit, server: str) -> None:
    page, lines, is_away = visit.page, list[WebSocketRoute](), False

    def line(socket: WebSocketRoute) -> None:
        if is_away:
            socket.close()
        else:
            socket.connect_to_server()
            lines.append(socket)

    def health(route: Route) -> None:
        route.abort() if is_away else route.continue_()

    page.route_web_socket(re.compile("/_stcore/stream"), line)
    page.route("**/_stcore/health", health)
    frame = open_dashboard(page, server)
    at_rest(page)
    expect(page.locator("#server-gone")).to_be_hidden()
    is_away = True
    lines[0].close()
    expect(page.locator("#server-gone")).to_be_visible()
    frame.locator(SWITCH.format("places")).uncheck()
    expect(page).to_have_url(re.compile("layers="))
    assert page.get_by_role("dialog").count() == 0
    is_away = False
    expect(page.locator("#server-gone")).to_be_hidden(timeout=20_000)


def test_without_a_websocket_the_reader_is_whole(visit: Visit, server: str) -> None:
    page = visit.page
    page.route_web_socket(re.compile("/_stcore/stream"), lambda socket: socket.close())
    frame = open_dashboard(page, server)
    page.locator("[data-test-connection-state=PINGING_SERVER]").wait_for(state="attached")
    frame.locator(SWITCH.format("places")).uncheck()
    expect(page).to_have_url(re.compile("layers="))
    page.go_back()
    expect(frame.locator(SWITCH.format("places"))).to_be_checked()
    expect(page.locator("#server-gone")).to_be_hidden()


def test_a_reader_that_does_not_load_leaves_a_sentence_and_the_picture(visit: Visit, server: str) -> None:
    page = visit.page
    page.route("**/reader?*", lambda route: route.abort())
    page.goto(f"{server}/?date=2020-11-20")
    expect(page.get_by_text("The map did not load.")).to_be_visible()
    expect(page.locator("#reader")).to_be_hidden()
    picture = page.locator("#without-reader img")
    expect(picture).to_have_attribute("src", "map.png?date=2020-11-20")
    page.wait_for_function("picture => picture.naturalWidth > 0", arg=picture.element_handle())
    assert page.get_by_role("link", name="The map as a picture").is_visible()


@pytest.mark.parametrize("place", ["map", "reader"])
def test_a_picture_of_the_view_stands_in_for_a_map_whose_script_fails(
    visit: Visit, server: str, place: str
) -> None:
    page = visit.page
    page.route("**/assets/map.*.js", lambda route: route.fulfill(body="throw new Error('on purpose')"))
    page.goto(f"{server}/{place}?date=2020-11-20")
    expect(page.locator(".fallback img")).to_have_attribute("src", re.compile(r"map\.png\?date=2020-11-20$"))
    expect(page.locator(".fallback")).to_be_visible()
    expect(page.locator(".folium-map")).to_be_hidden()
    assert page.locator(".passage").first.is_visible() == (place == "reader")


def test_without_scripts_there_are_a_picture_of_the_view_and_the_article(visits: Visits, server: str) -> None:
    page = visits(java_script_enabled=False).page
    page.goto(f"{server}/?date=2020-11-20")
    frame = page.frame_locator("#reader")
    expect(frame.locator(".fallback img")).to_have_attribute("src", "map.png?date=2020-11-20")
    expect(frame.locator(".fallback img")).to_be_visible()
    expect(frame.locator("#passage-twenty-by-five")).to_be_visible()
    assert frame.locator(".folium-map").is_hidden()
