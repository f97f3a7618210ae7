"""Readers who do what readers do: open a page, stay, look for something else."""

import asyncio
import contextlib
import statistics
import time
from collections.abc import Iterable

from benchmarks.process import cpu_ms, rss_mb
from benchmarks.soak.limits import Measured, Sizes
from benchmarks.soak.session import Session, session
from tests.browser.harness import Server

SEARCHES = ("Shusha", "TASS", "corridor", "Lachin", "")


def address_of(reader: int) -> str:
    """Return an address for each of up to 65,000 readers: a network that no machine has."""
    return f"198.18.{reader // 250}.{reader % 250 + 1}"


def p95(values: Iterable[float]) -> float:
    """Return what 95 of 100 are below; nan of fewer than two."""
    known = list(values)
    return statistics.quantiles(known, n=20)[-1] if len(known) > 1 else float("nan")


async def changes(server: Server, sizes: Sizes) -> Measured:
    """Have readers of the tables look for something else in turn, and time each of these runs."""
    async with contextlib.AsyncExitStack() as stack:
        readers = [
            await stack.enter_async_context(session(server.address, address_of(number)))
            for number in range(sizes["readers"])
        ]
        for one in readers:
            await one.run(page="tables")
        before = cpu_ms(server.process.pid)
        each = [looking(one, sizes, number / len(readers)) for number, one in enumerate(readers)]
        times = [taken for taken_by_one in await asyncio.gather(*each) for taken in taken_by_one]
        used = cpu_ms(server.process.pid) - before
    return {"changes": len(times), "change, p95": 1000 * p95(times), "CPU a change": used / len(times)}


async def looking(one: Session, sizes: Sizes, phase: float) -> list[float]:
    """Look for something every so often; return how many seconds each run took."""
    every_s, times = sizes["every_s"], list[float]()
    await asyncio.sleep(every_s * phase)
    for number in range(sizes["seconds"] // every_s):
        begun = time.perf_counter()
        field = one.widgets["text_input"]
        times.append(await one.run(page="tables", text=(field, SEARCHES[number % len(SEARCHES)])))
        await asyncio.sleep(max(0, begun + every_s - time.perf_counter()))
    return times


async def sessions(server: Server, sizes: Sizes) -> Measured:
    """Have many readers open the page at once and stay."""
    count, begun = sizes["readers"], time.perf_counter()
    before, used_before = rss_mb(server.process.pid), cpu_ms(server.process.pid)
    async with contextlib.AsyncExitStack() as stack:

        async def opened(number: int) -> None:
            one = await stack.enter_async_context(session(server.address, address_of(number)))
            await one.run()

        await asyncio.gather(*map(opened, range(count)))
        taken, after = time.perf_counter() - begun, rss_mb(server.process.pid)
        used = cpu_ms(server.process.pid) - used_before
    return {"all open": taken, "memory each": (after - before) * 1000 / count, "CPU each": used / count}
