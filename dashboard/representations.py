"""What is sent: bytes, their compressed form, and their headers."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from starlette.requests import Request
from starlette.responses import Response

from dashboard.negotiation import chosen_form

# Bytes: what is sent from memory, several times as fast as from a folder; a larger file is read each time.
LARGEST_IN_MEMORY = 2**20
# gzip only costs time; and readers of GeoParquet ask for its length before they ask for its end.
_ONE_FORM = ("image/png", "image/x-icon", "application/zip", "font/woff2", "application/vnd.apache.parquet")


@dataclass(frozen=True)
class Representation:
    """One resource, ready to be sent again and again; `zipped` is None if there is no gzip form."""

    body: bytes
    headers: Mapping[str, str]
    zipped: bytes | None

    @classmethod
    def of(cls, body: bytes, headers: Mapping[str, str]) -> Self:
        """Return a resource with its gzip form; that has no time stamp, so the same bytes give the same."""
        alone = headers["Content-Type"] in _ONE_FORM
        return cls(body, headers, None if alone else gzip.compress(body, compresslevel=9, mtime=0))

    def respond(self, request: Request, dated: Mapping[str, str]) -> Response:
        """Answer a GET or HEAD; `dated` are `ETag` and `Last-Modified`."""
        has_gzip = self.zipped is not None
        form = chosen_form(request, {**self.headers, **dated}, len(self.body), has_gzip=has_gzip)
        if isinstance(form, Response):
            return form
        body = self.zipped if form.zipped and self.zipped is not None else self.body
        return Response(body[form.part], form.status, form.headers)
