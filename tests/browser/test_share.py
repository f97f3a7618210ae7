"""Taking a view away: the dialog's code, link and citation, pictures of the view, and the view on paper."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from layers import Atlas
from layers.text.citation import citation
from tests.browser.conftest import Visit
from tests.browser.harness import READY, open_dashboard, open_map, serve_folder

VIEW = "?layers=places,upper-karabakh&date=2020-11-20&lang=az"


@pytest.fixture(params=["dashboard", "page of a plain host"])
def home(request: pytest.FixtureRequest) -> str:
    """The addresses whose pages offer files, and code to embed the map."""
    host = "address" if request.param == "dashboard" else "static_address"
    return str(request.getfixturevalue(host))


def open_page(page: Page, home: str, address: str, query: str = "") -> None:
    """Open the page with the map, in the dashboard's frame or in one document with the reading room."""
    if home == address:
        open_dashboard(page, home, query)
    else:
        open_map(page, f"{home}/", query)


def open_dialog(page: Page) -> Locator:
    """Open the dialog by its button and return it."""
    page.locator("#tab-files").click()
    page.get_by_role("button", name="Embed or link this view").click()
    return page.locator("dialog.share")


def text_of(dialog: Locator, name: str) -> str:
    return dialog.locator(f"[name={name}]").input_value()


def test_the_dialog_says_what_the_map_shows(visit: Visit, home: str, address: str, atlas: Atlas) -> None:
    open_page(visit.page, home, address, VIEW)
    dialog = open_dialog(visit.page)
    chosen = dialog.locator("[name=layers]:checked").evaluate_all("all => all.map(e => e.value)")
    assert chosen == ["upper-karabakh", "places"]
    assert [text_of(dialog, name) for name in ("date", "lang")] == ["2020-11-20", "az"]
    link = f"{home}/?layers=upper-karabakh,places&date=2020-11-20&lang=az"
    assert text_of(dialog, "link") == link
    cited = citation(atlas, day="2020-11-20", address=link).removesuffix(".")
    assert text_of(dialog, "cite").startswith(f"{cited}, accessed ")
    assert (visit.elsewhere, visit.errors) == ([], [])


def test_the_code_draws_the_view_in_a_page_of_another_origin(
    visit: Visit, browser: Browser, home: str, address: str, tmp_path: Path
) -> None:
    open_page(visit.page, home, address, VIEW)
    code = text_of(open_dialog(visit.page), "code")
    (tmp_path / "index.html").write_text(f"<!DOCTYPE html><p>A newspaper</p>{code}", encoding="utf-8")
    with serve_folder(tmp_path) as newspaper:
        page = browser.new_page()
        page.goto(newspaper)
        frame = page.frame_locator("iframe")
        frame.locator(READY).wait_for(timeout=20_000)
        expect(frame.locator("input[name=date]:checked")).to_have_value("2020-11-20")
        layers = frame.locator("input[role=switch]:checked").evaluate_all("all => all.map(e => e.value)")
        size = page.locator("iframe").bounding_box()
        page.close()
    assert layers == ["upper-karabakh", "places"]
    assert size
    assert size["height"] == 560


def test_choices_in_the_dialog_change_its_code_and_not_the_map(visit: Visit, home: str, address: str) -> None:
    open_page(visit.page, home, address)
    dialog = open_dialog(visit.page)
    before = visit.page.url
    dialog.locator("[name=layers][value=places]").uncheck()
    dialog.locator("[name=date]").select_option("2020-09-26")
    dialog.locator("[name=size]").select_option(index=2)
    assert "date=2020-09-26" in text_of(dialog, "code")
    layers = re.search(r"layers=([a-z0-9,-]+)", text_of(dialog, "code"))
    assert layers
    assert "places" not in layers.group(1).split(",")
    assert 'width="640" height="480"' in text_of(dialog, "code")
    visit.page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    assert visit.page.url == before


def test_escape_leads_back_to_where_the_reader_was(visit: Visit, home: str, address: str) -> None:
    open_page(visit.page, home, address)
    dialog = open_dialog(visit.page)
    expect(dialog).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(visit.page.get_by_role("button", name="Embed or link this view")).to_be_focused()


def test_a_text_is_copied(visit: Visit, home: str, address: str) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=home)
    open_page(visit.page, home, address, VIEW)
    dialog = open_dialog(visit.page)
    dialog.locator("[data-copy=link]").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied.")
    assert visit.page.evaluate("navigator.clipboard.readText()") == text_of(dialog, "link")


def test_the_dashboards_pictures_are_of_what_the_map_shows(visit: Visit, address: str) -> None:
    open_dashboard(visit.page, address, VIEW)
    visit.page.locator("#tab-files").click()
    link = visit.page.locator("[data-picture]", has_text="PNG")
    expect(link).to_have_attribute("href", re.compile("date=2020-11-20"))
    answer = visit.page.request.get(f"{link.evaluate('a => a.href')}&size=card")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")


def test_a_page_on_the_disk_offers_files_that_are_there(visit: Visit, disk: str, site: Path) -> None:
    open_map(visit.page, f"{disk}/index.html")
    visit.page.locator("#tab-files").click()
    addresses = visit.page.locator("#room-files a").evaluate_all("all => all.map(a => a.href)")
    assert len(addresses) > 40
    missing = [one for one in addresses if not (site / one.removeprefix(f"{disk}/")).is_file()]
    assert missing == []


def test_on_paper_the_legend_stands_below_the_map_and_afterwards_all_is_as_before(
    visit: Visit, static_address: str
) -> None:
    open_map(visit.page, f"{static_address}/")
    stands = "() => document.querySelector('path.outline.upper-karabakh').getBoundingClientRect().left"
    before, url = visit.page.evaluate(stands), visit.page.url
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visit.page.emulate_media(media="print")
    drawn = visit.page.locator(".folium-map").bounding_box()
    legend = visit.page.locator("#panel").bounding_box()
    karabakh = visit.page.locator("path.outline.upper-karabakh").bounding_box()
    assert drawn
    assert legend
    assert karabakh
    assert legend["y"] >= drawn["y"] + drawn["height"] - 1
    assert drawn["x"] < karabakh["x"] < karabakh["x"] + karabakh["width"] < drawn["x"] + drawn["width"]
    visit.page.emulate_media(media="screen")
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
    visit.page.wait_for_timeout(400)  # longer than the map waits before it tells where it stands
    assert visit.page.evaluate(stands) == pytest.approx(before, abs=2)
    assert visit.page.url == url


def test_back_undoes_a_choice_made_at_once_and_an_address_with_faults_is_no_trap(
    visit: Visit, static_address: str
) -> None:
    visit.page.goto(f"{static_address}/robots.txt")
    open_map(visit.page, f"{static_address}/", "?date=nonsense")
    visit.page.locator("input[role=switch][value=places]").uncheck()
    expect(visit.page).to_have_url(re.compile("layers="))
    visit.page.go_back()
    expect(visit.page.locator("input[role=switch][value=places]")).to_be_checked()
    expect(visit.page).to_have_url(f"{static_address}/")
    visit.page.go_back()
    expect(visit.page).to_have_url(f"{static_address}/robots.txt")
