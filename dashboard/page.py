"""The dashboard: map and reading room, and below what is shown in cards and files. Only here: streamlit.

`streamlit run app.py` runs this once per reader; what follows the map reruns alone, as a fragment.
"""

from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from dashboard.bridge import show_map
from dashboard.cards import feature_card, layer_card
from dashboard.content import Content, content
from dashboard.selection import Selection, from_map, read_selection
from dashboard.templating import HERE, render
from layers import Atlas, GeodataError
from layers.exports.archive import archive_bytes
from layers.exports.geojson import MEDIA_TYPE
from layers.style.captions import captions, long_date


def main() -> None:
    """Draw the page, or the list of faults if the data cannot be built."""
    st.set_page_config(
        page_title=captions()["title"], page_icon="🗺️", layout="wide", initial_sidebar_state="collapsed"
    )
    for name in ("page.css", "card.css"):
        st.html(HERE / "assets" / name)
    try:
        ready = content()
    except GeodataError as error:
        st.html(render("faults.html", problems=error.problems, whole_page=False))
        return
    st.html(
        render(
            "page_head.html",
            title=captions()["title"],
            facts=ready.atlas.article.metadata,
            long_date=long_date,
        )
    )
    if "first" not in st.session_state:
        first, notices = read_selection(st.query_params.to_dict(), ready.atlas)
        st.session_state.update(first=first, shown=first, notices=notices, command=None, heard=None)
    if st.session_state.notices:
        st.html(render("notices.html", notices=st.session_state.notices))
    map_and_cards(ready)
    st.html(
        render(
            "page_foot.html",
            disclaimer=ready.atlas.descriptor["disclaimer"],
            attribution=ready.atlas.descriptor["attribution"],
        )
    )


@st.fragment
def map_and_cards(ready: Content) -> None:
    """Show the map with the reading room, and below what follows the map."""
    first: Selection = st.session_state.first
    reported = show_map(f"/map?{first.query()}", st.session_state.command)
    if reported != st.session_state.heard:  # news; else the page itself may be a step ahead
        st.session_state.heard = reported
        st.session_state.shown = from_map(reported, ready.atlas)
    shown: Selection = st.session_state.shown
    beside_cards, beside_downloads = st.columns([7, 4], gap="medium")
    with beside_cards:
        _show_cards(ready, shown)
    with beside_downloads:
        _downloads(ready, shown)
        st.caption("Link to this view")
        st.code(_link(shown), language=None, wrap_lines=True)


def _show_cards(ready: Content, shown: Selection) -> None:
    """Show the feature last chosen, or else every layer that is on; and let the reader choose a feature."""
    atlas = ready.atlas
    layer = atlas.layer_of(shown.feature) if shown.feature else None
    _chooser(atlas, shown)
    lang = shown.lang or "article"
    if layer is None:
        _cards([layer_card(atlas.layers[identifier], lang=lang) for identifier in shown.shown(atlas)])
        return
    back = replace(shown, feature=None, view=None)
    st.button(
        "All layers shown", icon=":material/arrow_back:", type="tertiary", on_click=_ask_map, args=(back,)
    )
    feature = next(each for each in layer.features if each.id == shown.feature)
    day = shown.date or atlas.descriptor["as_of"]
    _cards([feature_card(atlas, feature, _held(ready, feature.id, day), lang=lang, day=day)])


def _held(ready: Content, feature: str, day: str) -> str | None:
    """Return how much of a feature was Armenian-held on the day shown, if it is an area made of faces."""
    days = [each.id for each in ready.atlas.annotations.days]
    return ready.held[feature][days.index(day)] if feature in ready.held else None


def _chooser(atlas: Atlas, shown: Selection) -> None:
    """Let the reader choose a feature by name; the map opens it."""
    captions = {
        feature.id: f"{feature.name_in(shown.lang or 'article')} ({layer.title})"
        for layer in (atlas.layers[identifier] for identifier in shown.shown(atlas))
        for feature in layer.features
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
    _ask_map(replace(shown, feature=st.session_state.choice, quote=None, view=None))


def _cards(cards: list[Markup]) -> None:
    st.html(Markup('<div class="cards">{}</div>').format(Markup("").join(cards)))


def _downloads(ready: Content, shown: Selection) -> None:
    """Offer each layer, what is shown, and everything: the same bytes as under /layers/."""
    atlas = ready.atlas
    chosen, files = shown.shown(atlas), ready.layers[shown.lang or "article"]
    with st.expander("Download as GeoJSON", icon=":material/download:"):
        st.caption(
            f"The files are as of {long_date(atlas.descriptor['as_of'])}, whatever date the map shows. "
            "Every other format, pictures and code to embed: the room “Files” beside the map."
        )
        for layer in atlas.layers.values():
            st.download_button(
                layer.title,
                files[layer.id].body,
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
                archive_bytes({f"{layer}.geojson": files[layer].body for layer in ids}),
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
