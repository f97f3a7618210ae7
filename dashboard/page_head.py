"""Streamlit's page as a crawler gets it: our title, and a preview of the view that the address asks for."""

import asyncio

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.link_preview import link_preview
from dashboard.served import served
from dashboard.settings import settings
from dashboard.templating import render
from layers.data.problems import GeodataError
from layers.style.captions import captions

_TITLE = "<title>Streamlit</title>"


class PageHead:
    """Writes title and preview into the head of Streamlit's page, since no crawler waits for its scripts."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; rewrite the head of the page at `/`."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        started: list[Message] = []
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                page = await _with_preview(bytes(body), Request(scope))
                await _send(started[0], page, scope["method"], send)

        await self.app(_plain_request(scope), receive, collect)


def _plain_request(scope: Scope) -> Scope:
    """Return the request as one for the whole page, uncompressed."""
    left_out = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
    headers = [(name, value) for name, value in scope["headers"] if name not in left_out]
    return {**scope, "method": "GET", "headers": headers}


async def _send(start: Message, body: bytes, method: str, send: Send) -> None:
    headers = MutableHeaders(scope=start)
    for name in ("etag", "last-modified"):  # those of Streamlit's file, which is not what is sent
        del headers[name]
    headers["Content-Length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


async def _with_preview(page: bytes, request: Request) -> bytes:
    """Return Streamlit's page with the map's title, and a preview of the view that the address asks for."""
    try:
        # The Host that a request names may be anybody's: it is no canonical address.
        address = settings().address
        query = await _known_query(request)
    except GeodataError:
        return page
    picture = f"map.png?size=card&{query}" if query else "card.png"
    preview = link_preview(f"{address or request.base_url}{picture}", address)
    title = render("page_title.html", title=captions()["title"], preview=preview)
    return page.decode().replace(_TITLE, title, 1).encode()


async def _known_query(request: Request) -> str:
    """Return what the address says of layers, date and names; only then is the atlas waited for."""
    if not any(key in request.query_params for key in ("layers", "date", "lang")):
        return ""
    return (await asyncio.wrap_future(served().on_request)).known_query(request.query_params)
