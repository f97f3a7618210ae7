"""The addresses of the pages for one thing, of the lists of them, and of their pictures in link previews."""

import asyncio
import difflib

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.fallback import placed
from dashboard.headers import ENTRY_KINDS
from dashboard.link_preview import CARD
from dashboard.query import asked_of
from dashboard.routes import Endpoint, handle_errors, line, printed, site_file
from dashboard.served import DOWNLOADS, ENTRIES, served
from dashboard.site_files import SiteFiles
from layers.data.problems import RequestError
from layers.style.captions import captions

_CLOSE, _LONGEST = 3, 60  # ids that are named, characters of an unknown one


def page(kind: str) -> Endpoint:
    """Return an endpoint that sends the page of a thing, or without an id their list.

    Links in a page are seen from a folder of its own; without the slash at the end they are rewritten.
    """

    async def endpoint(request: Request) -> Response:
        files = await asyncio.wrap_future(served().groups[ENTRIES])
        identifier = request.path_params.get("id")
        name = f"{kind}/{identifier.lower()}/index.html" if identifier else f"{kind}/index.html"
        if name not in files:
            return line(_unknown(kind, str(identifier), files), 404)
        if request.url.path.endswith("/"):
            return await files.respond(name, request)
        made = await run_in_threadpool(placed, await files.representation(name), 1, "")
        return made.respond(request, files.dated)

    return handle_errors(endpoint)


def _unknown(kind: str, identifier: str, files: SiteFiles) -> str:
    """Return what is said of an id that there is not: those close to it, and where all of them are."""
    texts = captions()["entries"]
    known = [name.split("/")[1] for name in files if name.startswith(f"{kind}/") and name.count("/") > 1]
    ids = difflib.get_close_matches(identifier.lower(), known, _CLOSE, cutoff=0.5)
    close = texts["close"].format(ids=", ".join(ids)) if ids else ""
    what = texts["kinds"][kind]["one"].lower()
    text = texts["unknown"].format(what=what, value=identifier[:_LONGEST], close=close, kind=kind)
    return str(RequestError(text))  # in one line, whatever the id holds


@handle_errors
async def card(request: Request) -> Response:
    """Send the picture for link previews: that of a feature if one is named, else of the whole map."""
    feature = asked_of(request).get("feature")
    if not feature:
        files = await asyncio.wrap_future(served().groups[DOWNLOADS])
        return await files.respond(CARD, request)
    ready = await asyncio.wrap_future(served().on_request)
    return await printed(request, ready, "png", {"feature": feature, "size": "card"})


ENTRY_ROUTES = [
    *(Route(f"/{kind}{path}", page(kind)) for kind in ENTRY_KINDS for path in ("", "/", "/{id}", "/{id}/")),
    Route("/llms.txt", site_file("llms.txt", ENTRIES)),
    Route(f"/{CARD}", card),
]
