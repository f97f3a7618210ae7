"""Which drawing, one of those that come with the map or a reader's own; and which feature the map shows."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.uploads import forget_upload
from dashboard.workbench.address import Query
from dashboard.workbench.compare_drawings.comparing import WHOLE, Compared, shipped, shipped_beside
from dashboard.workbench.compare_drawings.upload import uploaded_beside
from dashboard.workbench.compare_drawings.words import words
from layers import Atlas

DRAWING, FEATURE = "compare-drawing", "compare-feature"  # in the session: what the two boxes hold
_OWN = "own"  # in the address, in place of a drawing's id


def chosen_drawing(atlas: Atlas, query: Query | None, place: DeltaGenerator) -> Compared | None:
    """Draw what chooses a drawing in a place, and return that beside ours; None if there is none yet."""
    titles = {identifier: drawing.title for identifier, drawing in shipped(atlas).items()}
    options = {**titles, _OWN: words()["own"]}
    if query:
        st.session_state[DRAWING] = query.choice("drawing", options) or next(iter(options))
    chosen = place.selectbox(words()["drawing"], list(options), key=DRAWING, format_func=options.__getitem__)
    if chosen == _OWN:
        return uploaded_beside(atlas)
    forget_upload()
    with st.spinner(words()["wait"]):
        return shipped_beside(atlas, chosen)


def chosen_feature(compared: Compared, query: Query | None, place: DeltaGenerator) -> str:
    """Draw what chooses a feature in a place; the whole, where the drawing has no such feature."""
    options = {WHOLE: words()["whole"], **{area.feature: area.title for area in compared.report.areas}}
    if query:
        st.session_state[FEATURE] = query.choice("feature", options)
    if st.session_state.get(FEATURE) not in options:
        st.session_state[FEATURE] = WHOLE
    return place.selectbox(words()["shown"], list(options), key=FEATURE, format_func=options.__getitem__)


def in_address(atlas: Atlas) -> dict[str, str]:
    """Return the query for what is chosen, without what is so at first."""
    first = {"drawing": next(iter(shipped(atlas))), "feature": WHOLE}
    chosen = {"drawing": st.session_state[DRAWING], "feature": st.session_state.get(FEATURE, WHOLE)}
    return {key: value for key, value in chosen.items() if value != first[key]}
