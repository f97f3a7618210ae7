"""More connections than there are descriptors, none of which says a word."""

import asyncio
import contextlib
import socket
import sys
import time
from urllib.parse import urlsplit

from benchmarks.soak.limits import Measured, Sizes
from benchmarks.soak.web import Connection
from tests.browser.harness import Server, start

_LONGEST_S = 60
_LIMITED = 'ulimit -n "$1"; exec "$2" app.py'


async def silence(sizes: Sizes) -> Measured:
    """Hold idle connections to a server that may not have so many, and ask for the map beside them."""
    with start("sh", "-c", _LIMITED, "sh", str(sizes["descriptors"]), sys.executable) as server:
        await _answered(server)
        with contextlib.ExitStack() as stack:
            begun = time.perf_counter()
            for _ in range(sizes["connections"]):
                stack.enter_context(_silent(server))
            await _answered(server)
            taken = time.perf_counter() - begun
            await asyncio.sleep(max(0, begun + sizes["seconds"] - time.perf_counter()))
            return {"log": server.log.stat().st_size / 1000, "/map answered again": taken}


def _silent(server: Server) -> socket.socket:
    place = urlsplit(server.address)
    opened = socket.socket()
    opened.settimeout(0)  # the kernel connects it, whether or not the server takes it up
    with contextlib.suppress(BlockingIOError):
        opened.connect((place.hostname, place.port))
    return opened


async def _answered(server: Server) -> None:
    """Wait until the map is answered, for so long as that is of interest."""
    end = time.perf_counter() + _LONGEST_S
    while time.perf_counter() < end:
        connection = Connection(server.address, "192.0.2.2")
        with contextlib.suppress(OSError, IndexError):
            async with asyncio.timeout(2):
                if (await connection.get("/map")).status == 200:  # noqa: PLR2004
                    return
        connection.close()
        await asyncio.sleep(0.1)
