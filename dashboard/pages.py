"""Streamlit's pages: the first is the reader, whose frame is in the page already; the others replace it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.query import UI, last_values
from dashboard.speaking import language_asked
from dashboard.templating import HERE
from dashboard.uploads import forget_upload
from dashboard.workbench import FILES_AT
from layers.language.speaking import speaking, spoken
from layers.style.captions import captions

P = ParamSpec("P")


def language() -> str:
    """Return the language of the session: the one its address asked for last, else the reader's own."""
    asked = last_values(st.query_params.items())
    if UI in asked:
        st.session_state[UI] = asked[UI]
    kept = {UI: st.session_state[UI]} if UI in st.session_state else {}
    return language_asked(kept, st.context.headers.get("Accept-Language", ""))


def fragment(function: Callable[P, None], *, run_every: float | None = None) -> Callable[P, None]:
    """Return a part of a page that runs again by itself, in the language in which the page ran."""

    def start(*values: P.args, **named: P.kwargs) -> None:
        said = spoken()

        @wraps(function)
        def run(*values: P.args, **named: P.kwargs) -> None:
            with speaking(said):
                function(*values, **named)

        st.fragment(run, run_every=run_every)(*values, **named)

    return start


def show(*others: StreamlitPage) -> None:
    """Run the page that the address asks for: the reader, which takes no Python, or one of the others."""
    title, label = captions()["title"], captions()["page"]["frame_title"]
    reader = st.Page(_nothing, title=label, default=True)
    chosen = st.navigation([reader, *others], position="top")
    is_reader = chosen == reader
    st.set_page_config(page_title=title if is_reader else f"{chosen.title} · {title}", page_icon="🗺️")
    script = (HERE / "assets" / "bridge.js").read_text(encoding="utf-8")
    st.components.v2.component("karabakh_reader", js=script)(key="reader", data={"reader": is_reader})
    if chosen.url_path != FILES_AT:
        forget_upload()
    chosen.run()


def _nothing() -> None:
    """Draw nothing: the reader's frame is there."""
