"""The picture itself on the page: a preview, the files, and the texts that make the same one elsewhere."""

from collections.abc import Mapping
from functools import lru_cache, partial

import streamlit as st

from dashboard.query import UI
from dashboard.served import served
from dashboard.templating import render
from dashboard.workbench.picture_choices import texts
from dashboard.workbench.site_address import site_address
from layers import Atlas
from layers.citation import citation
from layers.language.speaking import ENGLISH, spoken
from layers.printed import PICTURE_TYPES, View, preview_bytes
from layers.printed.commands import picture_command, picture_query
from layers.printed.heading import title_of
from layers.printed.worksheet import worksheet_bytes
from layers.steps import days_shown

_WIDEST = 800  # pixels of a preview


def take(atlas: Atlas, shown: View, asked: Mapping[str, str]) -> None:
    """Show a preview and offer the files and the texts. Raises RequestError if it can't be drawn."""
    captioned, size = texts(), asked["size"]
    address = served().on_request.result().view_address(asked, site_address() if shown.qr else "")
    st.subheader(captioned["preview"])
    with st.spinner(captioned["drawing"]):
        drawn = preview(atlas, shown, size, address)
    days = days_shown(atlas, shown.date, shown.compare)
    st.image(drawn, width=_WIDEST, alt=captioned["alt"].format(title=title_of(atlas, shown), days=days))
    name, query = atlas.descriptor["name"], picture_query(in_language(shown, asked))
    st.html(render("workbench_pictures.html", name=name, query=query, kinds=PICTURE_TYPES, **captioned))
    st.subheader(captioned["elsewhere"])
    st.html(render("workbench_copied.html", texts=elsewhere(atlas, shown, asked, address)))


def in_language(shown: View, asked: Mapping[str, str]) -> dict[str, str]:
    """Return what is asked of a picture, with the language of page and names unless that is English."""
    return {**asked} if spoken() == ENGLISH else {**asked, "lang": shown.lang, UI: spoken()}


def elsewhere(atlas: Atlas, shown: View, asked: Mapping[str, str], address: str) -> dict[str, str]:
    """Return the address and the command of a picture, and the line to credit it, each with its label."""
    captioned, folder, asked = texts(), site_address(), in_language(shown, asked)
    query = picture_query({**asked, "v": atlas.descriptor["version"]})
    cited = citation(atlas, day=shown.date)
    credit = captioned["credit_text"].format(citation=cited, attribution=atlas.descriptor["attribution"])
    return {
        captioned["address"]: f"{folder}map.png?{query}",
        captioned["command"]: picture_command(asked, f"{atlas.descriptor['name']}.png", address),
        captioned["credit"]: credit,
    }


@lru_cache(maxsize=32)
def preview(atlas: Atlas, shown: View, size: str, address: str) -> bytes:
    """Return a picture as PNG, small enough for a screen. Raises RequestError."""
    return preview_bytes(atlas, shown, size=size, widest=_WIDEST, address=address)


def offer_worksheet(atlas: Atlas) -> None:
    """Offer the worksheet, made when asked for."""
    captioned = texts()
    st.subheader(captioned["worksheet"])
    st.write(captioned["worksheet_about"])
    st.download_button(
        captioned["worksheet_download"],
        partial(worksheet_bytes, atlas),
        file_name=f"{atlas.descriptor['name']}-worksheet.pdf",
        mime=PICTURE_TYPES["pdf"],
        on_click="ignore",
    )
