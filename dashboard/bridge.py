"""The component that holds the map document and the reading room, and passes messages between them."""

from functools import cache
from typing import Any

import streamlit as st

from dashboard.templating import HERE, render


@cache
def _component() -> Any:  # noqa: ANN401 - Streamlit's renderer has no public type
    return st.components.v2.component(
        "karabakh_map",
        html=render("bridge.html"),
        css=_joined("bridge.css", "reading.css"),
        js=_joined(
            "address.js", "state.js", "share.js", "reading.js", "bridge.js"
        ),  # one module: the last binds what the others make
    )


def _joined(*names: str) -> str:
    return "\n".join((HERE / "assets" / name).read_text(encoding="utf-8") for name in names)


def show_map(src: str, command: dict[str, Any] | None) -> Any:  # noqa: ANN401 - what a browser reports
    """Show the document at `src` and return the state it last reported, or None.

    `src` counts once, when the frame is made, as does the address of the reading room; a new `command`
    (`{"n": …, "query": …}`) asks the document, as it is, to show something else.
    """
    result = _component()(
        key="map", data={"src": src, "room": "/reading", "command": command}, on_map_change=lambda: None
    )
    return getattr(result, "map", None)
