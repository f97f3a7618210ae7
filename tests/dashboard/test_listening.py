"""Connections and their log: no room is said at once, silence ends, what repeats is said once a minute."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import h11
import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect

from dashboard import listening
from dashboard.listening import Patient
from dashboard.logs import AccessLog, OnceAMinute
from tests.dashboard.web import ask_app, run


@asynccontextmanager
async def serving(app: ASGIApp, most: int | None = None) -> AsyncIterator[int]:
    """Serve an app for as many connections at most, and yield the port."""
    config = uvicorn.Config(
        app, http=Patient, port=0, limit_concurrency=most, log_config=None, lifespan="off"
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await running


async def served(asked: list[bytes], most: int) -> list[bytes]:
    """Open a connection for each beginning of a request, and return what is answered until all are closed."""

    async def answer(first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        told = first + await reader.read()
        writer.close()
        return told

    answers: list[Coroutine[Any, Any, bytes]] = []
    async with serving(PlainTextResponse("here\n"), most) as port:
        for begun in asked:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(begun)
            answers.append(answer(await reader.read(1) if b"\r\n\r\n" in begun else b"", reader, writer))
        return await asyncio.wait_for(asyncio.gather(*answers), 20)


def test_who_sends_nothing_or_half_a_request_is_let_go_and_who_has_no_room_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listening, "_WITHIN_S", {h11.IDLE: 0.3, h11.SEND_BODY: 0.3})
    head = b"GET / HTTP/1.1\r\nHost: a\r\n"
    asked = [head + b"\r\n", head + b"Content-Length: 9\r\n\r\n1", b"", head, b"", b""]
    told = run(served(asked, most=5))
    assert [answer.partition(b"\r\n")[0].decode() for answer in told] == [
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK",
        "",
        "HTTP/1.1 408 Request Timeout",
        "",
        "HTTP/1.1 503 Service Unavailable",
    ]
    assert told[-1].endswith(b"\r\n\r\nThere is no room for more readers just now.\n")


def test_a_websocket_stays_open_however_long_it_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_WITHIN_S", {h11.IDLE: 0.1, h11.SEND_BODY: 0.1})

    async def echo(scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        await socket.send_text(await socket.receive_text())

    async def talk() -> str:
        async with serving(echo) as port, connect(f"ws://127.0.0.1:{port}/") as socket:
            await asyncio.sleep(0.4)
            await socket.send("still here")
            return str(await socket.recv())

    assert run(talk()) == "still here"


def test_what_repeats_is_said_once_a_minute_and_how_often() -> None:
    now = [0.0]
    once, said = OnceAMinute(lambda: now[0]), []
    for second in range(130):
        now[0] = float(second)
        for text, filled in (("Refused %s.", second), ("Another.", None)):
            record = logging.LogRecord("a", 30, "", 0, text, (filled,) if filled is not None else None, None)
            if all(once.filter(record) for _ in "two handlers"):
                said.append((second, record.getMessage()))
    assert said == [
        (0, "Refused 0."),
        (0, "Another."),
        (60, "Refused 60. (59 more like it before)"),
        (60, "Another. (59 more like it before)"),
        (120, "Refused 120. (59 more like it before)"),
        (120, "Another. (59 more like it before)"),
    ]


def test_each_request_is_a_line_of_json_where_that_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    ask_app(AccessLog(PlainTextResponse("no\n", 404)), "/x?a=b\n")
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert [told[key] for key in ("method", "path", "status", "bytes")] == ["GET", "/x", 404, 3]
