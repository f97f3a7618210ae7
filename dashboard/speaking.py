"""In which language a request is answered: that of `ui` in its address, else the first of the reader's."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.negotiation import qualities
from dashboard.query import last_values
from dashboard.whole_answers import path_of
from layers.language.speaking import ENGLISH, SPOKEN, speaking

UI = "ui"
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


def folder_of(language: str) -> str:
    """Return the folder of a language's documents within the site."""
    return "" if language == ENGLISH else f"{language}/"


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
        query = last_values(parse_qsl(scope["query_string"].decode("latin-1")))
        is_chosen = UI in query or path_of(scope) not in self.for_readers

        async def varied(message: Message) -> None:
            if message["type"] == "http.response.start" and not is_chosen:
                MutableHeaders(scope=message).add_vary_header("Accept-Language")
            await send(message)

        accepted = "" if is_chosen else Headers(scope=scope).get("accept-language", "")
        with speaking(language_asked(query, accepted)):
            await self.app(scope, receive, varied)
