"""A thousand drawings: every line drawn anew at random within its ±, and how often the figure agrees."""

from typing import Any

import numpy as np
import streamlit as st

from dashboard.pages import fragment
from dashboard.slow_answers import BusyError
from dashboard.workbench.markdown import plain
from dashboard.workbench.test_the_claims.histogram import histogram
from dashboard.workbench.test_the_claims.known import many_drawings
from dashboard.workbench.test_the_claims.state import (
    NUMBERS,
    OF_DRAWS,
    control,
    follow_controls,
    is_drawn,
    number,
    want_draws,
)
from dashboard.workbench.test_the_claims.texts import texts, told
from layers import Atlas
from layers.language.written import number as written
from layers.robustness import ClaimDraws, Draws, robustness_bytes
from layers.style.captions import captions
from layers.text.verdicts import Claim

_NO_SPREAD = 1e-9  # what is left of rounding where a figure is the same in every drawing


@fragment
def many(atlas: Atlas, claim: Claim) -> None:
    """Let the reader draw all lines many times, and show what that makes of the claim's figure."""
    caption = texts("drawn")
    st.subheader(caption["title"], anchor=False)
    how = captions()["robustness"]["draws"].format(correlation_km=number("correlation"))
    st.markdown(plain(f"{caption['what']} {how}"))
    for column, key in zip(st.columns(len(OF_DRAWS)), OF_DRAWS, strict=True):
        _number(column, key, caption[key])
    st.button(caption["draw"], on_click=want_draws)
    if is_drawn() and (found := _draws(atlas)):
        _result(claim, found)
        _download(atlas, found)
    follow_controls(atlas.claims[0].id)


def _number(column: Any, key: str, label: str) -> None:  # noqa: ANN401 - one of Streamlit's containers
    limits = NUMBERS[key]
    st.session_state.setdefault(control(key), number(key))
    least, most, step = map(limits.number, (limits.least, limits.most, limits.step))
    column.number_input(
        label, least, most, step=step, key=control(key), format="%d" if isinstance(step, int) else "%.1f"
    )


def _draws(atlas: Atlas) -> Draws | None:
    """Return the drawings wanted, made under a bar that shows how far they are; None while others wait."""
    caption = texts("drawn")
    bar = st.progress(0.0, caption["drawing"])

    def progress(part: float) -> None:
        bar.progress(min(max(part, 0.0), 1.0), caption["drawing"])

    try:
        return many_drawings(
            atlas,
            int(number("count")),
            int(number("seed")),
            float(number("correlation")),
            progress,
        )
    except BusyError:
        st.info(caption["busy"])
        return None
    finally:
        bar.empty()


def _result(claim: Claim, found: Draws) -> None:
    caption, reading = texts("drawn"), claim.readings[0]
    one = found.claims.get(claim.id)
    if one is None or one.share is None:
        st.markdown(told(caption["no_share"], verdict=claim.verdict_text))
    else:
        st.markdown(_sentence(claim, one, found.count))
        if float(np.ptp(one.values)) > _NO_SPREAD:
            st.vega_lite_chart(
                spec=histogram(reading, one.values, dark=st.context.theme.type == "dark"),
                width="stretch",
                alt=caption["alt"].format(what=reading.what),
            )
            st.caption(plain(caption["legend"].format(what=reading.what, tolerance=claim.tolerance)))
        else:
            st.markdown(plain(caption["no_spread"]))


def _sentence(claim: Claim, one: ClaimDraws, count: int) -> str:
    caption, reading = texts("drawn"), claim.readings[0]
    said = told(
        caption["share"], count=written(count), share=_percent(one.share or 0.0), verdict=claim.verdict_text
    )
    if one.sd is None or one.closed_form_sd is None:
        return said
    decimals = max(reading.decimals, 2)
    formula = told(
        caption["sd"],
        sd=written(one.sd, f".{decimals}f"),
        closed=written(one.closed_form_sd, f".{decimals}f"),
        unit=reading.unit,
    )
    return f"{said} {formula}"


def _percent(share: float) -> str:
    """Return a share of all as a percentage that says neither none nor all unless it is."""
    percent = 100 * share
    if 0 < percent < 0.1 or 99.9 < percent < 100:  # noqa: PLR2004
        return str(texts("drawn")["nearly_none" if percent < 1 else "nearly_all"])
    return str(captions()["measures"]["share_percent"]["format"].format(percent))


def _download(atlas: Atlas, found: Draws) -> None:
    st.download_button(
        texts("drawn")["download"],
        lambda: robustness_bytes(atlas, found, sensitivity=False),
        file_name=f"draws-{found.count}-seed-{found.seed}.json",
        mime="application/json",
        on_click="ignore",
    )
