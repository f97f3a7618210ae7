"""A line moved, or every ± scaled: figure, margin, verdict and a small map follow the control."""

import pandas as pd
import streamlit as st

from dashboard.pages import fragment
from dashboard.templating import HERE
from dashboard.workbench.markdown import plain
from dashboard.workbench.test_the_claims.changes import inside_or_outside
from dashboard.workbench.test_the_claims.known import with_line_moved, with_scaled_uncertainty
from dashboard.workbench.test_the_claims.line_map import line_map
from dashboard.workbench.test_the_claims.state import NUMBERS, control, follow_controls, number
from dashboard.workbench.test_the_claims.texts import texts, told
from layers import Atlas
from layers.language.capitals import first_capital
from layers.language.written import number as written
from layers.robustness import Sensitivity
from layers.text.verdicts import Claim


@fragment
def move_a_line(atlas: Atlas, claim: Claim, found: tuple[Sensitivity, ...]) -> None:
    """Let the reader move one of the lines that a claim depends on, the weakest first; show what follows."""
    caption = texts("moving")
    st.subheader(caption["title"], anchor=False)
    if not found:
        st.markdown(plain(caption["no_line"]))
        return
    line = _line(found)
    metres = int(_slider("metres", caption["metres"], "%d m"))
    now = with_line_moved(atlas, line.line, metres, claim.id) if metres else claim
    way = caption["outwards" if metres > 0 else "inwards" if metres else "in_place"]
    st.markdown(
        told(caption["moved"], line=first_capital(line.title), metres=written(abs(metres)), way=way)
        if metres
        else way
    )
    _beside(claim, now)
    _map(line_map(atlas, line.line, metres, caption["map_alt"].format(line=line.title)))
    follow_controls(atlas.claims[0].id)


@fragment
def scale_uncertainty(atlas: Atlas, claim: Claim) -> None:
    """Let the reader multiply every ±; show what follows."""
    caption = texts("moving")
    st.subheader(caption["scale_title"], anchor=False)
    factor = round(float(_slider("scale", caption["scale"], caption["scale_format"])), 1)
    _beside(claim, with_scaled_uncertainty(atlas, claim.id, factor) if factor != 1 else claim)
    follow_controls(atlas.claims[0].id)


def _line(found: tuple[Sensitivity, ...]) -> Sensitivity:
    by_id = {each.line: each for each in found}
    key, caption = control("line"), texts("moving")
    if st.session_state.get(key) not in by_id:
        st.session_state[key] = found[0].line
    st.selectbox(
        caption["line"],
        list(by_id),
        key=key,
        format_func=lambda each: caption["line_option"].format(
            title=first_capital(by_id[each].title), off=by_id[each].uncertainty_m
        ),
    )
    return by_id[st.session_state[key]]


def _slider(key: str, label: str, shown: str) -> float:
    limits = NUMBERS[key]
    st.session_state.setdefault(control(key), number(key))
    least, most, step = map(limits.number, (limits.least, limits.most, limits.step))
    return float(
        st.slider(
            label, least, most, step=step, key=control(key), format=shown, help=texts("moving")[f"{key}_help"]
        )
    )


def _beside(claim: Claim, now: Claim) -> None:
    """Show the figure in each sense of the words before and after, and what becomes of the verdict."""
    caption = texts("moving")
    rows = [
        (plain(was.what), plain(was.measured_text), plain(new.measured_text), plain(new.verdict_text))
        for was, new in zip(claim.readings, now.readings, strict=True)
    ]
    st.table(
        pd.DataFrame(rows, columns=caption["columns"]),
        border="horizontal",
        hide_index=True,
        alt=caption["alt"],
    )
    same = now.verdict_text == claim.verdict_text
    sentence = caption["verdict_stays" if same else "verdict_changes"]
    st.markdown(told(sentence, was=claim.verdict_text, now=now.verdict_text))
    if claim.evidence == "independent" and inside_or_outside(now) != inside_or_outside(claim):
        st.warning(told(caption["flipped"], now=inside_or_outside(now)))


def _map(figure: str) -> None:
    script = (HERE / "assets" / "line-map.js").read_text(encoding="utf-8")
    st.components.v2.component("karabakh_line_map", js=script)(key="claims-map", data={"map": figure})
