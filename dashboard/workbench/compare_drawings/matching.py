"""Which area of a file is which feature of ours: guessed, and to be changed by the reader."""

import streamlit as st

from dashboard.workbench.compare_drawings.words import words
from layers import Atlas
from layers.comparison import Drawing, Match, matchable

_LONGEST = 60  # letters of a name


def choose_matches(atlas: Atlas, drawing: Drawing, file: str) -> tuple[Match, ...]:
    """Draw a box for each feature of ours with the areas of the drawing that it may be, and return them.

    `file` names the file: each has boxes of its own. A box takes several areas, or none.
    """
    texts = words()["matching"]
    guessed = {match.feature: match for match in drawing.matches}
    with st.expander(texts["title"], expanded=not guessed):
        st.write(texts["note"])
        chosen = [
            _match(drawing, feature, title, guessed.get(feature), f"{file}-{feature}")
            for feature, title in matchable(atlas).items()
        ]
    return tuple(match for match in chosen if match)


def _match(drawing: Drawing, feature: str, title: str, guess: Match | None, key: str) -> Match | None:
    texts = words()["matching"]
    pieces = st.multiselect(
        texts["label"].format(title=title),
        range(len(drawing.pieces)),
        default=list(guess.pieces) if guess else [],
        format_func=lambda piece: _name(drawing, piece),
        key=key,
    )
    if not pieces:
        return None
    outside = guess.less_oblast if guess else False
    if feature.startswith("district-"):
        label = texts["less_oblast"].format(title=title)
        outside = st.checkbox(label, value=outside, key=f"{key}-outside")
    return Match(feature, tuple(pieces), outside)


def _name(drawing: Drawing, piece: int) -> str:
    """Return what an area of the drawing is called, on one line, or its number."""
    name = " ".join(drawing.pieces[piece].name.split())[:_LONGEST]
    return name or str(words()["matching"]["unnamed"].format(number=piece + 1))
