"""The page that holds another drawing of the same ground, one's own too, against ours and the claims."""

import streamlit as st

from dashboard.workbench.address import asked_anew, keep, tell_notices
from dashboard.workbench.compare_drawings.choice import DRAWING, FEATURE, chosen_drawing, in_address
from dashboard.workbench.compare_drawings.downloads import offer_downloads
from dashboard.workbench.compare_drawings.result import show_result
from dashboard.workbench.compare_drawings.words import words
from layers import Atlas
from layers.comparison import drawings
from layers.comparison.settlements import settlements
from layers.language.speaking import SPOKEN, speaking
from layers.translated_atlas import translated_atlas

PAGE = "compare-drawings"


def prepare(atlas: Atlas) -> None:
    """Read the other drawings and the lists of settlements: their files may change while the server runs."""
    for language in SPOKEN:
        with speaking(language):
            drawings(translated_atlas(atlas))
            settlements(translated_atlas(atlas))


def page(atlas: Atlas) -> None:
    """Draw the page: which drawing, the map of both outlines, the tables, what can be taken away."""
    st.write(words()["lead"])
    query = asked_anew(PAGE, _chosen())
    said = st.container()
    left, right = st.columns(2)
    compared = chosen_drawing(atlas, query, left)
    if compared:
        show_result(atlas, compared, query, right)
        offer_downloads(atlas, compared)
    else:
        st.session_state.pop(FEATURE, None)
    tell_notices(said)
    keep(PAGE, in_address(atlas), _chosen())


def _chosen() -> dict[str, object]:
    return {key: st.session_state.get(key) for key in (DRAWING, FEATURE)}
