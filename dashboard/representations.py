"""What is sent: bytes, their compressed form, and their headers."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

_COMPRESSED = ("image/png", "application/zip")
_is_not_modified = StaticFiles().is_not_modified


@dataclass(frozen=True)
class Representation:
    """One resource, ready to be sent again and again; `zipped` is None where gzip only costs time."""

    body: bytes
    headers: Mapping[str, str]
    zipped: bytes | None

    @classmethod
    def of(cls, body: bytes, headers: Mapping[str, str]) -> Self:
        """Return a resource with its gzip form; that has no time stamp, so the same bytes give the same."""
        packed = headers["Content-Type"] in _COMPRESSED
        return cls(body, headers, None if packed else gzip.compress(body, compresslevel=9, mtime=0))

    def respond(self, request: Request, dated: Mapping[str, str]) -> Response:
        """Answer a GET or HEAD; `dated` are `ETag` and `Last-Modified`."""
        zipped = self.zipped if accepts_gzip(request.headers) else None
        headers = headers_of_form({**self.headers, **dated}, zipped=zipped is not None)
        known = not_modified(headers, request.headers)
        return known or Response(self.body if zipped is None else zipped, headers=headers)


def accepts_gzip(asked: Headers) -> bool:
    """Tell whether a request accepts gzip."""
    return "gzip" in asked.get("accept-encoding", "")


def headers_of_form(headers: Mapping[str, str], *, zipped: bool) -> dict[str, str]:
    """Return the headers of one form of a resource; the gzip form has a tag of its own."""
    added = {"Content-Encoding": "gzip", "ETag": f'{headers["ETag"][:-1]}-gzip"'} if zipped else {}
    return {**headers, "Vary": "Accept-Encoding", **added}


def not_modified(headers: Mapping[str, str], asked: Headers) -> Response | None:
    """Return a 304 with the headers of an answer if the reader has that very form, else None."""
    if not _is_not_modified(Headers(headers), asked):
        return None
    kept = {key: value for key, value in headers.items() if key != "Content-Encoding"}
    return Response(status_code=304, headers=kept)
