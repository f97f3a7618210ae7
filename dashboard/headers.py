"""Headers that every answer carries, and those of each file of the site."""

import base64
import hashlib
import logging
import re

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.settings import settings
from layers.data.problems import GeodataError
from layers.language.speaking import SPOKEN

_TILES = "https://tile.openstreetmap.org https://*.tile.opentopomap.org https://server.arcgisonline.com"
_COMMON = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
    "style-src 'self' 'unsafe-inline'"
)
# Streamlit's own page loads components and workers from blobs, and talks over a websocket.
_STREAMLITS = (
    "{common}; script-src 'self' {scripts} blob:; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:"
)
# Of what is no document and no script: a browser that shows it does nothing else with it. What is drawn has
# its fonts and styles in it; no browser shows a PDF in a sandbox.
_DATA = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "style-src 'unsafe-inline'; img-src data:; font-src data:"
)
_BOXED = f"{_DATA}; sandbox"
# Of the pages for one thing: no script, nothing from another host.
_FROM_HERE = "style-src 'self'; img-src 'self'; font-src 'self'"
ENTRY_POLICY = f"default-src 'none'; {_FROM_HERE}; base-uri 'none'; form-action 'none'"
ENTRY_KINDS = ("feature", "place", "claim", "passage")
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Range, ETag, Last-Modified, Retry-After",
}
_CODE = ("text/html", "text/javascript", "application/javascript")  # of a worker the script's own counts
_NOT_PUBLIC = ("assets/", "favicon.ico", "robots.txt", "sitemap.xml")
_MAPS = tuple(f"{folder}map/index.html" for folder in ("", "az/", "hy/", "ru/"))
_DOCUMENTS = tuple(path.replace("map/", page) for path in _MAPS for page in ("", "map/", "in-words/"))
_log = logging.getLogger(__name__)


def file_headers(name: str, media_type: str, body: bytes) -> dict[str, str]:
    """Return the headers of a file of the site; scripts of any page may read those that are data."""
    kept = "public, max-age=31536000, immutable" if name.startswith("assets/") else "no-cache"
    text = media_type.startswith("text/") and "charset" not in media_type
    headers = {"Content-Type": f"{media_type}; charset=utf-8" if text else media_type, "Cache-Control": kept}
    if not name.startswith(_NOT_PUBLIC) and name not in _DOCUMENTS:
        headers |= CROSS_ORIGIN
    if name.startswith("download/"):
        headers["Content-Disposition"] = f'attachment; filename="{name.rpartition("/")[2]}"'
    if next(part for part in name.split("/") if part not in SPOKEN) in ENTRY_KINDS:
        headers["Content-Security-Policy"] = ENTRY_POLICY
    if name in _DOCUMENTS:
        headers["Content-Security-Policy"] = document_policy(body.decode())
    if name in _MAPS:
        headers["Content-Security-Policy"] += "; frame-ancestors *"
    return headers


def document_policy(document: str) -> str:
    """Return the content policy of a document in which only the scripts that are written into it may run.

    folium writes one; the page in one file holds all. Their checksums are in the policy.
    """
    scripts = _inline(document)
    return f"{_COMMON}; script-src 'self' {scripts}; img-src 'self' data: {_TILES}; font-src 'self' data:"


def page_policy(page: str = "") -> str:
    """Return the content policy of Streamlit's page as it is sent, with ours and its own scripts in it."""
    return _STREAMLITS.format(common=_COMMON, scripts=_inline(page))


def _inline(document: str) -> str:
    """Return the checksums of the scripts that are written into a document, as a policy has them."""
    scripts = re.findall(r"<script>(.*?)</script>", document, re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in hashes)


def _policy_of(media_type: str) -> str:
    """Return the content policy of an answer that brings none, by its type."""
    if media_type.startswith(_CODE):
        return page_policy()
    return _DATA if media_type == "application/pdf" else _BOXED


def _framers() -> tuple[str, ...]:
    """Return the sites that may frame the dashboard; none if the settings are faulty, which the page says."""
    try:
        return settings().framers
    except GeodataError:
        return ()


class SecurityHeaders:
    """Adds the headers to every HTTP answer. Plain ASGI, so that websockets and streams pass untouched.

    An answer may bring a content policy of its own; unless that says who may frame it, our settings do.
    Scripts of any page may read why something is refused. What fails unforeseen is a 500 with these headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.framed_by = " ".join(("; frame-ancestors 'self'", *_framers()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        started = False

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                policy = headers.get("Content-Security-Policy") or _policy_of(headers.get("Content-Type", ""))
                if "frame-ancestors" not in policy:
                    policy += self.framed_by
                headers["Content-Security-Policy"] = policy
                if message["status"] >= 400:  # noqa: PLR2004 - all errors
                    headers.update(CROSS_ORIGIN)
            await send(message)

        try:
            await self.app(scope, receive, with_headers)
        except Exception:
            if started:
                raise
            _log.exception("Cannot answer %s %r.", scope["method"], scope["path"])
            failed = PlainTextResponse("The server failed at this; its log says why.\n", 500)
            await failed(scope, receive, with_headers)
