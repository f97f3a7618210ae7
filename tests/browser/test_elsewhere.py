"""The map in somebody else's page: it waits for a size, gives way to that page, keeps date and source."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import READY, serve_folder
from tests.browser.visit import Visits

PAGE = """<!DOCTYPE html><title>A newspaper</title><p>A long article</p>
<iframe id="map" src="{server}/map?key=0" width="1" height="1" style="border:0"></iframe>
<iframe id="small" src="{server}/map" width="320" height="240" style="border:0"></iframe>
<p style="height: 3000px">that goes on</p>"""


@pytest.fixture
def newspaper(visits: Visits, server: str, tmp_path: Path) -> Page:
    """A long page of another origin with a map of no size, and a small one."""
    (tmp_path / "index.html").write_text(PAGE.format(server=server), encoding="utf-8")
    page = visits().page
    with serve_folder(tmp_path) as host:
        page.goto(host)
    return page


def test_a_map_in_a_foreign_page_waits_for_a_size_and_leaves_the_wheel_to_that_page(newspaper: Page) -> None:
    frame = newspaper.locator("#map")
    frame.content_frame.locator("html[data-waiting]").wait_for(timeout=20_000)
    frame.evaluate("e => { e.width = 800; e.height = 500; }")
    frame.content_frame.locator(READY).wait_for()
    karabakh = frame.content_frame.locator("path.outline.upper-karabakh").bounding_box()
    around = frame.bounding_box()
    assert karabakh
    assert around
    assert karabakh["height"] > 100
    assert around["x"] < karabakh["x"] < karabakh["x"] + karabakh["width"] < around["x"] + around["width"]
    expect(frame.content_frame.locator("#key")).to_be_hidden()
    newspaper.mouse.move(around["x"] + 400, around["y"] + 300)
    newspaper.mouse.wheel(0, 200)
    expect(frame.content_frame.locator(".hint")).to_contain_text("Ctrl")
    newspaper.wait_for_function("window.scrollY > 50")
    after = frame.content_frame.locator("path.outline.upper-karabakh").bounding_box()
    assert after
    assert after["height"] == pytest.approx(karabakh["height"], abs=1)


def test_a_small_frame_keeps_half_of_its_height_for_the_map_and_says_date_and_disclaimer(
    newspaper: Page,
) -> None:
    inside = newspaper.locator("#small").content_frame
    inside.locator(READY).wait_for(timeout=20_000)
    box = inside.locator("#map-frame").bounding_box()
    assert box
    assert box["height"] >= 120
    newspaper.emulate_media(media="print")
    line = inside.locator(".small-print summary")
    expect(line).to_contain_text("8 December 2020. Approximate lines; no position")
    expect(line).to_be_visible()
