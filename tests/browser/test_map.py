"""The map document in a real Chromium, as the server has it: offline, by mouse, by keyboard, by link."""

import base64
import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from layers import Atlas
from layers.labels import names_note
from tests.browser.harness import follow, open_map
from tests.browser.visit import Visit

LAYERS = (
    "upper-karabakh",
    "lachin-corridor",
    "returned-districts",
    "areas-of-responsibility",
    "demarcation-line",
    "line-of-contact-1994",
    "supply-route",
    "places",
)
FAR = "protectorates"  # off until a reader asks for it
SWITCH = "input[role=switch][value={}]"
HIT = """id => {
    const path = document.querySelector(`path[data-line="${id}"]`), hit = [];
    for (let at = 0; at < path.getTotalLength(); at += 12) {
        const {x, y} = path.getPointAtLength(at).matrixTransform(path.getScreenCTM());
        const found = document.elementsFromPoint(x + 6, y + 6);
        if (found.some(each => each.matches(".folium-map"))) hit.push(found.includes(path));
    }
    return hit;
}"""
DATE = "input[name=date][value='{}']"
COUNT = """ids => Object.fromEntries(ids.map(
    id => [id, document.querySelectorAll(`.leaflet-pane path.feature.${id}`).length]))"""
BOXES = "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def sheet_of(page: Page) -> Locator:
    """Return the sheet."""
    return page.locator("#sheet")


def drawn(page: Page) -> dict[str, int]:
    """Count the paths drawn of each layer."""
    return dict(page.evaluate(COUNT, LAYERS))


def view(page: Page) -> str:
    """Return where the map stands: its scale, and where a thing of the ground is on the screen."""
    ground = page.locator("path.ground.near-land").evaluate("e => JSON.stringify(e.getBoundingClientRect())")
    return str(page.locator(".leaflet-control-scale-line").all_text_contents()) + str(ground)


def test_every_layer_is_drawn_one_tab_stop_leads_to_all_features_and_no_other_host_is_asked(
    visit: Visit, server: str
) -> None:
    page = visit.page
    open_map(page, f"{server}/map")
    assert min(drawn(page).values()) > 0
    paths = page.locator("path[data-feature]")
    facts = paths.evaluate_all("all => all.map(p => [p.getAttribute('role'), !!p.ariaLabel, p.tabIndex])")
    assert {(role, labelled) for role, labelled, _ in facts} == {("button", True)}
    assert [stop for _, _, stop in facts if stop >= 0] == [0]
    texts = page.locator("template").evaluate_all("all => all.map(t => t.content.textContent)")
    assert (len(texts) > 30, [text for text in texts if re.search(r"\bnan\b", text)]) == (True, [])
    assert (visit.elsewhere, visit.errors) == ([], [])


def test_tiles_are_asked_for_only_when_chosen_and_without_them_the_drawn_ground_comes_back(
    page: Page, at_map: Visit
) -> None:
    page.route(re.compile("openstreetmap"), lambda route: route.fulfill(body=TILE, content_type="image/png"))
    page.route(re.compile("arcgisonline"), lambda route: route.abort())
    assert at_map.elsewhere == []
    page.locator("#ground").select_option("osm")
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap")
    assert {urlsplit(url).hostname for url in at_map.elsewhere} == {"tile.openstreetmap.org"}
    page.locator("#ground").select_option("")
    expect(page.locator(".leaflet-tile-pane .leaflet-layer")).to_have_count(0)
    page.locator("#ground").select_option("imagery")
    expect(page.locator(".notice")).to_have_count(1)
    expect(page.locator("#ground")).to_have_value("")
    expect(page.locator("path.ground.far-water")).to_be_visible()


def test_each_switch_takes_its_own_layer_off_and_brings_it_back(page: Page) -> None:
    before, place = drawn(page), view(page)
    wrong = []
    for layer in LAYERS:
        page.locator(SWITCH.format(layer)).uncheck()
        without = drawn(page)
        page.locator(SWITCH.format(layer)).check()
        if (without, drawn(page), view(page)) != ({**before, layer: 0}, before, place):
            wrong.append(layer)
    assert wrong == []


def click_at(page: Page, lat: float, lon: float) -> None:
    """Click on a point of the map, which must be in view: the map is centred there first."""
    follow(page, f"?view=10/{lat}/{lon}")
    box = page.locator(".folium-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_opens_a_sheet_beside_the_map_which_stays_where_it_is(page: Page, atlas: Atlas) -> None:
    click_at(page, 40.1, 46.0)
    expect(sheet_of(page).locator("h2")).to_have_text("Kelbajar")
    quote = next(q for q in atlas.layers["returned-districts"].quotes if "district-kelbajar" in q.about)
    expect(sheet_of(page)).to_contain_text(quote.exact)
    expect(sheet_of(page).locator(".holder")).to_have_text(
        "1–8 December 2020: Azerbaijani-held, handed over."  # noqa: RUF001
    )
    sheet, frame = sheet_of(page).bounding_box(), page.locator("#map-frame").bounding_box()
    assert sheet
    assert frame
    assert sheet["x"] >= frame["x"] + frame["width"]


def test_a_click_says_first_who_holds_the_ground_and_nothing_beside_it_is_said_to_lie_here(
    page: Page,
) -> None:
    click_at(page, 40.2, 46.62)
    expect(sheet_of(page).locator(".holder")).to_contain_text("Armenian-held, 3,101 km²")
    others = sheet_of(page).locator(".also button").evaluate_all("all => all.map(b => b.dataset.feature)")
    assert others == ["russian-area-north"]


def test_a_line_can_be_hit_within_ten_pixels_of_it(at_map: Visit) -> None:
    follow(at_map.page, "?layers=line-of-contact-1994&view=9/39.9/46.9")
    hit = at_map.page.evaluate(HIT, "line-of-contact-1994")
    assert (len(hit) > 20, set(hit)) == (True, {True})


def test_arrow_keys_lead_from_feature_to_feature_and_escape_gives_the_focus_back(page: Page) -> None:
    page.locator("path[data-feature][tabindex='0']").focus()
    start = page.evaluate("document.activeElement.dataset.feature")
    page.keyboard.press("ArrowDown")
    there = page.evaluate("document.activeElement.dataset.feature")
    page.keyboard.press("Enter")
    expect(sheet_of(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet_of(page)).to_be_hidden()
    assert (page.evaluate("document.activeElement.dataset.feature"), there != start) == (there, True)
    expect(page.locator(".mark.focused:not(.casing-of)")).to_have_count(1)


def test_a_layer_is_read_and_taken_away_with_one_click_each(page: Page) -> None:
    with page.expect_download() as download:
        page.locator("li[data-layer=lachin-corridor] .get").click()
    assert download.value.suggested_filename == "lachin-corridor.geojson"
    page.locator("li[data-layer=lachin-corridor] .layer-title").click()
    expect(sheet_of(page).locator("h2")).to_have_text("Lachin corridor")
    expect(page).to_have_url(re.compile("layer=lachin-corridor"))


def test_the_whole_region_shows_what_the_article_compares(page: Page) -> None:
    assert page.locator(f".leaflet-pane path.feature.{FAR}").count() == 0
    page.locator(SWITCH.format(FAR)).check()  # which brings it into view
    boxes = page.locator(f".leaflet-pane path.feature.{FAR}").evaluate_all(BOXES)
    assert [left > 0 and right < 1400 for left, _, right, _ in boxes] == [True] * 5
    page.get_by_role("button", name="Karabakh", exact=True).click()
    expect(page.locator(".label.region span").first).to_be_visible()


def test_a_date_colours_each_face_by_who_held_it(page: Page) -> None:
    handed_over = page.locator("path.fill.aghdam-handed-over")
    expect(handed_over).to_have_class(re.compile(r"\bhanded-over$"))
    page.locator(DATE.format("2020-11-10")).check(force=True)
    expect(handed_over).to_have_class(re.compile("armenian-held"))
    expect(page.locator("path.fill.gubadli")).to_have_class(re.compile("regained"))
    expect(page.locator("path.fill.gubadli-west")).to_have_class(re.compile("armenian-held"))
    expect(page.locator("path.front.control-gubadli-west")).to_be_visible()
    assert drawn(page)["lachin-corridor"] == 1
    page.locator(DATE.format("2020-09-26")).check(force=True)
    assert drawn(page)["lachin-corridor"] == 0
    expect(page.locator("path.front.control-gubadli-west")).to_be_hidden()


def test_title_key_sheet_and_small_print_follow_the_date_and_the_change_is_said(at_map: Visit) -> None:
    page = at_map.page
    follow(page, "?feature=shusha&date=2020-12-01")
    expect(page.locator(DATE.format("2020-12-08"))).to_be_checked()
    page.locator(DATE.format("2020-09-26")).check(force=True)
    expect(page.locator("#title")).to_have_text("Upper Karabakh before the war")
    expect(page.locator("#as-of")).to_have_text("26 September 2020.")
    expect(sheet_of(page).locator(".holder")).to_have_text("26 September 2020: Armenian-held.")
    shown = page.locator(".key-item[data-status]:visible").evaluate_all(
        "all => all.map(e => e.dataset.status)"
    )
    assert shown == ["armenian-held", "held"]
    page.locator(DATE.format("2020-11-20")).check(force=True)
    expect(page.locator("#said")).to_contain_text(
        "Since 10 November, handed over to Azerbaijan: Aghdam, 637 km²."
    )
    expect(page).to_have_title("Upper Karabakh after the armistice")


def test_two_dates_meet_at_a_slider_that_the_keyboard_moves(at_map: Visit) -> None:
    page = at_map.page
    follow(page, "?date=2020-11-10&compare=2020-09-26")
    before = page.locator(".leaflet-before-pane path.gubadli")
    expect(before).to_have_class(re.compile("armenian-held"))
    expect(page.locator(".leaflet-fills-pane path.gubadli")).to_have_class(re.compile("regained"))
    clip = "getComputedStyle(document.querySelector('.leaflet-before-pane')).clipPath"
    at_first = page.evaluate(clip)
    page.locator("#slider").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(clip) != at_first
    page.keyboard.press("ArrowLeft")
    page.locator("#compare").click()
    expect(before).to_have_count(0)
    expect(page).not_to_have_url(re.compile("compare"))


def test_a_feature_whose_layer_goes_is_closed_and_a_link_to_one_that_is_off_says_so(at_map: Visit) -> None:
    page = at_map.page
    follow(page, "?feature=lachin-corridor")
    expect(sheet_of(page).locator("h2")).to_have_text("Lachin corridor")
    page.locator(DATE.format("2020-09-26")).check(force=True)
    expect(sheet_of(page)).to_be_hidden()
    follow(page, "?feature=lachin-corridor&layers=places")
    expect(page.locator(".notice")).to_contain_text("Lachin corridor")
    expect(sheet_of(page)).to_be_hidden()
    follow(page, "?feature=transnistria")
    expect(page.locator(SWITCH.format(FAR))).to_be_checked()
    expect(sheet_of(page).locator("h2")).to_have_text("Transnistria")


def test_a_form_of_names_reaches_label_sheet_and_layers_and_nothing_else(at_map: Visit) -> None:
    page = at_map.page
    follow(page, "?feature=stepanakert&view=10/39.8/46.75")
    before, place = drawn(page), view(page)
    page.locator("#lang").select_option("az")
    expect(sheet_of(page).locator("h2 bdi")).to_have_text("Xankəndi")
    expect(sheet_of(page).locator(".names")).to_contain_text("Stepanakert (Khankendi)")
    expect(page.locator(".label span", has_text="Şuşa").first).to_be_visible()
    expect(page.locator("li[data-layer=lachin-corridor] .layer-title")).to_have_text("Laçın dəhlizi")  # noqa: RUF001
    page.locator("#lang").select_option("hy")
    expect(sheet_of(page).locator("h2 bdi")).to_have_text("Ստեփանակերտ")
    assert (drawn(page), view(page)) == (before, place)


def test_labels_never_lie_on_one_another(at_map: Visit) -> None:
    touching = []
    for zoom in ("8.5", "9.25", "10", "11.5"):
        follow(at_map.page, f"?view={zoom}/39.75/46.75")
        boxes = at_map.page.locator(".label:not([hidden]) span").evaluate_all(BOXES)
        assert len(boxes) > 3
        touching += [
            (zoom, a, b)
            for i, a in enumerate(boxes)
            for b in boxes[i + 1 :]
            if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        ]
    assert touching == []


def test_unknown_values_are_named_as_text_and_ignored(visit: Visit, server: str) -> None:
    query = (
        "layers=places,nonsense&date=2020-13-45&feature=<img src=x onerror=alert(1)>&view=9/95/46&lang=tlh"
        "&compare=now&claim=none&correction=nought&room=cellar&layer=sky&key=7&uncertainty=yes&LANG=az&lang=tlh"
        "&v=99.0.0"
    )
    open_map(visit.page, f"{server}/map", f"?{query}")
    named = {
        "layer": "nonsense",
        "date": "2020-13-45",
        "date to compare": "now",
        "form of names": "tlh",
        "feature": "<img src=x onerror=alert(1)>",
        "layer ": "sky",
        "claim": "none",
        "correction": "nought",
        "room": "cellar",
        "view": "9/95/46",
        "choice of the key": "7",
        "choice of the uncertainty": "yes",
        "version of the data": "99.0.0",
    }
    sentences = [f"There is no {what.strip()} “{value}”; it is ignored." for what, value in named.items()]
    notice = visit.page.locator(".notice")
    expect(notice).to_have_count(1)
    expect(notice.locator("li").first).to_be_hidden()
    notice.get_by_text("13 values in the address are unknown and ignored.").click()
    expect(notice.locator("li")).to_have_text(sentences)
    expect(notice.locator("li").first).to_be_visible()
    shown = {layer for layer, count in drawn(visit.page).items() if count}
    assert (shown, visit.errors) == ({"places"}, [])


def test_the_address_follows_the_map_and_restores_it(page: Page) -> None:
    page.locator(SWITCH.format("places")).uncheck()
    page.locator(DATE.format("2020-11-25")).check(force=True)
    expect(page).to_have_url(re.compile("date=2020-11-25"))
    counted = drawn(page)
    open_map(page, f"{page.url}&compare=2020-09-26&drawings=openstreetmap-2020")
    assert (counted["places"], drawn(page)) == (0, counted)
    expect(page.locator(".leaflet-before-pane path.gubadli")).to_have_class(re.compile("armenian-held"))
    expect(page.locator(".leaflet-pane .openstreetmap-2020")).to_have_count(1)
    expect(page.locator(DATE.format("2020-11-25"))).to_be_checked()


def test_the_choice_of_names_says_how_they_were_chosen_and_which_are_missing(
    at_map: Visit, atlas: Atlas
) -> None:
    note, choice = at_map.page.locator("#names-note"), at_map.page.locator("#lang")
    expect(note).to_be_hidden()
    choice.select_option("hy")
    expect(note).to_have_text(names_note(atlas, "hy"))
    choice.select_option("ru")
    expect(note).to_be_hidden()


def test_other_drawings_are_outlines_loaded_when_one_is_switched_on_and_stand_in_the_address(
    page: Page, server: str, at_map: Visit
) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    open_map(page, f"{server}/map?drawings=atlantis")
    group, outlines = page.locator(".other-drawings"), page.locator(".leaflet-pane path.other-drawing")
    expect(page.locator(".notice")).to_have_text(re.compile("no drawing “atlantis”"))
    assert [url for url in loaded if "other-drawings" in url] == []

    group.locator("summary").press("Enter")
    group.get_by_role("switch", name="Natural Earth").press("Space")
    expect(outlines).to_have_count(1)
    group.get_by_role("switch", name="On First").press("Space")
    expect(outlines).to_have_count(2)
    expect(page).to_have_url(re.compile(r"/map\?drawings=natural-earth,whos-on-first$"))
    fills = outlines.evaluate_all("all => all.map(e => [getComputedStyle(e).fill, e.getTotalLength() > 999])")
    dashes = outlines.evaluate_all("all => all.map(e => getComputedStyle(e).strokeDasharray)")
    assert (fills, len(set(dashes))) == ([["none", True]] * 2, 2)
    assert len([url for url in loaded if "other-drawings" in url]) == 1
    compared = group.get_by_role("link", name=re.compile("^Compare Natural Earth"))
    expect(compared).to_have_attribute("href", "compare-drawings?drawing=natural-earth")

    follow(page, "?drawings=openstreetmap-2020")
    expect(page.locator(".leaflet-pane .openstreetmap-2020")).to_have_count(1)
    expect(group.get_by_role("switch", name="OpenStreetMap, 2020")).to_be_checked()
    assert at_map.errors == []
