"""What comes out: the map of both outlines with a slider, and the tables."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.templating import HERE
from dashboard.workbench.address import Query
from dashboard.workbench.compare_drawings.choice import chosen_feature
from dashboard.workbench.compare_drawings.comparing import Compared
from dashboard.workbench.compare_drawings.words import words
from dashboard.workbench.markdown import plain
from layers import Atlas
from layers.comparison import ComparedArea
from layers.comparison.report_page import summary, tables_html
from layers.language.written import number


def show_result(atlas: Atlas, compared: Compared, query: Query | None, place: DeltaGenerator) -> None:
    """Draw the report in sentences, the map and the tables; in a place, which feature the map shows."""
    shown = chosen_feature(compared, query, place)
    st.write(" ".join(plain(line) for line in summary(compared.report)))
    for area in compared.report.areas:
        if area.feature == shown:
            st.write(f"**{plain(_of_area(area))}**")
    with st.spinner(words()["wait"]):
        figure = compared.figure(atlas, shown, wipe=True)
    script = (HERE / "assets" / "wipe.js").read_text(encoding="utf-8")
    component = st.components.v2.component("karabakh_outlines", html="<div></div>", js=script)
    component(key="outlines", data={"figure": figure})
    st.html(tables_html(compared.report))
    _small_print(compared)


def _of_area(area: ComparedArea) -> str:
    """Return in a sentence how far apart the outlines of an area are."""
    figures = {"mean": area.mean_m, "p95": area.p95_m, "greatest": area.greatest_m}
    texts = {key: number(metres, ",.0f") for key, metres in figures.items()}
    return str(words()["summary"]["area"].format(title=area.title, **texts))


def _small_print(compared: Compared) -> None:
    """Tell what to know of the comparison, and whose a drawing is that comes with the map."""
    drawing = compared.drawing
    lines = [note for note in compared.report.notes if note not in drawing.notes]
    if drawing.source:
        lines += [drawing.source, words()["licence"].format(licence=drawing.licence)]
    for line in lines:
        st.caption(plain(line))
