"""Taking a view away: code, link and citation are of what the map shows."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from layers import Atlas
from layers.citation import citation
from tests.browser.harness import READY, follow, serve_folder
from tests.browser.visit import Visit, Visits

VIEW = "?layers=places,upper-karabakh&date=2020-11-20&lang=az"
SMALLEST = "320 \N{MULTIPLICATION SIGN} 240"


@pytest.fixture
def share(at_reader: Visit) -> Locator:
    """The room Share, over a view of the map."""
    follow(at_reader.page, VIEW)
    at_reader.page.locator("#tab-share").click()
    expect(at_reader.page).to_have_url(re.compile("room=share"))
    return at_reader.page.locator("#room-share")


def text_of(share: Locator, name: str) -> str:
    return share.locator(f"[name={name}]").input_value()


def checked(page: Page | Locator, selector: str) -> list[str]:
    return list(page.locator(f"{selector}:checked").evaluate_all("all => all.map(e => e.value)"))


def test_it_says_what_the_map_shows(share: Locator, at_reader: Visit, server: str, atlas: Atlas) -> None:
    assert checked(share, "[name=layers]") == ["upper-karabakh", "places"]
    assert [text_of(share, name) for name in ("date", "lang")] == ["2020-11-20", "az"]
    link = f"{server}/?layers=upper-karabakh,places&date=2020-11-20&lang=az&v={atlas.descriptor['version']}"
    assert text_of(share, "link") == link
    cited = citation(atlas, day="2020-11-20", address=link).removesuffix(".")
    assert text_of(share, "cite").startswith(f"{cited}, accessed ")
    assert (at_reader.elsewhere, at_reader.errors) == ([], [])


def test_a_text_is_copied(share: Locator, at_reader: Visit) -> None:
    at_reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    share.locator("[data-copy=link]").click()
    expect(share.get_by_role("status")).to_have_text("Copied.")
    assert at_reader.page.evaluate("navigator.clipboard.readText()") == text_of(share, "link") != ""


def test_the_code_draws_the_view_in_a_page_of_another_origin(
    share: Locator, visits: Visits, tmp_path: Path
) -> None:
    newspaper = f"<!DOCTYPE html><p>A newspaper</p>{text_of(share, 'code')}"
    (tmp_path / "index.html").write_text(newspaper, encoding="utf-8")
    with serve_folder(tmp_path) as host:
        page = visits().page
        page.goto(host)
        frame = page.locator("iframe")
        frame.content_frame.locator(READY).wait_for(timeout=20_000)
        expect(frame.content_frame.locator("input[name=date]:checked")).to_have_value("2020-11-20")
        expect(frame.content_frame.locator(".notice")).to_have_count(0)  # the version it names is this one
        layers = frame.content_frame.locator("input[role=switch]:checked")
        expect(layers).to_have_count(2)
        shown = layers.evaluate_all("all => all.map(e => e.value)")
        assert (shown, frame.evaluate("e => e.clientHeight")) == (["upper-karabakh", "places"], 560)


def test_choices_change_code_and_citation_and_not_the_map(share: Locator, at_reader: Visit) -> None:
    before = at_reader.page.url
    share.get_by_text("Layers, date, names").click()
    share.locator("[name=layers][value=places]").uncheck()
    share.locator("[name=date]").select_option("2020-09-26")
    share.locator("[name=size]").select_option(SMALLEST)
    share.get_by_label("without the key").check()
    code = text_of(share, "code")
    asked = re.findall(r"(?:layers|date|key)=[a-z0-9,-]+", code)
    assert asked == ["layers=upper-karabakh", "date=2020-09-26", "key=0"]
    assert 'width="320" height="240"' in code
    assert "as of 26 September 2020, ODbL-1.0" in text_of(share, "cite")
    assert at_reader.page.url == before


def test_the_preview_is_loaded_when_asked_for_and_follows_the_choices(
    share: Locator, at_reader: Visit
) -> None:
    frame = share.locator("iframe")
    expect(frame).to_have_count(0)
    share.get_by_role("button", name="Preview").click()
    frame.content_frame.locator(READY).wait_for(timeout=20_000)
    share.locator("[name=size]").select_option(SMALLEST)
    frame.content_frame.locator(READY).wait_for(timeout=20_000)
    assert frame.evaluate("e => [e.clientWidth, e.clientHeight]") == [320, 240]
    assert (at_reader.elsewhere, at_reader.errors) == ([], [])
