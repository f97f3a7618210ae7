"""The comparison to take away; each file is made when it is asked for."""

import re
from collections.abc import Callable

import streamlit as st

from dashboard.workbench.compare_drawings.comparing import Compared
from dashboard.workbench.compare_drawings.words import words
from layers import Atlas
from layers.comparison import differences
from layers.comparison.report_page import report_csv, report_html

_TYPES = {"html": "text/html", "csv": "text/csv", "geojson": "application/geo+json"}


def offer_downloads(atlas: Atlas, compared: Compared) -> None:
    """Draw the buttons for report, figures and differences."""
    texts = words()["downloads"]
    name = texts["file"].format(name=_file_name(compared.drawing.id))
    made: dict[str, Callable[[], bytes]] = {
        "html": lambda: report_html(atlas, compared.report, compared.figure(atlas, wipe=False)),
        "csv": lambda: report_csv(compared.report),
        "geojson": lambda: differences(atlas, compared.drawing),
    }
    st.subheader(texts["title"], anchor=False)
    with st.container(horizontal=True):
        for kind, make in made.items():
            st.download_button(
                texts[kind], make, f"{name}.{kind}", _TYPES[kind], key=f"download-{kind}", on_click="ignore"
            )


def _file_name(identifier: str) -> str:
    """Return an id or a file's name as part of a file name: letters, digits and hyphens only."""
    return re.sub(r"[^A-Za-z0-9]+", "-", identifier).strip("-")[:40] or "drawing"
