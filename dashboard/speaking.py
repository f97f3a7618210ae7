"""In which language a request is answered: that which its address names, else the first of the reader's."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.negotiation import qualities
from dashboard.query import UI, last_values
from dashboard.whole_answers import path_of
from layers.language.speaking import ENGLISH, SPOKEN, speaking

_FOR_READERS = (
    "/",
    "/reader",
    "/map",
    "/map/",
    "/in-words",
    "/in-words/",
)  # what is no data; those are English unless asked otherwise


def language_asked(query: Mapping[str, str], accepted: str = "") -> str:
    """Return the language that a query asks for; one that we don't speak is English.

    Without one it is the first that we speak of those `accepted` (as in `Accept-Language`), else English.
    """
    if asked := query.get(UI):
        return asked.lower() if asked.lower() in SPOKEN else ENGLISH
    liked = qualities(accepted)
    wanted = (
        named.partition("-")[0]
        for named in sorted(liked, key=liked.__getitem__, reverse=True)
        if liked[named]
    )
    return next((language for language in wanted if language in SPOKEN), ENGLISH)


def language_chosen(scope: Scope) -> str:
    """Return the language that a request's address names, by `ui` or by its folder; "" if it names none."""
    query = last_values(parse_qsl(scope["query_string"].decode("latin-1")))
    folder = path_of(scope).split("/")[1].lower()
    return language_asked(query) if UI in query else folder if folder in SPOKEN else ""


def readers_language(scope: Scope) -> str:
    """Return the language of who asks: the one that the address names, else the browser's."""
    return language_chosen(scope) or language_asked({}, Headers(scope=scope).get("accept-language", ""))


def folder_of(language: str) -> str:
    """Return the folder of a language's documents within the site."""
    return "" if language == ENGLISH else f"{language}/"


def others(page: str, top: str, *, is_folder: bool = False) -> dict[str, str]:
    """Return where a page is in each language; `top` is the address of the site, or the way to it.

    From a disk a folder does not open as a page, so it is named with its file.
    """
    if is_folder and not top:
        return {}
    file = "" if is_folder else "index.html"
    return {language: f"{top}{folder_of(language)}{page}{file}" for language in SPOKEN}


class Speaking:
    """Has each request answered in its language; `pages` are the addresses of pages behind the reader."""

    def __init__(self, app: ASGIApp, *, pages: tuple[str, ...] = ()) -> None:
        self.app = app
        self.for_readers = (*_FOR_READERS, *(f"/{page}" for page in pages))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, in its language."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        chosen, is_for_readers = language_chosen(scope), path_of(scope) in self.for_readers

        async def varied(message: Message) -> None:
            if message["type"] == "http.response.start" and not chosen:
                headers = MutableHeaders(scope=message)
                if is_for_readers or "Content-Language" in headers:
                    headers.add_vary_header("Accept-Language")
            await send(message)

        with speaking(readers_language(scope) if is_for_readers else chosen or ENGLISH):
            await self.app(scope, receive, varied)
