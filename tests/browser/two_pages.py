"""A Streamlit script with a page beside the reader, as a workbench has; `test_dashboard.py` serves it."""

import streamlit as st

from dashboard.pages import show


def second() -> None:
    """Draw a page that is not the reader."""
    st.title("The second page")
    st.button("A button of its own")


show(st.Page(second, title="Second", url_path="second"))
