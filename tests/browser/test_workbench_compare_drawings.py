"""Compare drawings in a real Chromium: a district of a drawing, the slider by keyboard, one's own file."""

import json
import re
from pathlib import Path

from playwright.sync_api import expect
from shapely.affinity import translate
from shapely.geometry import mapping

from layers import Atlas
from tests.browser.visit import Visit

LACHIN = "district-lachin"


def test_a_district_of_another_drawing_is_found_by_keyboard_and_a_file_of_ones_own_is_compared(
    visit: Visit, server: str, atlas: Atlas, tmp_path: Path
) -> None:
    page = visit.page
    page.goto(f"{server}/compare-drawings?drawing=Natural-Earth")
    slider = page.get_by_role("slider")
    expect(slider).to_be_visible(timeout=60_000)
    expect(page.locator(".compared").get_by_role("row", name=re.compile("^Lachin"))).to_be_visible()

    page.get_by_label("Shown on the map").focus()
    page.keyboard.type("Lachin")
    expect(page.get_by_role("option")).to_have_text(["Lachin"])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"feature={LACHIN}"))

    slider.focus()
    page.keyboard.press("End")
    left = page.locator("svg .left")
    expect(left).to_have_attribute("width", "1000")
    page.keyboard.press("ArrowLeft")
    expect(left).to_have_attribute("width", "990")

    name = tmp_path / "<b>mine</b>.geojson".replace("/", "")
    moved = mapping(translate(atlas.features[LACHIN].geometry, 0.01))
    name.write_text(json.dumps({"type": "Feature", "properties": {"name": "<img src=x>"}, "geometry": moved}))
    page.get_by_label("Drawing", exact=True).focus()
    page.keyboard.type("Your own")
    expect(page.get_by_role("option")).to_have_text(["Your own file"])
    page.keyboard.press("Enter")
    too_big = tmp_path / "big.geojson"
    too_big.write_bytes(bytes(6_000_000))
    page.locator("input[type=file]").set_input_files(too_big)
    refused = page.get_by_text("File must be 5.0MB or smaller")
    expect(refused).to_be_attached()
    page.locator("input[type=file]").set_input_files(name)
    expect(page.get_by_text(re.compile("^One area compared: Lachin"))).to_be_visible(timeout=60_000)
    assert page.locator(".compared img, .outlines img").count() == 0
    expect(page.get_by_test_id("stFileChip").filter(visible=True)).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="Report (HTML)").click()
    assert "&lt;img src=x&gt;" in Path(download.value.path()).read_text(encoding="utf-8")
    assert visit.elsewhere == []
