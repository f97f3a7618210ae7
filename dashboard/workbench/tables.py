"""Tables and files: the map's data to search and sort, the shares by date, every file, how to cite."""

import streamlit as st

from dashboard.templating import render
from dashboard.workbench.copied import citations, programs
from dashboard.workbench.file_list import files
from dashboard.workbench.share_chart import share_charts
from dashboard.workbench.table_view import table_view
from layers import Atlas
from layers.style.captions import captions


def page(atlas: Atlas) -> None:
    """Draw the page: each section under a heading with an anchor of its own, and links to all of them."""
    texts = captions()["workbench"]["tables"]
    drawn = {
        "tables": table_view,
        "shares": share_charts,
        "files": files,
        "programs": programs,
        "cite": citations,
    }
    st.html(render("workbench_sections.html", **texts))
    for section, draw in drawn.items():
        st.header(texts["sections"][section], anchor=section)
        draw(atlas)
