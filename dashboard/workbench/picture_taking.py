"""The picture itself on the page: a preview, the files, and the texts that make the same one elsewhere."""

from collections.abc import Mapping
from functools import lru_cache, partial
from urllib.parse import urlsplit

import streamlit as st

from dashboard.served import served
from dashboard.templating import render
from dashboard.workbench.picture_choices import texts
from layers import Atlas
from layers.citation import citation
from layers.printed import PICTURE_TYPES, View, picture_bytes, preview_bytes
from layers.printed.commands import picture_command, picture_query
from layers.printed.heading import title_of
from layers.printed.worksheet import worksheet_bytes
from layers.steps import days_shown

_WIDEST = 800  # pixels of a preview


def take(atlas: Atlas, shown: View, asked: Mapping[str, str]) -> None:
    """Show a preview and offer the files and the texts. Raises RequestError if it can't be drawn."""
    captioned, size = texts(), asked["size"]
    address = served().on_request.result().view_address(asked, _host() if shown.qr else "")
    st.subheader(captioned["preview"])
    with st.spinner(captioned["drawing"]):
        drawn = preview(atlas, shown, size, address)
    days = days_shown(atlas, shown.date, shown.compare)
    st.image(drawn, width=_WIDEST, alt=captioned["alt"].format(title=title_of(atlas, shown), days=days))
    with st.container(horizontal=True):
        for kind, media_type in PICTURE_TYPES.items():
            st.download_button(
                captioned["download"].format(kind=kind.upper()),
                partial(picture_bytes, atlas, shown, format=kind, size=size, address=address),
                file_name=f"{atlas.descriptor['name']}.{kind}",
                mime=media_type,
                on_click="ignore",
            )
    st.subheader(captioned["elsewhere"])
    st.html(render("workbench_copied.html", texts=elsewhere(atlas, shown, asked, address)))


def elsewhere(atlas: Atlas, shown: View, asked: Mapping[str, str], address: str) -> dict[str, str]:
    """Return the address and the command of a picture, and the line to credit it, each with its label."""
    captioned, folder = texts(), served().on_request.result().address or _host()
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


def _host() -> str:
    """Return the folder of the server as this reader has found it, "/" if that is unknown."""
    found = urlsplit(st.context.url or "")
    return f"{found.scheme}://{found.netloc}/" if found.netloc else "/"
