"""The page on which verdicts are tried: all claims, the one chosen, three ways to break its verdict."""

import streamlit as st

from dashboard.workbench.pages import served_atlas
from dashboard.workbench.test_the_claims import changes, drawn, known, moving, overview
from dashboard.workbench.test_the_claims.state import follow_address, follow_controls
from dashboard.workbench.test_the_claims.texts import plain, texts
from layers import Atlas
from layers.data.problems import GeodataError
from layers.robustness import Sensitivity


def page() -> None:
    """Show the page, or say in one sentence that the data has faults."""
    try:
        atlas = served_atlas()
    except GeodataError:
        st.error(texts("page")["faults"])
        return
    show(atlas)


def show(atlas: Atlas) -> None:
    """Show the claims of an atlas."""
    notices = follow_address(known.lines_by_claim(atlas))
    st.title(texts("page")["title"], anchor=False)
    st.markdown(texts("page")["intro"])
    for notice in notices:
        st.info(plain(notice))
    listed = st.container()
    claim = overview.choose(atlas)
    found = known.sensitivities_of(atlas, claim.id)
    overview.one_claim(atlas, claim, found)
    changes.changes(claim, found)
    moving.move_a_line(atlas, claim, found)
    moving.scale_uncertainty(atlas, claim)
    drawn.many(atlas, claim)
    follow_controls(atlas.claims[0].id)
    with listed:
        _list(atlas)


def _list(atlas: Atlas) -> None:
    """List all claims; how thin a thread each hangs on is worked out last, so that nothing waits for it."""
    weakest: dict[str, Sensitivity | None] = {}
    bar = st.empty()
    for number, claim in enumerate(atlas.claims):
        found = known.sensitivities_of(atlas, claim.id)
        weakest[claim.id] = found[0] if found else None
        bar.progress((number + 1) / len(atlas.claims), texts("overview")["working"])
    bar.empty()
    overview.thinnest(atlas, weakest)
    overview.all_claims(atlas, weakest)
