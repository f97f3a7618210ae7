"""What Streamlit answers to a request, collected to be changed before it is sent."""

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Scope

_PARTIAL = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range")


@dataclass(frozen=True)
class WholeAnswer:
    """A whole answer, uncompressed."""

    status: int
    headers: Headers
    body: bytes


def path_of(scope: Scope) -> str:
    """Return the path of a request below that which the app is mounted at."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")) or "/"


async def whole_answer(app: ASGIApp, scope: Scope) -> WholeAnswer:
    """Ask an app as if for the whole of a page or file, whatever the request accepts or has already.

    The app does not hear of a reader who goes away: it would stop halfway, and half a file be kept for all.
    """
    headers = [(name, value) for name, value in scope["headers"] if name not in _PARTIAL]
    start: Message = {}
    body = bytearray()

    async def collect(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            body.extend(message.get("body", b""))

    async def stay() -> Message:
        return await asyncio.Future()

    await app({**scope, "method": "GET", "headers": headers}, stay, collect)
    return WholeAnswer(start["status"], Headers(raw=start["headers"]), bytes(body))
