"""Fixtures: one server and one Chromium for all browser tests, a fresh page for each, no other host."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, sync_playwright

from dashboard.site import single_file, site_files
from layers import Atlas
from layers.exports.writing import write_files
from tests.browser.harness import ROOT, launch_chromium, open_dashboard, open_map, serve, serve_folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    if outcome.get_result().when == "call":  # type: ignore[attr-defined]
        item.failed = outcome.get_result().failed  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serve() as served:
        yield served


@pytest.fixture(scope="session")
def site(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static site, as `python -m dashboard site` writes it."""
    folder = tmp_path_factory.mktemp("site")
    write_files(folder, site_files(atlas))
    return folder


@pytest.fixture(scope="session")
def static_address(site: Path) -> Iterator[str]:
    with serve_folder(site) as served:
        yield served


# Each address at which the map can be met, by itself or with the reading room beside it.
PLACES = {
    "server": ("address", "/map"),
    "one file on the disk": ("disk", "/download/karabakh-2020.html"),
    "page on the disk": ("disk", "/index.html"),
    "page of a plain host": ("static_address", "/"),
    "map of a plain host": ("static_address", "/map/"),
}


@pytest.fixture(params=PLACES.values(), ids=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    host, path = request.param
    return f"{request.getfixturevalue(host)}{path}"


@pytest.fixture(scope="session")
def disk(site: Path) -> str:
    return site.as_uri()


@pytest.fixture(scope="session")
def whole_article_file(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page in one file, with the whole article, on the disk."""
    path = tmp_path_factory.mktemp("page") / "karabakh-2020.html"
    path.write_bytes(single_file(atlas, full_article=True))
    return path.as_uri()


Opened = FrameLocator | Page
Opener = Callable[..., Opened]


@pytest.fixture(params=["dashboard", "one file"])
def open_room(request: pytest.FixtureRequest) -> Opener:
    """Open the reading room, in the dashboard or in one file, and return what the map is in."""
    if request.param == "dashboard":
        address = request.getfixturevalue("address")
        return lambda page, query="": open_dashboard(page, address, query)
    file = request.getfixturevalue("whole_article_file")

    def open_file(page: Page, query: str = "") -> Page:
        open_map(page, file, query)
        return page

    return open_file


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch_chromium(playwright)
        yield chromium
        chromium.close()


class Visit:
    """A reader's visit: the page, and what went wrong or left the machine on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.home: tuple[str, str] | None = None
        self.elsewhere: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self._note(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)

    def _note(self, url: str) -> None:
        """Note a request to another host (or from the disk to any) than the first one went to."""
        origin = urlsplit(url)[:2]
        if origin[0] in ("data", "blob"):
            return
        self.home = self.home or origin
        if origin != self.home:
            self.elsewhere.append(url)


@pytest.fixture(params=[(1400, 900)], ids=["desktop"])
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(10_000)
    page = context.new_page()
    yield Visit(page)
    if getattr(request.node, "failed", False):
        folder = ROOT / "test-results"
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / f"{re.sub('[^a-z0-9]+', '-', request.node.name.lower())}.png")
    context.close()


phone = pytest.mark.parametrize("visit", [(360, 740)], ids=["phone"], indirect=True)
