"""A reader's own drawing: read, matched and compared in this session's memory, and dropped with the file."""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.uploads import OWN_DRAWING, OWN_FILE
from dashboard.workbench.compare_drawings.comparing import Compared, worked_out
from dashboard.workbench.compare_drawings.matching import choose_matches
from dashboard.workbench.compare_drawings.words import words
from dashboard.workbench.markdown import plain
from layers import Atlas
from layers.comparison import Drawing, DrawingError, Match, read_drawing
from layers.comparison.uploads import MOST_MB

_TYPES = ("geojson", "json", "gpkg", "kml", "kmz", "zip", "fgb")


@dataclass(eq=False)
class _Own:
    """The file last read: its drawing or why there is none, and what was last worked out of it."""

    file: str
    drawing: Drawing | None
    fault: str = ""
    compared: tuple[tuple[Match, ...], Compared] | None = None


def uploaded_beside(atlas: Atlas) -> Compared | None:
    """Draw what takes a file and says what is what in it; return it beside ours, or None if it can't be."""
    file = st.file_uploader(
        words()["file"].format(megabytes=MOST_MB), type=_TYPES, max_upload_size=MOST_MB, key=OWN_FILE
    )
    st.caption(words()["file_note"])
    if file is None:
        st.session_state.pop(OWN_DRAWING, None)
        st.write(words()["no_file"].format(megabytes=MOST_MB))
        return None
    own = _read(atlas, file.file_id, file.name, file.getvalue())
    if own.drawing is None:
        st.error(plain(own.fault))
        return None
    for note in own.drawing.notes:
        st.info(plain(note))
    matches = choose_matches(atlas, own.drawing, own.file)
    if not matches:
        st.info(words()["nothing"])
        return None
    return _compared(atlas, own, own.drawing, matches)


def _read(atlas: Atlas, identifier: str, name: str, content: bytes) -> _Own:
    """Return what was read of a file, once for as long as it is there."""
    own = st.session_state.get(OWN_DRAWING)
    if own is None or own.file != identifier:
        with st.spinner(words()["reading"]):
            try:
                own = _Own(identifier, read_drawing(name, content, atlas))
            except DrawingError as error:
                own = _Own(identifier, None, str(error))
        st.session_state[OWN_DRAWING] = own
    return own


def _compared(atlas: Atlas, own: _Own, drawing: Drawing, matches: tuple[Match, ...]) -> Compared:
    if own.compared is None or own.compared[0] != matches:
        with st.spinner(words()["wait"]):
            own.compared = (matches, worked_out(atlas, replace(drawing, matches=matches)))
    return own.compared[1]
