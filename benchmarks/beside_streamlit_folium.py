"""Ours beside what one would pick instead, streamlit-folium with the same nine layers, in one run.

streamlit-folium loads Leaflet and more from other hosts. Here Leaflet comes from this disk, and the rest,
which this map does not need, is empty: no time of a network is held against it.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Route, WebSocket

from benchmarks.process import cpu_ms, rss_mb
from dashboard.assets import LEAFLET
from tests.browser.harness import READY, ROOT, Server, start
from tests.dashboard.web import wait_until_ready

HERE = Path(__file__).parent
OURS = (ROOT / "tests" / "browser" / "toggle.js").read_text(encoding="utf-8")
THEIRS = (HERE / "folium_toggle.js").read_text(encoding="utf-8")
SCREEN = {"width": 1400, "height": 900}
FIRST_MAPS, TOGGLES = 5, 4  # toggles of each layer: an even number, so that all is as before
READERS = 10  # who stay, to see what memory each takes
_AT_REST_MS = 800  # between two toggles: a run of the script is over, and its map drawn
_ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1)")


@dataclass
class Column:
    """What was measured of one way: first maps and toggles in ms, kB over the websocket for each toggle.

    And what a reader costs the server: kB and ms of CPU for a page with nothing kept, ms of CPU for a toggle,
    and kB of memory as long as the page is open.
    """

    first_maps: list[float] = field(default_factory=list)
    toggles: list[float] = field(default_factory=list)
    kilobytes: float = 0
    page_kilobytes: list[float] = field(default_factory=list)
    page_cpu: list[float] = field(default_factory=list)
    toggle_cpu: float = 0
    memory: float = 0


def compare(browser: Browser) -> dict[str, Column]:
    """Measure ours, and streamlit-folium in both ways."""
    with tempfile.TemporaryDirectory() as folder:
        export = [sys.executable, "-m", "layers", "export", folder]
        subprocess.run(export, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        layers = sorted(path.stem for path in Path(folder).glob("*.geojson"))
        with start() as server:
            wait_until_ready(server.address)
            columns = {"ours": _measured(browser, server, layers, _our_map, _our_toggle)}
        for how in ("rebuilt", "added"):
            with _streamlit_folium(folder, how) as server:
                columns[how] = _measured(browser, server, layers, _their_map, _their_toggle)
    return columns


def print_comparison(columns: dict[str, Column]) -> None:
    """Print a row for each figure, ours first."""
    names = {"ours": "ours", "rebuilt": "streamlit-folium", "added": "feature_group_to_add"}
    print(f"{'median':<28}" + "".join(f"{names[key]:>22}" for key in columns))
    rows: dict[str, Callable[[Column], str]] = {
        "first map": lambda column: f"{statistics.median(column.first_maps):.0f} ms",
        "toggle, click to paint": lambda column: f"{statistics.median(column.toggles):.1f} ms",
        "over the websocket, a toggle": lambda column: f"{column.kilobytes:.1f} kB",
        "sent by the server, a page": lambda column: f"{statistics.median(column.page_kilobytes):.0f} kB",
        "server CPU, a page": lambda column: f"{statistics.median(column.page_cpu):.0f} ms",
        "server CPU, a toggle": lambda column: f"{column.toggle_cpu:.1f} ms",
        "server memory, a reader": lambda column: f"{column.memory:.0f} kB",
    }
    for title, text in rows.items():
        print(f"{title:<28}" + "".join(f"{text(column):>22}" for column in columns.values()))


@contextmanager
def _streamlit_folium(folder: str, how: str) -> Iterator[Server]:
    script = str(HERE / "streamlit_folium_app.py")
    with start(sys.executable, "-m", "streamlit", "run", script, FOLDER=folder, HOW=how) as server:
        yield server


def _measured(
    browser: Browser,
    server: Server,
    layers: list[str],
    drawn: Callable[[Page], Locator],
    toggle: Callable[[Page, str], float],
) -> Column:
    column, process = Column(), server.process.pid
    for number in range(FIRST_MAPS + 1):
        context, cpu = browser.new_context(viewport=SCREEN), cpu_ms(process)
        page = context.new_page()
        sent, told = _weighed(page)
        began = time.perf_counter()
        page.goto(server.address, wait_until="commit")
        drawn(page).wait_for(state="attached")
        taken = (time.perf_counter() - began) * 1000
        _settle(page)
        if number:  # the first one warms the server
            column.first_maps.append(taken)
            column.page_cpu.append(cpu_ms(process) - cpu)
            column.page_kilobytes.append((sum(sent) + sum(told)) / 1000)
        if number == FIRST_MAPS:
            told.clear()
            cpu = cpu_ms(process)
            for layer in layers * TOGGLES:
                column.toggles.append(toggle(page, layer))
                page.wait_for_timeout(_AT_REST_MS)
            page.wait_for_timeout(500)
            column.kilobytes = sum(told) / len(column.toggles) / 1000
            column.toggle_cpu = (cpu_ms(process) - cpu) / len(column.toggles)
        context.close()
    column.memory = _memory_each(browser, server, drawn)
    return column


def _memory_each(browser: Browser, server: Server, drawn: Callable[[Page], Locator]) -> float:
    """Return by how many kB the server grows for each reader whose page is open."""
    before, contexts = rss_mb(server.process.pid), [browser.new_context() for _ in range(READERS)]
    for context in contexts:
        page = context.new_page()
        page.route(_ELSEWHERE, _from_this_disk)
        page.goto(server.address, wait_until="commit")
        drawn(page).wait_for(state="attached")
        _settle(page)
    grown = rss_mb(server.process.pid) - before
    for context in contexts:
        context.close()
    return grown * 1000 / READERS


def _settle(page: Page) -> None:
    page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")
    page.wait_for_timeout(2000)


def _weighed(page: Page) -> tuple[list[float], list[int]]:
    """Return lists in which the bytes will be that come from the server, and those over a websocket."""
    sent, told, ours = list[float](), list[int](), set[str]()
    page.route(_ELSEWHERE, _from_this_disk)
    page.on("websocket", lambda socket: _weigh(socket, told))
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")

    def begin(got: dict[str, Any]) -> None:
        if not _ELSEWHERE.match(got["response"]["url"]):
            ours.add(got["requestId"])

    def end(got: dict[str, Any]) -> None:
        if got["requestId"] in ours:
            sent.append(got["encodedDataLength"])

    network.on("Network.responseReceived", begin)
    network.on("Network.loadingFinished", end)
    return sent, told


def _our_map(page: Page) -> Locator:
    return page.frame_locator("#reader").locator(READY)


def _our_toggle(page: Page, layer: str) -> float:
    frame = next(frame for frame in page.frames if "/reader" in frame.url)
    return float(frame.evaluate(OURS, layer)["ms"])


def _their_map(page: Page) -> Locator:
    return page.frame_locator("iframe[title*=folium]").locator(".leaflet-interactive").first


def _their_toggle(page: Page, layer: str) -> float:
    return float(page.evaluate(THEIRS, layer))


def _from_this_disk(route: Route) -> None:
    name = route.request.url.rpartition("/")[2]
    if name in ("leaflet.js", "leaflet.css"):
        route.fulfill(path=LEAFLET / name)
    else:
        route.fulfill(body="")


def _weigh(socket: WebSocket, sizes: list[int]) -> None:
    socket.on("framesent", lambda data: sizes.append(len(data)))
    socket.on("framereceived", lambda data: sizes.append(len(data)))
