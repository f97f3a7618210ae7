"""A reader's visit, as the tests in a browser make it."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page

from tests.browser.harness import ROOT

RESULTS = ROOT / "test-results"


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
