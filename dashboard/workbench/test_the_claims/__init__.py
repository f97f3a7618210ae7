"""The page on which verdicts are tried: all claims, the one chosen, three ways to break its verdict."""

import streamlit as st

from dashboard.pages import fragment
from dashboard.workbench.address import run_again, tell_notices
from dashboard.workbench.test_the_claims import changes, drawn, known, moving, overview
from dashboard.workbench.test_the_claims.line_map import line_map
from dashboard.workbench.test_the_claims.state import follow_address, follow_controls
from dashboard.workbench.test_the_claims.texts import texts
from layers import Atlas

_LOOK_EVERY_S = 1.5


def prepare(atlas: Atlas) -> None:
    """Work out what the page needs at first: the lines of all claims, on which the first one hangs."""
    known.lines_by_claim(atlas)
    first, *_ = known.threads(atlas).of(atlas.claims[0].id)
    line_map(atlas, first.line, 0, first.title)


def page(atlas: Atlas) -> None:
    """Draw the page of an atlas's claims."""
    follow_address(known.lines_by_claim(atlas))
    st.markdown(texts("page")["intro"])
    # Each part keeps its place: what moves is made anew by the browser, loses the focus, and its fragment
    # gets another name, under which Streamlit no longer knows the key just pressed.
    said, listed, chosen, changed, moved, scaled, many = (st.container() for _ in range(7))
    tell_notices(said)
    with listed:
        _list(atlas)
    with chosen:
        claim = overview.choose(atlas)
        beside_verdict = overview.one_claim(atlas, claim)
    with beside_verdict, st.spinner(texts("changes")["working"], show_time=True):
        found = known.threads(atlas).of(claim.id)
    with beside_verdict:
        changes.caution(claim, found)
    with changed:
        changes.changes(claim, found)
    with moved:
        moving.move_a_line(atlas, claim, found)
    with scaled:
        moving.scale_uncertainty(atlas, claim)
    with many:
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
        run_again()
    if is_done:
        overview.thinnest(atlas, threads.weakest)
    else:
        st.progress(threads.part_done, texts("overview")["working"])
    overview.all_claims(atlas, threads.weakest)
