"""Texts to copy, each in a field with a button: addresses for programs, and the citation in four forms."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urljoin

import streamlit as st

from dashboard.templating import HERE
from dashboard.workbench.site_address import site_address
from layers import Atlas
from layers.citation import citation
from layers.citation_formats import CITATION_FORMATS
from layers.exports.formats import LAYER_FORMATS
from layers.style.captions import captions

Entry = dict[str, str | int]  # title, text, rows; and a file's address and the link's words
_ROWS, _MOST_ROWS = 5, 8


def programs(atlas: Atlas) -> None:
    """Draw the addresses that programs read."""
    texts = captions()["workbench"]["tables"]["programs"]
    formats = ", ".join(f".{extension}" for extension in LAYER_FORMATS)
    st.caption(texts["about"].format(formats=formats))
    _to_copy("programs", list(_addresses(atlas)))


def citations(atlas: Atlas) -> None:
    """Draw the citation as text and in the forms of reference managers, each also as a file."""
    texts, about = captions()["workbench"]["tables"]["cite"], atlas.descriptor
    st.caption(texts["about"].format(version=about["version"]))
    found = {
        "address": f"{site_address()}?v={about['version']}",
        "accessed": datetime.now(UTC).date().isoformat(),
    }
    entries: list[Entry] = [{"title": texts["text"], "text": citation(atlas, **found), "rows": _ROWS}]
    for extension, make in CITATION_FORMATS.items():
        file = f"citation.{extension}"
        link = {"file": f"download/{file}", "link": texts["file"].format(file=file)}
        text = make(atlas, **found).replace("\r\n", "\n")
        entries.append({"title": texts[extension], "text": text, "rows": _MOST_ROWS, **link})
    _to_copy("cite", entries)


def _addresses(atlas: Atlas) -> Iterator[Entry]:
    base, about = site_address(), atlas.descriptor
    for address, title in captions()["workbench"]["tables"]["programs"]["entries"].items():
        for layer in atlas.layers.values() if "{layer}" in address else [None]:
            values = {"layer": layer.id, "title": layer.title} if layer else {}
            path = address.format(name=about["name"], day=about["as_of"], **values)
            yield {"title": title.format(**values), "text": urljoin(base, path), "rows": 1}


def _to_copy(key: str, entries: list[Entry]) -> None:
    texts = captions()["workbench"]["tables"]
    words = {name: texts[name] for name in ("copy", "copy_of", "copied", "blocked")}
    css, js = ((HERE / "assets" / f"copied.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    component = st.components.v2.component(
        "karabakh_copied", html='<div class="texts"></div>', css=css, js=js
    )
    component(key=f"tables-{key}", data={"entries": entries, "texts": words})
