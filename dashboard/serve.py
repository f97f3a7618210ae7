"""The server: what `app.py` and `python -m dashboard serve` share."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit import config

from dashboard.addresses import Addresses
from dashboard.base_path import BasePath
from dashboard.entries.routes import ENTRY_ROUTES
from dashboard.headers import SecurityHeaders
from dashboard.listening import Patient, make_room
from dashboard.logs import AccessLog, say_once_a_minute
from dashboard.memory import keep_house
from dashboard.page_head import PageHead
from dashboard.routes import ROUTES
from dashboard.served import served
from dashboard.settings import ACCESS_LOG, MOUNTED, base_path, is_on, settings
from dashboard.sockets import MOST_BYTES, Sockets
from dashboard.speaking import Speaking
from dashboard.streamlit_files import StreamlitFiles
from dashboard.templating import HERE
from dashboard.uploads import Uploads
from dashboard.workbench import ADDRESSES
from layers.data.problems import GeodataError


@asynccontextmanager
async def _lifespan(_: Any) -> AsyncIterator[None]:  # noqa: ANN401 - Streamlit's own app class
    """Begin to build what is served before the first reader comes, and leave no process behind."""
    served()
    say_once_a_minute()
    house = asyncio.create_task(keep_house())
    yield
    house.cancel()
    served().close()


def parts(script: Path = HERE / "page.py", *, pages: tuple[str, ...] = ADDRESSES) -> dict[str, Any]:
    """Return what Streamlit's `App` is made of; `pages` are the addresses of those beside the reader."""
    return {
        "script_path": script,
        "middleware": [
            *([Middleware(AccessLog)] if is_on(ACCESS_LOG) else []),
            Middleware(SecurityHeaders),
            Middleware(BasePath, path=_base_path(script)),
            Middleware(Speaking, pages=pages),
            Middleware(Addresses, routes=[*ENTRY_ROUTES, *ROUTES], pages=pages),
            Middleware(Sockets),
            Middleware(Uploads),
            Middleware(PageHead, pages=pages),
            Middleware(StreamlitFiles),
        ],
        "lifespan": _lifespan,
    }


def _base_path(script: Path) -> str:
    """Return the path to serve below, and take it from Streamlit, whose own routes alone would follow it.

    Ends the process, with a line for each, if settings are not as they should be.
    """
    if config._main_script_path is None:  # noqa: SLF001 - as Streamlit's `App` does, for config.toml
        config._main_script_path = str(script)  # noqa: SLF001
    mounted = os.environ.get(MOUNTED) or config.get_option("server.baseUrlPath")
    try:
        settings()
        path = base_path(mounted)
    except GeodataError as error:
        sys.exit(str(error))
    config.set_option("server.baseUrlPath", "")
    return path


PARTS = parts()  # `streamlit run` wants to see the call of `App` in app.py itself


def serve(app: st.App | None = None) -> None:
    """Serve the dashboard on HOST and PORT of the environment until the process is told to end.

    `streamlit run` opens its socket so that small answers wait 40 ms for an acknowledgement; this does not.
    """
    room = make_room()
    logging.basicConfig(format="%(message)s")
    logging.getLogger("uvicorn.access").disabled = True  # a line for each of a page's hundred requests
    uvicorn.run(
        app or st.App(**PARTS),
        host=os.environ.get("HOST", "127.0.0.1"),
        port=settings().port,
        http=Patient,
        ws="websockets-sansio",  # as Streamlit's own server has it
        ws_max_size=16 * MOST_BYTES,  # a message that large is not even received
        limit_concurrency=room.connections,
        backlog=room.waiting,
        log_config=None,
    )
