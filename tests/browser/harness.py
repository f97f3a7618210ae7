"""What browser tests and benchmarks share: a real server, a plain web host, and a real Chromium."""

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, FrameLocator, Page, Playwright, ViewportSize

ROOT = Path(__file__).resolve().parents[2]
READY = "html[data-ready]"
DESKTOP, PHONE = ViewportSize(width=1400, height=900), ViewportSize(width=360, height=740)
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def launch_chromium(playwright: Playwright) -> Browser:
    """Launch the Chromium of this machine, or else the one that Playwright has installed."""
    executable = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return playwright.chromium.launch(executable_path=executable, args=_FLAGS.split())


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A server that was started: its address, its process, and the file that it prints to."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path


@contextlib.contextmanager
def serve(*command: str, log: Path | None = None, **environment: str) -> Iterator[str]:
    """Serve the dashboard as `make run` does, or by a command; yield its address once it answers."""
    with start(*command, log=log, **environment) as server:
        yield server.address


@contextlib.contextmanager
def start(
    *command: str, log: Path | None = None, port: int | None = None, **environment: str
) -> Iterator[Server]:
    """Start a server, as `serve` does, on any port if none is given; yield it once it answers.

    What it prints goes to the file `log`; a server that does not answer is an error that holds that.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") if log else tempfile.NamedTemporaryFile() as printed:
        process = subprocess.Popen(
            command or [sys.executable, "app.py"],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port), "STREAMLIT_SERVER_PORT": str(port), **environment},
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(f"{address}/_stcore/health", process, Path(printed.name))
            yield Server(address, process, Path(printed.name))
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:  # too busy to hear it
        process.kill()
        process.wait(timeout=10)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path, *, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.05)
            break
    ended = f"stopped with exit code {process.poll()}" if process.poll() is not None else "does not answer"
    printed = log.read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"the server of {url} {ended}; it printed:\n{printed}")


@contextlib.contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """Serve a folder as any plain web host would, and yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_PlainHost, directory=folder)) as host:
        threading.Thread(target=host.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{host.server_port}"
        finally:
            host.shutdown()


class _PlainHost(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep quiet: a line for each request helps nobody."""


def open_map(page: Page, place: str, query: str = "") -> None:
    """Open the map document, or the page that it is part of, and wait until it is drawn."""
    page.goto(f"{place}{query}")
    page.locator(READY).wait_for(timeout=20_000)


def open_dashboard(page: Page, address: str, query: str = "") -> FrameLocator:
    """Open the dashboard and return its map document once that is drawn."""
    page.goto(f"{address}/{query}")
    frame = page.frame_locator("iframe")
    frame.locator(READY).wait_for(timeout=20_000)
    return frame


def follow(page: Page, query: str) -> None:
    """Lead a map that is open to another address, as Back and Forward do."""
    page.evaluate(
        "query => { history.pushState(null, '', location.pathname + query);"
        " dispatchEvent(new PopStateEvent('popstate')); }",
        query,
    )
