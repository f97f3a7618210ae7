"""The page that holds another drawing of the same ground, one's own too, against ours and the claims."""

import streamlit as st

from dashboard.workbench.compare_drawings.choice import chosen_drawing
from dashboard.workbench.compare_drawings.downloads import offer_downloads
from dashboard.workbench.compare_drawings.result import show_result
from dashboard.workbench.compare_drawings.words import words
from dashboard.workbench.pages import served_atlas
from layers.style.captions import captions


def page() -> None:
    """Draw the page: which drawing, the map of both outlines, the tables, what can be taken away."""
    st.title(captions()["workbench"]["titles"]["compare-drawings"])
    st.write(words()["lead"])
    with st.spinner(words()["starting"]):
        atlas = served_atlas()
    left, right = st.columns(2)
    compared = chosen_drawing(atlas, left)
    if compared:
        show_result(atlas, compared, right)
        offer_downloads(atlas, compared)
