"""All claims with verdict and figure, and the one that is chosen: what it says and how it is measured."""

from collections.abc import Iterator, Mapping

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.workbench.markdown import plain
from dashboard.workbench.test_the_claims.changes import in_own_units
from dashboard.workbench.test_the_claims.state import choose_claim, control, forget_moves
from dashboard.workbench.test_the_claims.texts import texts, told
from layers import Atlas
from layers.language.written import labelled, number
from layers.robustness import Sensitivity
from layers.text.verdicts import Claim, Reading

_TABLE = "claims-table"
_HEIGHT, _ROW_HEIGHT = 427, 78  # pixels; four lines, in columns of which a phone shows claim and verdict


def all_claims(atlas: Atlas, weakest: Mapping[str, Sensitivity | None]) -> None:
    """List the claims; a row that is chosen is the claim that is shown. `weakest` has those known so far."""
    ids = [claim.id for claim in atlas.claims]
    caption, columns = texts("overview"), texts("columns")
    rows = [columns["claim"], columns["verdict"], columns["measured"], columns["own"]]
    frame = pd.DataFrame([_row(claim, weakest.get(claim.id)) for claim in atlas.claims], columns=rows)
    chosen = ids.index(st.session_state[control("claim")])
    st.session_state[_TABLE] = {"selection": {"rows": [chosen], "columns": [], "cells": []}}
    st.dataframe(
        frame.style.format({columns["own"]: lambda own: number(own, ".2f")}, na_rep=""),
        key=_TABLE,
        hide_index=True,
        height=_HEIGHT,
        row_height=_ROW_HEIGHT,
        selection_mode="single-row-required",
        on_select=lambda: _choose_row(ids),
        column_config={
            columns["claim"]: st.column_config.TextColumn(width=190),
            columns["measured"]: st.column_config.TextColumn(width=105),
            columns["verdict"]: st.column_config.TextColumn(width=120),
            columns["own"]: st.column_config.NumberColumn(width=80, help=caption["own"]),
        },
        placeholder=caption["none"],
        alt=caption["alt"],
    )


def thinnest(atlas: Atlas, weakest: Mapping[str, Sensitivity | None]) -> None:
    """Say which claim hangs on the thinnest thread, of all."""
    found = [each for each in weakest.values() if each and each.in_own_units is not None]
    if found:
        least = min(found, key=lambda each: each.in_own_units or 0.0)
        claim = next(claim for claim in atlas.claims if claim.id == least.claim)
        st.markdown(
            told(
                texts("overview")["thinnest"],
                claim=claim.claim,
                line=least.title,
                own=in_own_units(least),
            )
        )


def choose(atlas: Atlas) -> Claim:
    """Let the reader choose a claim by its words, and return it."""
    by_id = {claim.id: claim for claim in atlas.claims}
    label = texts("overview")["choose"]
    st.selectbox(
        label,
        list(by_id),
        key=control("claim"),
        format_func=lambda each: by_id[each].claim,
        on_change=forget_moves,
    )
    return by_id[st.session_state[control("claim")]]


def one_claim(atlas: Atlas, claim: Claim) -> DeltaGenerator:
    """Show a claim: passage, verdict in a sentence, what is measured, what would agree.

    Returns the place beside the verdict for what it hangs on.
    """
    caption = texts("claim")
    st.subheader(plain(claim.claim), anchor=False)
    st.markdown(f"> {_passage(claim)}")
    st.caption(told(caption["where"], paragraph=claim.quote.paragraph))
    st.markdown(told(caption["verdict"], verdict=claim.verdict_text, plain=claim.plain))
    beside_verdict = st.empty()
    st.markdown(plain(claim.explanation))
    rows = [*_readings(claim), (caption["agrees_if"], plain(claim.tolerance)), *_beside(atlas, claim)]
    rows.append((caption["rests_on"], plain(claim.basis)))
    st.markdown("\n".join(f"- {labelled(name)} {text}" for name, text in rows))
    st.markdown(f"[{plain(caption['in_reader'])}](./?claim={claim.id})")
    return beside_verdict


def _passage(claim: Claim) -> str:
    """Return the passage with the words that make the claim in bold, or only those."""
    whole, words = plain(claim.quote.exact), plain(claim.exact)
    return f"“{whole.replace(words, f'**{words}**', 1) if words in whole else words}”"


def _row(claim: Claim, weakest: Sensitivity | None) -> tuple[str, str, str, float | None]:
    own = weakest.in_own_units if weakest else None
    return claim.claim, claim.verdict_text, claim.measured_text, own


def _readings(claim: Claim) -> list[tuple[str, str]]:
    caption = texts("claim")
    return [
        (caption["or_measured"] if number else caption["measured"], _reading(each, len(claim.readings) > 1))
        for number, each in enumerate(claim.readings)
    ]


def _reading(reading: Reading, with_verdict: bool) -> str:  # noqa: FBT001 - one caller
    verdict = f" ({plain(reading.verdict_text)})" if with_verdict else ""
    return f"{labelled(plain(reading.what))} **{plain(reading.measured_text)}**{verdict}"


def _beside(atlas: Atlas, claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield each published figure beside ours, with a link to its source."""
    for figure in claim.beside:
        source = atlas.sources[figure["source"]]
        link = f"[{plain(source['title'])}]({source['path']})"
        said = f"{labelled(plain(figure['label']))} **{plain(figure['value'])}** ({link})"
        yield texts("claim")["beside"], said


def _choose_row(ids: list[str]) -> None:
    rows = st.session_state[_TABLE]["selection"]["rows"]
    if rows:
        choose_claim(ids[rows[0]])
