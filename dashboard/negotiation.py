"""Which form of a resource a request gets: whole or a part, as it is or in gzip, or nothing but a status.

After RFC 9110. A part is always of the identity form. Several parts at once are answered with the whole, as
the RFC allows; so is a range that is malformed or of another unit.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_QUALITY = re.compile(r"q\s*=\s*(0(\.\d{0,3})?|1(\.0{0,3})?)", re.ASCII)
_RANGE = re.compile(r"bytes\s*=\s*(\d{0,99})\s*-\s*(\d{0,99})\s*", re.ASCII | re.IGNORECASE)
_NOT_ACCEPTABLE = "Nothing here is sent in an encoding that the request accepts; there are {}."
_NOT_SATISFIABLE = "There is no such part: this has {:,} bytes."


@dataclass(frozen=True)
class Form:
    """The form chosen: its status (200 or 206), headers, and `part`, the bytes of it that are sent."""

    status: int
    headers: dict[str, str]
    zipped: bool
    part: slice


def chosen_form(
    request: Request, headers: Mapping[str, str], size: int, *, has_gzip: bool
) -> Form | Response:
    """Return the form for a GET or HEAD of a resource of `size` bytes, or a 304, 406 or 416.

    `headers` are the resource's own, with a strong `ETag` and `Last-Modified`.
    """
    asked = request.headers
    gzip, identity = _accepted(",".join(asked.getlist("accept-encoding")))
    part = None
    if "range" in asked and request.method == "GET" and identity and _may_resume(headers, asked):
        part = byte_range(asked["range"], size)
    zipped = has_gzip and part is None and gzip > 0 and gzip >= identity
    if not (zipped or identity):
        return _line(_NOT_ACCEPTABLE.format("gzip and identity" if has_gzip else "identity"), 406, headers)
    told = _headers_of(headers, zipped=zipped)
    if is_known(told, asked):
        return Response(status_code=304, headers={k: v for k, v in told.items() if k != "Content-Encoding"})
    if part is None:
        return Form(200, told, zipped, slice(None))
    if part.start >= part.stop:
        place = {**headers, "Content-Range": f"bytes */{size}"}
        return _line(_NOT_SATISFIABLE.format(size), 416, place)
    place = {**told, "Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}"}
    return Form(206, place, zipped, part)


def accepts_gzip(asked: Headers) -> bool:
    """Tell whether a request accepts gzip, and likes nothing better."""
    gzip, identity = _accepted(",".join(asked.getlist("accept-encoding")))
    return gzip > 0 and gzip >= identity


def qualities(text: str) -> dict[str, float]:
    """Return how well an `Accept-...` header likes each thing that it names, 0 to 1, in lower case.

    Whatever has no weight is liked best; what has another parameter or a malformed one is left out.
    """
    liked: dict[str, float] = {}
    for part in text.lower().split(","):
        named, _, parameter = part.partition(";")
        quality = _QUALITY.fullmatch(parameter.strip())
        if named.strip() and (quality or not parameter.strip()):
            liked[named.strip()] = float(quality[1]) if quality else 1.0
    return liked


@lru_cache(maxsize=256)
def _accepted(text: str) -> tuple[float, float]:
    """Return how well `Accept-Encoding` likes gzip and identity; 0 for what it refuses.

    Identity is accepted unless refused, and liked less than whatever is named.
    """
    liked = qualities(text)
    others = liked.get("*")
    gzip = liked.get("gzip", liked.get("x-gzip", others or 0))
    return gzip, liked.get("identity", 0 if others == 0 else 0.0005)


def byte_range(text: str, size: int) -> slice | None:
    """Return the part of `size` bytes that a `Range` asks for, or None if it is to be ignored.

    What starts behind the end, or has no bytes, cannot be satisfied: its `start` is not below its `stop`.
    """
    found = _RANGE.fullmatch(text.strip())
    first, last = found.groups() if found else ("", "")
    if first:
        stop = int(last) + 1 if last else size
        return None if stop <= int(first) and last else slice(int(first), min(stop, size))
    if not last:
        return None
    return slice(max(size - int(last), 0), size) if int(last) else slice(size, size)


def _may_resume(headers: Mapping[str, str], asked: Headers) -> bool:
    """Tell whether a part of what is here now fits to the parts that the reader has."""
    return asked.get("if-range", headers["ETag"]) in (headers["ETag"], headers["Last-Modified"])


def _headers_of(headers: Mapping[str, str], *, zipped: bool) -> dict[str, str]:
    """Return the headers of one form of a resource; the gzip form has a tag of its own."""
    added = {"Content-Encoding": "gzip", "ETag": f'{headers["ETag"][:-1]}-gzip"'} if zipped else {}
    return {**headers, "Accept-Ranges": "bytes", "Vary": "Accept-Encoding", **added}


def is_known(headers: Mapping[str, str], asked: Headers) -> bool:
    """Tell whether the reader has that very form: by its tag, or else by its date."""
    if tags := asked.get("if-none-match"):
        known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return tags.strip() == "*" or headers["ETag"] in known
    since = http_date(asked.get("if-modified-since", ""))
    modified = http_date(headers["Last-Modified"])
    return since is not None and modified is not None and since >= modified


def http_date(text: str) -> datetime | None:
    """Return a date of HTTP, or None for what is none; an instant beyond all calendars is none."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _line(text: str, status: int, headers: Mapping[str, str]) -> Response:
    kept = {"Vary": "Accept-Encoding", **{k: v for k, v in headers.items() if k == "Content-Range"}}
    return PlainTextResponse(f"{text}\n", status, kept)
