"""What a run of each page of the workbench costs the server: first ever, a new reader's first, and again."""

import logging
import statistics
from concurrent.futures import Future
from types import SimpleNamespace
from typing import TypeVar
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from dashboard.on_request import OnRequest
from dashboard.site_files import DOWNLOADS, READER, SiteFiles
from dashboard.workbench import ADDRESSES
from dashboard.workbench.pages import load, module_of
from layers import Atlas

RUNS = 5
T = TypeVar("T")


def page_runs(atlas: Atlas) -> None:
    """Print the CPU of the runs of each page; what takes long is cached by input: part of the first only."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    load(atlas)  # as the server does in the background
    AppTest.from_string("import streamlit; streamlit.write(1)").run()
    build = SimpleNamespace(on_request=_done(OnRequest(atlas, "", {})), groups=_groups())
    with (
        patch("dashboard.workbench.picture_taking.served", lambda: build),
        patch("dashboard.workbench.file_list.served", lambda: build),
    ):
        for address in ADDRESSES:
            first, new, again = _measured(address, atlas)
            print(f"run of /{address}, CPU: first {first:.0f} ms", end="")
            print(f", of a new reader {new:.0f} ms (at most 150), again {again:.0f} ms (at most 150)")


def _measured(address: str, atlas: Atlas) -> tuple[float, float, float]:
    one, other = (
        AppTest.from_function(_run, default_timeout=60, args=(module_of(address), atlas)) for _ in "12"
    )
    first, new = _cpu_ms(one), _cpu_ms(other)
    return first, new, statistics.median(_cpu_ms(other) for _ in range(RUNS))


def _run(module: str, atlas: object) -> None:
    # Streamlit runs this body by itself, in a thread of its own.
    import time  # noqa: PLC0415
    from importlib import import_module  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    start = time.thread_time()
    import_module(module).page(atlas)
    st.session_state["cpu-ms"] = (time.thread_time() - start) * 1000


def _cpu_ms(test: AppTest) -> float:
    return float(test.run().session_state["cpu-ms"])


def _groups() -> dict[str, Future[SiteFiles]]:
    return {group: _done(SiteFiles({}, {}, in_memory={})) for group in (READER, DOWNLOADS)}


def _done(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future
