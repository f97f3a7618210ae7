"""The reading room in a real Chromium, beside the map: they lead one another, and never fight."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from layers import Atlas
from layers.__main__ import main
from layers.steps import steps
from layers.text.corrections import changes_since
from tests.browser.harness import PHONE, follow, open_map
from tests.browser.test_map import DATE, view
from tests.browser.visit import Visit, Visits

CORRIDOR, DONBAS, STEPANAKERT = "twenty-by-five", "unlike-donbas", "center-stepanakert"
IN_THE_CORRIDOR = ["lachin-corridor", "russian-area-lachin-corridor", "upper-karabakh-armenian-held"]
IN_VIEW = """e => {
    const [b, m] = [e, document.getElementById("map-frame")].map(x => x.getBoundingClientRect());
    return b.left > m.left && b.top > m.top && b.right < m.right && b.bottom < m.bottom; }"""
IN_ROOM = """e => {
    const [a, b] = [e, e.closest(".room")].map(x => x.getBoundingClientRect());
    return a.height > 0 && a.top >= b.top && a.bottom <= b.bottom; }"""

TAB_STOPS = """room => [room, ...room.querySelectorAll("a[href], button, input, summary, [tabindex]")]
    .filter(each => each === room || (each.tabIndex === 0 && each.checkVisibility()))
    .map(each => each.dataset.quote ?? "")"""


def passage(page: Page, quote: str) -> Locator:
    return page.locator(f"#passage-{quote}")


def feature(page: Page, identifier: str) -> Locator:
    return page.locator(f'path[data-feature="{identifier}"]')


def in_view(page: Page, identifier: str) -> bool:
    """Tell whether a feature is on the screen, on the map."""
    return bool(feature(page, identifier).evaluate(IN_VIEW))


def in_room(page: Page, quote: str) -> bool:
    """Tell whether a passage is within what the reading room shows."""
    return bool(passage(page, quote).evaluate(IN_ROOM))


def ids(found: Locator, key: str) -> list[str]:
    return list(found.evaluate_all("(all, key) => all.map(e => e.dataset[key])", key))


def layers_on(page: Page) -> list[Any]:
    return list(page.locator("input[role=switch]:checked").evaluate_all("all => all.map(e => e.value)"))


def test_a_passage_chosen_is_marked_and_the_map_goes_to_its_place(at_reader: Visit) -> None:
    page = at_reader.page
    follow(page, "?view=12/38.9/46.6")
    for quote, place in {
        CORRIDOR: "lachin-corridor",
        "four-districts": "district-zangilan",
        STEPANAKERT: "stepanakert",
        "not-the-south": "russian-area-south",
        "demarcation": "demarcation-line",
    }.items():
        before = view(page)
        passage(page, quote).click()
        expect(page.locator(".passage[aria-current=true]")).to_have_attribute("data-quote", quote)
        expect(page.locator(f'.mark.chosen:not(.casing-of)[data-of="{place}"]')).to_have_count(1)
        assert (in_view(page, place), view(page) != before) == (True, True), quote
        expect(page).to_have_url(re.compile(f"quote={quote}"))
    assert (at_reader.elsewhere, at_reader.errors) == ([], [])


def test_pointing_by_mouse_or_focus_lights_up_and_changes_nothing_else(at_reader: Visit) -> None:
    page = at_reader.page
    passage(page, CORRIDOR).scroll_into_view_if_needed()
    before = layers_on(page), page.url
    passage(page, CORRIDOR).hover()
    assert ids(page.locator(".mark.pointed:not(.casing-of)"), "of") == IN_THE_CORRIDOR
    expect(page.locator(".passage-note")).to_contain_text("the article's author")
    page.locator("#tab-article").hover()
    expect(page.locator(".mark.pointed")).to_have_count(0)
    passage(page, CORRIDOR).focus()
    assert ids(page.locator(".mark.pointed:not(.casing-of)"), "of") == IN_THE_CORRIDOR
    assert (layers_on(page), page.url) == before


def test_a_passage_about_a_layer_that_is_off_switches_it_on_and_the_address_keeps_it(
    at_reader: Visit,
) -> None:
    page = at_reader.page
    assert "protectorates" not in layers_on(page)
    passage(page, DONBAS).click()
    expect(page.locator('.mark.chosen:not(.casing-of)[data-of="donbas"]')).to_have_count(1)
    expect(page).to_have_url(re.compile(r"layers=.*protectorates.*quote=unlike-donbas"))
    page.reload()
    expect(page.locator('.mark.chosen:not(.casing-of)[data-of="donbas"]')).to_have_count(1)
    expect(passage(page, DONBAS)).to_have_attribute("aria-current", "true")
    assert in_room(page, DONBAS)


def test_a_passage_about_what_was_not_there_yet_brings_the_map_back_to_its_date(at_reader: Visit) -> None:
    page = at_reader.page
    follow(page, "?date=2020-09-26")
    passage(page, CORRIDOR).click()
    expect(page.locator('.mark.chosen:not(.casing-of)[data-of="lachin-corridor"]')).to_have_count(1)
    expect(page.locator(DATE.format("2020-12-08"))).to_be_checked()
    expect(page.locator(".notice")).to_contain_text("8 December 2020")


def test_a_passage_chosen_twice_is_let_go(at_reader: Visit) -> None:
    page = at_reader.page
    passage(page, CORRIDOR).click()
    expect(page).to_have_url(re.compile("quote="))
    assert ids(page.locator(".mark.chosen:not(.casing-of)"), "of") == IN_THE_CORRIDOR
    passage(page, CORRIDOR).click()
    expect(page.locator(".mark.chosen")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("quote="))


def test_the_last_of_quick_choices_stays(at_reader: Visit) -> None:
    page = at_reader.page
    quick = "ids => ids.forEach(id => document.getElementById(`passage-${id}`).click())"
    page.evaluate(quick, ["one-third", STEPANAKERT, "demarcation", CORRIDOR])
    expect(page).to_have_url(re.compile(f"quote={CORRIDOR}"))  # the map has told where it is
    assert ids(page.locator(".passage[aria-current=true]"), "quote") == [CORRIDOR]
    assert ids(page.locator(".mark.chosen:not(.casing-of)"), "of") == IN_THE_CORRIDOR


def test_a_feature_chosen_on_the_map_marks_its_passages_and_scrolls_to_the_first(
    at_reader: Visit, atlas: Atlas
) -> None:
    page = at_reader.page
    for place in ("stepanakert", "district-kelbajar", "demarcation-line", "district-gubadli"):
        feature(page, place).focus()
        page.keyboard.press("Enter")
        about = [quote.id for quote in atlas.annotations.quotes if place in quote.about]
        expect(passage(page, about[0])).to_have_class(re.compile("about-feature"))
        expect(page).to_have_url(re.compile(f"feature={place}"))
        marked = ids(page.locator(".passage.about-feature"), "quote")
        assert (marked, in_room(page, about[0])) == (about, True)
    expect(page.locator(".passage-note")).to_have_text("1 passage speaks of it; it is marked.")
    assert page.evaluate("window.scrollY") == 0


def test_a_claim_leads_to_its_places_and_to_its_passage(at_reader: Visit) -> None:
    page = at_reader.page
    unsettled = page.locator('.lead button[data-verdict="unsettled"]')
    number = int(unsettled.inner_text().split()[0])
    unsettled.click()
    expect(page.locator("details.claim:visible")).to_have_count(number)
    claim = page.locator("#claim-four-districts-adjacent")
    claim.locator("summary").click()
    expect(page.locator('.mark.chosen:not(.casing-of)[data-of="district-zangilan"]')).to_have_count(1)
    assert in_view(page, "district-zangilan")
    expect(page.locator("#room-claims")).to_be_visible()
    claim.get_by_role("link", name="paragraph 4").click()
    expect(page.locator("#room-article")).to_be_visible()
    assert in_room(page, "four-districts")


def test_the_timeline_shows_an_event_s_passage_and_place_and_a_day_on_the_map(at_reader: Visit) -> None:
    page = at_reader.page
    page.locator("#tab-timeline").click()
    page.locator("button[data-date='2020-11-20']").click()
    expect(page.locator(DATE.format("2020-11-20"))).to_be_checked()
    expect(page.locator("path.fill.kelbajar")).to_have_class(re.compile("armenian-held"))
    expect(page.locator(".day[data-step='2020-11-20']")).to_have_attribute("aria-current", "date")
    page.get_by_role("button", name="Shoigu").click()
    event = page.locator("#room-timeline details:visible")
    expect(page.locator("#room-timeline li:visible h3")).to_have_text(["4 Dec"])
    event.locator("summary").click()
    expect(event.locator("blockquote")).to_contain_text("leadership has been established")
    expect(
        page.locator('.mark.chosen:not(.casing-of)[data-of="upper-karabakh-armenian-held"]')
    ).to_have_count(1)


def test_a_figure_leads_to_its_passage(at_reader: Visit) -> None:
    page = at_reader.page
    page.locator("#tab-about").click()
    page.locator("#room-about tr", has_text="380").get_by_role("link").click()
    expect(passage(page, "troop-contingent")).to_have_attribute("aria-current", "true")
    assert in_room(page, "troop-contingent")


def test_passages_are_read_one_after_the_other_by_buttons_and_by_keys(at_reader: Visit, atlas: Atlas) -> None:
    page, order = at_reader.page, [quote.id for quote in atlas.annotations.quotes]
    current = page.locator(".passage[aria-current=true]")
    follow(page, f"?quote={order[-3]}")
    expect(current).to_have_attribute("data-quote", order[-3])
    onward, back = page.get_by_role("button", name="Next"), page.get_by_role("button", name="Previous")
    onward.click()
    expect(current).to_have_attribute("data-quote", order[-2])
    expect(onward).to_be_focused()
    page.keyboard.press("j")
    expect(current).to_have_attribute("data-quote", order[-1])
    expect(current).to_be_focused()
    expect(onward).to_have_attribute("aria-disabled", "true")
    expect(page.locator(".reading-bar")).to_contain_text(f"{len(order)} of {len(order)}")
    assert in_room(page, order[-1])
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(current).to_have_attribute("data-quote", order[-2])
    back.click()
    expect(page).to_have_url(re.compile(f"quote={order[-3]}"))
    page.locator("#tab-about").click()
    page.get_by_role("checkbox", name="Use the keys").uncheck()
    page.locator("#tab-article").click()
    page.keyboard.press("j")
    assert ids(current, "quote") == [order[-3]]


def test_scrolling_moves_the_map_only_once_that_is_switched_on(at_reader: Visit) -> None:
    page = at_reader.page
    scroll = "to => document.getElementById('room-article').scrollTo(0, to)"
    page.evaluate(scroll, 900)
    page.wait_for_timeout(300)
    expect(page.locator(".mark.chosen")).to_have_count(0)
    page.get_by_role("button", name="Map follows scrolling").click()
    first = page.locator(".passage[aria-current=true]")
    expect(first).to_have_count(1)
    before = ids(first, "quote")
    page.evaluate(scroll, 2400)
    expect(passage(page, before[0])).not_to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("quote="))
    assert ids(first, "quote") != before


def test_a_claim_has_an_address_and_opens_by_it(at_reader: Visit, reader: str) -> None:
    page = at_reader.page
    page.locator("#tab-claims").click()
    page.locator("#claim-one-third summary").click()
    expect(page).to_have_url(re.compile(r"claim=one-third"))
    open_map(page, reader, "?claim=corridor-width")
    claim = page.locator("#claim-corridor-width")
    expect(claim).to_have_attribute("aria-current", "true")
    tested = claim.get_by_role("link", name="Test the claims")
    expect(tested).to_have_attribute("href", "test-the-claims?claim=corridor-width")
    expect(tested).to_have_attribute("target", "_top")  # the dashboard's page, not its frame
    expect(claim.get_by_text("No official polygon of the corridor")).to_be_in_viewport()
    expect(page.locator('.mark.chosen:not(.casing-of)[data-of="lachin-corridor"]')).to_have_count(1)


def test_a_correction_opens_by_its_address_among_the_folded_ones(visit: Visit, reader: str) -> None:
    page = visit.page
    open_map(page, reader, "?correction=donbas")
    correction = page.locator("#correction-donbas")
    expect(correction.locator("p").first).to_be_in_viewport()
    expect(page.locator("#corrections details[open]")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"[?]correction=donbas$"))
    page.locator("#tab-article").click()
    expect(page).to_have_url(reader)
    page.go_back()
    expect(correction.locator("p").first).to_be_in_viewport()


def test_a_link_of_an_earlier_version_is_told_what_was_corrected_since(
    visit: Visit, reader: str, atlas: Atlas
) -> None:
    page, version = visit.page, atlas.descriptor["version"]
    changes = changes_since(atlas.annotations.corrections, "2.0.0")
    open_map(page, reader, "?v=2.0.0&date=2020-11-20")
    notice = page.locator(".notice")
    expect(notice).to_contain_text(f"version 2.0.0 of the data; you see version {version}. ")
    expect(notice).to_contain_text(f"up to {changes.metres:,.0f} m, up to {changes.km2:,.0f} km²")
    notice.get_by_role("link").click()
    expect(page.locator(f"#correction-{changes.corrections[0].id} p").first).to_be_in_viewport()
    assert (visit.elsewhere, visit.errors) == ([], [])


def test_back_leads_from_passage_to_passage(at_reader: Visit) -> None:
    page = at_reader.page
    for quote in (STEPANAKERT, CORRIDOR):
        passage(page, quote).click()
        expect(page).to_have_url(re.compile(f"quote={quote}"))
    page.go_back()
    expect(passage(page, STEPANAKERT)).to_have_attribute("aria-current", "true")
    expect(page.locator('.mark.chosen:not(.casing-of)[data-of="stepanakert"]')).to_have_count(1)


def test_back_to_a_claim_shows_what_opening_it_showed(at_reader: Visit) -> None:
    page = at_reader.page
    page.locator("#tab-claims").click()
    shown = []
    for claim in ("three-districts-inner", "camp"):
        page.locator(f"#claim-{claim} summary").first.click()
        expect(page).to_have_url(re.compile(f"claim={claim}"))
        shown.append(page.locator("path[data-feature=stepanakert]").first.bounding_box())
    page.go_back()
    expect(page).to_have_url(re.compile("claim=three-districts-inner"))
    expect(page.locator("#claim-three-districts-inner")).to_have_attribute("aria-current", "true")

    assert page.locator("path[data-feature=stepanakert]").first.bounding_box() == shown[0] != shown[1]


def test_back_undoes_a_choice_made_at_once_and_an_address_with_faults_is_no_trap(
    visit: Visit, reader: str, server: str
) -> None:
    page = visit.page
    page.goto(f"{server}/robots.txt")
    open_map(page, reader, "?date=nonsense")
    page.locator("input[role=switch][value=places]").uncheck()
    expect(page).to_have_url(re.compile("layers="))
    page.go_back()
    expect(page.locator("input[role=switch][value=places]")).to_be_checked()
    expect(page).to_have_url(reader)
    page.go_back()
    expect(page).to_have_url(f"{server}/robots.txt")


def test_what_is_said_of_each_date_agrees_with_the_command_line(
    at_reader: Visit, atlas: Atlas, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("layers.__main__.build_atlas", lambda *_: atlas)
    assert main(["claims"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    page = at_reader.page
    for step in steps(atlas):
        page.locator(DATE.format(step.id)).check(force=True)
        oblast, districts = (
            next(r for r in rows if r[:2] == [step.id, area]) for area in ("oblast", "districts")
        )
        said = page.locator("p.held:visible")
        expect(said).to_contain_text(f"Armenian-held: {oblast[2]} km² of Upper Karabakh ({oblast[3]} %)")
        expect(said).to_contain_text(
            f"{districts[2]} of 8,643" if districts[2] != "0" else "none of the seven"
        )


def test_the_keyboard_alone_reaches_every_passage_in_the_article_s_order(
    at_reader: Visit, atlas: Atlas
) -> None:
    page, order = at_reader.page, [quote.id for quote in atlas.annotations.quotes]
    page.get_by_role("link", name="Skip the map").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tab-article"
    stops = page.locator("#room-article").evaluate(TAB_STOPS)
    numbers = page.locator("#room-article .lead button").count()
    reached = []
    for _ in stops[: numbers + 3]:  # the room itself comes first: it scrolls with the arrow keys
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.dataset.quote ?? ''"))
    assert (reached, reached[-2:]) == (stops[: numbers + 3], order[:2])
    assert [stop for stop in stops if stop][: len(order)] == order
    passage(page, order[-2]).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"quote={order[-1]}"))


def test_arrow_keys_go_from_tab_to_tab(at_reader: Visit) -> None:
    at_reader.page.locator("#tab-article").focus()
    shown = []
    for _ in range(6):
        at_reader.page.keyboard.press("ArrowRight")
        shown.append(at_reader.page.locator("[role=tabpanel]:visible").get_attribute("id"))
    rooms = ("claims", "timeline", "words", "about", "share", "article")
    assert shown == [f"room-{room}" for room in rooms]


def test_on_a_phone_a_feature_does_not_pull_the_page_away_from_the_map(visits: Visits, reader: str) -> None:
    page = visits(viewport=PHONE).page
    open_map(page, reader)
    feature(page, "district-zangilan").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".passage.about-feature")).not_to_have_count(0)
    expect(page.locator("#map-frame")).to_be_in_viewport(ratio=0.8)
    sheet, place = page.locator("#sheet").bounding_box(), page.locator(".mark.chosen").first.bounding_box()
    assert sheet
    assert place
    assert place["y"] + place["height"] / 2 < sheet["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_a_phone_a_passage_chosen_and_its_place_on_the_map_are_on_the_screen_together(
    visits: Visits, reader: str
) -> None:
    page = visits(viewport=PHONE, has_touch=True, is_mobile=True).page
    open_map(page, reader)
    hidden = page.evaluate("""() => {
        const edge = (of) => document.querySelector(of).getBoundingClientRect();
        const all = [...document.querySelectorAll(".passage")], ends = [all[0], all.at(-1)];
        const isFirstOf = (about, at) => all.findIndex(each => each.dataset.about === about) === at;
        const some = all.filter((each, at) => ends.includes(each) || isFirstOf(each.dataset.about, at));
        return some.filter((each) => {
            each.click();
            const { top, bottom } = each.getBoundingClientRect(), map = edge("#map-frame");
            const [first] = each.dataset.about.split(" ");
            const mark = document.querySelector(`.mark.chosen[data-of="${first}"]`);
            const place = mark?.getBoundingClientRect();
            const isOut = place && (map.top < -1 || place.left < map.left - 4 || place.right > map.right + 4
                || place.top < map.top - 4 || place.bottom > map.bottom + 4);
            return isOut || top < edge("[role=tablist]").bottom - 1 || bottom > edge(".reading-bar").top + 1;
        }).map((each) => each.id); }""")
    expect(page).to_have_url(re.compile("quote=peskov"))
    assert hidden == []


def test_on_paper_the_key_stands_above_the_map_and_afterwards_all_is_as_before(
    at_reader: Visit, reader: str
) -> None:
    page = at_reader.page
    karabakh, key = page.locator("path.outline.upper-karabakh"), page.locator("#key")
    before = karabakh.bounding_box()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    drawn, above, inside = (
        page.locator(".folium-map").bounding_box(),
        key.bounding_box(),
        karabakh.bounding_box(),
    )
    assert before
    assert drawn
    assert above
    assert inside
    assert above["y"] + above["height"] <= drawn["y"] + 1
    assert drawn["x"] < inside["x"] < inside["x"] + inside["width"] < drawn["x"] + drawn["width"]
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    after = karabakh.bounding_box()
    assert after
    assert after["x"] == pytest.approx(before["x"], abs=2)
    page.locator(DATE.format("2020-11-20")).check(force=True)
    expect(page).to_have_url(f"{reader}?date=2020-11-20")  # of a view, paper's or other, it says nothing
