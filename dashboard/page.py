"""Streamlit's page: the reader in a frame, and the address that says what it shows. Only here: streamlit."""

import streamlit as st

from dashboard.templating import HERE
from layers.style.captions import captions


def _joined(*names: str) -> str:
    return "\n".join((HERE / "assets" / name).read_text(encoding="utf-8") for name in names)


st.set_page_config(
    page_title=captions()["title"], page_icon="🗺️", layout="wide", initial_sidebar_state="collapsed"
)
st.html(HERE / "assets" / "page.css")
st.components.v2.component(
    "karabakh_reader",
    html='<div class="reader-frame"></div>',
    css=_joined("bridge.css"),
    js=_joined("address.js", "bridge.js"),  # one module: the last binds what the first makes
)(key="reader")
