"""Which area of a file is which feature of ours: guessed, and to be changed by the reader."""

import streamlit as st

from dashboard.workbench.compare_drawings.words import words
from layers import Atlas
from layers.comparison import Drawing, Match, matchable
from layers.language.capitals import first_capital

_LONGEST = 60  # letters of a name


def choose_matches(atlas: Atlas, drawing: Drawing, file: str) -> tuple[Match, ...]:
    """Draw a box for each feature of ours with the areas of the drawing that it may be, and return them.

    `file` names the file: each has boxes of its own. A box takes several areas, or none.
    """
    texts = words()["matching"]
    names = _names(drawing)
    guessed = {match.feature: match for match in drawing.matches}
    with st.expander(texts["title"], expanded=not guessed):
        st.write(texts["note"])
        chosen = [
            _match(names, feature, title, guessed.get(feature), f"{file}-{feature}")
            for feature, title in matchable(atlas).items()
        ]
    return tuple(match for match in chosen if match)


def _match(names: list[str], feature: str, title: str, guess: Match | None, key: str) -> Match | None:
    texts = words()["matching"]
    pieces = st.multiselect(
        first_capital(title),
        range(len(names)),
        default=list(guess.pieces) if guess else [],
        format_func=names.__getitem__,
        key=key,
        placeholder=texts["none"],
    )
    if not pieces:
        return None
    outside = guess.less_oblast if guess else False
    is_as_guessed = guess is not None and tuple(pieces) == guess.pieces
    if feature.startswith("district-") and (outside or not is_as_guessed):
        label = texts["less_oblast"].format(title=title)
        outside = st.checkbox(label, value=outside, key=f"{key}-outside")
    return Match(feature, tuple(pieces), outside)


def _names(drawing: Drawing) -> list[str]:
    """Return what each area of the drawing is called, on one line; its number tells it from its namesakes."""
    texts, names = words()["matching"], list[str]()
    for number, piece in enumerate(drawing.pieces, start=1):
        name = " ".join(piece.name.split())[:_LONGEST] or texts["unnamed"].format(number=number)
        names.append(texts["again"].format(name=name, number=number) if name in names else name)
    return names
