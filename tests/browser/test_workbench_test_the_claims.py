"""A reader tries a verdict by keyboard: from a claim, a line moved, another claim, all lines drawn anew."""

import re

from playwright.sync_api import expect

from tests.browser.visit import Visit

AT_REST = "[data-test-script-state=notRunning]"


def test_verdict_is_tried_by_keyboard(visit: Visit, server: str) -> None:
    page = visit.page
    page.goto(f"{server}/test-the-claims?claim=larger-part")
    slider = page.get_by_role("slider", name=re.compile("^Metres"))
    slider.wait_for(timeout=60_000)  # a server just started still builds the map
    expect(page.get_by_role("heading", name="The larger part of Upper Karabakh")).to_be_visible()
    expect(page.locator("svg[aria-label^='Map of the line']")).to_be_visible()

    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"claim=larger-part&line=[a-z-]+&metres=50$"))
    expect(page.get_by_text("the line moved")).to_be_visible()

    # what is drawn anew meanwhile loses what is typed: when all is worked out, and after each choice
    expect(page.get_by_text("The thinnest thread")).to_be_visible(timeout=60_000)
    page.locator(AT_REST).wait_for(state="attached")
    chooser = page.get_by_role("combobox", name="Claim to test")
    chooser.focus()
    page.keyboard.type("about one third")
    expect(page.get_by_role("option").first).to_have_text(re.compile("about one third"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Azerbaijan controls about one third")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/test-the-claims$"))

    page.get_by_role("button", name="Draw", exact=True).press("Enter")
    drawn = page.get_by_text(re.compile("of 1,000 drawings the figure lies within"))
    expect(drawn).to_be_visible(timeout=30_000)
    expect(page).to_have_url(re.compile(r"/test-the-claims\?seed=1$"))
    assert visit.elsewhere == []
    assert visit.errors == []
