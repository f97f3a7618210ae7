"""What browser tests and benchmarks share: a real server, a slow line to it, and a real Chromium."""

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, FrameLocator, Page, Playwright

ROOT = Path(__file__).resolve().parents[2]
READY = "html[data-ready]"
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def launch_chromium(playwright: Playwright) -> Browser:
    """Launch the Chromium of this machine, or else the one that Playwright has installed."""
    executable = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return playwright.chromium.launch(executable_path=executable, args=_FLAGS.split())


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serve(*command: str, **environment: str) -> Iterator[str]:
    """Serve the dashboard as `make run` does, or by a command; yield its address once it answers."""
    port = free_port()
    process = subprocess.Popen(
        command or [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port), "STREAMLIT_SERVER_PORT": str(port), **environment},
        stdout=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(url: str, process: subprocess.Popen[bytes], *, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with exit code {process.returncode}")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own
            return
        time.sleep(0.05)
    raise TimeoutError(f"no answer from {url} within {seconds} s")


@contextlib.contextmanager
def slow_line(address: str, *, latency_s: float) -> Iterator[str]:
    """Yield an address that reaches the server with the given latency in each direction."""
    relay = _Relay(int(address.rsplit(":", 1)[1]), free_port(), latency_s)
    thread = threading.Thread(target=asyncio.run, args=(relay.run(),), daemon=True)
    thread.start()
    relay.listening.wait(timeout=5)
    try:
        yield f"http://127.0.0.1:{relay.port}"
    finally:
        relay.stop()
        thread.join(timeout=5)


class _Relay:
    """Passes bytes between a client and the server, each some time after they came."""

    def __init__(self, target: int, port: int, latency_s: float) -> None:
        self.target, self.port, self.latency_s = target, port, latency_s
        self.listening = threading.Event()
        self._ends: list[asyncio.StreamWriter] = []
        self._lines: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.listening.set()
        await self._stopped.wait()
        server.close()
        for line in self._lines:
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)
        for end in self._ends:
            end.transport.abort()
        await asyncio.sleep(0.05)  # aborted transports close their sockets on the loop's next turns

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Note the new end at once: a task that is cancelled before it starts would never close it."""
        self._ends.append(writer)
        self._lines.append(asyncio.create_task(self._carry(reader, writer)))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self.target)
        self._ends.append(to_writer)
        await asyncio.gather(self._pump(reader, to_writer), self._pump(to_reader, writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                loop.call_later(self.latency_s, writer.write, data)
        loop.call_later(self.latency_s, writer.close)
        await asyncio.sleep(self.latency_s)


def open_dashboard(page: Page, address: str, query: str = "") -> FrameLocator:
    """Open the dashboard and return its map document once that is drawn."""
    page.goto(f"{address}/{query}")
    frame = page.frame_locator("iframe")
    frame.locator(READY).wait_for(timeout=20_000)
    return frame


@contextlib.contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """Serve a folder as any plain web host would, and yield its address."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def open_map(page: Page, place: str, query: str = "") -> None:
    """Open the map document, or the page that it is part of, and wait until it is drawn."""
    page.goto(f"{place}{query}")
    page.locator(READY).wait_for(timeout=20_000)
