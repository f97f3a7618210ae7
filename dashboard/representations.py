"""What the server has ready to send: bytes, their compressed form, and the tag that tells if they changed."""

import gzip
import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property

from starlette.requests import Request
from starlette.responses import Response

_COMPRESSED = ("image/png", "application/pdf", "application/zip", "application/vnd.apache.parquet")


@dataclass(frozen=True)
class Representation:
    """One resource, ready to be sent again and again."""

    body: bytes
    media_type: str
    modified: datetime | None = None  # when what it is made of last changed, if that is known

    @cached_property
    def digest(self) -> str:
        """The sha256 of the uncompressed bytes, in hex."""
        return hashlib.sha256(self.body).hexdigest()

    @cached_property
    def compressed(self) -> bytes:
        """The gzip form; no time stamp in it, so that the same body gives the same bytes."""
        return gzip.compress(self.body, compresslevel=9, mtime=0)

    @property
    def _shrinks(self) -> bool:
        """Whether gzip makes it smaller: what is compressed already only costs time."""
        return self.media_type not in _COMPRESSED

    def respond(self, request: Request, *, max_age: int = 0) -> Response:
        """Answer a GET or HEAD: 304 if the reader has it, else the bytes, compressed if the reader can."""
        zipped = self._shrinks and "gzip" in request.headers.get("accept-encoding", "")
        tag = f'"{self.digest[:32]}{"-gzip" if zipped else ""}"'
        caching = f"public, max-age={max_age}, immutable" if max_age else "no-cache"
        headers = {"ETag": tag, "Cache-Control": caching, "Vary": "Accept-Encoding"}
        if self.modified:
            headers["Last-Modified"] = format_datetime(self.modified, usegmt=True)
        if self._is_known(request, tag):
            return Response(status_code=304, headers=headers)
        if zipped:
            headers["Content-Encoding"] = "gzip"
        return Response(self.compressed if zipped else self.body, headers=headers, media_type=self.media_type)

    def _is_known(self, request: Request, tag: str) -> bool:
        """Tell whether the reader has this very form; a date counts only without a tag (RFC 9110, 13.2.2)."""
        tags, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
        if tags is not None:
            return _matches(tags, tag)
        if since is None or self.modified is None:
            return False
        try:
            return self.modified <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # no date, or one without a zone
            return False


def _matches(if_none_match: str, tag: str) -> bool:
    """Compare weakly (RFC 9110, 13.1.2)."""
    asked = [candidate.strip().removeprefix("W/") for candidate in if_none_match.split(",")]
    return "*" in asked or tag in asked
