"""A page's address: read and written in one way by all pages.

Keys and values count in any case, and of a repeated key the last. What can't be taken as it stands is told:
what is unknown is named and ignored, a number out of range is clamped, a text too long is cut.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.query import UI, last_values
from dashboard.workbench.markdown import plain
from layers.style.captions import captions

_KEPT = "address"  # in the session


@dataclass(frozen=True)
class Limits:
    """The least and the most that a control takes, its first value, and how fine it is."""

    least: float
    most: float
    first: float
    step: float

    def number(self, value: float) -> float:
        """Return a value as the control has it: a whole number where its steps are, else with one decimal."""
        return int(value) if float(self.step).is_integer() else round(float(value), 1)

    def clamped(self, value: float) -> float:
        """Return the nearest value that the control takes."""
        return self.number(min(max(value, self.least), self.most))


@dataclass(frozen=True)
class Query:
    """What an address asks for, keys in lower case; reading it adds a notice where a value is not taken."""

    values: Mapping[str, str]
    notices: list[str] = field(default_factory=list)

    def choice(self, key: str, known: Collection[str]) -> str | None:
        """Return which of the known ids, whatever its case, the address asks for; None if none."""
        asked = self.values.get(key, "")
        found = next((each for each in known if each.casefold() == asked.casefold()), None)
        if asked and found is None:
            what = captions()["query"]["what"] | captions()["workbench"]["address"]["what"]
            self.notices.append(captions()["query"]["unknown"].format(what=what[key], value=_shown(asked)))
        return found

    def number(self, key: str, limits: Limits) -> float | None:
        """Return the number asked for, within its limits; None if the address has none."""
        if key not in self.values:
            return None
        text = self.values[key]
        try:
            number = float(text.replace("\N{MINUS SIGN}", "-"))
        except ValueError:
            number = float("nan")
        if not isfinite(number):
            self.tell("no_number", key=key, value=text)
            return None
        taken = limits.clamped(number)
        if taken != number:
            self.tell("clamped", key=key, value=text, taken=written(taken))
        return taken

    def text(self, key: str, most: int) -> str:
        """Return the text asked for, at most so many characters of it; "" if the address has none."""
        if len(self.values.get(key, "")) > most:
            self.tell("shorter", key=key, most=most)
        return self.values.get(key, "")[:most]

    def tell(self, notice: str, **values: object) -> None:
        """Add a notice by its name in the captions, its gaps filled."""
        shown = {gap: _shown(str(value)) for gap, value in values.items()}
        self.notices.append(captions()["workbench"]["address"][notice].format(**shown))


@dataclass(frozen=True)
class _Kept:
    """The address as a page has read or written it, what its controls held, and what there was to tell."""

    page: str
    query: Mapping[str, str]
    chosen: Mapping[str, object] | None
    notices: list[str]


def asked_anew(page: str, chosen: Mapping[str, object]) -> Query | None:
    """Return the address where a page has to follow it: just opened, or changed by others; else None.

    `chosen` is what the page's controls hold. The browser's address may lag behind them, so where one of them
    was moved since, they count; a run that was broken off before it wrote the address knows of no moves.
    """
    query, kept = _last_values(), st.session_state.get(_KEPT)
    if kept and kept.page == page and (query == kept.query or kept.chosen not in (None, chosen)):
        st.session_state[_KEPT] = replace(kept, notices=_still_told(kept, chosen))
        return None
    st.session_state[_KEPT] = _Kept(page, query, None, [])
    return Query(query, st.session_state[_KEPT].notices)


def keep(page: str, query: Mapping[str, str], chosen: Mapping[str, object]) -> None:
    """Make the address say what is chosen."""
    kept: _Kept = st.session_state[_KEPT]
    st.session_state[_KEPT] = _Kept(page, query, chosen, _still_told(kept, chosen))
    if query != _last_values():
        _write(query)


def run_again() -> None:
    """Run the whole page at the address last written; a part run by itself may know but an older one."""
    _write(st.session_state[_KEPT].query)
    st.rerun()


def tell_notices(place: DeltaGenerator) -> None:
    """Draw, in a place, a line for whatever of the address is not taken as it stands."""
    for notice in st.session_state[_KEPT].notices:
        place.info(plain(notice))


def written(value: str | float) -> str:
    """Return a value as an address has it."""
    return value if isinstance(value, str) else f"{value:.10g}"


def _still_told(kept: _Kept, chosen: Mapping[str, object]) -> list[str]:
    """Return what there is to tell of the address: nothing more, once something else is chosen."""
    return kept.notices if kept.chosen in (None, chosen) else []


def _last_values() -> dict[str, str]:
    params = last_values((key, value) for key in st.query_params for value in st.query_params.get_all(key))
    return {key: value for key, value in params.items() if key != UI}


def _write(query: Mapping[str, str]) -> None:
    """Write the address, and in it the language that it asked for."""
    language = {UI: st.session_state[UI]} if UI in st.session_state else {}
    st.query_params.from_dict({**query, **language})


def _shown(value: str) -> str:
    """Return a value as a notice names it: printable and not too long."""
    longest = captions()["query"]["longest_value"]
    printable = "".join(letter if letter.isprintable() else " " for letter in value)
    return printable if len(printable) <= longest else f"{printable[: longest - 1]}…"
