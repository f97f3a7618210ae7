"""Connections as a public server takes them: as many as there is room for, and none that keeps it waiting."""

import asyncio
import resource
from contextlib import suppress
from dataclasses import dataclass

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

_WANTED, _FOR_FILES = 65_536, 64  # descriptors; those kept for what is no connection
_WITHIN_S = {h11.IDLE: 15.0, h11.SEND_BODY: 120.0}  # that a request's head, and its body, may take
_UNREAD_S = 60.0  # that an answer may wait for its reader


@dataclass(frozen=True)
class Room:
    """How many connections there is room for, and how many may wait: asyncio takes all of those at once."""

    connections: int
    waiting: int


def make_room() -> Room:
    """Ask for as many descriptors as may be had, and return what there is room for with those there are."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(_or_wanted(hard), _WANTED)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft = min(_or_wanted(resource.getrlimit(resource.RLIMIT_NOFILE)[0]), _WANTED)
    waiting = min(max(soft // 16, 16), 1024)
    # Those that there is no room for are held for two turns of the loop, until they are told so.
    return Room(max(16, soft - _FOR_FILES - 3 * waiting), waiting)


def _or_wanted(limit: int) -> int:
    return _WANTED if limit == resource.RLIM_INFINITY else limit


class Patient(H11Protocol):
    """uvicorn's HTTP, with a time limit for whoever sends half of a request or reads half of an answer.

    uvicorn has one only between two requests, and refuses what is too much only once it has asked.
    """

    _owed: asyncio.TimerHandle | None = None
    _follows: object = None  # what the other side does, as h11 has it
    _unread: asyncio.TimerHandle | None = None
    _is_handed_on = False  # to a websocket, for which the body of the request, as h11 has it, stays owed

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or say that there is no room for it."""
        super().connection_made(transport)
        if len(self.connections) > (self.limit_concurrency or _WANTED):
            transport.write(_answer("503 Service Unavailable", "There is no room for more readers just now."))
            transport.close()
            return
        self._follow()

    def data_received(self, data: bytes) -> None:
        """Take what is sent; the time for a head or a body runs from its first byte, not from its last."""
        if not self.transport.is_closing():
            super().data_received(data)
            self._follow()

    def on_response_complete(self) -> None:
        """Go on with the next request."""
        super().on_response_complete()
        self._follow()

    def pause_writing(self) -> None:
        """Give up an answer that nobody reads."""
        super().pause_writing()
        self._unread = self.loop.call_later(_UNREAD_S, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on with an answer."""
        super().resume_writing()
        _stop(self._unread)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Leave the connection to the websocket's own pings."""
        self._is_handed_on = True
        _stop(self._owed, self._unread)
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of the connection."""
        _stop(self._owed, self._unread)
        super().connection_lost(exc)

    def _follow(self) -> None:
        """Wait for the rest of a head or a body, whichever is owed."""
        state = self.conn.their_state
        if state is self._follows or self._is_handed_on:
            return
        _stop(self._owed)
        self._follows = state
        if state in _WITHIN_S:
            self._owed = self.loop.call_later(_WITHIN_S[state], self._too_late)

    def _too_late(self) -> None:
        """Close, with a word to whoever has begun."""
        if self.transport.is_closing():
            return
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self.transport.write(_answer("408 Request Timeout", "The request did not come in time."))
        self.transport.close()


def _answer(status: str, line: str) -> bytes:
    """Return a whole answer, for where there is no request to answer."""
    headers = ("Content-Type: text/plain; charset=utf-8", f"Content-Length: {len(line) + 1}")
    always = ("Retry-After: 5", "X-Content-Type-Options: nosniff", "Connection: close")
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, *always, "", f"{line}\n")).encode()


def _stop(*timers: asyncio.TimerHandle | None) -> None:
    for timer in timers:
        if timer is not None:
            timer.cancel()
