"""The workbench's pages as Streamlit has them, under their titles; and the atlas that they show."""

from collections.abc import Callable
from concurrent.futures import wait
from importlib import import_module

import streamlit as st
from streamlit import delta_generator
from streamlit.navigation.page import StreamlitPage

from dashboard.served import served
from dashboard.workbench import ADDRESSES
from layers import Atlas
from layers.data.problems import GeodataError
from layers.style.captions import captions


def workbench_pages() -> list[StreamlitPage]:
    """Return the pages in the order of the header, titled as the captions say."""
    titles = captions()["workbench"]["titles"]
    return [st.Page(_runner(address), title=titles[address], url_path=address) for address in ADDRESSES]


def served_atlas() -> Atlas:
    """Return the atlas, in the language spoken, once it is there. Raises GeodataError if it has faults."""
    ready = served().on_request
    if not ready.done():
        with st.spinner(captions()["workbench"]["starting"]):
            wait([ready])
    return ready.result().said


def load(atlas: Atlas) -> None:
    """Load the pages' modules, and let each work out what its first reader would have to wait for."""
    import_module("streamlit.emojis")  # 0.1 s, at the first notice
    # Else Streamlit looks through all modules for whether it runs in a REPL: 0.2 s, before the first element.
    delta_generator._use_warning_has_been_displayed = True  # noqa: SLF001
    for address in ADDRESSES:
        getattr(import_module(module_of(address)), "prepare", lambda _: None)(atlas)


def module_of(address: str) -> str:
    """Return the name of the module that draws a page."""
    return f"dashboard.workbench.{address.replace('-', '_')}"


def _runner(address: str) -> Callable[[], None]:
    """Return a function that runs a page; its module is imported only then, if `load` has not done it."""

    def run() -> None:
        st.title(captions()["workbench"]["titles"][address], anchor=False)
        try:
            atlas = served_atlas()
        except GeodataError as error:
            st.error(captions()["page"]["failed"])
            st.text(error.report)
            return
        import_module(module_of(address)).page(atlas)

    return run
