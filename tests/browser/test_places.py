"""Map and reading room work wherever they lie: in one file, in a folder on the disk, with a plain host."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.documents import single_file
from dashboard.site import reader_files
from layers import Atlas
from layers.exports.writing import write_files
from tests.browser.harness import open_map, serve_folder
from tests.browser.visit import Visit

SINGLE = "download/karabakh-2020.html"


@pytest.fixture(scope="module")
def site(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What of the static site a reader opens, the article in quotes only; files to take away are not."""
    folder = tmp_path_factory.mktemp("site")
    write_files(folder, {**reader_files(atlas), SINGLE: single_file(atlas)})
    return folder


def try_the_map(visit: Visit, address: str) -> None:
    """Toggle a layer, open a feature, change the date; nobody else is asked and nothing goes wrong."""
    page = visit.page
    open_map(page, address)
    places = page.locator(".leaflet-pane path.feature.places")
    expect(places).not_to_have_count(0)
    page.locator("input[role=switch][value=places]").uncheck()
    expect(places).to_have_count(0)
    page.locator('path[data-feature="district-zangilan"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#sheet h2")).to_have_text("Zangilan")
    page.locator("input[name=date][value='2020-09-26']").check(force=True)
    expect(page.locator("path.fill.zangilan")).to_have_class(re.compile("armenian-held"))
    assert (visit.elsewhere, visit.errors) == ([], [])


def try_the_room(visit: Visit) -> None:
    """Choose a passage beside the map; no more of the article is there than its marked passages."""
    page = visit.page
    page.locator("#passage-twenty-by-five").click()
    expect(page.locator('.mark.chosen:not(.casing-of)[data-of="lachin-corridor"]')).to_have_count(1)
    expect(page.locator("#room-article")).not_to_contain_text("Moscow agreed in principle")
    assert (visit.elsewhere, visit.errors) == ([], [])


@pytest.mark.parametrize("file", [SINGLE, "index.html"])
def test_map_and_room_work_from_the_disk(visit: Visit, site: Path, file: str) -> None:
    try_the_map(visit, (site / file).as_uri())
    try_the_room(visit)


def test_the_map_of_the_site_works_with_a_plain_host(visit: Visit, site: Path) -> None:
    with serve_folder(site) as host:
        try_the_map(visit, f"{host}/map/")
