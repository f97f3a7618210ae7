"""The reading room in a real Chromium: article and map lead one another, and never fight."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from layers import Atlas
from tests.browser.conftest import Opened, Opener, Visit, phone
from tests.browser.harness import ROOT, open_dashboard, serve, slow_line

LOG = Path(__file__).parent / "websocket_log.js"
ON = "input[role=switch]:checked"
CORRIDOR, DONBAS, STEPANAKERT = "twenty-by-five", "unlike-donbas", "center-stepanakert"


def passage(page: Page, quote: str):  # noqa: ANN201 - Playwright's Locator
    return page.locator(f"#passage-{quote}")


def chosen(frame: Opened) -> set[str]:
    """Return the ids of the features that the map marks."""
    found = frame.locator("path.feature.chosen").evaluate_all("all => all.map(e => e.dataset.feature)")
    return set(found)


def in_view(frame: Opened, feature: str) -> bool:
    """Tell whether a feature is on the screen, clear of the legend."""
    box = frame.locator(f'path[data-feature="{feature}"]').evaluate(
        "e => { const b = e.getBoundingClientRect();"
        " const p = document.getElementById('panel').getBoundingClientRect();"
        " return b.left > 0 && b.top > 0 && b.right < p.left && b.bottom < innerHeight; }"
    )
    return bool(box)


def in_room(page: Page, quote: str) -> bool:
    """Tell whether a passage is within what the reading room shows."""
    return bool(
        passage(page, quote).evaluate(
            "e => { const a = e.getBoundingClientRect(), b = e.closest('.room').getBoundingClientRect();"
            " return a.height > 0 && a.top >= b.top && a.bottom <= b.bottom; }"
        )
    )


def layers_on(frame: Opened) -> list[str]:
    return list(frame.locator(ON).evaluate_all("all => all.map(e => e.value)"))


@pytest.mark.parametrize(
    ("quote", "feature"),
    [
        (CORRIDOR, "lachin-corridor"),
        (STEPANAKERT, "stepanakert"),
        ("four-districts", "district-zangilan"),
        ("not-the-south", "russian-area-south"),
        ("demarcation", "demarcation-line"),
    ],
)
def test_a_passage_chosen_is_marked_and_the_map_goes_to_its_place(
    visit: Visit, open_room: Opener, quote: str, feature: str
) -> None:
    frame = open_room(visit.page, "?view=12/38.9/46.6")
    passage(visit.page, quote).click()
    expect(passage(visit.page, quote)).to_have_attribute("aria-current", "true")
    expect(frame.locator(f'path[data-feature="{feature}"].chosen')).to_have_count(1)
    assert in_view(frame, feature)
    expect(visit.page).to_have_url(re.compile(f"quote={quote}"))
    assert (visit.elsewhere, visit.errors) == ([], [])


def test_pointing_lights_up_and_changes_nothing_else(visit: Visit, open_room: Opener) -> None:
    frame = open_room(visit.page)
    passage(visit.page, CORRIDOR).scroll_into_view_if_needed()
    before, url = layers_on(frame), visit.page.url
    passage(visit.page, CORRIDOR).hover()
    expect(frame.locator('path[data-feature="lachin-corridor"].pointed')).to_have_count(1)
    expect(visit.page.locator(".passage-note")).to_contain_text("the article's author")
    visit.page.locator("#tab-article").hover()
    expect(frame.locator("path.pointed")).to_have_count(0)
    assert (layers_on(frame), visit.page.url) == (before, url)


def test_focus_points_as_the_mouse_does(visit: Visit, open_room: Opener) -> None:
    frame = open_room(visit.page)
    passage(visit.page, CORRIDOR).focus()
    expect(frame.locator('path[data-feature="lachin-corridor"].pointed')).to_have_count(1)


def test_a_passage_about_a_layer_that_is_off_switches_it_on_and_the_address_keeps_it(
    visit: Visit, open_room: Opener
) -> None:
    frame = open_room(visit.page)
    assert "protectorates" not in layers_on(frame)
    passage(visit.page, DONBAS).click()
    expect(frame.locator('path[data-feature="donbas"].chosen')).to_have_count(1)
    expect(visit.page).to_have_url(re.compile(r"layers=.*protectorates.*quote=unlike-donbas"))
    visit.page.reload()
    expect(frame.locator('path[data-feature="donbas"].chosen')).to_have_count(1)
    expect(passage(visit.page, DONBAS)).to_have_attribute("aria-current", "true")
    assert in_room(visit.page, DONBAS)


def test_a_passage_about_what_was_not_there_yet_brings_the_map_back_to_its_date(
    visit: Visit, open_room: Opener
) -> None:
    frame = open_room(visit.page, "?date=2020-09-26")
    passage(visit.page, CORRIDOR).click()
    expect(frame.locator('path[data-feature="lachin-corridor"].chosen')).to_have_count(1)
    expect(frame.locator("input[name=date]:checked")).to_have_value("2020-12-08")
    expect(frame.locator(".notice")).to_contain_text("8 December 2020")


def test_a_passage_chosen_twice_is_let_go(visit: Visit, open_room: Opener) -> None:
    frame = open_room(visit.page)
    passage(visit.page, CORRIDOR).click()
    expect(frame.locator("path.chosen")).not_to_have_count(0)
    passage(visit.page, CORRIDOR).click()
    expect(frame.locator("path.chosen")).to_have_count(0)
    expect(visit.page).not_to_have_url(re.compile("quote="))


@pytest.mark.parametrize(
    "feature", ["stepanakert", "district-kelbajar", "demarcation-line", "district-gubadli"]
)
def test_a_feature_chosen_on_the_map_marks_its_passages_and_scrolls_to_the_first(
    visit: Visit, open_room: Opener, atlas: Atlas, feature: str
) -> None:
    frame = open_room(visit.page)
    visit.page.locator("#tab-claims").click()
    frame.locator(f'path[data-feature="{feature}"]').focus()
    visit.page.keyboard.press("Enter")
    about = [quote.id for quote in atlas.annotations.quotes if feature in quote.about]
    expect(passage(visit.page, about[0])).to_have_class(re.compile("about-feature"))
    marked = visit.page.locator(".passage.about-feature").evaluate_all("all => all.map(e => e.dataset.quote)")
    assert (marked, in_room(visit.page, about[0])) == (about, True)
    assert visit.page.evaluate("window.scrollY") == 0


def test_the_last_of_quick_choices_stays(visit: Visit, address: str) -> None:
    frame = open_dashboard(visit.page, address)
    quick = "ids => ids.forEach(id => document.querySelector('[data-testid=stBidiComponentIsolated]')"
    quick += ".shadowRoot.querySelector(`#passage-${id}`).click())"
    visit.page.evaluate(quick, ["one-third", STEPANAKERT, "demarcation", CORRIDOR])
    expect(visit.page).to_have_url(re.compile(f"quote={CORRIDOR}"))
    visit.page.wait_for_timeout(1200)  # whatever still echoes has come back by then
    expect(passage(visit.page, CORRIDOR)).to_have_attribute("aria-current", "true")
    expect(visit.page.locator(".passage[aria-current=true]")).to_have_count(1)
    assert "lachin-corridor" in chosen(frame)
    assert "stepanakert" not in chosen(frame)


def test_a_choice_costs_one_trip_to_the_server(browser: Browser, address: str) -> None:
    with slow_line(address, latency_s=0.1) as far:
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        context.add_init_script(path=LOG)
        page = context.new_page()
        frame = open_dashboard(page, far)
        page.wait_for_timeout(1500)  # the first state has been told
        for quote in (CORRIDOR, DONBAS, STEPANAKERT):
            before = len(page.evaluate("window.websocketLog"))
            passage(page, quote).click()
            expect(frame.locator("path.chosen")).not_to_have_count(0)
            page.wait_for_timeout(1200)
            assert len(page.evaluate("window.websocketLog")) - before == 1, quote
        context.close()


def test_a_claim_leads_to_its_places_and_to_its_passage(visit: Visit, open_room: Opener) -> None:
    frame = open_room(visit.page)
    visit.page.locator("#tab-claims").click()
    claim = visit.page.locator("#claim-four-districts-adjacent")
    expect(claim).to_contain_text("differs")
    claim.locator("summary").click()
    expect(frame.locator('path[data-feature="district-zangilan"].chosen')).to_have_count(1)
    assert in_view(frame, "district-zangilan")
    expect(visit.page.locator("#room-claims")).to_be_visible()
    claim.get_by_role("link", name="Read it in the article").click()
    expect(visit.page.locator("#room-article")).to_be_visible()
    assert in_room(visit.page, "four-districts")


def test_an_event_shows_its_passage_and_its_place(visit: Visit, open_room: Opener) -> None:
    frame = open_room(visit.page)
    visit.page.locator("#tab-timeline").click()
    event = visit.page.locator("#room-timeline details", has_text="Shoigu")
    event.locator("summary").click()
    expect(event.locator("blockquote")).to_contain_text("leadership has been established")
    expect(frame.locator('path[data-feature="upper-karabakh-armenian-held"].chosen')).to_have_count(1)


def test_a_day_of_the_timeline_is_shown_on_the_map(visit: Visit, open_room: Opener) -> None:
    frame = open_room(visit.page)
    visit.page.locator("#tab-timeline").click()
    visit.page.locator("button[data-date='2020-11-20']").click()
    expect(frame.locator("input[name=date]:checked")).to_have_value("2020-11-20")
    expect(frame.locator("path.fill.kelbajar")).to_have_class(re.compile("armenian-held"))


def test_a_figure_leads_to_its_passage(visit: Visit, open_room: Opener) -> None:
    open_room(visit.page)
    visit.page.locator("#tab-figures").click()
    visit.page.locator("#room-figures tr", has_text="380").get_by_role("link").click()
    expect(passage(visit.page, "troop-contingent")).to_have_attribute("aria-current", "true")
    assert in_room(visit.page, "troop-contingent")


def test_back_leads_from_passage_to_passage(visit: Visit, open_room: Opener) -> None:
    frame = open_room(visit.page)
    passage(visit.page, STEPANAKERT).click()
    expect(visit.page).to_have_url(re.compile(f"quote={STEPANAKERT}"))
    passage(visit.page, CORRIDOR).click()
    expect(visit.page).to_have_url(re.compile(f"quote={CORRIDOR}"))
    visit.page.go_back()
    expect(passage(visit.page, STEPANAKERT)).to_have_attribute("aria-current", "true")
    expect(frame.locator('path[data-feature="stepanakert"].chosen')).to_have_count(1)


def _printed_claims() -> list[list[str]]:
    command = [sys.executable, "-m", "layers", "claims"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [line.split() for line in printed.splitlines()]


@pytest.mark.parametrize("day", range(6))
def test_areas_chart_and_popup_of_a_date_agree_with_the_command_line(
    visit: Visit, open_room: Opener, atlas: Atlas, day: int
) -> None:
    iso = atlas.days[day].isoformat()
    frame = open_room(visit.page, "?feature=district-kelbajar")
    frame.locator(f"input[name=date][value='{iso}']").check(force=True)
    rows = _printed_claims()
    for area in ("oblast", "districts"):
        armenian, percent, azerbaijani, rest = next(row for row in rows if row[:2] == [iso, area])[2:]
        body = frame.locator(f"tbody[data-area={area}]")
        expect(body.locator(".text-armenian")).to_have_text(f"{armenian} · {percent} %")
        expect(body.locator(".text-azerbaijani")).to_have_text(f"{azerbaijani} · {rest} %")
        bar = body.locator("[data-kind=armenian-held]").evaluate("e => e.style.width")
        assert float(bar.removesuffix("%")) == float(percent)
    kelbajar = next(row for row in rows if row[:1] == ["district-kelbajar"])[1 + day]
    expect(frame.locator(".leaflet-popup .held td").first).to_contain_text(f"{kelbajar} km² of")


def test_a_form_of_names_reaches_label_popup_legend_and_files_at_once(
    visit: Visit, address: str, atlas: Atlas
) -> None:
    frame = open_dashboard(visit.page, address, "?feature=stepanakert&view=10/39.8/46.75")
    before = layers_on(frame)
    scale = frame.locator(".leaflet-control-scale-line").first.text_content()
    frame.locator("#lang").select_option("az")
    expect(frame.locator(".leaflet-popup h3")).to_have_text("Xankəndi")
    expect(frame.locator(".leaflet-popup .names")).to_contain_text("Stepanakert (Khankendi)")
    expect(frame.locator(".label span", has_text="Şuşa").first).to_be_visible()
    corridor = atlas.layers["lachin-corridor"].features.names.iloc[0]["az"]
    expect(frame.locator("li[data-layer=lachin-corridor] .layer-title")).to_have_text(corridor)
    expect(visit.page.locator(".card[data-feature=stepanakert] h3")).to_have_text("Xankəndi")
    visit.page.get_by_text("Download as GeoJSON").click()
    with visit.page.expect_download() as started:
        visit.page.get_by_role("button", name="Places", exact=True).click()
    assert '"name": "Xankəndi"' in started.value.path().read_text(encoding="utf-8")
    assert (layers_on(frame), frame.locator(".leaflet-control-scale-line").first.text_content()) == (
        before,
        scale,
    )


def test_the_keyboard_alone_reaches_every_passage_in_the_article_s_order(
    visit: Visit, open_room: Opener, atlas: Atlas
) -> None:
    open_room(visit.page)
    skip = visit.page.get_by_role("link", name="Skip the map")
    skip.focus()
    visit.page.keyboard.press("Enter")
    focused = "() => { let e = document.activeElement;"
    focused += " while (e.shadowRoot) e = e.shadowRoot.activeElement; return %s; }"
    assert visit.page.evaluate(focused % "e.id") == "tab-article"
    visit.page.keyboard.press("Tab")  # the room, which scrolls with the arrow keys
    order = []
    for _ in atlas.annotations.quotes:
        visit.page.keyboard.press("Tab")
        order.append(visit.page.evaluate(focused % "e.dataset.quote"))
    assert order == [quote.id for quote in atlas.annotations.quotes]
    visit.page.keyboard.press("Enter")
    expect(visit.page).to_have_url(re.compile(f"quote={order[-1]}"))


def test_arrow_keys_go_from_tab_to_tab(visit: Visit, open_room: Opener) -> None:
    open_room(visit.page)
    visit.page.locator("#tab-article").focus()
    shown = []
    for _ in range(6):
        visit.page.keyboard.press("ArrowRight")
        shown.append(visit.page.locator("[role=tabpanel]:visible").get_attribute("id"))
    rooms = ("claims", "timeline", "figures", "notes", "files", "article")
    assert shown == [f"room-{room}" for room in rooms]


@phone
def test_on_a_phone_a_feature_does_not_pull_the_page_away_from_the_map(visit: Visit, address: str) -> None:
    frame = open_dashboard(visit.page, address)
    frame.locator('path[data-feature="district-zangilan"]').focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".passage.about-feature")).not_to_have_count(0)
    assert visit.page.evaluate("document.scrollingElement.scrollTop") == 0
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_host_without_permission_shows_the_quotes_alone(browser: Browser) -> None:
    with serve(KARABAKH_ARTICLE="quotes") as address:
        page = browser.new_page()
        frame = open_dashboard(page, address)
        passage(page, CORRIDOR).click()
        expect(frame.locator('path[data-feature="lachin-corridor"].chosen')).to_have_count(1)
        text = page.locator("#room-article").inner_text()
        page.close()
    assert "Azerbaijani-controlled Lachin corridor" in text
    assert "Moscow agreed in principle" not in text
