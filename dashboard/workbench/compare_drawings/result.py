"""What comes out: the map of both outlines with a slider, and the tables."""

import streamlit as st

from dashboard.templating import HERE
from dashboard.workbench.compare_drawings.address import choose
from dashboard.workbench.compare_drawings.comparing import WHOLE, Compared
from dashboard.workbench.compare_drawings.words import plain, words
from layers import Atlas
from layers.comparison.written import summary, tables_html


def show_result(atlas: Atlas, compared: Compared) -> None:
    """Draw the two sentences of the report, the map and the tables."""
    drawing = compared.drawing
    if drawing.source:
        licence = words()["licence"].format(licence=drawing.licence)
        st.caption(f"{plain(drawing.source)} {plain(licence)}")
    for line in summary(compared.report):
        st.write(plain(line))
    titles = {area.feature: area.title for area in compared.report.areas}
    options = {WHOLE: words()["whole"], **titles}
    shown = choose(words()["shown"], options, key="feature", unknown=words()["unknown_feature"])
    with st.spinner(words()["wait"]):
        figure = compared.figure(atlas, shown, wipe=True)
    script = (HERE / "assets" / "wipe.js").read_text(encoding="utf-8")
    component = st.components.v2.component("karabakh_outlines", html="<div></div>", js=script)
    component(key="outlines", data={"figure": figure})
    st.html(tables_html(compared.report))
