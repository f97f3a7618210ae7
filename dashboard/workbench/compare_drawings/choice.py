"""Which drawing: one of those that come with the map, or a reader's own."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.workbench.compare_drawings.address import choose
from dashboard.workbench.compare_drawings.comparing import Compared, shipped, shipped_beside
from dashboard.workbench.compare_drawings.upload import forget_upload, uploaded_beside
from dashboard.workbench.compare_drawings.words import words
from layers import Atlas

OWN = "own"  # in the address, in place of a drawing's id


def chosen_drawing(atlas: Atlas, place: DeltaGenerator) -> Compared | None:
    """Draw what chooses a drawing in a place, and return that beside ours; None if there is none yet."""
    titles = {identifier: drawing.title for identifier, drawing in shipped(atlas).items()}
    options = {**titles, OWN: words()["own"]}
    unknown = words()["unknown_drawing"]
    chosen = choose(place, words()["drawing"], options, key="drawing", unknown=unknown)
    if chosen == OWN:
        return uploaded_beside(atlas)
    forget_upload()
    with st.spinner(words()["wait"]):
        return shipped_beside(atlas, chosen)
