"""The layers as OGC API Features, below /ogc/: QGIS and GDAL read them as a service. pygeoapi answers.

An extra, `pip install '.[ogc]'`, as it takes 181 MB, most of it rasterio. Imported when first asked for.
JSON only: pygeoapi's HTML loads from other hosts. No /schema and /queryables: it has no type for an object.
Its list of what is conformed to claims all these, and writing; ogc.json has what is served.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.content import content
from dashboard.representations import Representation
from dashboard.settings import settings
from layers import Atlas, GeodataError
from layers.exports.geojson import MEDIA_TYPE, box_edges

NOT_INSTALLED = "The OGC API is not installed here: it needs pip install '.[ogc]'.\n"
_GIVEN = json.loads(Path(__file__).with_name("ogc.json").read_text(encoding="utf-8"))
_JSON, _OPENAPI = "application/json", "application/vnd.oai.openapi+json;version=3.0"
_ANSWERS = {
    "": ("pygeoapi.api:landing_page", _JSON),
    "/": ("pygeoapi.api:landing_page", _JSON),
    "/conformance": ("dashboard.ogc:conformance", _JSON),
    "/openapi": ("pygeoapi.api:openapi_", _OPENAPI),
    "/collections": ("pygeoapi.api:describe_collections", _JSON),
    "/collections/{id}": ("pygeoapi.api:describe_collections", _JSON),
    "/collections/{id}/items": ("pygeoapi.api.itemtypes:get_collection_items", MEDIA_TYPE),
    "/collections/{id}/items/{item}": ("pygeoapi.api.itemtypes:get_collection_item", MEDIA_TYPE),
}
_SERVED = re.compile("|".join(re.sub(r"{\w+}", "[^/]+", path) for path in _ANSWERS))
# pygeoapi logs every 404 and 400 as an error, with a traceback; to us they are answers like any other.
logging.getLogger("pygeoapi").setLevel(logging.CRITICAL)


def conformance(*_: object) -> tuple[dict[str, str], int, str]:
    """Answer, as pygeoapi's functions do, with what is conformed to."""
    return {}, HTTPStatus.OK, json.dumps({"conformsTo": _GIVEN["conformance"]})


def nothing(*_: object) -> tuple[dict[str, str], int, str]:
    """Answer likewise that there is no such address."""
    answer = {"code": "NotFound", "description": "There is no such address; /ogc/ links to those there are."}
    return {}, HTTPStatus.NOT_FOUND, json.dumps(answer)


@lru_cache(maxsize=4)
def _api(base: str) -> Any:  # noqa: ANN401 - a class known only once it is imported
    """Return pygeoapi's API at an address. Raises ImportError where it is not installed."""
    from pygeoapi.api import API  # noqa: PLC0415 - an extra
    from pygeoapi.openapi import get_oas  # noqa: PLC0415

    config = _config(content().atlas, base)
    with _root_logger_kept():
        return API(config, _openapi(get_oas(config)))


@contextmanager
def _root_logger_kept() -> Iterator[None]:
    """Keep pygeoapi from configuring the logging of the whole process: it does so unless that was done."""
    handler = logging.NullHandler()
    logging.root.addHandler(handler)
    try:
        yield
    finally:
        logging.root.removeHandler(handler)


def _config(atlas: Atlas, base: str) -> dict[str, Any]:
    told, site = atlas.descriptor, base.removesuffix("ogc")
    licence = {"licence": told["licenses"][0]["name"], "licence_url": told["licenses"][0]["path"]}
    values = {**told, **licence, "base": base, "site": site}
    day = datetime.fromisoformat(f"{told['as_of']}T00:00:00+00:00")
    resources = {}
    for layer in atlas.layers.values():
        resource = _filled(_GIVEN["resource"], {**values, "layer": layer})
        resource["extents"]["spatial"]["bbox"] = layer.features.total_bounds.tolist()
        resource["extents"]["temporal"] = {"begin": day, "end": day + timedelta(days=1, seconds=-1)}
        resources[layer.id] = resource
    return {**_filled(_GIVEN["config"], values), "resources": resources}


def _filled(template: Any, values: dict[str, Any]) -> Any:  # noqa: ANN401 - as JSON has it
    if isinstance(template, dict):
        return {key: _filled(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [_filled(value, values) for value in template]
    return template.format(**values) if isinstance(template, str) else template


def _openapi(document: dict[str, Any]) -> dict[str, Any]:
    """Keep of pygeoapi's description what is served: paths, formats, parameters; and only reading."""
    known = {*_GIVEN["parameters"], "featureId"}
    gets = {path: ways["get"] for path, ways in document["paths"].items() if _SERVED.fullmatch(path)}
    for get in gets.values():
        names = [(each.get("name") or each["$ref"]).rpartition("/")[2] for each in get.get("parameters", [])]
        get["parameters"] = [get["parameters"][i] for i, name in enumerate(names) if name in known]
    document["paths"] = {path: {"get": get} for path, get in gets.items()}
    parameters = document["components"]["parameters"]
    parameters["f"]["schema"]["enum"] = ["json"]
    document["components"]["parameters"] = {name: parameters[name] for name in parameters if name in known}
    document["tags"] = [tag for tag in document["tags"] if "description" in tag]  # the others are of no layer
    return document


def _tidied(document: dict[str, Any], base: str, here: str) -> dict[str, Any]:
    """Return an answer with attribution, true links and no time of day: asked again it is the same."""
    document.pop("timeStamp", None)
    for part in (document, *document.get("collections", [])):
        if "links" in part:
            part["links"] = [link for link in part["links"] if _leads_on(link, base)]
            part["attribution"] = content().atlas.descriptor["attribution"]
    for link in document["links"] if "features" in document else []:
        if link["rel"] == "self":  # pygeoapi's leads to the first page
            link["href"] = here
    return document


def _leads_on(link: dict[str, str], base: str) -> bool:
    """Tell whether a link leads away from the API, or to JSON that it serves."""
    address = link["href"].partition("?")[0]
    if not f"{address}/".startswith(f"{base}/"):
        return True
    is_served = link["type"] in (_JSON, _OPENAPI, MEDIA_TYPE)
    return is_served and bool(_SERVED.fullmatch(address.removeprefix(base)))


def _answer(request: Request, function: str, media_type: str, base: str) -> Response:
    """Let pygeoapi answer; it does not see the headers, which may ask for other than JSON."""
    api = _api(base)
    if refusal := _refusal(request):
        return PlainTextResponse(f"{refusal}\n", HTTPStatus.BAD_REQUEST)
    asked = resolve_name("pygeoapi.api:APIRequest")(Request({**request.scope, "headers": []}), api.locales)
    headers, status, body = resolve_name(function)(api, asked, *request.path_params.values())
    here = f"{base}{request.url.path.partition('/ogc')[2]}"
    document = _tidied(json.loads(body), base, f"{here}?{request.url.query}".rstrip("?"))
    if status != HTTPStatus.OK:
        return JSONResponse(document, status)
    response = Representation(json.dumps(document, ensure_ascii=False).encode(), media_type).respond(request)
    if "Content-Crs" in headers:
        response.headers["Content-Crs"] = headers["Content-Crs"]
    return response


def _refusal(request: Request) -> str:
    """Return why a request is refused, or nothing. No parameter is passed over in silence."""
    asked, known = request.query_params, _GIVEN["parameters"]
    if unknown := set(asked) - set(known):
        return f"There is no parameter {min(unknown)[:60]!r} here, only {', '.join(known)}."
    if asked.get("f") not in (None, "", "json"):
        return "f can only be json."
    # pygeoapi fails at six edges and at nan, and swaps east and west
    if "bbox" in asked and box_edges(asked["bbox"]) is None:
        return "bbox is west,south,east,north in degrees, such as 46,39,47,40."
    return ""


def _endpoint(function: str, media_type: str) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        try:
            response = _answer(request, function, media_type, f"{settings().address or request.base_url}ogc")
        except ImportError:  # as any address that is not there; 501 would be about the method
            response = PlainTextResponse(NOT_INSTALLED, HTTPStatus.NOT_FOUND)
        except OverflowError:  # pygeoapi lets one pass
            response = PlainTextResponse("There is no such date.\n", HTTPStatus.BAD_REQUEST)
        except GeodataError:
            response = PlainTextResponse("The data has faults; the page lists them.\n", 503)
        response.headers["Access-Control-Allow-Origin"] = "*"  # the layers are public data
        return response

    return endpoint


ROUTES = [
    Route(f"/ogc{path}", _endpoint(*answer))
    for path, answer in {**_ANSWERS, "/{rest:path}": ("dashboard.ogc:nothing", _JSON)}.items()
]
