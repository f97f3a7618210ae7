"""What the log says: what repeats once a minute, and each request as a line of JSON, if a host wants that."""

import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EVERY_S, _MOST_KINDS = 60.0, 500


class OnceAMinute(logging.Filter):
    """Lets the first line of a kind through, and one a minute after that, which says how many were left out.

    Of one kind are the lines of a logger that begin with the same text, whatever is filled into it.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._last: logging.LogRecord | None = None
        self._is_last_said = True
        self._said = dict[tuple[str, str], tuple[float, int]]()  # until when, how many since

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is to be written; a record that two handlers see is one."""
        if record is not self._last:
            self._last, self._is_last_said = record, self._is_said(record)
        return self._is_last_said

    def _is_said(self, record: logging.LogRecord) -> bool:
        kind, now = (record.name, str(record.msg).partition("\n")[0]), self._now()
        until, left_out = self._said.get(kind, (now, 0))
        if now < until:
            self._said[kind] = (until, left_out + 1)
            return False
        if len(self._said) >= _MOST_KINDS:
            self._said.clear()
        self._said[kind] = (now + _EVERY_S, 0)
        if left_out:
            record.msg, record.args = f"{record.getMessage()} ({left_out} more like it before)", ()
        return True


def say_once_a_minute() -> None:
    """Let no handler that there is write what repeats."""
    once, known = OnceAMinute(), logging.root.manager.loggerDict.values()
    for logger in (logging.root, *(each for each in known if isinstance(each, logging.Logger))):
        for handler in logger.handlers:
            handler.addFilter(once)


class AccessLog:
    """Prints a line of JSON for each request: when, from where, what was asked, and what it got."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and print its line when the answer is sent, or the websocket closed."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        start, status, size = time.monotonic(), 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", 101 if message["type"] == "websocket.accept" else status)
            size += len(message.get("body") or message.get("bytes") or b"")
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            told = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "client": (scope.get("client") or ("",))[0],
                "method": scope.get("method", "WEBSOCKET"),
                "path": scope["path"],
                "query": scope["query_string"].decode("latin-1"),
                "status": status,
                "bytes": size,
                "ms": round((time.monotonic() - start) * 1000, 1),
            }
            print(json.dumps(told, ensure_ascii=False), file=sys.stdout, flush=True)
