"""What is answered where there is nothing to send: one line, and a page with a way home for a browser.

Both are in the reader's language: that of `ui` or of the address, else the first of the browser's.
"""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from dashboard.headers import document_policy
from dashboard.query import UI
from dashboard.speaking import language_chosen, readers_language
from dashboard.templating import render
from dashboard.whole_answers import path_of
from layers.data.problems import GeodataError
from layers.language.speaking import speaking, spoken
from layers.style.captions import captions

_NO_HEADERS: Mapping[str, str] = {}


def refused(scope: Scope, text: str, status: int, headers: Mapping[str, str] = _NO_HEADERS) -> Response:
    """Return an answer that says in one line why there is no other; `text` is in the language spoken."""
    sent = {"Content-Language": spoken(), "Vary": "Accept", "Cache-Control": "no-cache", **headers}
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return PlainTextResponse(f"{text}\n", status, sent)
    return _page(scope, text, status, sent)


def not_built(scope: Scope, error: GeodataError) -> Response:
    """Return a 503 that lists the faults of the data; it may stand in a frame of any page."""
    with speaking(readers_language(scope)):
        sent = {"Content-Language": spoken(), "Cache-Control": "no-store"}
        response = _page(scope, captions()["errors"]["not_built"], 503, sent, error)
    response.headers["Content-Security-Policy"] += "; frame-ancestors *"
    return response


def _page(
    scope: Scope, text: str, status: int, headers: Mapping[str, str], error: GeodataError | None = None
) -> Response:
    up = "../" * (path_of(scope).count("/") - 1) or "./"
    chosen = language_chosen(scope)
    home = f"{up}?{UI}={chosen}" if chosen else up
    problems = error.problems if error else ()
    page = render("refused.html", text=text, home=home, title=captions()["title"], problems=problems)
    return Response(page, status, {**headers, "Content-Security-Policy": document_policy(page)}, "text/html")
