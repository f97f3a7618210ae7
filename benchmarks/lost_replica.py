"""`python -m benchmarks.lost_replica` kills one of two replicas behind nginx that have 50 readers.

Each reader keeps to the rule of Streamlit's page: it waits 250 to 500 ms, asks for the server's health, opens
a websocket and has the page run with what its address says.
"""

import asyncio
import contextlib
import random
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.browser.harness import start
from tests.browser.nginx import behind_nginx

READERS = 50
QUERY, FOUND = "table=events&find=TASS", "TASS"


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
        async with await self._connected() as socket:
            await self._run(socket)
            await opened.wait()
            with contextlib.suppress(ConnectionClosed):
                async for _ in socket:
                    pass
        await asyncio.sleep(random.uniform(0.25, 0.5))  # noqa: S311 - as Streamlit's page does
        async with await self._connected() as socket:
            self.has_state = await self._run(socket)
            self.back = time.monotonic()

    async def _connected(self) -> ClientConnection:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        url = f"{self.site}_stcore/health"
        answer = await asyncio.to_thread(requests.get, url, headers=headers, timeout=30)
        self._keep(answer.headers.get("Set-Cookie", ""))
        address = urlsplit(self.site)
        return await connect(
            f"ws://{address.netloc}{address.path}_stcore/stream",
            additional_headers={"Cookie": self.cookie},
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN", *filter(None, [self.session])],
            max_size=None,
        )

    def _keep(self, set_cookie: str) -> None:
        for part in set_cookie.replace(",", ";").split(";"):
            if part.strip().startswith("karabakh_replica="):
                self.cookie = part.strip()

    async def _run(self, socket: ClientConnection) -> bool:
        """Have the page run, and tell whether it shows what the address says."""
        asked = BackMsg()
        asked.rerun_script.query_string = QUERY
        asked.rerun_script.page_name = "tables"
        await socket.send(asked.SerializeToString())
        shown = False
        async for frame in socket:
            told = ForwardMsg.FromString(bytes(frame))
            if told.WhichOneof("type") == "new_session":
                self.session = told.new_session.initialize.session_id
            shown |= told.delta.new_element.text_input.value == FOUND
            if told.WhichOneof("type") == "script_finished":
                break
        return shown


async def _measured(site: str, processes: dict[str, object]) -> None:
    readers, opened = [Reader(site) for _ in range(READERS)], asyncio.Barrier(READERS + 1)
    tasks = [asyncio.create_task(reader.read(opened)) for reader in readers]
    await opened.wait()
    held = {name: [reader for reader in readers if reader.replica == name] for name in processes}
    print({name: len(each) for name, each in held.items()}, "readers")
    killed = time.monotonic()
    processes["a"].kill()  # type: ignore[attr-defined]
    await asyncio.wait(tasks, timeout=20)
    for task in tasks:
        task.cancel()
    lost = held["a"]
    back = sorted(reader.back - killed for reader in lost if reader.back)
    print(f"of {len(lost)} whose replica was killed {len(back)} are back", end="")
    print(f", {sum(reader.has_state for reader in lost)} with their state")
    if back:
        print(f"after {statistics.median(back):.2f} s (median), {back[-1]:.2f} s (the last)")
    print(f"of the others {sum(reader.back is None for reader in held['b'])} noticed nothing")


def main() -> None:
    """Measure and print."""
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        begun = [start(STREAMLIT_SERVER_BASE_URL_PATH="karabakh") for _ in range(2)]
        first, second = pool.map(stack.enter_context, begun)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        site, _ = stack.enter_context(behind_nginx(folder, (first.address, second.address)))
        for server in (first, second):
            requests.get(f"{server.address}/card.png", timeout=120)  # everything is made
        asyncio.run(_measured(site, {"a": first.process, "b": second.process}))


if __name__ == "__main__":
    main()
