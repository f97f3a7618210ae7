"""What takes seconds to make, asked for by many: distinct pictures, and the archive before it is there."""

import asyncio
import tempfile
import time

from benchmarks.soak.limits import Measured, Sizes
from benchmarks.soak.readers import address_of, p95
from benchmarks.soak.web import Connection, Got, watch
from tests.browser.harness import Server, start

_FLOODER, _OTHER = "192.0.2.1", "192.0.2.2"
_OK, _BUSY = 200, 503


async def pictures(server: Server, sizes: Sizes) -> Measured:
    """Have one client ask for many pictures, and another for a few."""
    maps = asyncio.create_task(watch(server.address, "/map", every_s=0.1))
    end = time.perf_counter() + sizes["seconds"]
    # No two are the same, nor those of another run.
    first, answers = time.time_ns() % 10_000_000, list[Got]()
    flood = [
        asyncio.create_task(_until_served(server.address, f"flood {first + number}", end, answers))
        for number in range(sizes["pictures"])
    ]
    await asyncio.sleep(0.5)
    refused = 0
    for number in range(sizes["others"]):
        got = await _asked_once(server.address, f"other {first + number}", _OTHER)
        refused += got.status != _OK
    await asyncio.gather(*flood)
    maps.cancel()
    busy = [got for got in answers if got.status == _BUSY]
    return {
        "served": sum(got.status == _OK for got in answers),
        "answers but 200 and 503": sum(got.status not in (_OK, _BUSY) for got in answers),
        "503 without Retry-After": sum("retry-after" not in got.headers for got in busy),
        "refused to the other": refused,
        "/map, p95": 1000 * p95(await maps),
    }


async def _until_served(address: str, title: str, end: float, answers: list[Got]) -> None:
    """Ask for a picture as often as the server says, until it is served or time is over."""
    while (left := end - time.perf_counter()) > 0:
        try:
            async with asyncio.timeout(left):
                got = await _asked_once(address, title, _FLOODER)
        except TimeoutError:
            return
        answers.append(got)
        if got.status == _OK:
            return
        await asyncio.sleep(float(got.headers.get("retry-after", "1")))


async def _asked_once(address: str, title: str, client: str) -> Got:
    connection = Connection(address, client)
    try:
        return await connection.get(f"/map.png?size=card&title={title.replace(' ', '+')}")
    finally:
        connection.close()


async def archive(sizes: Sizes) -> Measured:
    """Have many ask for the archive of a server that has made nothing yet."""
    with tempfile.TemporaryDirectory() as cache, start(KARABAKH_CACHE=cache) as server:
        begun = time.perf_counter()
        asked = (_archive(server.address, address_of(number)) for number in range(sizes["readers"]))
        served = await asyncio.gather(*asked)
        taken = time.perf_counter() - begun
    return {"not served": served.count(False), "the last": taken}


async def _archive(address: str, client: str) -> bool:
    connection = Connection(address, client)
    try:
        async with asyncio.timeout(120):
            return (await connection.get("/download/karabakh-2020.zip")).status == _OK
    except OSError:
        return False
    finally:
        connection.close()
