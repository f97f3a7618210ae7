"""The page's controls and the address: each follows the other, and the one who changed last wins."""

from collections.abc import Collection, Mapping

import streamlit as st

from dashboard.workbench.test_the_claims.address import NUMBERS, OF_DRAWS, Value, as_query, asked

_KEYS = ("claim", "line", *NUMBERS)
_SHOWN, _DRAWN = "claims-shown", "claims-drawn"


def control(key: str) -> str:
    """Return the name of the control for a key of the address."""
    return f"claims-{key}"


def follow_address(lines: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Set the controls to what the address asks if it was changed by others; return what is wrong with it.

    `lines` are those that each claim depends on, by the claims' ids. The browser's address may lag behind
    the controls, so it counts only when the page opens, or when no control has been moved since.
    """
    query, state = _query(), st.session_state
    is_open = control("claim") in state
    if is_open and (query == state[_SHOWN][0] or _values() != state[_SHOWN][1]):
        return ()
    found = asked(query, lines)
    first = _first(next(iter(lines)))
    for key in _KEYS:
        state[control(key)] = found.values.get(key, first.get(key))
    state[_DRAWN] = any(key in found.values for key in OF_DRAWS)
    return found.notices


def follow_controls(claim: str) -> None:
    """Write into the address what the controls say; `claim` is the one that is shown at first."""
    values = _values()
    query = as_query({key: value for key, value in values.items() if value is not None}, _first(claim))
    if is_drawn():  # also with the first values: the address says that the drawings are wanted
        query.setdefault("seed", str(values["seed"]))
    st.session_state[_SHOWN] = (query, values)
    if query != _query():
        st.query_params.from_dict(query)


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


def _query() -> dict[str, str]:
    """Return the last value of each key of the address, keys in lower case."""
    params = st.query_params
    return {key.lower(): params.get_all(key)[-1] for key in params if params.get_all(key)}


def _values() -> dict[str, Value | None]:
    return {key: st.session_state.get(control(key), _first("").get(key)) for key in _KEYS}


def _first(claim: str) -> dict[str, Value]:
    numbers = {key: limits.number(limits.first) for key, limits in NUMBERS.items()}
    return {"claim": claim, **numbers}
