"""Fixtures: one Chromium and one server a process, a context of its own for each test, no other host."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser.harness import ROOT, launch_chromium, open_map
from tests.dashboard.web import ask

DESKTOP, PHONE = {"width": 1400, "height": 900}, {"width": 360, "height": 740}
RESULTS = ROOT / "test-results"
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.failed:  # type: ignore[attr-defined]
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def reader(server: str) -> str:
    """The address of map and rooms in one document."""
    return f"{server}/reader"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch_chromium(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def ready_server(server: str) -> str:
    """The address of a dashboard that has read its data: names in Azerbaijani are made on request."""
    ask(server, "/layers/places.csv?lang=az")
    return server


class Visit:
    """A reader's visit: the page, what it wrote on the console, what went wrong or left the machine on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.home: tuple[str, str] | None = None
        self.elsewhere: list[str] = []
        self.errors: list[str] = []
        self.console: list[str] = []
        page.on("request", lambda request: self._asked(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._said)

    def _asked(self, url: str) -> None:
        """Note a request to another host (or from the disk to any) than the first one went to."""
        origin = urlsplit(url)[:2]
        if origin[0] in ("data", "blob"):
            return
        self.home = self.home or origin
        if origin != self.home:
            self.elsewhere.append(url)

    def _said(self, message: ConsoleMessage) -> None:
        self.console.append(f"{message.type}: {message.text}")
        if message.type == "error":
            self.errors.append(message.text)

    def leave(self, name: str) -> None:
        """Leave a picture of the page, and what was logged, to whoever looks into a failed test."""
        RESULTS.mkdir(exist_ok=True)
        log = [self.page.url, *self.console, "errors:", *self.errors, "asked elsewhere:", *self.elsewhere]
        (RESULTS / f"{name}.log").write_text("\n".join([*log, ""]), encoding="utf-8")
        self.page.screenshot(path=RESULTS / f"{name}.png")


Visits = Callable[..., Visit]


@pytest.fixture
def visits(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visits]:
    """Begin a visit, in a browser context of its own with the options given."""
    begun: list[Visit] = []

    def begin(**options: object) -> Visit:
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        context.set_default_timeout(10_000)
        begun.append(Visit(context.new_page()))
        return begun[-1]

    name = re.sub("[^A-Za-z0-9_]+", "-", f"{request.node.path.stem}-{request.node.name}").strip("-")
    for old in RESULTS.glob(f"{name}.*"):  # of an earlier run
        old.unlink()
    yield begin
    for number, visit in enumerate(begun):
        if request.node.stash.get(FAILED, False):
            visit.leave(f"{name}.{number}")
        visit.page.context.close()


@pytest.fixture
def visit(visits: Visits) -> Visit:
    return visits()


@pytest.fixture
def page(visit: Visit, server: str) -> Page:
    """The map document by itself, drawn."""
    open_map(visit.page, f"{server}/map")
    return visit.page
