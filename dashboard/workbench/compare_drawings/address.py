"""A choice that stands in the address: read from it, written to it, and told if there is no such thing."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.workbench.markdown import plain

_DEPENDING = {"drawing": "feature"}  # what another drawing need not have
_LONGEST = 60  # letters of what is told to be unknown


def choose(place: DeltaGenerator, label: str, options: Mapping[str, str], *, key: str, unknown: str) -> str:
    """Draw a box in a place to choose from options (id and title); return the id, the first if none is named.

    The address has the id under `key`. An id that there is not is named in a line and ignored: `unknown` is
    its text, with gaps for the `value`, what is `shown` and all `known`. Another choice takes what
    depends on it out of the address.
    """
    first, known = next(iter(options)), {each.casefold(): each for each in options}
    values = st.query_params.get_all(key)
    asked = values[-1] if values else first
    meant = known.get(asked.casefold(), first)
    if asked.casefold() not in known:
        st.info(unknown.format(value=plain(asked[:_LONGEST]), shown=options[meant], known=", ".join(options)))
    state = f"compare-{key}"
    if st.session_state.get(state) != meant:
        st.session_state[state] = meant

    def write() -> None:
        chosen = st.session_state[state]
        st.query_params.pop(_DEPENDING.get(key, ""), None)
        if chosen == first:
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = chosen

    return place.selectbox(label, list(options), key=state, format_func=options.__getitem__, on_change=write)
