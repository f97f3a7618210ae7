"""Which addresses there are and what they take; everything else is refused before anybody else hears of it.

Streamlit answers each path that it does not know with its page and 200. Our own addresses are served from
here, not behind Streamlit's middleware, which knows nothing of qualities in `Accept-Encoding`.
"""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from dashboard.headers import CROSS_ORIGIN
from dashboard.negotiation import accepts_gzip, http_date
from dashboard.streamlit_files import SOCKET, is_streamlits
from dashboard.templating import render
from dashboard.whole_answers import path_of
from layers.style.captions import captions

_METHODS = "GET, HEAD, OPTIONS"
_PREFLIGHT = {
    "Allow": _METHODS,
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "*, Cache-Control, If-Modified-Since, If-None-Match, If-Range, Range",
    "Access-Control-Max-Age": "86400",
    **CROSS_ORIGIN,
}
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
        app = self._app_of(scope)
        if app is None and self._app_of({**scope, "path": scope["path"].rstrip("/")}):
            app = _without_slash(scope)
        if app is None:
            app = _not_there(Request(scope))
        elif scope["method"] == "OPTIONS":
            app = Response(status_code=204, headers=_PREFLIGHT)
        elif scope["method"] not in ("GET", "HEAD"):
            line = captions()["errors"]["methods"].format(methods=_METHODS) + "\n"
            app = PlainTextResponse(line, 405, {"Allow": _METHODS})
        await app(scope, receive, send)

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


def _not_there(request: Request) -> Response:
    """Return a 404: a page with a way home for a browser, one line for everybody else."""
    text, headers = captions()["page"]["not_there"], {"Vary": "Accept", "Cache-Control": "no-cache"}
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(f"{text}\n", 404, headers)
    home = "../" * (path_of(request.scope).count("/") - 1) or "./"
    page = render("not_there.html", text=text, home=home, title=captions()["title"])
    return Response(page, 404, headers, "text/html")


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
