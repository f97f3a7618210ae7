"""What the page Make a picture lets one choose: from its address into its controls, and back."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from dashboard.workbench.address import Query, asked_anew, keep
from layers import Atlas
from layers.data.problems import RequestError
from layers.printed import KEYS, SIZES, view
from layers.printed.request import LONGEST_TITLE, nearest_view
from layers.printed.sizes import nearest_size, size_of
from layers.steps import step_of
from layers.style.captions import captions

FIRST_SIZE, OWN = "slide", "own"
SWITCHES = ("key", "uncertainty", "dark", "qr")
EXTENTS = ("whole", "view", "feature")
_PAGE, _PREFIX = "make-a-picture", "picture_"


def name(key: str) -> str:
    """Return the name under which Streamlit keeps a control's value."""
    return f"{_PREFIX}{key}"


def texts() -> dict[str, Any]:
    """Return the page's captions."""
    return dict(captions()["workbench"]["make-a-picture"])


def begin(atlas: Atlas) -> None:
    """Set the controls as the address says, if it was changed by others."""
    query = asked_anew(_PAGE, chosen(atlas))
    if query is not None:
        asked = known(atlas, query)
        st.session_state.update({name(key): value for key, value in controls(atlas, asked).items()})


def write(asked: Mapping[str, str]) -> None:
    """Write into the address what is chosen."""
    keep(_PAGE, {key: value for key, value in asked.items() if (key, value) != ("size", FIRST_SIZE)}, asked)


def known(atlas: Atlas, query: Query) -> dict[str, str]:
    """Return what an address asks for that there is, by the keys of a picture."""
    asked = dict[str, str]()
    for key in ("size", *KEYS):
        if key not in query.values:
            continue
        value = _clamped(atlas, query, key)
        try:
            _check(atlas, {**asked, key: value})
        except RequestError as error:
            query.notices.append(texts()["ignored"].format(reason=error))
            value = _known_layers(atlas, value) if key == "layers" else ""
        if value or key == "layers":
            asked[key] = value
    return asked


def _clamped(atlas: Atlas, query: Query, key: str) -> str:
    """Return a value of the address, within its limits."""
    if key == "title":
        return query.text(key, LONGEST_TITLE)
    asked = query.values[key].lower()
    taken = within(atlas, key, asked)
    if taken != asked:
        query.tell("clamped", key=key, value=asked, taken=taken)
    return taken


def within(atlas: Atlas, key: str, value: str) -> str:
    """Return the nearest value that there is where a value is of numbers: a view, a size in pixels."""
    if key == "view":
        return nearest_view(atlas, value)
    return nearest_size(value) if key == "size" else value


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
    yield "size", within(atlas, "size", own_size(values)) if values["size"] == OWN else str(values["size"])
    layers = values["layers"] if isinstance(values["layers"], list) else []
    if set(layers) != set(usual.layers):
        yield "layers", ",".join(layer for layer in atlas.layers if layer in layers)
    for key in ("date", "compare", "lang", "title", "small"):
        if values[key] and values[key] != getattr(usual, key):
            yield key, str(values[key])
    extent = values["extent"]
    if extent == "view" and values["view"]:
        yield "view", within(atlas, "view", view_in(str(values["view"])))
    if extent == "feature":
        yield "feature", str(values["feature"])
    for key in SWITCHES:
        if bool(values[key]) != getattr(usual, key):
            yield key, str(int(bool(values[key])))


def own_size(values: Mapping[str, object]) -> str:
    """Return the size in pixels that the two fields hold."""
    return f"{values['width']}x{values['height']}"


def view_in(text: str) -> str:
    """Return the view in a link of the reader; any other text as it stands."""
    return parse_qs(urlsplit(text.strip()).query).get("view", [text.strip()])[-1]


def _check(atlas: Atlas, asked: Mapping[str, str]) -> None:
    """Raise RequestError if there is nothing of the kind."""
    size_of(asked.get("size") or FIRST_SIZE)
    view(atlas, **{key: value for key, value in asked.items() if key in KEYS})


def _known_layers(atlas: Atlas, text: str) -> str:
    return ",".join(layer for layer in atlas.layers if layer in text.split(","))
