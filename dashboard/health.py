"""Addresses for load balancers: whether the process is alive, and whether all that it serves is built."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.served import served
from layers.data.problems import GeodataError


async def alive(_: Request) -> Response:
    """Answer 200 as long as the process answers at all."""
    return _told("ok", 200)


async def built(_: Request) -> Response:
    """Answer 200 once everything is built, else 503 with the number of faults in the data, or "building"."""
    latest = served()
    error = latest.error
    if isinstance(error, GeodataError):
        count = len(error.problems)
        return _told(f"{count} fault{'' if count == 1 else 's'} in the data", 503)
    if error:
        return _told("not built; the log says why", 503)
    return _told("ready", 200) if all(part.done() for part in latest.parts) else _told("building", 503)


def _told(text: str, status: int) -> Response:
    headers = {"Cache-Control": "no-store", **({"Retry-After": "1"} if status != 200 else {})}  # noqa: PLR2004
    return PlainTextResponse(f"{text}\n", status, headers)
