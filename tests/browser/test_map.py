"""The map document in a real Chromium, as the server has it: offline, by mouse, by keyboard, by link."""

import base64
import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from layers import Atlas
from tests.browser.conftest import Visit
from tests.browser.harness import READY, open_map

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
DATE = "input[name=date][value='{}']"
COUNT = """ids => Object.fromEntries(ids.map(
    id => [id, document.querySelectorAll(`.leaflet-pane path.feature.${id}`).length]))"""
BOXES = "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def drawn(page: Page) -> dict[str, int]:
    """Count the paths drawn of each layer."""
    return dict(page.evaluate(COUNT, LAYERS))


def view(page: Page) -> str:
    """Return where the map stands, as its panes say it."""
    style = page.locator(".leaflet-map-pane").get_attribute("style") or ""
    return style + str(page.locator(".leaflet-control-scale-line").all_text_contents())


def test_every_layer_is_drawn_every_feature_can_be_reached_and_no_other_host_is_asked(
    page: Page, visit: Visit
) -> None:
    assert min(drawn(page).values()) > 0
    paths = page.locator("path[data-feature]")
    facts = paths.evaluate_all("all => all.map(p => [p.getAttribute('role'), !!p.ariaLabel, p.tabIndex])")
    assert {tuple(fact) for fact in facts} == {("button", True, 0)}
    texts = page.locator("template").evaluate_all("all => all.map(t => t.content.textContent)")
    assert (len(texts) > 30, [text for text in texts if re.search(r"\bnan\b", text)]) == (True, [])
    assert (visit.elsewhere, visit.errors) == ([], [])


def test_tiles_are_asked_for_only_when_chosen_and_without_them_the_drawn_ground_comes_back(
    page: Page, visit: Visit
) -> None:
    page.route(re.compile("openstreetmap"), lambda route: route.fulfill(body=TILE, content_type="image/png"))
    page.route(re.compile("arcgisonline"), lambda route: route.abort())
    assert visit.elsewhere == []
    page.locator("#ground").select_option("osm")
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap")
    assert {urlsplit(url).hostname for url in visit.elsewhere} == {"tile.openstreetmap.org"}
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


def test_a_click_on_a_feature_opens_its_quotes(page: Page, atlas: Atlas) -> None:
    page.locator('path[data-feature="district-kelbajar"]').click(position={"x": 150, "y": 60}, force=True)
    popup = page.locator(".leaflet-popup")
    expect(popup.locator("h3")).to_have_text("Kelbajar")
    quote = next(q for q in atlas.layers["returned-districts"].quotes if "district-kelbajar" in q.about)
    expect(popup).to_contain_text(quote.exact)
    expect(popup).to_contain_text(f"paragraph {quote.paragraph}")


def test_features_that_lie_under_the_one_clicked_are_one_click_away(visit: Visit, server: str) -> None:
    open_map(visit.page, f"{server}/map", "?view=12/39.60/46.545")
    box = visit.page.locator(".folium-map").bounding_box()
    assert box
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.locator(".also button", has_text="Returned districts").click()
    expect(visit.page.get_by_role("heading", name="Lachin", exact=True)).to_be_visible()


def test_the_keyboard_opens_a_feature_and_leaves_it(page: Page) -> None:
    page.locator('path[data-feature="district-zangilan"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup h3")).to_have_text("Zangilan")
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    assert page.evaluate("document.activeElement.dataset.feature") == "district-zangilan"


def test_the_whole_region_shows_what_the_article_compares(page: Page) -> None:
    assert page.locator(f".leaflet-pane path.feature.{FAR}").count() == 0
    page.locator(SWITCH.format(FAR)).check()
    page.get_by_role("button", name="Whole region").click()
    boxes = page.locator(f".leaflet-pane path.feature.{FAR}").evaluate_all(BOXES)
    assert [left > 0 and right < 1400 for left, _, right, _ in boxes] == [True] * 5
    page.get_by_role("button", name="Karabakh", exact=True).click()
    expect(page.locator(".label.region span")).to_be_visible()


def test_a_date_colours_each_face_by_who_held_it(page: Page) -> None:
    handed_over = page.locator("path.fill.aghdam-handed-over")
    expect(handed_over).to_have_class(re.compile(r"\bhanded-over$"))
    page.locator(DATE.format("2020-11-10")).check(force=True)
    expect(handed_over).to_have_class(re.compile("armenian-held"))
    expect(page.locator("path.fill.gubadli")).to_have_class(re.compile("regained"))
    assert drawn(page)["lachin-corridor"] == 1
    page.locator(DATE.format("2020-09-26")).check(force=True)
    assert drawn(page)["lachin-corridor"] == 0


def test_a_feature_whose_layer_goes_is_closed_and_a_link_to_one_that_is_off_says_so(
    visit: Visit, server: str
) -> None:
    page = visit.page
    open_map(page, f"{server}/map", "?feature=lachin-corridor")
    expect(page.locator(".leaflet-popup h3")).to_have_text("Lachin corridor")
    page.locator(DATE.format("2020-09-26")).check(force=True)
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    open_map(page, f"{server}/map", "?feature=lachin-corridor&layers=places")
    expect(page.locator(".notice")).to_contain_text("Lachin corridor")
    assert page.locator(".leaflet-popup").count() == 0


def test_a_form_of_names_reaches_label_popup_and_legend_and_nothing_else(visit: Visit, server: str) -> None:
    page = visit.page
    open_map(page, f"{server}/map", "?feature=stepanakert&view=10/39.8/46.75")
    before, place = drawn(page), view(page)
    page.locator("#lang").select_option("az")
    expect(page.locator(".leaflet-popup h3")).to_have_text("Xankəndi")
    expect(page.locator(".leaflet-popup .names")).to_contain_text("Stepanakert (Khankendi)")
    expect(page.locator(".label span", has_text="Şuşa").first).to_be_visible()
    expect(page.locator("li[data-layer=lachin-corridor] .layer-title")).to_have_text("Laçın dəhlizi")  # noqa: RUF001
    page.locator("#lang").select_option("hy")
    expect(page.locator(".leaflet-popup h3")).to_have_text("Ստեփանակերտ")
    assert (drawn(page), view(page)) == (before, place)


def test_labels_never_lie_on_one_another(visit: Visit, server: str) -> None:
    touching = []
    for zoom in ("8.5", "9.25", "10", "11.5"):
        open_map(visit.page, f"{server}/map", f"?view={zoom}/39.75/46.75")
        boxes = visit.page.locator(".label:not([hidden]) span").evaluate_all(BOXES)
        assert len(boxes) > 5
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
    )
    open_map(visit.page, f"{server}/map", f"?{query}")
    named = {
        "layer": "nonsense",
        "date": "2020-13-45",
        "form of names": "tlh",
        "feature": "<img src=x onerror=alert(1)>",
        "view": "9/95/46",
    }
    sentences = [f"There is no {what} “{value}”; it is ignored." for what, value in named.items()]
    expect(visit.page.locator(".notice span")).to_have_text(sentences)
    shown = {layer for layer, count in drawn(visit.page).items() if count}
    assert (shown, visit.errors) == ({"places"}, [])


def test_the_address_follows_the_map_and_restores_it(page: Page) -> None:
    page.locator(SWITCH.format("places")).uncheck()
    page.locator(DATE.format("2020-11-25")).check(force=True)
    expect(page).to_have_url(re.compile("date=2020-11-25"))
    counted = drawn(page)
    page.goto(page.url)
    page.locator(READY).wait_for()
    assert (counted["places"], drawn(page)) == (0, counted)
    expect(page.locator(DATE.format("2020-11-25"))).to_be_checked()
