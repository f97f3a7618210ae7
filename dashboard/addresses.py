"""Which addresses there are and what they take; everything else is refused before anybody else hears of it.

Streamlit answers each path that it does not know with its page and 200. Our own addresses are served from
here, not behind Streamlit's middleware, which knows nothing of qualities in `Accept-Encoding`.
"""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from dashboard.headers import CROSS_ORIGIN
from dashboard.negotiation import accepts_gzip, http_date
from dashboard.refusals import refused
from dashboard.speaking import readers_language
from dashboard.streamlit_files import SOCKET, is_streamlits
from dashboard.whole_answers import path_of
from layers.language.speaking import speaking
from layers.style.captions import captions

_METHODS = "GET, HEAD, OPTIONS"
_PREFLIGHT = {
    "Allow": _METHODS,
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "*, Cache-Control, If-Modified-Since, If-None-Match, If-Range, Range",
    "Access-Control-Max-Age": "86400",
    **CROSS_ORIGIN,
}
_WITH_CAPITALS = ("assets", "download", "v")  # folders of files whose names may have them
_DATES = (b"if-modified-since", b"if-unmodified-since")


class Addresses:
    """Serves `routes`; passes on `pages`, the first page and Streamlit's own addresses; refuses the rest.

    `pages` are named without a slash.
    """

    def __init__(self, app: ASGIApp, *, routes: Sequence[BaseRoute], pages: tuple[str, ...] = ()) -> None:
        self.app, self.routes = app, tuple(routes)
        self.pages = frozenset(("/", *(f"/{page}" for page in pages)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] == "websocket" and path_of(scope) != SOCKET:
            await WebSocketClose()(scope, receive, send)
        elif scope["type"] != "http" or is_streamlits(scope):
            await self.app(_understood(scope), receive, send)
        else:
            await self._respond(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._in_lower_case(scope) or self._app_of(scope)
        if app is None and self._app_of({**scope, "path": scope["path"].rstrip("/")}):
            app = _without_slash(scope)
        if app is None:
            with speaking(readers_language(scope)):
                app = refused(scope, captions()["page"]["not_there"], 404)
        elif scope["method"] == "OPTIONS":
            app = Response(status_code=204, headers=_PREFLIGHT)
        elif scope["method"] not in ("GET", "HEAD"):
            with speaking(readers_language(scope)):
                text = captions()["errors"]["methods"].format(methods=_METHODS)
                app = refused(scope, text, 405, {"Allow": _METHODS})
        await app(scope, receive, send)

    def _in_lower_case(self, scope: Scope) -> Response | None:
        """Return a redirect to an address as it is written, where a request has capitals in it.

        Of files that are named with capitals only the folder is written small.
        """
        path = path_of(scope)
        folder, slash, rest = path[1:].partition("/")
        small = f"/{folder.lower()}{slash}{rest if folder.lower() in _WITH_CAPITALS else rest.lower()}"
        root = scope.get("root_path", "")
        if small == path or not self._app_of({**scope, "path": f"{root}{small}"}):
            return None
        query = scope["query_string"].decode("latin-1")
        up = "../" * (path.count("/") - 1) or "./"
        return RedirectResponse(f"{up}{quote(small[1:])}{'?' if query else ''}{query}", 308)

    def _app_of(self, scope: Scope) -> ASGIApp | None:
        """Return what answers at a path, or None."""
        if path_of(scope) in self.pages:
            return self.app
        for route in self.routes:
            match, found = route.matches(scope)
            if match is not Match.NONE:
                scope.update(found)
                return route.handle
        return None


def _without_slash(scope: Scope) -> Response:
    """Return a redirect to an address without its last slash; being relative it holds below any path."""
    path, query = scope["path"], scope["query_string"].decode("latin-1")
    name = path.rstrip("/")
    up = "../" * (len(path) - len(name))
    return RedirectResponse(f"{up}{name.rpartition('/')[2]}{'?' if query else ''}{query}", 308)


def _understood(scope: Scope) -> Scope:
    """Return a request without the headers that Streamlit or Starlette would misread, or fail on."""
    if scope["type"] != "http":
        return scope
    no_gzip = not accepts_gzip(Request(scope).headers)
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if not (no_gzip and name == b"accept-encoding")
        and not (name in _DATES and http_date(value.decode("latin-1")) is None)
    ]
    return {**scope, "headers": kept}
