"""The workbench's pages as Streamlit has them, each loaded when first asked for; and the atlas for them."""

from collections.abc import Callable
from importlib import import_module

import streamlit as st
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
    """Return the server's atlas, in the language that is spoken. Raises GeodataError if it has faults."""
    return served().on_request.result().said


def _runner(address: str) -> Callable[[], None]:
    """Return a function that runs a page; the page's module is imported only then."""

    def run() -> None:
        page = import_module(f"dashboard.workbench.{address.replace('-', '_')}").page
        try:
            page()
        except GeodataError as error:
            st.error(captions()["page"]["failed"])
            st.text(error.report)

    return run
