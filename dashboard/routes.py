"""The addresses beside the page: the files of the site, and what is made on request."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard import releases
from dashboard.fallback import placed
from dashboard.health import alive, built
from dashboard.in_words import PAGE as WORDS
from dashboard.notices import known_values, unknown_values, with_notices
from dashboard.query import (
    UI,
    NoSuchAddressError,
    NothingThereError,
    asked_of,
    refuse_unknown,
    without_added,
)
from dashboard.refusals import not_built, refused
from dashboard.served import files_of, served
from dashboard.settings import settings
from dashboard.site_files import DOWNLOADS, ENTRIES, MORE_DOWNLOADS, READER, TRANSLATED
from dashboard.slow_answers import BusyError
from dashboard.speaking import folder_of, readers_language
from dashboard.whole_answers import path_of
from layers.data.problems import GeodataError, RequestError
from layers.exports.everything import in_language
from layers.language.speaking import ENGLISH, SPOKEN, speaking, spoken
from layers.style.captions import captions, form_of_names

if TYPE_CHECKING:  # it loads geopandas and matplotlib
    from dashboard.on_request import OnRequest

Endpoint = Callable[[Request], Awaitable[Response]]
_VIEW = ("layers", "date", "lang", "size", "uncertainty", "ui")  # of the picture in place of the map
_OF_LAYER, _INDEX = ("lang", "bbox", "ui"), "index"


def handle_errors(endpoint: Endpoint) -> Endpoint:
    """Answer with the list of faults if the data cannot be built, with one line if there is no such thing."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except GeodataError as error:
            return not_built(request.scope, error)
        except (BusyError, RequestError) as error:
            with speaking(readers_language(request.scope)):
                if isinstance(error, BusyError):
                    return refused(request.scope, captions()["errors"]["busy"], 503, {"Retry-After": "5"})
                status = 404 if isinstance(error, (NoSuchAddressError, NothingThereError)) else 400
                return refused(request.scope, str(error), status)

    return guarded


def site_file(name: str, group: str = READER) -> Endpoint:
    """Return an endpoint that sends a file of the site, once its group is made."""

    async def endpoint(request: Request) -> Response:
        files = await files_of(group)
        return await files.respond(name, request)

    return handle_errors(endpoint)


def document(name: str) -> Endpoint:
    """Return an endpoint that sends a document in the language asked for, with the picture of the view."""

    async def endpoint(request: Request) -> Response:
        group, file = (READER if spoken() == ENGLISH else TRANSLATED), f"{folder_of(spoken())}{name}"
        files = await files_of(group)
        on_request, asked, query, alt = served().on_request, asked_of(request), "", ""
        if on_request.done() and any(key in asked for key in _VIEW):
            query, alt = on_request.result().known_view(asked)
        up = file.count("/") - request.url.path.endswith("/")
        unknown = await _unknown_values(request) if name.startswith(WORDS) else []
        if not query and not up and not unknown:
            return await files.respond(file, request)
        made = await run_in_threadpool(placed, await files.representation(file), up, query, alt)
        tag = f'{files.dated["ETag"][:-1]}{folder_of(spoken()).removesuffix("/")}"'
        return with_notices(made, unknown).respond(request, {**files.dated, "ETag": tag})

    return handle_errors(endpoint)


async def _unknown_values(request: Request) -> list[str]:
    """Return what is said on a page without scripts of what its address says and is unknown."""
    if not asked_of(request):
        return []
    return unknown_values(request, known_values((await asyncio.wrap_future(served().on_request)).atlas))


@handle_errors
async def asset(request: Request) -> Response:
    """Send a script or style sheet."""
    name = f"assets/{request.path_params['name']}"
    for group in (READER, ENTRIES):
        files = await files_of(group)
        if name in files:
            return await files.respond(name, request)
    raise NothingThereError(lambda: captions()["errors"]["no_asset"])


@handle_errors
async def layer_file(request: Request) -> Response:
    """Send one layer, or their index; `lang` chooses the form of names, `bbox` the features that touch it."""
    layer, extension = request.path_params["layer"], request.path_params["extension"]
    asked = asked_of(request)
    refuse_unknown(asked, _OF_LAYER if layer != _INDEX else ())
    lang, bbox = asked.get("lang") or form_of_names(), asked.get("bbox", "")
    files, name = await files_of(READER), f"layers/{layer}.{extension}"
    if name in files and lang == "article" and not bbox and spoken() == ENGLISH:
        return await files.respond(name, request)
    ready = await asyncio.wrap_future(served().on_request)
    if layer not in ready.atlas.layers:
        raise NothingThereError(lambda: captions()["errors"]["no_layer"])
    made = await run_in_threadpool(ready.layer_file, layer, extension, lang, bbox)
    return made.respond(request, ready.dated)


@handle_errors
async def layer_index(request: Request) -> Response:
    """Send the index of the layers, which takes no keys."""
    refuse_unknown(asked_of(request), ())
    files = await files_of(READER)
    return await files.respond("layers/index.json", request)


@handle_errors
async def picture(request: Request) -> Response:
    """Send the printed map of the view asked for, by any key of a picture; without any, the file."""
    kind, asked = request.path_params["kind"], without_added(asked_of(request))
    if not asked:
        files = await files_of(DOWNLOADS)
        if f"map.{kind}" in files:
            return await files.respond(f"map.{kind}", request)
    ready = await asyncio.wrap_future(served().on_request)
    return await printed(request, ready, kind, asked)


async def printed(request: Request, ready: "OnRequest", kind: str, asked: Mapping[str, str]) -> Response:
    """Answer with the printed map of a view, once it is drawn for all who ask for it. Raises RequestError."""
    client = request.client.host if request.client else ""  # behind a trusted proxy, whom that names
    drawn = await run_in_threadpool(ready.picture, kind, asked, str(request.base_url), client)
    return (await asyncio.wrap_future(drawn)).respond(request, ready.dated)


@handle_errors
async def download(request: Request) -> Response:
    """Send a file of the archive, the archive, or the page in one file; `ui` alone chooses among them."""
    refuse_unknown(asked_of(request), (UI,))
    name = request.path_params["name"]
    for path in (f"download/{in_language(name, spoken())}", f"download/{name}"):
        for group in (DOWNLOADS, MORE_DOWNLOADS):
            if path in (files := await files_of(group)):
                return await files.respond(path, request)
    offered = [path for group in (DOWNLOADS, MORE_DOWNLOADS) for path in await files_of(group)]
    there = [path.removeprefix("download/") for path in offered if path.startswith("download/")]
    raise NoSuchAddressError("file", name, there)


def from_static(language: str, page: str) -> Endpoint:
    """Return an endpoint that leads from where a static site has a document to its address here."""

    async def endpoint(request: Request) -> Response:
        up = "../" * (path_of(request.scope).count("/") - 1)
        query = urlencode({**request.query_params, "ui": language})
        return RedirectResponse(f"{up or './'}{_ADDRESSES[page]}?{query}", 307)

    return endpoint


# Where the server has what a static site has in a folder or as a file.
_ADDRESSES = {
    "": "",
    "map/": "map",
    "in-words/": "in-words",
    "index.html": "reader",
    "map/index.html": "map",
    "in-words/index.html": "in-words",
}
_STATIC = [
    Route(f"/{folder_of(language)}{page}".rstrip(end), from_static(language, page))
    for language in SPOKEN
    for page in _ADDRESSES
    for end in ("", "/")  # taken off
    if language != ENGLISH or page.endswith(".html")
]


@handle_errors
async def release_file(request: Request) -> Response:
    """Send a file of a release; without one of that version or name, say which versions there are."""
    folder, ready = settings().releases, await asyncio.wrap_future(served().on_request)
    asked = request.path_params
    version, name = asked.get("version", ""), asked.get("name", "")
    path = await run_in_threadpool(releases.find, folder, version, name) if folder else None
    if folder is None or path is None:
        known = ", ".join(releases.versions(folder)) if folder else ""
        raise NothingThereError(
            lambda: captions()["errors"]["no_release" if known else "no_releases"].format(known=known)
        )
    newest = ready.atlas.descriptor["version"]
    found = await run_in_threadpool(releases.answer, path, name, version, newest)
    return found.respond(request, ready.dated)


def release_folder(request: Request) -> Response:
    """Lead to the address of a release with the slash that its links need."""
    return RedirectResponse(f"{request.url.path.rpartition('/')[2]}/", 308)


ROUTES = [
    *_STATIC,
    Route("/v", release_file),
    Route("/v/", release_file),
    Route("/v/{version}", release_folder),
    Route("/v/{version}/{name:path}", release_file),
    Route("/reader", document("index.html")),
    Route("/map", document("map/index.html")),
    Route("/map/", document("map/index.html")),  # where a static site has it
    *(Route(f"/in-words{end}", document("in-words/index.html")) for end in ("", "/")),
    Route("/layers", layer_index),
    Route("/layers/", layer_index),
    Route("/layers/{layer}.{extension}", layer_file),
    *(Route(f"/{name}", site_file(name)) for name in ("annotations.jsonld", "corrections.atom")),
    *(Route(f"/{name}", site_file(name)) for name in ("robots.txt", "sitemap.xml", "favicon.ico")),
    Route("/assets/{name}", asset),
    Route("/map.{kind}", picture),
    Route("/download/{name:path}", download),
    Route("/healthz", alive),
    Route("/readyz", built),
]
