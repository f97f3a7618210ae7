"""Streamlit's websocket as anybody may use it: from our own page, in small messages, at a reader's pace.

Streamlit starts a run for each message at once, on the event loop: without a pace, 3,000 messages of two
bytes silence the server for minutes.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Hashable, Iterable
from urllib.parse import urlsplit

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.settings import settings
from layers.data.problems import GeodataError

MOST_BYTES = 64 * 1024  # of a message; a reader's largest has about 4 kB
BURST, PER_SECOND = 20, 10.0  # messages; a key held down on a number sends 10 a second, and is the fastest
_MOST_WAITED = 100  # messages in a row: the queue of a client that is gone would be run to its end
MOST_RUNS, PATIENCE_S, _LOOK_AGAIN_S = 3, 0.1, 0.005
# What a reader's page sends. Others would empty the cache for everybody, or have the server ask git.
_HEARD = ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request")
_MOST_FILES = 1  # that a request asks room for: what takes a drawing takes one
_UNSUPPORTED, _POLICY, _TOO_BIG = 1003, 1008, 1009  # RFC 6455, 7.4.1
_TOO_FAST = (_POLICY, "Messages come too fast.")
_GONE = {"type": "websocket.disconnect", "code": 1006}
_ELSEWHERE = (
    "This connection is for the page of this server alone; behind a proxy, KARABAKH_URL says where that is."
)
_log = logging.getLogger(__name__)


class Sockets:
    """Lets a page of ours talk to Streamlit at a reader's pace; closes with one line on anything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._turn, self._runs = asyncio.Lock(), Runs(pages_running)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, a websocket with its messages looked at one by one."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if not is_from_here(Headers(scope=scope)):
            _log.warning("A websocket was refused: its Origin is another than this server's.")
            refused = PlainTextResponse(f"{_ELSEWHERE}\n", 403)
            await WebSocket(scope, receive, send).send_denial_response(refused)
            return
        # Streamlit would ask the internet for the address of this machine, to compare an Origin with that.
        headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
        pace, closed = Pace(BURST, PER_SECOND), False

        async def heard() -> Message:
            nonlocal closed
            message = _GONE if closed else await receive()
            if message["type"] != "websocket.receive":
                return message
            wait = pace.wait()
            if refusal := refusal_of(message) or (_TOO_FAST if pace.is_too_fast else None):
                code, reason = refusal
                _log.warning("A websocket was closed: %s", reason)
                await send({"type": "websocket.close", "code": code, "reason": reason})
                closed = True
                return _GONE
            await asyncio.sleep(wait)  # also 0 lets others have their turn
            await self._room()
            return message

        async def said(message: Message) -> None:
            nonlocal closed
            try:
                if not closed:  # else a run goes on for nobody
                    await send(message)
            except OSError:  # the reader is gone
                closed = True

        await self.app({**scope, "headers": headers}, heard, said)

    async def _room(self) -> None:
        """Wait until few pages have begun to run, in the order of coming."""
        async with self._turn:
            while self._runs.are_many():  # noqa: ASYNC110 - threads end
                await asyncio.sleep(_LOOK_AGAIN_S)


class Pace:
    """How long a client's next message has to wait: not at all for the first few, and for a few a second."""

    def __init__(self, burst: int, per_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_second, self._now = burst, per_second, now
        self._free_at = now()  # when a whole burst may come again
        self._waited = 0

    def wait(self) -> float:
        """Count a message, and return the seconds until it may be passed on."""
        now, each = self._now(), 1 / self._per_second
        self._free_at = max(self._free_at, now) + each
        wait = max(0.0, self._free_at - now - self._burst * each)
        self._waited = self._waited + 1 if wait else 0
        return wait

    @property
    def is_too_fast(self) -> bool:
        """Whether so many messages in a row had to wait that no reader's page can be behind them."""
        return self._waited > _MOST_WAITED


class Runs:
    """Whether enough pages have begun to run; one that takes its time stands in nobody's way."""

    def __init__(
        self, running: Callable[[], Iterable[Hashable]], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._running, self._now = running, now
        self._seen: dict[Hashable, float] = {}  # when each page that runs was first seen

    def are_many(self) -> bool:
        """Look at what runs, and tell whether another page has to wait."""
        now = self._now()
        self._seen = {run: self._seen.get(run, now) for run in self._running()}
        return sum(now - seen < PATIENCE_S for seen in self._seen.values()) >= MOST_RUNS


def refusal_of(message: Message) -> tuple[int, str] | None:
    """Return the code and the line with which to close on a message, or None if a page sends such."""
    content = message.get("bytes")
    if content is None:
        return _UNSUPPORTED, "Messages are binary here."
    if len(content) > MOST_BYTES:
        return _TOO_BIG, f"A message has {MOST_BYTES // 1024} kB at most."
    told = BackMsg()
    try:
        told.ParseFromString(content)
    except DecodeError:
        return _UNSUPPORTED, "This is no message of Streamlit's page."
    if told.WhichOneof("type") not in _HEARD or len(told.file_urls_request.file_names) > _MOST_FILES:
        return _POLICY, "The page of this server sends no such message."
    return None


def is_from_here(headers: Headers) -> bool:
    """Tell whether a websocket is asked for by a page of this server, or by no page at all."""
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        asked, ours = urlsplit(origin).netloc, urlsplit(settings().address).netloc
    except (ValueError, GeodataError):
        return False
    return bool(asked) and asked in (headers.get("host"), ours)


def pages_running() -> list[threading.Thread]:
    """Return those of Streamlit's threads that run a page right now."""
    return [thread for thread in threading.enumerate() if thread.name == "ScriptRunner.scriptThread"]
