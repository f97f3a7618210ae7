"""Streamlit's page as it is sent: with our title, a preview of the view asked for, and the reader in it."""

import asyncio
import gzip

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.headers import page_policy
from dashboard.link_preview import CARD, link_preview
from dashboard.negotiation import accepts_gzip
from dashboard.page_frame import framed
from dashboard.query import asked_of
from dashboard.served import served
from dashboard.settings import settings
from dashboard.whole_answers import path_of, whole_answer
from layers.data.problems import GeodataError


class PageHead:
    """Writes the reader's frame, the title and a preview into Streamlit's page.

    No crawler waits for Streamlit's scripts, and no reader need. `pages` are the addresses of other pages,
    without a slash; behind those the reader waits until it is wanted.
    """

    def __init__(self, app: ASGIApp, *, pages: tuple[str, ...] = ()) -> None:
        self.app, self.pages = app, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; rewrite the page at `/` and at the addresses of the other pages."""
        is_page = scope["type"] == "http" and path_of(scope).removeprefix("/") in ("", *self.pages)
        if not is_page or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        if scope["path"] == scope.get("root_path"):  # whatever the page loads is relative to a folder
            query = f"?{Request(scope).url.query}".removesuffix("?")
            await RedirectResponse(f"{scope['path']}/{query}", 308)(scope, receive, send)
            return
        first = {**scope, "path": f"{scope.get('root_path', '')}/"}  # all of them are the same page
        page = (await whole_answer(self.app, first)).body.decode()
        await (await self._response(page, Request(scope)))(scope, receive, send)

    async def _response(self, page: str, request: Request) -> Response:
        # An unknown value stands in the frame's address, where the reader names it, and nowhere else.
        known, preview = await _known_query(request), ""
        try:
            # The Host that a request names may be anybody's: it is no canonical address.
            address = settings().address
            picture = f"map.png?size=card&{known}" if known else CARD
            preview = link_preview(address or str(request.base_url), address, picture=picture)
        except GeodataError:
            pass  # the reader's frame tells which settings are faulty
        is_first = path_of(request.scope) == "/"
        framed_page = framed(
            page,
            preview=preview,
            query=request.url.query if is_first else None,
            known=known,
            has_header=bool(self.pages),
        )
        return _sent(framed_page, request)


def _sent(page: str, request: Request) -> Response:
    """Return the page as an answer without a tag: the scripts that it names may change with Streamlit."""
    body, policy = page.encode(), page_policy(page)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding", "Content-Security-Policy": policy}
    if accepts_gzip(request.headers):
        body, headers = gzip.compress(body, compresslevel=6, mtime=0), {**headers, "Content-Encoding": "gzip"}
    headers["Content-Length"] = str(len(body))
    return Response(b"" if request.method == "HEAD" else body, headers=headers, media_type="text/html")


async def _known_query(request: Request) -> str:
    """Return what the address says of layers, date and names; only then is the atlas waited for."""
    asked = asked_of(request)
    if not any(key in asked for key in ("layers", "date", "lang")):
        return ""
    try:
        return (await asyncio.wrap_future(served().on_request)).known_query(asked)
    except GeodataError:
        return ""
