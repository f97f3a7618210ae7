"""The addresses of the pages for one thing, of the lists of them, and of their pictures in link previews."""

import asyncio
import difflib
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.entries.catalogue import FEATURE, PLACE
from dashboard.fallback import placed
from dashboard.headers import ENTRY_KINDS
from dashboard.link_preview import CARD
from dashboard.notices import unknown_values, with_notices
from dashboard.query import UI, NothingThereError, asked_of
from dashboard.routes import Endpoint, handle_errors, printed, site_file
from dashboard.served import files_of, served
from dashboard.site_files import DOWNLOADS, ENTRIES, SiteFiles
from dashboard.speaking import folder_of
from dashboard.whole_answers import path_of
from layers.language.speaking import SPOKEN, spoken
from layers.style.captions import captions

_CLOSE, _LONGEST = 3, 60  # ids that are named, characters of an unknown one


def page(kind: str, folder: str = "") -> Endpoint:
    """Return an endpoint that sends the page of a thing, or without an id their list.

    Its language is that of `ui`, of the folder, or English: who cites a page means this one. Links in a page
    are seen from its folder on a site of files; at an address that lies higher they are rewritten.
    """

    async def endpoint(request: Request) -> Response:
        files = await files_of(ENTRIES)
        identifier, depth = request.path_params.get("id"), path_of(request.scope).count("/") - 1
        below = f"{kind}/{identifier}/" if identifier else f"{kind}/"
        if f"{below}index.html" not in files:
            raise NothingThereError(partial(_unknown, kind, str(identifier), files))
        if kind == FEATURE and f"{PLACE}/{identifier}/index.html" in files:
            return _leading(request, depth - bool(folder), f"{PLACE}/{identifier}/")
        if folder and folder != folder_of(spoken()):
            return _leading(request, depth, below)
        name = f"{folder_of(spoken())}{below}index.html"
        unknown = unknown_values(request, {UI: SPOKEN})
        if name.count("/") == depth and not unknown:
            return await files.respond(name, request)
        made = await run_in_threadpool(placed, await files.representation(name), name.count("/") - depth, "")
        return with_notices(made, unknown).respond(request, files.dated)

    return handle_errors(endpoint)


def _leading(request: Request, up: int, address: str) -> Response:
    """Return a redirect to an address `up` folders above, with the same query."""
    query = request.url.query
    return RedirectResponse(f"{'../' * up or './'}{address}{'?' if query else ''}{query}", 307)


def _unknown(kind: str, identifier: str, files: SiteFiles) -> str:
    """Return what is said of an id that there is not: those close to it, and where all of them are."""
    texts = captions()["entries"]
    known = [name.split("/")[1] for name in files if name.startswith(f"{kind}/") and name.count("/") > 1]
    ids = difflib.get_close_matches(identifier.lower(), known, _CLOSE, cutoff=0.5)
    close = texts["close"].format(ids=", ".join(ids)) if ids else ""
    what = texts["kinds"][kind]["one"].lower()
    return str(texts["unknown"].format(what=what, value=identifier[:_LONGEST], close=close, kind=kind))


@handle_errors
async def card(request: Request) -> Response:
    """Send the picture for link previews: that of a feature if one is named, else of the whole map."""
    feature = asked_of(request).get("feature")
    if not feature:
        files = await files_of(DOWNLOADS)
        return await files.respond(CARD, request)
    ready = await asyncio.wrap_future(served().on_request)
    return await printed(request, ready, "png", {"feature": feature, "size": "card"})


ENTRY_ROUTES = [
    *(
        Route(f"/{folder_of(language)}{kind}{path}", page(kind, folder_of(language)))
        for language in SPOKEN
        for kind in ENTRY_KINDS
        for path in ("", "/", "/{id}", "/{id}/")
    ),
    Route("/llms.txt", site_file("llms.txt", ENTRIES)),
    Route(f"/{CARD}", card),
]
