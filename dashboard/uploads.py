"""Whether a file may be sent to the server: to a page that takes one, one at a time, and few at once.

Streamlit takes a file from whoever knows a session, whatever its page, and keeps it as long as the session.
"""

import asyncio
import logging

import streamlit as st
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.whole_answers import path_of
from layers.style.captions import captions

UPLOADS = "/_stcore/upload_file/"
OWN_FILE, OWN_DRAWING = "own-file", "own-drawing"  # in the session: what takes a file, what was read of it
_MOST_EACH, _MOST_IN_ALL = 2, 40  # files kept for a session, for all sessions
_MOST_AT_ONCE, _WITHIN_S = 4, 120.0  # on their way
_log = logging.getLogger(__name__)


class Uploads:
    """Passes a file on to Streamlit if the session's page takes one and there is room; else says why not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._on_their_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on."""
        if scope["type"] != "http" or not path_of(scope).startswith(UPLOADS):
            await self.app(scope, receive, send)
            return
        if refused := self._refusal(scope):
            await refused(scope, receive, send)
            return
        self._on_their_way += 1
        try:
            async with asyncio.timeout(_WITHIN_S):
                await self.app(scope, receive, send)
        except TimeoutError:
            _log.warning("A file was given up: it did not come within %d s.", _WITHIN_S)
            await PlainTextResponse("The file did not come in time.\n", 408)(scope, receive, send)
        finally:
            self._on_their_way -= 1

    def _refusal(self, scope: Scope) -> Response | None:
        """Return why a file is not taken, or None. A session's own page may always take one back."""
        identifier, is_sent = path_of(scope).removeprefix(UPLOADS).partition("/")[0], scope["method"] == "PUT"
        session = _session(identifier)
        if session is None or (is_sent and OWN_FILE not in session.session_state):
            return PlainTextResponse(f"{captions()['page']['not_there']}\n", 404)
        kept = _files().file_storage
        is_full = len(kept.get(identifier, {})) >= _MOST_EACH or sum(map(len, kept.values())) >= _MOST_IN_ALL
        if is_sent and (is_full or self._on_their_way >= _MOST_AT_ONCE):
            return PlainTextResponse(f"{captions()['errors']['busy']}\n", 503, {"Retry-After": "5"})
        return None


def forget_upload() -> None:
    """Let go of the file that the session running has sent, and of what was read of it."""
    st.session_state.pop(OWN_DRAWING, None)
    context = get_script_run_ctx()
    if context:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


def _session(identifier: str) -> AppSession | None:
    """Return a session that is connected."""
    if not runtime.exists():
        return None
    known = runtime.get_instance()._session_mgr.get_active_session_info(identifier)  # noqa: SLF001 - no other way
    return known.session if known else None


def _files() -> MemoryUploadedFileManager:
    files = runtime.get_instance().uploaded_file_mgr
    assert isinstance(files, MemoryUploadedFileManager)
    return files
