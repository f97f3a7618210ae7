"""Fixtures: one Chromium and one server a process, a context of its own for each test, no other host."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.harness import DESKTOP, launch_chromium
from tests.browser.kept import Kept
from tests.browser.visit import RESULTS, Visit, Visits
from tests.dashboard.web import ask

FAILED = pytest.StashKey[bool]()
_PATIENCE_MS = 20_000  # on a busy machine: what is there sooner is not waited for
expect.set_options(timeout=_PATIENCE_MS)


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
def server(server: str) -> str:
    """The address of a dashboard that has read its data: names in Azerbaijani are made on request."""
    ask(server, "/layers/places.csv?lang=az")
    return server


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


def begin(browser: Browser, **options: object) -> Visit:
    """Begin a visit, in a browser context of its own with the options given."""
    context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
    context.set_default_timeout(_PATIENCE_MS)
    return Visit(context.new_page())


def evidence(request: pytest.FixtureRequest) -> Iterator[list[Visit]]:
    """Hand out a list for a test's visits: if it fails, they leave a picture and what was logged."""
    name = re.sub("[^A-Za-z0-9_]+", "-", f"{request.node.path.stem}-{request.node.name}").strip("-")
    for old in RESULTS.glob(f"{name}.*"):  # of an earlier run
        old.unlink()
    visits: list[Visit] = []
    yield visits
    if request.node.stash.get(FAILED, False):
        for number, visit in enumerate(visits):
            visit.leave(f"{name}.{number}")


@pytest.fixture
def visits(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visits]:
    """Begin a visit of the test's own, with options for its browser context."""

    def one(**options: object) -> Visit:
        begun.append(begin(browser, **options))
        return begun[-1]

    with contextmanager(evidence)(request) as begun:
        yield one
    for visit in begun:
        visit.page.context.close()


@pytest.fixture
def visit(visits: Visits) -> Visit:
    return visits()


@pytest.fixture(scope="session")
def kept(browser: Browser, server: str) -> dict[str, Kept]:
    """Pages that stay open, by their path."""
    return {path: Kept(f"{server}{path}", lambda: begin(browser)) for path in ("/", "/map", "/reader")}


@pytest.fixture
def lend(kept: dict[str, Kept], request: pytest.FixtureRequest) -> Iterator[Callable[[str], Visit]]:
    """Lend a page that was opened before, at its beginning; after a failed test nobody gets it any more."""

    def one(path: str) -> Visit:
        lent[path] = kept[path].lend()
        visits.append(lent[path])
        return lent[path]

    lent: dict[str, Visit] = {}
    with contextmanager(evidence)(request) as visits:
        yield one
    if request.node.stash.get(FAILED, False):
        for path in lent:
            kept[path].drop()


@pytest.fixture
def at_reader(lend: Callable[[str], Visit]) -> Visit:
    """Map and rooms in one document, as they open."""
    return lend("/reader")


@pytest.fixture
def at_map(lend: Callable[[str], Visit]) -> Visit:
    """The map document by itself, as it opens."""
    return lend("/map")


@pytest.fixture
def at_dashboard(lend: Callable[[str], Visit]) -> Visit:
    """The page around the reader, as it opens."""
    return lend("/")


@pytest.fixture
def page(at_map: Visit) -> Page:
    return at_map.page
