"""The component that holds the map document in the page and passes messages between the two."""

from functools import cache
from typing import Any

import streamlit as st

from dashboard.templating import HERE


@cache
def _component() -> Any:  # noqa: ANN401 - Streamlit's renderer has no public type
    assets = HERE / "assets"
    return st.components.v2.component(
        "karabakh_map",
        html='<div class="map-frame"></div>',
        css=(assets / "bridge.css").read_text(encoding="utf-8"),
        js=(assets / "bridge.js").read_text(encoding="utf-8"),
    )


def show_map(src: str, command: dict[str, Any] | None) -> Any:  # noqa: ANN401 - what a browser reports
    """Show the document at `src` and return the state it last reported, or None.

    `src` counts once, when the frame is made; a new `command` (`{"n": …, "query": …}`) asks the document,
    as it is, to show something else.
    """
    result = _component()(key="map", data={"src": src, "command": command}, on_map_change=lambda: None)
    return getattr(result, "map", None)
