"""The map in a real Chromium, wherever it may be met: offline, by mouse, by keyboard, by link."""

import base64
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from layers import Atlas
from tests.browser.conftest import Visit
from tests.browser.harness import open_map

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


TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def drawn(page: Page) -> dict[str, int]:
    """Count the paths drawn of each layer."""
    return {layer: page.locator(f".leaflet-pane path.feature.{layer}").count() for layer in LAYERS}


def view(page: Page) -> str:
    """Return where the map stands, as its panes say it."""
    style = page.locator(".leaflet-map-pane").get_attribute("style") or ""
    return style + str(page.locator(".leaflet-control-scale-line").all_text_contents())


def test_it_draws_fully_and_asks_no_other_host(visit: Visit, place: str) -> None:
    open_map(visit.page, place)
    assert min(drawn(visit.page).values()) > 0
    assert (visit.elsewhere, visit.errors) == ([], [])


def test_tiles_are_asked_for_only_when_chosen(visit: Visit, place: str) -> None:
    open_map(visit.page, place)
    visit.page.route(
        re.compile("openstreetmap"), lambda route: route.fulfill(body=TILE, content_type="image/png")
    )
    assert visit.elsewhere == []
    visit.page.locator("#ground").select_option("osm")
    expect(visit.page.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap")
    assert {urlsplit(url).hostname for url in visit.elsewhere} == {"tile.openstreetmap.org"}
    visit.page.locator("#ground").select_option("")
    expect(visit.page.locator(".leaflet-tile-pane .leaflet-layer")).to_have_count(0)


def test_tiles_that_cannot_be_reached_bring_the_drawn_ground_back(visit: Visit, place: str) -> None:
    open_map(visit.page, place)
    visit.page.route(re.compile("arcgisonline"), lambda route: route.abort())
    visit.page.locator("#ground").select_option("imagery")
    expect(visit.page.locator(".notice")).to_have_count(1)
    expect(visit.page.locator("#ground")).to_have_value("")
    expect(visit.page.locator("path.ground.far-water")).to_be_visible()


@pytest.mark.parametrize("layer", LAYERS)
def test_a_switch_takes_its_own_layer_off_and_brings_it_back(visit: Visit, place: str, layer: str) -> None:
    open_map(visit.page, place)
    before, place = drawn(visit.page), view(visit.page)
    switch = visit.page.locator(f"input[role=switch][value={layer}]")
    switch.uncheck()
    assert drawn(visit.page) == {**before, layer: 0}
    switch.check()
    assert (drawn(visit.page), view(visit.page)) == (before, place)


def test_a_click_on_a_feature_opens_its_quotes(visit: Visit, place: str, atlas: Atlas) -> None:
    open_map(visit.page, place)
    visit.page.locator('path[data-feature="district-kelbajar"]').click(
        position={"x": 150, "y": 60}, force=True
    )
    popup = visit.page.locator(".leaflet-popup")
    expect(popup.locator("h3")).to_have_text("Kelbajar")
    quote = next(q for q in atlas.layers["returned-districts"].quotes if "district-kelbajar" in q.about)
    expect(popup).to_contain_text(quote.exact)
    expect(popup).to_contain_text(f"paragraph {quote.paragraph}")


def test_features_that_lie_under_the_one_clicked_are_one_click_away(visit: Visit, place: str) -> None:
    open_map(visit.page, place, "?view=12/39.60/46.545")
    box = visit.page.locator(".folium-map").bounding_box()
    assert box
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.locator(".also button", has_text="Returned districts").click()
    expect(visit.page.get_by_role("heading", name="Lachin", exact=True)).to_be_visible()


def test_the_keyboard_opens_a_feature_and_leaves_it(visit: Visit, place: str) -> None:
    open_map(visit.page, place)
    path = visit.page.locator('path[data-feature="district-zangilan"]')
    path.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".leaflet-popup h3")).to_have_text("Zangilan")
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".leaflet-popup")).to_have_count(0)
    assert visit.page.evaluate("document.activeElement.dataset.feature") == "district-zangilan"


def test_every_drawn_feature_has_a_role_a_name_and_a_place_in_the_tab_order(visit: Visit, place: str) -> None:
    open_map(visit.page, place)
    paths = visit.page.locator("path[data-feature]")
    facts = paths.evaluate_all("all => all.map(p => [p.getAttribute('role'), !!p.ariaLabel, p.tabIndex])")
    assert {tuple(fact) for fact in facts} == {("button", True, 0)}


def test_the_whole_region_shows_what_the_article_compares(visit: Visit, place: str) -> None:
    open_map(visit.page, place)
    assert visit.page.locator(f".leaflet-pane path.feature.{FAR}").count() == 0
    visit.page.locator(f"input[role=switch][value={FAR}]").check()
    visit.page.get_by_role("button", name="Whole region").click()
    in_view = visit.page.locator(f".leaflet-pane path.feature.{FAR}").evaluate_all(
        "all => all.map(p => p.getBoundingClientRect()).map(b => b.left > 0 && b.right < innerWidth)"
    )
    assert in_view == [True] * 5
    visit.page.get_by_role("button", name="Karabakh", exact=True).click()
    expect(visit.page.locator(".label.region span")).to_be_visible()


def test_a_date_colours_each_face_by_who_held_it(visit: Visit, place: str) -> None:
    open_map(visit.page, place)
    handed_over = visit.page.locator("path.fill.aghdam-handed-over")
    expect(handed_over).to_have_class(re.compile(r"\bhanded-over$"))
    visit.page.locator("input[name=date][value='2020-11-10']").check(force=True)
    expect(handed_over).to_have_class(re.compile("armenian-held"))
    expect(visit.page.locator("path.fill.gubadli")).to_have_class(re.compile("regained"))
    assert drawn(visit.page)["lachin-corridor"] == 1
    visit.page.locator("input[name=date][value='2020-09-26']").check(force=True)
    assert drawn(visit.page)["lachin-corridor"] == 0


def test_a_feature_whose_layer_goes_is_closed_and_a_link_to_one_that_is_off_says_so(
    visit: Visit, place: str
) -> None:
    open_map(visit.page, place, "?feature=lachin-corridor")
    expect(visit.page.locator(".leaflet-popup h3")).to_have_text("Lachin corridor")
    visit.page.locator("input[name=date][value='2020-09-26']").check(force=True)
    expect(visit.page.locator(".leaflet-popup")).to_have_count(0)
    open_map(visit.page, place, "?feature=lachin-corridor&layers=places")
    expect(visit.page.locator(".notice")).to_contain_text("Lachin corridor")
    assert visit.page.locator(".leaflet-popup").count() == 0


def test_no_popup_says_nan(visit: Visit, place: str) -> None:
    open_map(visit.page, place)
    texts = visit.page.locator("template").evaluate_all("all => all.map(t => t.content.textContent)")
    assert (len(texts) > 30, [text for text in texts if re.search(r"\bnan\b", text)]) == (True, [])


def test_a_form_of_names_changes_the_labels_and_nothing_else(visit: Visit, place: str) -> None:
    open_map(visit.page, place)
    before, place = drawn(visit.page), view(visit.page)
    visit.page.locator("#lang").select_option("hy")
    expect(visit.page.locator(".label span", has_text="Ստեփանակերտ").first).to_be_visible()
    assert (drawn(visit.page), view(visit.page)) == (before, place)


def test_labels_never_lie_on_one_another(visit: Visit, place: str) -> None:
    for zoom in ("8.5", "9.25", "10", "11.5"):
        open_map(visit.page, place, f"?view={zoom}/39.75/46.75")
        boxes = visit.page.locator(".label:not([hidden]) span").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
        )
        touching = [
            (a, b)
            for i, a in enumerate(boxes)
            for b in boxes[i + 1 :]
            if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        ]
        assert (len(boxes) > 5, touching) == (True, [])


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("?layers=places,nonsense", "nonsense"),
        ("?date=2020-13-45", "2020-13-45"),
        ("?feature=<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("?view=9/95/46", "9/95/46"),
        ("?lang=tlh", "tlh"),
    ],
)
def test_an_unknown_value_is_named_and_ignored(visit: Visit, place: str, query: str, named: str) -> None:
    open_map(visit.page, place, query)
    expect(visit.page.locator(".notice span")).to_have_text(
        f"There is no {_what(query)} “{named}”; it is ignored."
    )
    assert (drawn(visit.page)["places"] > 0, visit.errors) == (True, [])


def _what(query: str) -> str:
    key = query[1:].split("=", maxsplit=1)[0]
    return {"layers": "layer", "lang": "form of names"}.get(key, key)


def test_the_address_follows_the_map_and_restores_it(visit: Visit, place: str) -> None:
    open_map(visit.page, place)
    visit.page.locator("input[role=switch][value=places]").uncheck()
    visit.page.locator("input[name=date][value='2020-11-25']").check(force=True)
    expect(visit.page).to_have_url(re.compile("date=2020-11-25"))
    counted = drawn(visit.page)
    visit.page.goto(visit.page.url)
    visit.page.locator("html[data-ready]").wait_for()
    assert drawn(visit.page) == counted
