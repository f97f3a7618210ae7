"""Memory: what is built stays out of every collection, and what is let go of goes back to the machine."""

import asyncio
import ctypes
import gc
from contextlib import suppress

from starlette.concurrency import run_in_threadpool

_EVERY_S = 5.0


def keep_for_good() -> None:
    """Leave all that there is now out of later collections: each looked through it, 40 ms and more."""
    gc.collect()
    gc.freeze()


async def keep_house() -> None:
    """End sessions whose time is over, and give back what those that ended and files let go of held.

    Streamlit looks for the sessions that are over only when another is lost.
    """
    held = 0
    while True:
        await asyncio.sleep(_EVERY_S)
        now = _held()
        if now < held:
            await run_in_threadpool(give_back)
        held = now


def _held() -> int:
    """Return how many sessions and files Streamlit holds, once it has let go of those whose time is over."""
    from streamlit import runtime  # noqa: PLC0415 - the process that makes files does without
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager  # noqa: PLC0415

    if not runtime.exists():
        return 0
    running = runtime.get_instance()
    files = running.uploaded_file_mgr
    sessions = len(running._session_mgr.list_sessions())  # noqa: SLF001 - no other way
    stored = files.file_storage.values() if isinstance(files, MemoryUploadedFileManager) else ()
    return sessions + sum(map(len, list(stored)))


def give_back() -> None:
    """Collect what nobody holds any more, and give free memory back, where the C library can."""
    gc.collect()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
