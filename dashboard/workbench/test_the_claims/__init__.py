"""The page on which verdicts are tried: all claims, the one chosen, three ways to break its verdict."""

import streamlit as st

from dashboard.pages import fragment
from dashboard.workbench.markdown import plain
from dashboard.workbench.pages import served_atlas
from dashboard.workbench.test_the_claims import changes, drawn, known, moving, overview
from dashboard.workbench.test_the_claims.state import follow_address, follow_controls
from dashboard.workbench.test_the_claims.texts import texts
from layers import Atlas

_LOOK_EVERY_S = 1.5


def page() -> None:
    """Show the page of the atlas that the server has built. Raises GeodataError if the data has faults."""
    with st.spinner(texts("page")["starting"]):
        atlas = served_atlas()
    show(atlas)


def show(atlas: Atlas) -> None:
    """Show the claims of an atlas."""
    notices = follow_address(known.lines_by_claim(atlas))
    st.title(texts("page")["title"], anchor=False)
    st.markdown(texts("page")["intro"])
    for notice in notices:
        st.info(plain(notice))
    _list(atlas)
    claim = overview.choose(atlas)
    beside_verdict = overview.one_claim(atlas, claim)
    with beside_verdict, st.spinner(texts("changes")["working"], show_time=True):
        found = known.threads(atlas).of(claim.id)
    with beside_verdict:
        changes.caution(claim, found)
    changes.changes(claim, found)
    moving.move_a_line(atlas, claim, found)
    moving.scale_uncertainty(atlas, claim)
    drawn.many(atlas, claim)
    follow_controls(atlas.claims[0].id)
    known.threads(atlas).begin()


def _list(atlas: Atlas) -> None:
    """List all claims; on what each hangs is worked out beside the page, and looked for every second."""
    is_done = known.threads(atlas).part_done == 1
    fragment(_listed, run_every=None if is_done else _LOOK_EVERY_S)(atlas, is_done)


def _listed(atlas: Atlas, was_done: bool) -> None:  # noqa: FBT001 - Streamlit calls it again
    threads = known.threads(atlas)
    is_done = threads.part_done == 1
    if is_done and not was_done:
        st.rerun()
    if is_done:
        overview.thinnest(atlas, threads.weakest)
    else:
        st.progress(threads.part_done, texts("overview")["working"])
    overview.all_claims(atlas, threads.weakest)
