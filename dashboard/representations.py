"""What the server has ready to send: bytes, their compressed form, and the tag that tells if they changed."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property

from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True)
class Representation:
    """One resource, ready to be sent again and again."""

    body: bytes
    media_type: str

    @cached_property
    def digest(self) -> str:
        """The sha256 of the uncompressed bytes, in hex."""
        return hashlib.sha256(self.body).hexdigest()

    @cached_property
    def compressed(self) -> bytes:
        """The gzip form; no time stamp in it, so that the same body gives the same bytes."""
        return gzip.compress(self.body, compresslevel=9, mtime=0)

    def respond(self, request: Request, *, max_age: int = 0) -> Response:
        """Answer a GET or HEAD: 304 if the reader has it, else the bytes, compressed if the reader can."""
        zipped = "gzip" in request.headers.get("accept-encoding", "")
        tag = f'"{self.digest[:32]}{"-gzip" if zipped else ""}"'
        caching = f"public, max-age={max_age}, immutable" if max_age else "no-cache"
        headers = {"ETag": tag, "Cache-Control": caching, "Vary": "Accept-Encoding"}
        if _matches(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        if zipped:
            headers["Content-Encoding"] = "gzip"
        return Response(self.compressed if zipped else self.body, headers=headers, media_type=self.media_type)


def _matches(if_none_match: str, tag: str) -> bool:
    """Compare weakly (RFC 9110, 13.1.2)."""
    asked = [candidate.strip().removeprefix("W/") for candidate in if_none_match.split(",")]
    return "*" in asked or tag in asked
