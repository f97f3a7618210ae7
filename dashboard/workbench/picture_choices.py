"""What the page Make a picture lets one choose: from its address into its controls, and back."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from layers import Atlas
from layers.data.problems import RequestError
from layers.printed import KEYS, SIZES, view
from layers.printed.sizes import size_of
from layers.steps import step_of
from layers.style.captions import captions

FIRST_SIZE, OWN = "slide", "own"
SWITCHES = ("key", "uncertainty", "dark", "qr")
EXTENTS = ("whole", "view", "feature")
_PREFIX = "picture_"
_SEEN, _LAST, _NOTICES = "picture_address", "picture_chosen", "picture_notices"  # kept between two runs


def name(key: str) -> str:
    """Return the name under which Streamlit keeps a control's value."""
    return f"{_PREFIX}{key}"


def texts() -> dict[str, Any]:
    """Return the page's captions."""
    return dict(captions()["workbench"]["make-a-picture"])


def begin(atlas: Atlas) -> None:
    """Set the controls as the address says if that has changed, and note what it says that is ignored."""
    address = dict(st.query_params.items())
    if st.session_state.get(_SEEN) != address or name("size") not in st.session_state:
        asked, notices = known(atlas, address)
        st.session_state.update({name(key): value for key, value in controls(atlas, asked).items()})
        st.session_state.update({_SEEN: address, _LAST: None, _NOTICES: notices})


def keep(asked: Mapping[str, str]) -> list[str]:
    """Write into the address what is chosen; return a line for each value of it that was ignored.

    Once something else is chosen, there is no more to say of the address.
    """
    written = {key: value for key, value in asked.items() if (key, value) != ("size", FIRST_SIZE)}
    if st.session_state.get(_LAST) not in (None, written):
        st.session_state[_NOTICES] = []
    st.session_state[_LAST] = written
    if written != st.session_state[_SEEN]:
        st.query_params.from_dict(written)
        st.session_state[_SEEN] = written
    return list(st.session_state[_NOTICES])


def known(atlas: Atlas, address: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return what an address asks for that there is, and a line for each value that there is not."""
    asked, notices = dict[str, str](), list[str]()
    lower = {key.lower(): value for key, value in address.items()}
    for key in ("size", *KEYS):
        if key not in lower:
            continue
        value = lower[key] if key == "title" else lower[key].lower()
        try:
            _check(atlas, {**asked, key: value})
        except RequestError as error:
            notices.append(texts()["ignored"].format(reason=error))
            value = _known_layers(atlas, value) if key == "layers" else ""
        if value or key == "layers":
            asked[key] = value
    return asked, notices


def controls(atlas: Atlas, asked: Mapping[str, str]) -> dict[str, object]:
    """Return the value of each control for what is asked for; the rest is as at first."""
    shown, size = view(atlas, **{key: asked.get(key) for key in KEYS}), asked.get("size") or FIRST_SIZE
    wide, high = size_of(size).pixels
    return {
        "layers": list(shown.layers),
        "date": step_of(atlas, shown.date).id,
        "compare": step_of(atlas, shown.compare).id if shown.compare else "",
        "extent": next((each for each in EXTENTS if asked.get(each)), EXTENTS[0]),
        "view": asked.get("view", ""),
        "feature": shown.feature or next(iter(atlas.features)),
        "lang": shown.lang,
        "size": size if size in SIZES else OWN,
        "width": wide,
        "height": high,
        "title": shown.title,
        "small": shown.small,
        **{key: getattr(shown, key) for key in SWITCHES},
    }


def chosen(atlas: Atlas) -> dict[str, str]:
    """Return what the controls ask for, by the keys of a picture's address, without what is so anyhow."""
    return dict(_chosen(atlas, {key: st.session_state.get(name(key)) for key in controls(atlas, {})}))


def _chosen(atlas: Atlas, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    usual = view(atlas)
    own = f"{values['width']}x{values['height']}"
    yield "size", own if values["size"] == OWN else str(values["size"])
    layers = values["layers"] if isinstance(values["layers"], list) else []
    if set(layers) != set(usual.layers):
        yield "layers", ",".join(layer for layer in atlas.layers if layer in layers)
    for key in ("date", "compare", "lang", "title", "small"):
        if values[key] and values[key] != getattr(usual, key):
            yield key, str(values[key])
    extent = values["extent"]
    if extent == "view" and values["view"]:
        yield "view", view_in(str(values["view"]))
    if extent == "feature":
        yield "feature", str(values["feature"])
    for key in SWITCHES:
        if bool(values[key]) != getattr(usual, key):
            yield key, str(int(bool(values[key])))


def view_in(text: str) -> str:
    """Return the view in a link of the reader; any other text as it stands."""
    return parse_qs(urlsplit(text.strip()).query).get("view", [text.strip()])[-1]


def _check(atlas: Atlas, asked: Mapping[str, str]) -> None:
    """Raise RequestError if there is nothing of the kind."""
    size_of(asked.get("size") or FIRST_SIZE)
    view(atlas, **{key: value for key, value in asked.items() if key in KEYS})


def _known_layers(atlas: Atlas, text: str) -> str:
    return ",".join(layer for layer in atlas.layers if layer in text.split(","))
