"""A reader's session with Streamlit, in the messages that its page sends and hears."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

_LONGEST_S = 120  # for a run


class Session:
    """What a page in a browser knows: its session, ids of widgets by kind, the messages of the last run."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.session_id = socket, ""
        self.widgets: dict[str, str] = {}
        self.chosen: dict[str, list[str]] = {}  # what a page sends along of choices that stand as they were
        self.told: list[ForwardMsg] = []

    async def run(self, page: str = "", query: str = "", text: tuple[str, str] | None = None) -> float:
        """Have a page run and return how many seconds that took; `text` is a widget's id and its new value.

        Raises ConnectionClosed if the server hangs up, TimeoutError if the run does not end.
        """
        asked = BackMsg()
        asked.rerun_script.query_string, asked.rerun_script.page_name = query, page
        for identifier, options in self.chosen.items() if text else ():
            asked.rerun_script.widget_states.widgets.add(id=identifier).string_array_value.data.extend(
                options
            )
        if text:
            asked.rerun_script.widget_states.widgets.add(id=text[0], string_value=text[1])
        begun = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        async with asyncio.timeout(_LONGEST_S):
            await self.hear_run()
        return time.perf_counter() - begun

    async def hear_run(self) -> None:
        """Hear what the server says until a run has ended."""
        self.told = []
        while True:
            told = ForwardMsg.FromString(bytes(await self.socket.recv(decode=False)))
            self._keep(told)
            if told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and told.HasField("script_finished"):
                return

    def _keep(self, told: ForwardMsg) -> None:
        self.told.append(told)
        if told.HasField("new_session"):
            self.session_id = told.new_session.initialize.session_id
        element = told.delta.new_element
        kind = element.WhichOneof("type")
        identifier = getattr(getattr(element, kind), "id", "") if kind else ""
        if kind and identifier:
            self.widgets[kind] = identifier
        if kind == "button_group":
            group = element.button_group
            first = [group.options[place].content for place in group.default]
            self.chosen[identifier] = list(group.raw_values) or first


@contextlib.asynccontextmanager
async def session(
    address: str, client: str = "", *, cookie: str = "", known: str = ""
) -> AsyncIterator[Session]:
    """Connect as Streamlit's page does; `known` is the session that it had before.

    `client` is the address that a trusted proxy would name.
    """
    place = urlsplit(address)
    told = {"X-Forwarded-For": client, "Cookie": cookie}
    async with connect(
        f"ws://{place.netloc}{place.path.rstrip('/')}/_stcore/stream",
        origin=Origin(f"{place.scheme}://{place.netloc}"),
        additional_headers={name: value for name, value in told.items() if value},
        subprotocols=[Subprotocol(name) for name in ("streamlit", "PLACEHOLDER_AUTH_TOKEN", known) if name],
        max_size=None,
        open_timeout=_LONGEST_S,
        close_timeout=1,
        ping_interval=None,  # a browser sends none
    ) as socket:
        yield Session(socket)
