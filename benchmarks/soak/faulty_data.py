"""Data that are spoiled while the server runs, or before it starts, and mended again."""

import asyncio
import json
import shutil
import tempfile
import time
from functools import partial
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from benchmarks.process import cpu_ms
from benchmarks.soak.limits import Measured, Sizes
from benchmarks.soak.readers import address_of
from benchmarks.soak.session import session
from benchmarks.soak.web import Connection, Got, watch
from layers.data.folders import GEODATA
from tests.browser.harness import Server, start
from tests.dashboard.conftest import copy_data

_SPOILED = "quotes.json"
_OK, _FAULTY = 200, 503
_LONGEST_S = 60


async def faulty_data(sizes: Sizes) -> Measured:
    """Spoil data under a server with readers, start another with what is spoiled, then mend it."""
    with tempfile.TemporaryDirectory() as folder:
        data = copy_data(Path(folder))
        begin = partial(start, KARABAKH_GEODATA=str(data / "geodata"), KARABAKH_SEEDS=str(data / "seeds"))
        quotes = data / "geodata" / _SPOILED
        with begin() as server:
            lost = await _spoiled_while_running(server, quotes, sizes["readers"])
        with begin() as server:
            told = await _spoiled_before(server, sizes["readers"])
            told["mended data taken up"] = await _mended(server, quotes)
    return {"maps lost when spoiled while running": lost, **told}


async def _spoiled_while_running(server: Server, quotes: Path, readers: int) -> int:
    """Spoil the data, and count the readers from then on who do not get the map, or lose their page."""
    await _got(server, "/map")
    async with session(server.address, address_of(0)) as one:
        await one.run(page="tables")
        _spoil(quotes)
        await asyncio.sleep(3)
        answers = [await _got(server, "/map") for _ in range(readers)]
        try:
            await one.run(page="tables", text=(one.widgets["text_input"], "TASS"))
        except (ConnectionClosed, TimeoutError):
            return readers
    return sum(got.status != _OK for got in answers)


async def _spoiled_before(server: Server, count: int) -> Measured:
    health = asyncio.create_task(watch(server.address, "/_stcore/health"))
    begun = time.perf_counter()
    told = await asyncio.gather(*(_is_told(server, number) for number in range(count)))
    taken = time.perf_counter() - begun
    before = cpu_ms(server.process.pid)
    await asyncio.gather(*(_is_told(server, count + number) for number in range(count)))
    used = cpu_ms(server.process.pid) - before
    health.cancel()
    ready = await _got(server, "/readyz")
    return {
        "readers told of the faults": sum(told),
        "the last was told": taken,
        "CPU of ten more": used / 1000,
        "slowest health": max(await health),
        "/readyz says 503 and the count": ready.status == _FAULTY and b"1 fault" in ready.body,
    }


async def _is_told(server: Server, number: int) -> bool:
    """Open the page as a reader does; tell whether its map says which file has a fault."""
    connection = Connection(server.address, address_of(number))
    try:
        async with asyncio.timeout(_LONGEST_S):
            await connection.get("/")
            reader = await connection.get("/reader", encoding="identity")
            async with session(server.address, address_of(number)) as one:
                await one.run()
    except (OSError, ConnectionClosed):
        return False
    finally:
        connection.close()
    return reader.status == _FAULTY and _SPOILED.encode() in reader.body


async def _mended(server: Server, quotes: Path) -> float:
    """Mend the data; return how many seconds it takes until there is a map."""
    shutil.copyfile(GEODATA / _SPOILED, quotes)
    begun = time.perf_counter()
    while time.perf_counter() < begun + _LONGEST_S:
        if (await _got(server, "/map")).status == _OK:
            break
        await asyncio.sleep(0.1)
    return time.perf_counter() - begun


async def _got(server: Server, path: str) -> Got:
    connection = Connection(server.address, address_of(60_000))
    try:
        return await connection.get(path)
    finally:
        connection.close()


def _spoil(quotes: Path) -> None:
    """Put a quote into the data that is not in the article."""
    entries = json.loads(quotes.read_text(encoding="utf-8"))
    entries[0]["exact"] = "This is not in the article."
    quotes.write_text(json.dumps(entries), encoding="utf-8")
