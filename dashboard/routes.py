"""The addresses beside the page: map, reading room, layers, pictures, downloads, assets."""

from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.assets import assets
from dashboard.content import content
from dashboard.headers import map_policy
from dashboard.representations import Representation
from dashboard.selection import Selection
from dashboard.settings import settings
from dashboard.site import crawler_files
from dashboard.slow_answers import BusyError
from dashboard.templating import render
from layers import GeodataError
from layers.data.problems import RequestError, UnknownChoiceError
from layers.exports.data_package import media_type
from layers.printed import view
from layers.style.captions import LANGUAGES

_A_YEAR = 365 * 24 * 3600
Endpoint = Callable[[Request], Response]


def _or_faults(endpoint: Endpoint) -> Endpoint:
    """Answer with the list of faults if the data cannot be built, with one line if there is no such thing."""

    @wraps(endpoint)
    def guarded(request: Request) -> Response:
        try:
            return endpoint(request)
        except GeodataError as error:
            page = render("faults.html", problems=error.problems, whole_page=True)
            headers = {"Content-Security-Policy": map_policy(page), "Cache-Control": "no-store"}
            return Response(page, status_code=503, headers=headers, media_type="text/html")
        except BusyError:
            text = "Many pictures or files are being made just now; ask again in a few seconds.\n"
            return PlainTextResponse(text, status_code=503, headers={"Retry-After": "5"})
        except RequestError as error:
            return _for_everybody(PlainTextResponse(f"{error}\n", status_code=400))

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
def layers_listed(request: Request) -> Response:
    """Send the list of layers with their sizes, checksums, links and the schema of their properties."""
    return _for_everybody(content().index.respond(request))


@_or_faults
def layer_file(request: Request) -> Response:
    """Send one layer; `lang` chooses the form of names, `bbox` the features that touch it."""
    layer, extension = request.path_params["layer"], request.path_params["extension"]
    lang, bbox = request.query_params.get("lang") or "article", request.query_params.get("bbox", "")
    if lang not in LANGUAGES:
        raise UnknownChoiceError("form of names", lang, LANGUAGES)
    if layer not in content().atlas.layers:
        missing = "There is no such layer; /layers/ lists those there are.\n"
        return _for_everybody(PlainTextResponse(missing, status_code=404))
    return _for_everybody(content().layer_file(layer, extension, lang, bbox).respond(request))


@_or_faults
def download(request: Request) -> Response:
    """Send a file of the archive, the archive, or the page in one file."""
    name = request.path_params["name"]
    response = _for_everybody(content().download(name).respond(request))
    response.headers["Content-Disposition"] = f'attachment; filename="{name.rpartition("/")[2]}"'
    return response


@_or_faults
def picture(request: Request) -> Response:
    """Send the printed map of the view asked for: `layers`, `date`, `lang`, `size`."""
    asked = request.query_params
    shown = view(content().atlas, layers=asked.get("layers"), date=asked.get("date"), lang=asked.get("lang"))
    chosen = {key: value for key, value in vars(shown).items() if asked.get(key)}
    query = Selection(**chosen).query()
    address = f"{settings().address}{'?' if query else ''}{query}" if settings().address else ""
    drawn = content().picture(shown, request.path_params["kind"], asked.get("size") or "a4", address)
    return _for_everybody(drawn.respond(request))


def _for_everybody(response: Response) -> Response:
    """Let scripts of any page read the answer: the layers are public data."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    return response


@_or_faults
def for_crawlers(request: Request) -> Response:
    """Send robots.txt or the site map, whose addresses are whole only if the dashboard's own is set."""
    name = request.url.path.removeprefix("/")
    files = crawler_files(content().atlas, settings().address)
    return Representation(files[name], media_type(name)).respond(request)


def asset(request: Request) -> Response:
    """Send a script or style sheet; its address holds its checksum, so it may be kept for good."""
    found = assets().get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("There is no such asset.\n", status_code=404)
    fresh = request.query_params.get("v") == found.digest[:12]
    return found.respond(request, max_age=_A_YEAR if fresh else 0)


ROUTES = [
    Route("/map", map_page),
    Route("/map/", map_page),  # where a static site has it
    Route("/reading", reading_page),
    Route("/annotations.jsonld", annotations),
    Route("/layers/", layers_listed),
    Route("/layers", layers_listed),
    Route("/layers/{layer}.{extension}", layer_file),
    Route("/map.{kind}", picture),
    Route("/robots.txt", for_crawlers),
    Route("/sitemap.xml", for_crawlers),
    Route("/download/{name:path}", download),
    Route("/assets/{name}", asset),
]
