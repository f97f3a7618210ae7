"""The addresses beside the page: the map document, the layers as GeoJSON, the assets."""

import json
from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.content import assets, content
from dashboard.headers import map_policy
from dashboard.representations import Representation
from dashboard.templating import render
from layers import GeodataError

_A_YEAR = 365 * 24 * 3600
Endpoint = Callable[[Request], Response]


def _or_faults(endpoint: Endpoint) -> Endpoint:
    """Answer with the list of faults, not with a traceback, when the data cannot be built."""

    @wraps(endpoint)
    def guarded(request: Request) -> Response:
        try:
            return endpoint(request)
        except GeodataError as error:
            page = render("faults.html", problems=error.problems, whole_page=True)
            headers = {"Content-Security-Policy": map_policy(page), "Cache-Control": "no-store"}
            return Response(page, status_code=503, headers=headers, media_type="text/html")

    return guarded


@_or_faults
def map_page(request: Request) -> Response:
    """Send the map document."""
    response = content().map.respond(request)
    response.headers["Content-Security-Policy"] = content().map_policy
    return response


@_or_faults
def reading_page(request: Request) -> Response:
    """Send the reading room, a piece of HTML for the page beside the map."""
    return content().reading.respond(request)


@_or_faults
def annotations(request: Request) -> Response:
    """Send every passage and claim as W3C Web Annotations."""
    return _for_everybody(content().annotations.respond(request))


@_or_faults
def layer_index(request: Request) -> Response:
    """Send the list of layers with their sizes, checksums and links."""
    text = json.dumps(content().index, ensure_ascii=False, indent=2) + "\n"
    return _for_everybody(Representation(text.encode(), "application/json").respond(request))


@_or_faults
def layer_file(request: Request) -> Response:
    """Send one layer as GeoJSON, or a plain 404; `lang` chooses the form of names, or a plain 400."""
    layers = content().layers.get(request.query_params.get("lang") or "article")
    if layers is None:
        return PlainTextResponse(f"lang is one of {', '.join(content().layers)}.\n", status_code=400)
    layer = layers.get(request.path_params["layer"])
    if layer is None:
        return PlainTextResponse("There is no such layer; /layers/ lists those there are.\n", status_code=404)
    return _for_everybody(layer.respond(request))


def _for_everybody(response: Response) -> Response:
    """Let scripts of any page read the answer: the layers are public data."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def asset(request: Request) -> Response:
    """Send a script or style sheet; its address holds its checksum, so it may be kept for good."""
    found = assets().get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("There is no such asset.\n", status_code=404)
    fresh = request.query_params.get("v") == found.digest[:12]
    return found.respond(request, max_age=_A_YEAR if fresh else 0)


ROUTES = [
    Route("/map", map_page),
    Route("/reading", reading_page),
    Route("/annotations.jsonld", annotations),
    Route("/layers/", layer_index),
    Route("/layers", layer_index),
    Route("/layers/{layer}.geojson", layer_file),
    Route("/assets/{name}", asset),
]
