"""The addresses beside the page: the files of the site, and what is made on request."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.fallback import placed
from dashboard.headers import CROSS_ORIGIN, document_policy
from dashboard.served import DOWNLOADS, READER, TRANSLATED, served
from dashboard.slow_answers import BusyError
from dashboard.speaking import folder_of
from dashboard.templating import render
from layers.data.problems import GeodataError, RequestError, UnknownChoiceError
from layers.language.speaking import ENGLISH, SPOKEN, spoken
from layers.style.captions import captions, form_of_names

Endpoint = Callable[[Request], Awaitable[Response]]
_VIEW = ("layers", "date", "lang", "size", "uncertainty", "ui")  # of the picture in place of the map
