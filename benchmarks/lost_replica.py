"""`python -m benchmarks.lost_replica` kills one of two replicas behind nginx that have 50 readers.

Each reader keeps to the rule of Streamlit's page: it waits 250 to 500 ms, asks for the server's health, opens
a websocket and has the page run with what its address says.
"""

import asyncio
import contextlib
import random
import statistics
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from websockets.exceptions import ConnectionClosed

from benchmarks.replicas import cookie_of, replicas
from benchmarks.soak.session import Session, session
from tests.browser.harness import Server

READERS = 50
QUERY, FOUND = "table=events&find=TASS", "TASS"
_LONGEST_S = 20


@dataclass(frozen=True)
class Outcome:
    """How many readers the killed replica had and how many of the others were disturbed.

    Of those that came back: after how many seconds, in order, and how many with what they had looked for.
    """

    lost: int
    back: tuple[float, ...]
    with_state: int
    disturbed: int


class Reader:
    """One reader of the tables; `back` is when the page had run again after its replica was lost."""

    def __init__(self, site: str) -> None:
        self.site, self.cookie, self.session = site, "", ""
        self.back: float | None = None
        self.has_state = False

    @property
    def replica(self) -> str:
        """The replica that holds the session."""
        return self.cookie.rpartition("=")[2]

    async def read(self, opened: asyncio.Barrier) -> None:
        """Open the page, and open it again once the connection is lost."""
        async with self._connected() as page:
            await self._run(page)
            await opened.wait()
            with contextlib.suppress(ConnectionClosed):
                async for _ in page.socket:
                    pass
        await asyncio.sleep(random.uniform(0.25, 0.5))  # noqa: S311 - as Streamlit's page does
        async with self._connected() as page:
            self.has_state = await self._run(page)
            self.back = time.monotonic()

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[Session]:
        self.cookie = await cookie_of(self.site, known=self.cookie)
        async with session(self.site, cookie=self.cookie, known=self.session) as page:
            yield page

    async def _run(self, page: Session) -> bool:
        """Have the page run, and tell whether it shows what the address says."""
        await page.run("tables", QUERY)
        self.session = page.session_id
        return any(told.delta.new_element.text_input.value == FOUND for told in page.told)


async def _outcome(site: str, killed: Server, count: int) -> Outcome:
    """Kill the replica "a" once all readers are there."""
    readers, opened = [Reader(site) for _ in range(count)], asyncio.Barrier(count + 1)
    tasks = [asyncio.create_task(reader.read(opened)) for reader in readers]
    await opened.wait()
    lost = [reader for reader in readers if reader.replica == "a"]
    begun = time.monotonic()
    killed.process.kill()
    await asyncio.wait(tasks, timeout=_LONGEST_S)
    for task in tasks:
        task.cancel()
    back = sorted(reader.back - begun for reader in lost if reader.back)
    others = [reader for reader in readers if reader not in lost]
    return Outcome(
        len(lost),
        tuple(back),
        sum(reader.has_state for reader in lost),
        sum(reader.back is not None for reader in others),
    )


async def lost_replica(count: int) -> Outcome:
    """Start two replicas behind nginx with so many readers, and kill one of them."""
    with replicas() as both:
        return await _outcome(both.address, both.servers[0], count)


def main() -> None:
    """Measure and print."""
    found = asyncio.run(lost_replica(READERS))
    print(f"of {found.lost} whose replica was killed {len(found.back)} are back", end="")
    print(f", {found.with_state} with their state")
    if found.back:
        print(f"after {statistics.median(found.back):.2f} s (median), {found.back[-1]:.2f} s (the last)")
    print(f"of the others {READERS - found.lost - found.disturbed} noticed nothing")


if __name__ == "__main__":
    main()
