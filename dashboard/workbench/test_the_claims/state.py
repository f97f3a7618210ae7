"""The page's controls and the address: each follows the other, and the one who changed last wins."""

from collections.abc import Collection, Mapping

import streamlit as st

from dashboard.workbench.address import Limits, asked_anew, keep, written
from layers.geometry.measure import CORRELATION_KM
from layers.robustness.draws import CORRELATIONS_KM

PAGE = "test-the-claims"
NUMBERS = {
    "metres": Limits(-5000, 5000, 0, 50),
    "scale": Limits(0.1, 3.0, 1.0, 0.1),
    "seed": Limits(0, 999_999, 1, 1),
    "count": Limits(10, 5000, 1000, 10),
    "correlation": Limits(CORRELATIONS_KM[0], 200.0, CORRELATION_KM, 0.5),
}
OF_DRAWS = ("seed", "count", "correlation")
Value = str | float
_KEYS = ("claim", "line", *NUMBERS)
_DRAWN = "claims-drawn"


def control(key: str) -> str:
    """Return the name of the control for a key of the address."""
    return f"claims-{key}"


def follow_address(lines: Mapping[str, Collection[str]]) -> None:
    """Set the controls to what the address asks, if it was changed by others.

    `lines` are those that each claim depends on, by the claims' ids.
    """
    query = asked_anew(PAGE, _chosen())
    if query is None:
        return
    claim = query.choice("claim", lines) or next(iter(lines))
    asked = {key: query.number(key, limits) for key, limits in NUMBERS.items()}
    taken = {key: value for key, value in asked.items() if value is not None}
    values = {**_first(claim), **taken, "line": query.choice("line", lines[claim])}
    st.session_state.update({control(key): value for key, value in values.items()})
    st.session_state[_DRAWN] = any(asked[key] is not None for key in OF_DRAWS)


def follow_controls(claim: str) -> None:
    """Write into the address what the controls say; `claim` is the one that is shown at first."""
    values = _values()
    query = as_query({key: value for key, value in values.items() if value is not None}, _first(claim))
    if is_drawn():  # also with the first values: the address says that the drawings are wanted
        query.setdefault("seed", str(values["seed"]))
    keep(PAGE, query, _chosen())


def as_query(values: Mapping[str, Value], first: Mapping[str, Value]) -> dict[str, str]:
    """Return the query that asks for these values, without those that the page has at first."""
    query = {key: written(value) for key, value in values.items() if value != first.get(key)}
    if "metres" not in query:
        query.pop("line", None)  # where it stands, it is only one of those that could be moved
    return query


def choose_claim(identifier: str) -> None:
    """Choose a claim, all lines where they are drawn."""
    st.session_state[control("claim")] = identifier
    forget_moves()


def forget_moves() -> None:
    """Put all lines back."""
    for key in ("line", "metres", "scale"):
        st.session_state[control(key)] = NUMBERS[key].first if key in NUMBERS else None


def want_draws() -> None:
    """Note that drawings are wanted."""
    st.session_state[_DRAWN] = True


def is_drawn() -> bool:
    """Tell whether drawings are wanted."""
    return bool(st.session_state.get(_DRAWN))


def number(key: str) -> float:
    """Return the number a control holds, its first one while there is no control."""
    return NUMBERS[key].number(st.session_state.get(control(key), NUMBERS[key].first))


def _chosen() -> dict[str, Value | None]:
    """Return what the reader has chosen: also that drawings are wanted, or an older address would undo it."""
    return {**_values(), _DRAWN: is_drawn()}


def _values() -> dict[str, Value | None]:
    return {key: st.session_state.get(control(key), _first("").get(key)) for key in _KEYS}


def _first(claim: str) -> dict[str, Value]:
    numbers = {key: limits.number(limits.first) for key, limits in NUMBERS.items()}
    return {"claim": claim, **numbers}
