"""A page that stays open and is lent to one test after another, each time as when it had just opened."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Frame

from tests.browser.harness import DESKTOP, READY
from tests.browser.visit import Visit

HERE = Path(__file__).parent
BACK, SHOWN = ((HERE / name).read_text(encoding="utf-8") for name in ("back.js", "shown.js"))
AT_REST_MS = 350  # the map tells its neighbours of a choice after 250 ms


class Kept:
    """The page at an address, which is the reader or frames it; `begin` begins a visit.

    A page counts as led back only if it shows what it showed at first, all of it: else it is opened anew.
    """

    def __init__(self, address: str, begin: Callable[[], Visit]) -> None:
        self.address, self.begin = address, begin
        self.visit: Visit | None = None
        self.at_first = ""

    def lend(self) -> Visit:
        """Return a visit at its beginning, of which nothing is noted yet."""
        if self.visit is None or not self._is_led_back(self.visit):
            self.drop()
            self.visit = self._opened()
        for noted in (self.visit.elsewhere, self.visit.errors, self.visit.console):
            noted.clear()
        return self.visit

    def drop(self) -> None:
        """Close the page: who asks next gets a new one."""
        if self.visit:
            self.visit.page.context.close()
        self.visit = None

    def _opened(self) -> Visit:
        visit = self.begin()
        visit.page.goto(self.address)
        reader = _reader(visit)
        reader.locator(READY).wait_for(timeout=20_000)
        visit.page.wait_for_timeout(AT_REST_MS)
        self.at_first = reader.evaluate(SHOWN)
        return visit

    def _is_led_back(self, visit: Visit) -> bool:
        page, path = visit.page, urlsplit(self.address).path
        if urlsplit(page.url).path != path:
            return False
        page.unroute_all()
        page.mouse.move(0, 0)
        page.set_viewport_size(DESKTOP)
        reader = _reader(visit)
        reader.evaluate(BACK, path)
        return bool(reader.evaluate(SHOWN) == self.at_first)


def _reader(visit: Visit) -> Frame:
    """Return the frame that holds the reader: one in the page, or the page's own."""
    around = visit.page.query_selector("#reader")
    return (around and around.content_frame()) or visit.page.main_frame
