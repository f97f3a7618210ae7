"""Taking a view away: the dialog's code, link and citation are of what the map shows."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from layers import Atlas
from layers.citation import citation
from tests.browser.conftest import Visit, Visits
from tests.browser.harness import READY, open_map, serve_folder

VIEW = "?layers=places,upper-karabakh&date=2020-11-20&lang=az"
BUTTON = "Embed or link this view"


@pytest.fixture
def dialog(visit: Visit, reader: str) -> Locator:
    """The dialog, opened by its button over a view of the map."""
    open_map(visit.page, reader, VIEW)
    visit.page.locator("#tab-files").click()
    visit.page.get_by_role("button", name=BUTTON).click()
    return visit.page.locator("dialog.share")


def text_of(dialog: Locator, name: str) -> str:
    return dialog.locator(f"[name={name}]").input_value()


def checked(page: Page | Locator, selector: str) -> list[str]:
    return list(page.locator(f"{selector}:checked").evaluate_all("all => all.map(e => e.value)"))


def test_the_dialog_says_what_the_map_shows(dialog: Locator, visit: Visit, server: str, atlas: Atlas) -> None:
    assert checked(dialog, "[name=layers]") == ["upper-karabakh", "places"]
    assert [text_of(dialog, name) for name in ("date", "lang")] == ["2020-11-20", "az"]
    link = f"{server}/?layers=upper-karabakh,places&date=2020-11-20&lang=az"
    assert text_of(dialog, "link") == link
    cited = citation(atlas, day="2020-11-20", address=link).removesuffix(".")
    assert text_of(dialog, "cite").startswith(f"{cited}, accessed ")
    assert (visit.elsewhere, visit.errors) == ([], [])


def test_a_text_is_copied(dialog: Locator, visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dialog.locator("[data-copy=link]").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied.")
    assert visit.page.evaluate("navigator.clipboard.readText()") == text_of(dialog, "link") != ""


def test_the_code_draws_the_view_in_a_page_of_another_origin(
    dialog: Locator, visits: Visits, tmp_path: Path
) -> None:
    newspaper = f"<!DOCTYPE html><p>A newspaper</p>{text_of(dialog, 'code')}"
    (tmp_path / "index.html").write_text(newspaper, encoding="utf-8")
    with serve_folder(tmp_path) as host:
        page = visits().page
        page.goto(host)
        frame = page.locator("iframe")
        frame.content_frame.locator(READY).wait_for(timeout=20_000)
        expect(frame.content_frame.locator("input[name=date]:checked")).to_have_value("2020-11-20")
        layers = frame.content_frame.locator("input[role=switch]:checked")
        expect(layers).to_have_count(2)
        shown = layers.evaluate_all("all => all.map(e => e.value)")
        assert (shown, frame.evaluate("e => e.clientHeight")) == (["upper-karabakh", "places"], 560)


def test_choices_in_the_dialog_change_its_code_and_not_the_map_and_escape_leads_back(
    dialog: Locator, visit: Visit
) -> None:
    before = visit.page.url
    dialog.locator("[name=layers][value=places]").uncheck()
    dialog.locator("[name=date]").select_option("2020-09-26")
    dialog.locator("[name=size]").select_option(index=2)
    code = text_of(dialog, "code")
    assert re.findall(r"(?:layers|date)=[a-z0-9,-]+", code) == ["layers=upper-karabakh", "date=2020-09-26"]
    assert 'width="640" height="480"' in code
    visit.page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(visit.page.get_by_role("button", name=BUTTON)).to_be_focused()
    assert visit.page.url == before
