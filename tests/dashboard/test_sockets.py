"""Streamlit's websocket: heard at a reader's pace, from our own page, in messages such as that sends."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.settings import ADDRESS
from dashboard.sockets import BURST, MOST_BYTES, MOST_RUNS, PATIENCE_S, PER_SECOND, Pace, Runs, Sockets
from tests.dashboard.web import run


def message(**fields: object) -> Message:
    """Return a message of Streamlit's page; without fields it asks for a run."""
    told = BackMsg(**fields)  # type: ignore[arg-type]
    if not fields:
        told.rerun_script.SetInParent()
    return {"type": "websocket.receive", "bytes": told.SerializeToString()}


def talk(messages: list[Message], headers: dict[str, str]) -> tuple[list[Message], list[Message]]:
    """Send messages through `Sockets`; return what the app behind hears, and what the client is told."""
    heard, told = list[Message](), list[Message]()
    waiting: Iterator[Message] = iter([*messages, {"type": "websocket.disconnect", "code": 1005}])

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        while not heard or heard[-1]["type"] != "websocket.disconnect":
            heard.append(await receive())
        await send({"type": "websocket.send", "bytes": b"the last words"})

    async def receive() -> Message:
        return next(waiting)

    async def send(sent: Message) -> None:
        told.append(sent)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": raw}
    scope["extensions"] = {"websocket.http.response": {}}
    run(asyncio.wait_for(Sockets(app)(scope, receive, send), 20))
    return heard, told


def test_what_no_page_of_ours_sends_closes_the_socket_with_one_line() -> None:
    big = message()
    big["bytes"] += b"\0" * MOST_BYTES
    files = BackMsg()
    files.file_urls_request.file_names.extend(["a", "b"])
    refused = {
        "text": ({"type": "websocket.receive", "text": "hello"}, 1003),
        "rubbish": ({"type": "websocket.receive", "bytes": b"\xff\xff"}, 1003),
        "too big": (big, 1009),
        "nothing": ({"type": "websocket.receive", "bytes": b""}, 1008),
        "empties the cache of all": (message(clear_cache=True), 1008),
        "room for many files": ({"type": "websocket.receive", "bytes": files.SerializeToString()}, 1008),
    }
    found = {}
    for name, (sent, _) in refused.items():
        heard, told = talk([message(), sent, message()], {})
        found[name] = ([each["type"] for each in heard], [(each["type"], each.get("code")) for each in told])
    assert found == {
        name: (["websocket.receive", "websocket.disconnect"], [("websocket.close", code)])
        for name, (_, code) in refused.items()
    }


def test_a_page_of_another_site_is_refused_before_streamlit_asks_who_we_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ADDRESS, "https://a.example/map/")
    asked = ("http://b.test", "https://a.example", "http://evil.example", "null", "http://[", "")
    statuses = {}
    for origin in asked:
        heard, told = talk([message()], {"host": "b.test", "origin": origin})
        statuses[origin] = [each.get("status") for each in told][:1] if not heard else "heard"
    assert statuses == {
        **dict.fromkeys(("http://b.test", "https://a.example"), "heard"),
        **{origin: [403] for origin in ("http://evil.example", "null", "http://[", "")},
    }


def test_a_burst_goes_through_at_once_a_flood_at_a_pace_and_a_key_held_down_never_waits() -> None:
    now = [0.0]
    flooded = Pace(BURST, PER_SECOND, lambda: now[0])
    waits = [flooded.wait() for _ in range(BURST + 5)]
    assert waits == pytest.approx([0.0] * BURST + [n / PER_SECOND for n in range(1, 6)])
    held = Pace(BURST, PER_SECOND, lambda: now[0])
    waited = []
    for _ in range(140):  # what a number's arrow held down has sent, in 14 s, at first 17 in one
        now[0] += 1 / 17 if len(waited) < BURST else 0.1
        waited.append(held.wait())
    assert max(waited) == 0.0


def test_a_flood_that_does_not_end_is_closed() -> None:
    now = [0.0]
    pace = Pace(BURST, PER_SECOND, lambda: now[0])
    count = 0
    while not pace.is_too_fast and count < 1000:
        now[0] += pace.wait()
        count += 1
    assert 100 < count < 150


def test_pages_wait_for_those_that_have_just_begun_and_not_for_one_that_takes_its_time() -> None:
    running, at = [object() for _ in range(MOST_RUNS)], [0.0]
    runs, found = Runs(lambda: running, lambda: at[0]), dict[str, bool]()
    found["all have just begun"] = runs.are_many()
    ended = running.pop()
    found["one has ended"] = runs.are_many()
    running.append(ended)
    at[0] = PATIENCE_S
    found["two take their time, a third has begun anew"] = runs.are_many()
    running.extend(object() for _ in range(MOST_RUNS - 1))
    found["three have begun beside them"] = runs.are_many()
    assert found == {
        "all have just begun": True,
        "one has ended": False,
        "two take their time, a third has begun anew": False,
        "three have begun beside them": True,
    }
