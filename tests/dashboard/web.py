"""Plain HTTP for tests: every header as it was sent, no path tidied up on the way."""

import asyncio
import http.client
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message

T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    """What the server sent."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    def header(self, name: str) -> str:
        """Return a header, or nothing at all."""
        return self.headers.get(name, "")


def ask(address: str, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """Send one request; `if_none_match` stands for `If-None-Match`. Without `accept_encoding`: identity."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    try:
        connection.request(
            method, path, body, headers={key.replace("_", "-"): value for key, value in headers.items()}
        )
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def wait_until_ready(address: str) -> None:
    """Wait until a server has built and made everything, and has nothing to do but answer."""
    while ask(address, "/readyz").status != HTTPStatus.OK:
        time.sleep(0.1)


def run(coroutine: Coroutine[None, None, T]) -> T:
    """Run a coroutine in a thread of its own: Playwright keeps a loop at work in that of the tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def ask_app(app: ASGIApp, path: str, *, method: str = "GET", **headers: str) -> Answer:
    """Send one request to an ASGI app in this process, as `ask` does to a server; its host is `a.test`."""
    parts, sent = urlsplit(path), list[Message]()
    given = {"host": "a.test", **{key.replace("_", "-"): value for key, value in headers.items()}}
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "root_path": "",
        "path": parts.path,
        "query_string": parts.query.encode(),
        "headers": [(key.encode(), value.encode("latin-1")) for key, value in given.items()],
    }

    async def receive() -> Message:
        await asyncio.sleep(60)  # there is no body, and nobody hangs up
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    run(app(scope, receive, send))  # type: ignore[arg-type]
    told = http.client.HTTPMessage()
    for name, value in sent[0]["headers"]:
        told.add_header(name.decode(), value.decode("latin-1"))
    return Answer(sent[0]["status"], told, b"".join(message.get("body", b"") for message in sent[1:]))
