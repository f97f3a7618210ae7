"""Tables and files: the map's data to search and sort, the shares by date, every file, how to cite."""

import streamlit as st

from dashboard.templating import render
from dashboard.workbench.copied import citations, programs
from dashboard.workbench.file_list import files
from dashboard.workbench.share_chart import rows_of, share_charts
from dashboard.workbench.table_rows import table
from dashboard.workbench.table_view import table_view
from layers import Atlas
from layers.geometry.coverage import AREAS
from layers.style.captions import captions


def prepare(atlas: Atlas) -> None:
    """Work out what the page needs at first: its first table, and the shares of all dates."""
    table(atlas, next(iter(captions()["workbench"]["tables"]["tables"])))
    for area in AREAS:
        rows_of(atlas, area)


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
