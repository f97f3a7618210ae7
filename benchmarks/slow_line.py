"""A slow line to a server: what goes over it arrives later, in each direction."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator

from tests.browser.harness import free_port


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
