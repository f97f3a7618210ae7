"""A thousand readers who come one after the other and stay, beside a hundred who look for something.

They come to two replicas behind nginx: one process uses one core.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed

from benchmarks.replicas import Replicas, cookie_of, replicas
from benchmarks.soak.limits import Measured, Sizes
from benchmarks.soak.readers import SEARCHES, address_of, p95
from benchmarks.soak.session import Session, session
from benchmarks.soak.visit import files_of, load
from benchmarks.soak.web import watch

_FIRST = 20  # of whom alone it is known what CPU each costs
Coming = Coroutine[None, None, None]
_FAILURES = (OSError, ConnectionClosed)
_THINKING = 0.5, 1.5  # of the mean; in step, all would ask for something at the same moment


@dataclass
class _Crowd:
    """Readers who are there until `over`, and how many seconds they waited for a page and for a change."""

    site: str
    files: Sequence[str]
    over: asyncio.Event = field(default_factory=asyncio.Event)
    opened: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    failed: int = 0

    async def idle(self, number: int) -> None:
        """Open the page and stay."""
        try:
            begun = time.perf_counter()
            await load(self.site, address_of(number), self.files)
            async with self._session(number) as one:
                await one.run()
                self.opened.append(time.perf_counter() - begun)
                await self.over.wait()
        except _FAILURES:
            self.failed += 1

    async def active(self, number: int, every_s: float) -> None:
        """Open the tables and look for something else every so often."""
        try:
            async with self._session(number) as one:
                await one.run("tables")
                turn, chance = number, Random(number)  # noqa: S311 - no secret
                while True:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self.over.wait(), every_s * chance.uniform(*_THINKING))
                    if self.over.is_set():
                        break
                    turn += 1
                    text = (one.widgets["text_input"], SEARCHES[turn % len(SEARCHES)])
                    self.changed.append(await one.run("tables", text=text))
        except _FAILURES:
            self.failed += 1

    @contextlib.asynccontextmanager
    async def _session(self, number: int) -> AsyncIterator[Session]:
        cookie = await cookie_of(self.site, address_of(number))
        async with session(self.site, address_of(number), cookie=cookie) as one:
            yield one


async def thousand(sizes: Sizes) -> Measured:
    """Start the replicas, let the readers come, and tell how each fared and what it cost."""
    with replicas(takes_names=True) as both:
        files = await asyncio.to_thread(files_of, both.address)
        return await _fared(_Crowd(both.address, files), both, sizes)


async def _fared(crowd: _Crowd, both: Replicas, sizes: Sizes) -> Measured:
    pause, idle, active = 1 / sizes["a_second"], sizes["idle"], sizes["active"]
    async with asyncio.TaskGroup() as group:
        before = both.cpu_ms()
        await _come(group, pause, [crowd.idle(number) for number in range(_FIRST)])
        await asyncio.sleep(2)
        each = (both.cpu_ms() - before) / _FIRST
        maps = group.create_task(watch(both.address, f"{urlsplit(both.address).path}map", every_s=0.2))
        lags = group.create_task(_lags())
        before, begun = both.cpu_ms(), time.perf_counter()
        at_work = [crowd.active(idle + number, sizes["every_s"]) for number in range(active)]
        await _come(group, pause, at_work)
        await _come(group, pause, [crowd.idle(number) for number in range(_FIRST, idle)])
        await asyncio.sleep(sizes["every_s"])
        used = (both.cpu_ms() - before) / (time.perf_counter() - begun) / 10
        memory = both.rss_mb()
        maps.cancel()
        lags.cancel()
        crowd.over.set()
    return {
        "readers that failed": crowd.failed,
        "page open, p95": p95(crowd.opened),
        "change, p95": 1000 * p95(crowd.changed),
        "/map, p95": 1000 * p95(maps.result()),
        "memory": memory,
        "CPU a new reader": each,
        "CPU of the servers": used,
        "the client's own lag, p95": 1000 * p95(lags.result()),
    }


async def _come(group: asyncio.TaskGroup, pause: float, readers: Iterable[Coming]) -> None:
    for reader in readers:
        group.create_task(reader)
        await asyncio.sleep(pause)


async def _lags() -> list[float]:
    """Return how late this process itself is, in seconds, until it is cancelled."""
    times, step = list[float](), 0.05
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(step)
            times.append(time.perf_counter() - begun - step)
    return times
