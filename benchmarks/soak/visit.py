"""What a browser with nothing kept asks for when it opens the page, found out by one that does."""

import asyncio
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from benchmarks.soak.web import Connection
from tests.browser.harness import launch_chromium, open_dashboard

_CONNECTIONS = 6  # of a browser to one host
_OK = 200


def files_of(address: str) -> list[str]:
    """Return the paths that a Chromium asks for, in its order, the page's own first."""
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        open_dashboard(page, address.rstrip("/"))
        page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")
        browser.close()
    ours = (urlsplit(url) for url in asked if url.startswith(address))
    return [f"{parts.path}?{parts.query}" if parts.query else parts.path for parts in ours]


async def load(address: str, client: str, paths: Sequence[str]) -> float:
    """Load files as a browser does, over a few connections; return the seconds that it takes.

    Raises OSError if one of them is refused.
    """
    begun, waiting = time.perf_counter(), list(paths[:0:-1])
    connections = [Connection(address, client) for _ in range(_CONNECTIONS)]

    async def take(connection: Connection) -> None:
        while waiting:
            await _taken(connection, waiting.pop())

    try:
        await _taken(connections[0], paths[0])
        await asyncio.gather(*map(take, connections))
    finally:
        for connection in connections:
            connection.close()
    return time.perf_counter() - begun


async def _taken(connection: Connection, path: str) -> None:
    got = await connection.get(path)
    if got.status != _OK:
        raise OSError(f"{path} is answered {got.status}")
