"""`python -m benchmarks`: how fast the map answers, as medians of one run. These machines are noisy."""

import gzip
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import requests
from playwright.sync_api import Browser, sync_playwright

from benchmarks.beside_streamlit_folium import compare, print_comparison
from benchmarks.first_look import RUNS, FirstLook, first_look, median_look, new_sessions
from benchmarks.page_runs import page_runs
from benchmarks.slow_line import slow_line
from dashboard.documents import single_file
from layers import build_atlas
from layers.printed import PICTURE_TYPES, picture_bytes, view
from tests.browser.harness import ROOT, Server, launch_chromium, open_dashboard, serve, start

TOGGLE = (Path(__file__).parent.parent / "tests" / "browser" / "toggle.js").read_text(encoding="utf-8")
PASSAGE = (Path(__file__).parent / "passage.js").read_text(encoding="utf-8")


def median_ms(action: Callable[[], object], runs: int) -> float:
    """Return the median of the wall-clock times of an action, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def check_from_cold() -> None:
    """Run `python -m layers check` in a new process."""
    subprocess.run([sys.executable, "-m", "layers", "check"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def export_from_cold() -> None:
    """Run `python -m layers export DIR --all` in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "layers", "export", folder, "--all"]
        quiet = subprocess.DEVNULL
        subprocess.run(command, cwd=ROOT, check=True, stdout=quiet, stderr=quiet)


def taken_away() -> None:
    """Print how long it takes to export everything, to build the page in one file, and to draw a picture."""
    export = median_ms(export_from_cold, 3)
    atlas = build_atlas()
    page = single_file(atlas)
    print(f"everything exported, from cold: {export / 1000:.2f} s")
    print(
        f"the page in one file: {len(page) / 1000:.0f} kB, {median_ms(lambda: single_file(atlas), 3):.0f} ms"
    )
    for kind in PICTURE_TYPES:
        drawing = median_ms(lambda kind=kind: picture_bytes(atlas, view(atlas), format=kind), 3)
        print(f"picture, A4, {kind}: {drawing / 1000:.2f} s")


def starts() -> None:
    """Print how long a server takes from its start to the first map, with an empty and with a full cache."""
    with tempfile.TemporaryDirectory() as cache:
        for kind in ("empty", "full"):
            start = time.perf_counter()
            with serve(KARABAKH_CACHE=cache) as address:
                requests.get(f"{address}/map", timeout=60)
                taken = time.perf_counter() - start
                requests.get(f"{address}/download/SHA256SUMS", timeout=60)  # all is made
            print(f"server, from its start to the first map, cache {kind}: {taken:.2f} s")


def map_from_cache(address: str) -> None:
    """Print the size of the map document and how fast it is sent, and found unchanged."""
    session = requests.Session()
    first = session.get(f"{address}/map", timeout=10)
    zipped = len(gzip.compress(first.content, 9))
    tag = {"If-None-Match": first.headers["ETag"]}
    full = median_ms(lambda: session.get(f"{address}/map", timeout=10), 50)
    same = median_ms(lambda: session.get(f"{address}/map", headers=tag, timeout=10), 50)
    print(f"/map: {zipped / 1000:.1f} kB compressed, answered in {full:.1f} ms, 304 in {same:.1f} ms")


def first_looks(browser: Browser, server: Server) -> None:
    """Print what a new reader sees of `/` beside `/map`, in turn, and what a session costs the server."""
    looks: dict[str, list[FirstLook]] = {"/": [], "/map": []}
    for _ in range(RUNS):
        for place, seen in looks.items():
            seen.append(first_look(browser, server.address + place, streamlit=place == "/"))
    page, alone = (median_look(seen) for seen in looks.values())
    print(f"largest contentful paint: / {page.lcp:.0f} ms, /map {alone.lcp:.0f} ms", end="")
    print(f", ratio {page.lcp / alone.lcp:.2f} (at most 1.5)")
    print(f"map ready: / {page.ready:.0f} ms, /map {alone.ready:.0f} ms", end="")
    print(f", ratio {page.ready / alone.ready:.2f} (at most 3)")
    print(f"layout shift: / {page.shift:.3f}, /map {alone.shift:.3f} (at most 0.1)")
    print(f"sent: / {page.kilobytes:.0f} kB (at most 1,300), /map {alone.kilobytes:.0f} kB")
    cold, warm = new_sessions(browser, server.address, server.process.pid)
    print(f"server CPU: new session {warm:.0f} ms (at most 60), with every file sent anew {cold:.0f} ms")


def toggles(browser: Browser, address: str) -> None:
    """Print how long a toggle takes from click to paint, with 200 ms of latency to the server."""
    with slow_line(address, latency_s=0.2) as far:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        frame = open_dashboard(page, far)
        layers = frame.locator("input[role=switch]").evaluate_all("all => all.map(e => e.value)")
        document = next(candidate for candidate in page.frames if "/reader" in candidate.url)
        times = {layer: [document.evaluate(TOGGLE, layer)["ms"] for _ in range(10)] for layer in layers}
        page.close()
    for layer, measured in times.items():
        print(f"  {layer:<24} {statistics.median(measured):5.1f} ms")
    everything = [value for measured in times.values() for value in measured]
    middle, worst = statistics.median(everything), max(everything)
    print(f"toggle, click to paint: median {middle:.1f} ms, worst {worst:.1f} ms")


def passages(browser: Browser, address: str) -> None:
    """Print how long it takes from choosing a passage until the map is there, with 200 ms of latency."""
    with slow_line(address, latency_s=0.2) as far:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        frame = open_dashboard(page, far)
        document = next(candidate for candidate in page.frames if "/reader" in candidate.url)
        quotes = frame.locator(".passage").evaluate_all(
            "all => all.filter(e => e.dataset.about).map(e => e.dataset.quote)"
        )
        times = [document.evaluate(PASSAGE, quote) for quote in quotes]
        page.close()
    middle, worst = statistics.median(times), max(times)
    print(f"passage to marked feature, {len(times)} of them: median {middle:.0f} ms, worst {worst:.0f} ms")


def main() -> None:
    """Measure everything once and print it."""
    print(f"python -m layers check, from cold: {median_ms(check_from_cold, 5) / 1000:.2f} s")
    taken_away()
    page_runs(build_atlas())
    starts()
    with start() as server, sync_playwright() as playwright:
        address, browser = server.address, launch_chromium(playwright)
        map_from_cache(address)
        first_looks(browser, server)
        toggles(browser, address)
        passages(browser, address)
        print_comparison(compare(browser))
        browser.close()


main()
