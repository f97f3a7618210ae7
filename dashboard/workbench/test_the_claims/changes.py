"""What would change a verdict: how far each line would have to move, and which is the weakest."""

from math import ceil

import pandas as pd
import streamlit as st

from dashboard.workbench.markdown import plain
from dashboard.workbench.test_the_claims.texts import texts, told
from layers.language.capitals import first_capital
from layers.language.written import number
from layers.robustness import Sensitivity
from layers.style.captions import captions
from layers.text.verdicts import Claim


def caution(claim: Claim, found: tuple[Sensitivity, ...]) -> None:
    """Say beside the verdict which lines, moved within their own ±, would flip the figure."""
    thin = [each for each in found if each.in_own_units is not None and each.in_own_units < 1]
    if not thin:
        return
    caption = texts("changes")
    weakest = thin[0]
    sentence = caption["within"] if claim.reason is None else caption["within_unsettled"]
    more = told(caption["and_more"], count=len(thin) - 1) if len(thin) > 1 else ""
    st.warning(_of(weakest, sentence) + more)


def changes(claim: Claim, found: tuple[Sensitivity, ...]) -> None:
    """Show for each line how many metres it would have to move to flip the figure, against its ±."""
    caption = texts("changes")
    st.subheader(caption["title"], anchor=False)
    if claim.evidence != "independent":
        st.markdown(told(caption["no_evidence"][claim.evidence], basis=claim.basis))
        return
    st.markdown(_weakest(claim, found))
    able = tuple(each for each in found if each.least_m is not None)
    if able:
        st.table(_table(able), border="horizontal", hide_index=True, alt=caption["alt"])
    if able and (others := found[len(able) :]):
        with st.expander(caption["others"].format(count=len(others))):
            st.markdown("\n".join(f"- {plain(first_capital(each.title))}" for each in others))
    with st.expander(caption["how_title"]):
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in how_a_shift_is_meant()))


def how_a_shift_is_meant() -> list[str]:
    """Return the sentences that say what a shift and a flip are."""
    said = captions()["robustness"]
    return [*said["shift"], *texts("changes")["how"], *said["flip"]]


def inside_or_outside(claim: Claim) -> str:
    """Return the caption for where the bare figure of the first reading lies: within its tolerance or not."""
    reading = claim.readings[0]
    low, high = reading.accepts
    value = reading.measured.value
    is_inside = (low is None or value >= low) and (high is None or value <= high)
    return str(texts("changes")["inside" if is_inside else "outside"])


def metres(value: float | None) -> str:
    """Return the least whole metres that flip the figure, as the page writes them, or that no shift can."""
    return str(texts("changes")["cannot"]) if value is None else number(ceil(value))


def in_own_units(found: Sensitivity) -> str:
    """Return how far a line would have to move as a multiple of its own ±, as the page writes it."""
    return number(found.in_own_units or 0.0, ".2f")


def _weakest(claim: Claim, found: tuple[Sensitivity, ...]) -> str:
    caption, now = texts("changes"), inside_or_outside(claim)
    if not found or found[0].least_m is None:
        return told(caption["no_line"], now=now)
    return told(caption["now"], now=now) + _of(found[0], caption["weakest"])


def _of(weakest: Sensitivity, sentence: str) -> str:
    is_outwards = weakest.least_m == weakest.outwards_m
    return told(
        sentence,
        line=weakest.title,
        metres=metres(weakest.least_m),
        way=texts("changes")["outwards" if is_outwards else "inwards"],
        own=in_own_units(weakest),
        off=number(weakest.uncertainty_m, ",.0f"),
    )


def _table(able: tuple[Sensitivity, ...]) -> pd.DataFrame:
    rows = [
        (
            plain(first_capital(each.title)),
            number(each.uncertainty_m, ",.0f"),
            metres(each.outwards_m),
            metres(each.inwards_m),
            in_own_units(each),
        )
        for each in able
    ]
    return pd.DataFrame(rows, columns=texts("changes")["columns"])
