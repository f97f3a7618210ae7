"""Plain HTTP/1.1 over a kept connection: light enough for a thousand readers in one process."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Got:
    """An answer, and the seconds from asking for it to its last byte."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Connection:
    """A reader's connection to a site at `path`; `client` is the address that a trusted proxy would name."""

    def __init__(self, address: str, client: str = "", *, cookie: str = "") -> None:
        parts = urlsplit(address)
        self._host, self._port, self.path = parts.hostname or "", parts.port or 80, parts.path or "/"
        told = {"X-Forwarded-For": client, "Cookie": cookie}
        self._told = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
        self._streams: Streams | None = None

    async def get(self, path: str, *, encoding: str = "gzip") -> Got:
        """Ask for a path. Raises OSError if the server hangs up."""
        begun = time.perf_counter()
        try:
            reader, writer = self._streams or await self._connect()
            host = f"Host: {self._host}:{self._port}\r\nAccept-Encoding: {encoding}\r\n"
            writer.write(f"GET {path} HTTP/1.1\r\n{host}{self._told}\r\n".encode("latin-1"))
            status, told = await _head_of(reader)
            length = told.get("content-length")
            # As nothing here asks for HEAD or has 304 sent, no length means: until the end.
            content = await (reader.read() if length is None else reader.readexactly(int(length)))
        except asyncio.IncompleteReadError as error:
            self.close()
            raise ConnectionResetError("the server hung up") from error
        except BaseException:
            self.close()
            raise
        if length is None or told.get("connection") == "close":
            self.close()
        return Got(status, told, content, time.perf_counter() - begun)

    def close(self) -> None:
        """Close the connection; the next request opens one."""
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _connect(self) -> Streams:
        self._streams = await asyncio.open_connection(self._host, self._port, limit=1 << 20)
        return self._streams


async def _head_of(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines[1:] if line)
    return int(lines[0].split()[1]), {name.lower(): value.strip() for name, _, value in pairs}


async def watch(address: str, path: str, *, every_s: float = 0.05, longest_s: float = 30) -> list[float]:
    """Ask for a path over and over until cancelled; return the seconds that each answer took.

    What is not answered, or not with 200, counts as `longest_s`.
    """
    connection, times = Connection(address, "192.0.2.200"), list[float]()
    begun = time.perf_counter()
    try:
        while True:
            begun = time.perf_counter()
            times.append(await _timed(connection, path, longest_s))
            await asyncio.sleep(every_s)
    except asyncio.CancelledError:
        waiting = time.perf_counter() - begun
        return [*times, waiting] if waiting > 2 * every_s else times
    finally:
        connection.close()


async def _timed(connection: Connection, path: str, longest_s: float) -> float:
    try:
        async with asyncio.timeout(longest_s):
            got = await connection.get(path)
    except OSError:  # TimeoutError is one
        return longest_s
    return got.seconds if got.status == 200 else longest_s  # noqa: PLR2004
