"""The entry: `python app.py`, `streamlit run app.py`, or any ASGI server with `app:app`."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from dashboard.content import content
from dashboard.headers import SecurityHeaders
from dashboard.page_head import PageHead
from dashboard.routes import ROUTES
from layers import GeodataError


@asynccontextmanager
async def build_first(_: Any) -> AsyncIterator[None]:  # noqa: ANN401 - Streamlit's own app class
    """Build the map before the first reader comes. Faults are shown to the reader, not raised here."""
    with suppress(GeodataError):
        content()
    yield


app = st.App(
    Path(__file__).parent / "dashboard" / "page.py",
    routes=ROUTES,
    middleware=[Middleware(SecurityHeaders), Middleware(PageHead)],
    lifespan=build_first,
)

if __name__ == "__main__":
    import logging

    import uvicorn

    logging.getLogger("uvicorn.access").disabled = True  # a line for each of a page's hundred requests
    # `streamlit run` opens its socket so that small answers wait 40 ms for an acknowledgement; this does not.
    uvicorn.run(
        app,
        host=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8501")),
        ws="websockets-sansio",  # as Streamlit's own server has it
        log_config=None,
    )
