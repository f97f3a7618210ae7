"""Two replicas behind nginx, and a reader's way to one of them."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import cpu_ms, rss_mb, wait_until_quiet
from benchmarks.soak.web import Connection
from tests.browser.harness import Server
from tests.browser.nginx import replicated
from tests.dashboard.web import wait_until_ready

_COOKIE = "karabakh_replica"


@dataclass(frozen=True)
class Replicas:
    """The address of the site, and the two servers behind it."""

    address: str
    servers: list[Server]

    def cpu_ms(self) -> float:
        """Return the CPU that both have used so far."""
        return sum(cpu_ms(server.process.pid) for server in self.servers)

    def rss_mb(self) -> float:
        """Return the memory that both hold now, in megabytes."""
        return sum(rss_mb(server.process.pid) for server in self.servers)


@contextlib.contextmanager
def replicas(*, takes_names: bool = False) -> Iterator[Replicas]:
    """Start two replicas behind the site of deploy/nginx.conf; yield them once both have made everything."""
    with tempfile.TemporaryDirectory() as folder, replicated(Path(folder), takes_names=takes_names) as site:
        for server in site.replicas:
            wait_until_ready(server.address)
            wait_until_quiet(server.process.pid)
        yield Replicas(site.address, site.replicas)


async def cookie_of(site: str, reader: str = "", known: str = "") -> str:
    """Return the cookie that names the replica of a reader; `known` is the one that the reader has.

    Streamlit's page asks for the server's health before each websocket, and gets the cookie with the answer.
    Raises OSError if the site hangs up or refuses.
    """
    connection = Connection(site, reader, cookie=known)
    try:
        got = await connection.get(f"{connection.path}_stcore/health")
    finally:
        connection.close()
    if got.status != 200:  # noqa: PLR2004
        raise OSError(f"health is answered {got.status}")
    told = got.headers.get("set-cookie", "").split(";")[0]
    return told if told.startswith(f"{_COOKIE}=") else known
