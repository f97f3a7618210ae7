"""Streamlit's own files, compressed once and kept; its page's settings, so that no dialog covers the map."""

import json
from functools import cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.negotiation import accepts_gzip
from dashboard.representations import Representation
from dashboard.settings import METRICS, is_on
from dashboard.uploads import UPLOADS
from dashboard.whole_answers import path_of, whole_answer

_FILES, _SETTINGS = "/static/", "/_stcore/host-config"
SOCKET = "/_stcore/stream"
_ENDPOINTS, _METRICS = ("/_stcore/health", _SETTINGS), "/_stcore/metrics"
_BELOW = ("/_stcore/agent/", "/_stcore/bidi-components/", "/component/", "/media/")  # each has its own 404
_STATIC = Path(streamlit.__file__).parent / "static"
_TEXT = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")
_KEPT, _DATED = ("Content-Type", "Cache-Control"), ("ETag", "Last-Modified")


def is_streamlits(scope: Scope) -> bool:
    """Tell whether Streamlit has an answer of its own to an HTTP request, and not just its page."""
    path = path_of(scope)
    if path.startswith(UPLOADS):
        return scope["method"] in ("PUT", "DELETE")
    if path == _METRICS:
        return is_on(METRICS)
    return path in _ENDPOINTS or path.startswith(_BELOW) or path in _streamlits_files()


@cache
def _streamlits_files() -> frozenset[str]:
    """Return the addresses of the files that Streamlit's page loads; not that of the page itself."""
    files = (path for path in _STATIC.rglob("*") if path.is_file() and path != _STATIC / "index.html")
    return frozenset(f"/{path.relative_to(_STATIC).as_posix()}" for path in files)


class StreamlitFiles:
    """Sends Streamlit's scripts and style sheets compressed: it leaves that to a proxy, and not all have one.

    Each is compressed when it is first asked for; they are few, and none changes while the server runs.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, tuple[Representation, dict[str, str]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for Streamlit's files and the settings of its page; pass everything else on."""
        response = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            if path_of(scope) == _SETTINGS:
                response = await self._settings(scope)
            elif path_of(scope).startswith(_FILES) and _wants_compressed(scope):
                response = await self._file(scope)
        await (response or self.app)(scope, receive, send)

    async def _settings(self, scope: Scope) -> Response:
        """Return the settings of Streamlit's page, without its dialogs: around.js says what does not work."""
        answer = await whole_answer(self.app, scope)
        headers = {"Cache-Control": "no-cache"}
        return JSONResponse({**json.loads(answer.body), "blockErrorDialogs": True}, headers=headers)

    async def _file(self, scope: Scope) -> Response | None:
        """Return a file that is text, compressed; None for any other."""
        path = path_of(scope)
        if path not in self._kept:
            answer = await whole_answer(self.app, scope)
            if answer.status != 200 or not answer.headers["Content-Type"].startswith(_TEXT):  # noqa: PLR2004
                return None
            headers = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
            dated = {name: answer.headers[name] for name in _DATED}
            self._kept[path] = await run_in_threadpool(Representation.of, answer.body, headers), dated
        file, dated = self._kept[path]
        return file.respond(Request(scope), dated)


def _wants_compressed(scope: Scope) -> bool:
    asked = Headers(scope=scope)
    return accepts_gzip(asked) and "range" not in asked
