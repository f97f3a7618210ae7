"""The dashboard: the map, and beside it what the article says of what is shown. Only here: streamlit's page.

`streamlit run app.py` runs this once per reader; what follows the map reruns alone, as a fragment.
"""

from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from dashboard.bridge import show_map
from dashboard.cards import feature_card, feature_rows, layer_card
from dashboard.content import Content, content
from dashboard.selection import Selection, from_map, read_selection
from dashboard.templating import HERE, long_date, render, words
from layers import Atlas, GeodataError
from layers.export import MEDIA_TYPE, archive_bytes


def main() -> None:
    """Draw the page, or the list of faults if the data cannot be built."""
    st.set_page_config(
        page_title=words()["title"], page_icon="🗺️", layout="wide", initial_sidebar_state="collapsed"
    )
    for name in ("page.css", "card.css"):
        st.html(HERE / "assets" / name)
    try:
        ready = content()
    except GeodataError as error:
        st.html(render("faults.html", problems=error.problems, whole_page=False))
        return
    st.html(render("page_head.html", title=words()["title"], facts=ready.atlas.article.facts))
    if "first" not in st.session_state:
        first, notices = read_selection(st.query_params.to_dict(), ready.atlas)
        st.session_state.update(first=first, shown=first, notices=notices, command=None, heard=None)
    if st.session_state.notices:
        st.html(render("notices.html", notices=st.session_state.notices))
    reading_room(ready)
    st.html(
        render(
            "page_foot.html",
            disclaimer=ready.atlas.descriptor["disclaimer"],
            attribution=ready.atlas.descriptor["attribution"],
        )
    )


@st.fragment
def reading_room(ready: Content) -> None:
    """Show the map and, beside it, what follows it."""
    beside_map, beside_text = st.columns([7, 4], gap="medium")
    with beside_map:
        first: Selection = st.session_state.first
        reported = show_map(f"/map?{first.query()}", st.session_state.command)
    if reported != st.session_state.heard:  # news; else the page itself may be a step ahead
        st.session_state.heard = reported
        st.session_state.shown = from_map(reported, ready.atlas)
    shown: Selection = st.session_state.shown
    with beside_text:
        _show_cards(ready, shown)
        _downloads(ready, shown)
        st.caption("Link to this view")
        st.code(_link(shown), language=None, wrap_lines=True)


def _show_cards(ready: Content, shown: Selection) -> None:
    """Show the feature last chosen, or else every layer that is on; and let the reader choose a feature."""
    atlas = ready.atlas
    layer = atlas.layer_of(shown.feature) if shown.feature else None
    _chooser(atlas, shown)
    with st.container(height=520, border=False, key="cards"):
        if layer is None:
            _cards([layer_card(atlas.layers[identifier]) for identifier in shown.shown(atlas)])
            return
        back = replace(shown, feature=None, view=None)
        st.button(
            "All layers shown", icon=":material/arrow_back:", type="tertiary", on_click=_ask_map, args=(back,)
        )
        row = next(row for row in feature_rows(layer) if row["id"] == shown.feature)
        _cards([feature_card(atlas, row)])


def _chooser(atlas: Atlas, shown: Selection) -> None:
    """Let the reader choose a feature by name; the map opens it."""
    captions = {
        row["id"]: f"{row['name']} ({layer.title})"
        for layer in (atlas.layers[identifier] for identifier in shown.shown(atlas))
        for row in feature_rows(layer)
    }
    st.session_state.choice = shown.feature if shown.feature in captions else None
    st.selectbox(
        "Show on the map",
        list(captions),
        format_func=lambda identifier: captions.get(identifier, identifier),
        index=None,
        placeholder="Show on the map …",
        label_visibility="collapsed",
        key="choice",
        on_change=_choose,
        args=(shown,),
    )


def _choose(shown: Selection) -> None:
    _ask_map(replace(shown, feature=st.session_state.choice, view=None))


def _cards(cards: list[Markup]) -> None:
    st.html(Markup('<div class="cards">{}</div>').format(Markup("").join(cards)))


def _downloads(ready: Content, shown: Selection) -> None:
    """Offer each layer, what is shown, and everything: the same bytes as under /layers/."""
    atlas = ready.atlas
    chosen = shown.shown(atlas)
    with st.expander("Download as GeoJSON", icon=":material/download:"):
        st.caption(
            f"The files are as of {long_date(atlas.descriptor['as_of'])}, whatever date the map shows."
        )
        for layer in atlas.layers.values():
            st.download_button(
                layer.title,
                ready.layers[layer.id].body,
                file_name=f"{layer.id}.geojson",
                mime=MEDIA_TYPE,
                key=f"download-{layer.id}",
                on_click="ignore",
                width="stretch",
            )
        for title, ids, name in (
            ("What is shown", chosen, "shown"),
            ("Everything", list(atlas.layers), "all"),
        ):
            st.download_button(
                f"{title} ({len(ids)} layer{'' if len(ids) == 1 else 's'}, zip)",
                archive_bytes({f"{layer}.geojson": ready.layers[layer].body for layer in ids}),
                file_name=f"karabakh-2020-{name}.zip",
                mime="application/zip",
                key=f"download-{name}",
                on_click="ignore",
                width="stretch",
                disabled=not ids,
            )


def _ask_map(selection: Selection) -> None:
    """Ask the map to show something else; it answers with its new state."""
    count = (st.session_state.command or {"n": 0})["n"] + 1
    st.session_state.command = {"n": count, "query": selection.query()}
    st.session_state.shown = selection


def _link(shown: Selection) -> str:
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{shown.query()}" if shown.query() else base


main()
