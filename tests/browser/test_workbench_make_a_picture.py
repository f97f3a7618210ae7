"""A reader makes a picture: chosen by keyboard, seen, taken away, found again by its address."""

import urllib.request
from pathlib import Path

from playwright.sync_api import expect

from layers import Atlas
from tests.browser.visit import Visit


def test_a_dark_picture_with_a_title_is_made_by_keyboard_and_its_address_makes_the_same(
    visit: Visit, server: str, atlas: Atlas
) -> None:
    page = visit.page
    page.goto(f"{server}/make-a-picture?size=640x480&date=2020-11-20")
    picture = page.get_by_role("img", name="Preview of the picture")
    expect(picture).to_be_visible(timeout=60_000)

    title = page.get_by_label("Title of your own", exact=True)
    title.focus()
    page.keyboard.type("Before the handover")
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="Before the handover, 20 November 2020")).to_be_visible()
    page.get_by_role("checkbox", name="Dark colours").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/make-a-picture?size=640x480&date=2020-11-20&title=Before+the+handover&dark=1")

    query = f"size=640x480&date=2020-11-20&title=Before+the+handover&dark=1&v={atlas.descriptor['version']}"
    address = f"{server}/map.png?{query}"
    expect(page.get_by_role("textbox", name="Address")).to_have_text(address)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download PNG").press("Enter")
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own
        assert Path(taken.value.path()).read_bytes() == answer.read()
    assert visit.elsewhere == []


def test_a_picture_begins_with_what_the_reader_shows(visit: Visit, server: str) -> None:
    page = visit.page
    page.goto(f"{server}/?layers=returned-districts&date=2020-11-20&view=9/39.8/46.8&lang=az")
    page.get_by_role("link", name="Make a picture").click(timeout=60_000)

    expect(page.get_by_label("Date", exact=True)).to_have_value("20 November 2020", timeout=60_000)
    expect(page).to_have_url(f"{server}/make-a-picture?layers=returned-districts&date=2020-11-20&lang=az")
