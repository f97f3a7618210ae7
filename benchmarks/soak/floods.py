"""One client that asks too much of its socket: runs without end, states without measure."""

import asyncio
import contextlib
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed

from benchmarks.process import rss_mb
from benchmarks.soak.limits import Measured, Sizes
from benchmarks.soak.session import Session, session
from benchmarks.soak.web import Connection, watch
from tests.browser.harness import Server

_FLOODER, _OTHER = "192.0.2.1", "192.0.2.2"
_SOON_S = 2.0


async def reruns(server: Server, sizes: Sizes) -> Measured:
    """Send empty rerun messages and no more, and see how the rest fares meanwhile."""
    empty = BackMsg()
    empty.rerun_script.SetInParent()
    message, other = empty.SerializeToString(), float("inf")
    async with session(server.address, _FLOODER) as flooding:
        health = asyncio.create_task(watch(server.address, "/_stcore/health"))
        await asyncio.sleep(0.2)
        flood = asyncio.create_task(_flood(flooding, message, sizes["messages"]))
        await asyncio.sleep(0.2)
        with contextlib.suppress(OSError, ConnectionClosed):
            async with asyncio.timeout(sizes["seconds"]):
                other = await _opened(server.address)
        await asyncio.sleep(1)
        for task in (flood, health):
            task.cancel()
        times = await health
        flooding.socket.transport.abort()  # a server that is still busy would not hear the end
    return {"health asked beside": len(times), "slowest health": max(times), "another reader's page": other}


async def _flood(flooding: Session, message: bytes, count: int) -> None:
    with contextlib.suppress(ConnectionClosed):
        for _ in range(count):
            await flooding.socket.send(message)


async def _opened(address: str) -> float:
    begun, connection = time.perf_counter(), Connection(address, _OTHER)
    await connection.get("/")
    connection.close()
    async with session(address, _OTHER) as other:
        await other.run()
    return time.perf_counter() - begun


async def states(server: Server, sizes: Sizes) -> Measured:
    """Send states that are too large, each in a session of its own that stays."""
    taken = 0
    async with contextlib.AsyncExitStack() as stack:
        opened = [
            await stack.enter_async_context(session(server.address, _FLOODER))
            for _ in range(sizes["sessions"])
        ]
        for one in opened:
            await one.run()
        before = rss_mb(server.process.pid)
        for one in opened:
            taken += await _is_taken(one, sizes["bytes"])
        after = rss_mb(server.process.pid)
    return {"states taken": taken, "memory a session": (after - before) / sizes["sessions"]}


async def _is_taken(one: Session, size: int) -> bool:
    """Tell whether a page runs with a state of so many bytes."""
    asked = BackMsg()
    identifier = one.widgets.get("bidi_component", "state")
    asked.rerun_script.widget_states.widgets.add(id=identifier, json_value='"' + "x" * size + '"')
    try:
        await one.socket.send(asked.SerializeToString())
        async with asyncio.timeout(_SOON_S):
            await one.hear_run()
    except (ConnectionClosed, TimeoutError):
        return False
    return True
