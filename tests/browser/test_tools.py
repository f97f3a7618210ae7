"""Measuring, the bands of uncertainty and the locator inset, in a real Chromium."""

import math
import re

import pyproj
from playwright.sync_api import Page, expect

from layers import Atlas
from tests.browser.harness import follow, open_map
from tests.browser.visit import Visit

WGS84 = pyproj.Geod(ellps="WGS84")
PAIRS = [  # longitude, latitude, longitude, latitude
    (46.752, 39.816, 46.5658, 39.572),
    (46.752, 39.816, 44.5126, 40.1777),
    (46.75, 39.8, 46.75, 39.8),
    (46.75, 39.8, 46.75001, 39.80001),
    (46.75, 39.8, 46.75, 41.8),
    (44.0, 39.8, 49.0, 39.8),
    (28.5, 46.8, 71.0, 38.8),
    (0, 0, 1, 0),
    (-10, 0, 60, 0),
    (0, 10, 0, -20),
    (179.5, 40, -179.5, 40),
    (0, 89.9, 120, 89.8),
    (-71.1, -33.4, 46.7, 39.8),
]
DISTANCES = """pairs => pairs.map(([x, y, u, v]) =>
    KarabakhGeodesy.distance({ lat: y, lng: x }, { lat: v, lng: u }))"""
ON_SCREEN = """([lat, lon]) => {
    const map = Object.values(window).find((each) => each instanceof L.Map);
    const box = map.getContainer().getBoundingClientRect();
    const point = map.latLngToContainerPoint([lat, lon]);
    return [box.left + point.x, box.top + point.y];
}"""
STEPANAKERT, ON_THE_BORDER, IN_ARMENIA = (39.816, 46.752), (39.5282, 46.5205), (39.95, 45.6)
WIDTHS = "all => all.map(path => Number(path.getAttribute('stroke-width')))"


def click_at(page: Page, at: tuple[float, float]) -> None:
    """Click on the map a little beside a place."""
    x, y = page.evaluate(ON_SCREEN, at)
    page.mouse.click(x + 2, y + 2)


def test_distances_are_those_of_the_ellipsoid(page: Page) -> None:
    page.get_by_role("button", name="Measure distances").click()
    expect(page.locator(".measure")).to_be_visible()
    expected = [WGS84.inv(*pair)[2] for pair in PAIRS]
    off = [abs(a - b) for a, b in zip(page.evaluate(DISTANCES, PAIRS), expected, strict=True)]
    assert [round(metres, 3) for metres in off] == [0] * len(PAIRS)


def test_a_measured_line_snaps_says_its_margin_and_finds_the_nearest_border(
    at_map: Visit, atlas: Atlas
) -> None:
    page = at_map.page
    follow(page, "?view=9/39.7/46.6")
    button, total = page.get_by_role("button", name="Measure distances"), page.locator(".measure-total")
    button.click()
    expect(total).to_contain_text("Click points")
    click_at(page, STEPANAKERT)
    click_at(page, ON_THE_BORDER)
    rows = page.locator(".measure-points li")
    expect(rows).to_contain_text(["39.81600, 46.75200 ± 500 m", "border Armenia / Azerbaijan"])
    expect(total).to_have_text(re.compile(r"^3[78]\.\d ± 0\.5 km$"))  # root of 500² + 120², in km
    page.get_by_role("button", name="Nearest point of this line").click()
    border = atlas.coverage.lines[atlas.coverage.lines.id.str.startswith("state-armenia")]
    vertices = border.geometry.get_coordinates().to_numpy()
    nearest = min(WGS84.inv(46.752, 39.816, x, y)[2] for x, y in vertices)
    shown = float((total.text_content() or "").split()[0])
    assert nearest / 1000 - 0.6 < shown <= nearest / 1000 + 0.05  # a vertex can only be farther
    click_at(page, IN_ARMENIA)
    expect(total).to_contain_text("no ±")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(total).to_have_text(f"{shown} ± 0.5 km")
    page.keyboard.press("Escape")
    expect(page.locator("#tool-panel")).to_be_hidden()
    assert page.evaluate("document.activeElement.title") == "Measure distances"


def test_the_keyboard_measures_from_the_middle_of_the_map(page: Page) -> None:
    page.get_by_role("button", name="Measure distances").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Map")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".measure-points li")).to_have_count(1)
    middle = page.evaluate("Object.values(window).find((each) => each instanceof L.Map).getCenter()")
    measured = page.locator(".measure-points code").text_content() or ""
    lat, lon = (float(part) for part in measured.partition(" ±")[0].split(", "))
    assert (abs(lat - middle["lat"]) < 0.05, abs(lon - middle["lng"]) < 0.05) == (True, True)


def test_bands_are_twice_as_wide_as_lines_may_be_off_and_go_with_their_layers(at_map: Visit) -> None:
    page = at_map.page
    follow(page, "?view=9/40.05/46.6&layers=areas-of-responsibility,places")
    bands = page.locator("path.uncertainty:not(.place)")
    assert bands.count() == 0
    how_sure = page.get_by_role("button", name="How sure?")
    how_sure.evaluate("button => button.click()")
    expect(bands).not_to_have_count(0)
    metres_a_pixel = 40_075_016.686 * math.cos(math.radians(40.05)) / (256 * 2**9)
    assert round(max(bands.evaluate_all(WIDTHS)), 1) == round(2 * 5000 / metres_a_pixel, 1)
    count = bands.count()
    page.locator("input[role=switch][value=areas-of-responsibility]").evaluate("box => box.click()")
    assert 0 < bands.count() < count
    page.locator(".least-certain button").first.evaluate("button => button.click()")
    expect(page.locator("path.uncertainty.asked")).to_have_count(1)
    expect(page).not_to_have_url(re.compile(r"view=9/40\.05/46\.6"))
    how_sure.evaluate("button => button.click()")
    expect(page.locator("path.uncertainty")).to_have_count(0)


def test_the_inset_shows_where_the_view_lies(at_map: Visit) -> None:
    page = at_map.page
    follow(page, "?view=9/39.8/46.75")
    box = page.locator(".locator .view").evaluate("e => [e.x, e.width].map(side => side.baseVal.value)")
    middle = (box[0] + box[1] / 2) / 220 * 29 + 29  # degrees: the inset begins at 29 and is 29 wide
    assert abs(middle - 46.75) < 0.1
    page.set_viewport_size({"width": 880, "height": 700})
    expect(page.locator(".locator")).to_be_hidden()


def test_a_tool_that_cannot_be_loaded_says_so_and_is_loaded_when_asked_again(
    visit: Visit, server: str
) -> None:
    page = visit.page
    open_map(page, f"{server}/map")
    button = page.get_by_role("button", name="Measure distances")
    page.route(re.compile("assets/measure"), lambda route: route.abort())
    button.click()
    expect(page.locator(".notice")).to_contain_text("could not be loaded")
    page.unroute(re.compile("assets/measure"))
    button.click()
    expect(page.locator(".measure")).to_be_visible()
    assert button.get_attribute("aria-pressed") == "true"
