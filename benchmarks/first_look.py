"""The first look at a page, as a new reader has it: paint, map, shifts, bytes, the work of the server."""

import statistics
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.process import cpu_ms

VITALS = Path(__file__).parent / "vitals.js"
SCREEN = {"width": 1400, "height": 900}
RUNS = 5
_SETTLED_MS = 1500  # after the last script: late shifts and requests


@dataclass(frozen=True)
class FirstLook:
    """Largest contentful paint and ready map in ms from the page's start, its layout shift, and kB sent."""

    lcp: float
    ready: float
    shift: float
    kilobytes: float


def first_look(browser: Browser, address: str, *, streamlit: bool) -> FirstLook:
    """Open a page with nothing cached, and return what a reader saw of it."""
    context = browser.new_context(viewport=SCREEN)
    try:
        return _looked_at(context, address, streamlit=streamlit)
    finally:
        context.close()


def median_look(looks: list[FirstLook]) -> FirstLook:
    """Return the median of each figure."""
    columns = zip(*(vars(look).values() for look in looks), strict=True)
    return FirstLook(*map(statistics.median, columns))


def new_sessions(browser: Browser, address: str, process: int) -> tuple[float, float]:
    """Return the server's CPU in ms for one visit with nothing cached, and for one with all files cached."""
    start = cpu_ms(process)
    for _ in range(RUNS):
        first_look(browser, address, streamlit=True)
    cold = (cpu_ms(process) - start) / RUNS
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    _visit(page, address)
    start = cpu_ms(process)
    for _ in range(2 * RUNS):
        _visit(page, address)
    warm = (cpu_ms(process) - start) / (2 * RUNS)
    context.close()
    return cold, warm


def _visit(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")
    page.wait_for_timeout(300)


def _looked_at(context: BrowserContext, address: str, *, streamlit: bool) -> FirstLook:
    page, sent = context.new_page(), list[float]()
    page.add_init_script(path=VITALS)
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda told: sent.append(told["encodedDataLength"]))
    page.goto(address)
    if streamlit:
        page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")
    page.wait_for_timeout(_SETTLED_MS)
    seen = [frame.evaluate("vitals") for frame in page.frames]
    home = seen[0]["origin"]
    since = {key: [one[key] + one["origin"] - home for one in seen if one[key]] for key in ("lcp", "ready")}
    return FirstLook(
        lcp=max(since["lcp"]),
        ready=max(since["ready"]),
        shift=sum(one["cls"] for one in seen),
        kilobytes=sum(sent) / 1000,
    )
