"""Streamlit's pages: the first is the reader, whose frame is in the page already; the others replace it."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.templating import HERE
from layers.style.captions import captions


def show(*others: StreamlitPage) -> None:
    """Run the page that the address asks for: the reader, which takes no Python, or one of the others."""
    title, label = captions()["title"], captions()["page"]["frame_title"]
    reader = st.Page(_nothing, title=label, default=True)
    chosen = st.navigation([reader, *others], position="top")
    is_reader = chosen == reader
    st.set_page_config(page_title=title if is_reader else f"{chosen.title} · {title}", page_icon="🗺️")
    script = (HERE / "assets" / "bridge.js").read_text(encoding="utf-8")
    st.components.v2.component("karabakh_reader", js=script)(key="reader", data={"reader": is_reader})
    chosen.run()


def _nothing() -> None:
    """Draw nothing: the reader's frame is there."""
