"""Make a picture: the map of any view as PNG, SVG or PDF, seen before it is taken; and a worksheet."""

import streamlit as st

from dashboard.workbench.address import tell_notices
from dashboard.workbench.markdown import plain
from dashboard.workbench.picture_choices import (
    EXTENTS,
    OWN,
    begin,
    chosen,
    name,
    own_size,
    texts,
    view_in,
    within,
    write,
)
from dashboard.workbench.picture_taking import offer_worksheet, take
from layers import Atlas
from layers.data.problems import RequestError
from layers.printed import SIZES, view
from layers.printed.request import LONGEST_TITLE, SMALL_PRINT
from layers.printed.sizes import PIXEL_LIMITS
from layers.steps import steps
from layers.style.captions import captions


def page(atlas: Atlas) -> None:
    """Draw the page: what to choose, and beside or below it the picture."""
    begin(atlas)
    st.set_page_config(layout="wide")
    st.write(texts()["lead"])
    said = st.container()
    controls, picture = st.columns([2, 3], gap="large")
    with controls:
        _choose_content(atlas)
        _choose_look(atlas)
    asked = chosen(atlas)
    write(asked)
    tell_notices(said)
    with picture:
        _show(atlas, asked)
    offer_worksheet(atlas)


def _show(atlas: Atlas, asked: dict[str, str]) -> None:
    """Show and offer the picture, or say in a line why there is none."""
    try:
        shown = view(atlas, **{key: value for key, value in asked.items() if key != "size"})
        take(atlas, shown, asked)
    except RequestError as error:
        st.info(plain(error))


def _choose_content(atlas: Atlas) -> None:
    captioned = texts()
    st.subheader(captioned["what"])
    titles = {layer.id: layer.title for layer in atlas.layers.values()}
    st.pills(
        captioned["layers"],
        list(titles),
        key=name("layers"),
        format_func=lambda layer: titles[layer],
        selection_mode="multi",
        wrap=True,
    )
    days = {step.id: step.long for step in steps(atlas)}
    st.selectbox(captioned["date"], list(days), key=name("date"), format_func=lambda day: days[day])
    beside = {"": captioned["no_compare"], **days}
    st.selectbox(captioned["compare"], list(beside), key=name("compare"), format_func=lambda day: beside[day])
    st.radio(
        captioned["extent"],
        EXTENTS,
        key=name("extent"),
        format_func=lambda extent: captioned["extents"][extent],
        horizontal=True,
    )
    _choose_extent(atlas)
    st.selectbox(
        captioned["lang"],
        list(captions()["languages"]),
        key=name("lang"),
        format_func=lambda lang: captions()["languages"][lang],
    )


def _choose_extent(atlas: Atlas) -> None:
    """Offer what the extent needs: a view, or a feature."""
    captioned, extent = texts(), st.session_state[name("extent")]
    features = {
        each.id: f"{each.name_in()} ({atlas.layers[each.layer].title})" for each in atlas.features.values()
    }
    if extent == "view":
        st.text_input(
            captioned["view"], key=name("view"), help=captioned["view_help"], placeholder="9/39.8/46.8"
        )
        _tell_if_clamped(atlas, "view", view_in(st.session_state[name("view")]))
    elif extent == "feature":
        st.selectbox(
            captioned["feature"], list(features), key=name("feature"), format_func=lambda id_: features[id_]
        )


def _tell_if_clamped(atlas: Atlas, key: str, asked: str) -> None:
    """Say which value is taken where the one of a control is out of range."""
    taken = within(atlas, key, asked)
    if taken != asked:
        clamped = captions()["workbench"]["address"]["clamped"]
        st.info(plain(clamped.format(key=texts()[key], value=asked, taken=taken)))


def _choose_look(atlas: Atlas) -> None:
    captioned = texts()
    st.subheader(captioned["look"])
    sizes = captioned["sizes"]
    st.selectbox(captioned["size"], [*SIZES, OWN], key=name("size"), format_func=lambda size: sizes[size])
    if st.session_state[name("size")] == OWN:
        least, most = PIXEL_LIMITS
        for side in ("width", "height"):
            st.number_input(captioned[side], least, most, step=10, key=name(side))
        _tell_if_clamped(
            atlas, "size", own_size({side: st.session_state[name(side)] for side in ("width", "height")})
        )
    about = captioned["title_help"].format(most=LONGEST_TITLE)
    st.text_input(captioned["title"], key=name("title"), max_chars=LONGEST_TITLE, help=about)
    smalls = captioned["smalls"]
    st.selectbox(
        captioned["small"], ["", *SMALL_PRINT], key=name("small"), format_func=lambda small: smalls[small]
    )
    for switch in ("key", "uncertainty", "dark", "qr"):
        st.checkbox(captioned[switch], key=name(switch))
