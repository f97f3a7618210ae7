"""Every file that is served, with its size and what opens it: plain links, which need no session."""

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache

import streamlit as st

from dashboard.pages import fragment
from dashboard.served import served
from dashboard.site_files import SiteFiles
from dashboard.templating import render
from layers import Atlas
from layers.exports.everything import file_title
from layers.exports.formats import LAYER_FORMATS
from layers.language.written import long_date
from layers.style.captions import captions

_ASKED_AGAIN_S = 3  # while files are being made
_KILO = 1000


@dataclass(frozen=True)
class File:
    """A file that is served: its address below the site's, what it is, its size in bytes, what opens it."""

    address: str
    title: str
    bytes: int
    opens: str

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.address.rpartition("/")[2]

    @property
    def size(self) -> str:
        """The size as a reader reads it: 12 kB, 3.4 MB."""
        return size_text(self.bytes)


def files(atlas: Atlas) -> None:
    """Draw the list; while the archive is being made, look again whether it is there."""
    groups = served().groups
    is_made = all(_is_there(group) for group in groups.values())
    fragment(_listed, run_every=None if is_made else _ASKED_AGAIN_S)(atlas, was_made=is_made)


def size_text(count: int) -> str:
    """Return a number of bytes as a reader reads it."""
    units = captions()["units"]
    for unit, size in (("bytes", 1), ("kilobytes", _KILO)):
        if count < size * _KILO:
            return str(units[unit].format(value=count / size if size > 1 else count))
    return str(units["megabytes"].format(value=count / _KILO**2))


def _listed(atlas: Atlas, *, was_made: bool) -> None:
    groups = served().groups
    there = tuple(group.result() for group in groups.values() if _is_there(group))
    if len(there) == len(groups) and not was_made:
        st.rerun()
    texts, about = captions()["workbench"]["tables"]["files"], atlas.descriptor
    if not was_made:
        st.info(texts["made"])
    st.html(_html(atlas, there))
    licence, rights = about["licenses"][0]["title"], atlas.article.metadata["copyright"]
    dated = {"as_of": long_date(about["as_of"]), "version": about["version"]}
    st.caption(texts["about"].format(licence=licence, rights=rights, **dated))


def _is_there(group: Future[SiteFiles]) -> bool:
    return group.done() and group.exception() is None


@lru_cache(maxsize=4)
def _html(atlas: Atlas, there: tuple[SiteFiles, ...]) -> str:
    """Return the list as HTML: the groups that the captions name, the layers, and whatever is left."""
    texts = captions()["workbench"]["tables"]["files"]
    left = {file.address: file for file in served_files(atlas, there)}
    groups = []
    for group in texts["groups"]:
        patterns = [pattern.format(name=atlas.descriptor["name"]) for pattern in group["files"]]
        named = [name for pattern in patterns for name in list(left) if fnmatch(name, pattern)]
        groups.append((group["title"], [left.pop(name) for name in dict.fromkeys(named)]))
    layers = [
        (layer.title, [left.pop(f"layers/{layer.id}.{extension}", None) for extension in LAYER_FORMATS])
        for layer in atlas.layers.values()
    ]
    formats = [(form.title, captions()["opens"][key]) for key, form in LAYER_FORMATS.items()]
    kept = [(title, each) for title, each in groups if each]
    return str(
        render(
            "workbench_files.html",
            groups=kept,
            layers=layers,
            formats=formats,
            rest=left.values(),
            texts=texts,
        )
    )


def served_files(atlas: Atlas, there: Iterable[SiteFiles]) -> list[File]:
    """Return the files of these groups that are for readers to take, by address."""
    texts = captions()["workbench"]["tables"]["files"]
    return [
        File(name, _titled(atlas, name), group.size(name), _opens(name))
        for group in there
        for name in sorted(group)
        if any(fnmatch(name, pattern) for pattern in texts["served"]) and name not in texts["not_listed"]
    ]


def _titled(atlas: Atlas, name: str) -> str:
    return file_title(atlas, name.partition("/")[2] or name)


def _opens(name: str) -> str:
    """Return what opens a file, by its name or by its extension."""
    opens, name = captions()["opens"], name.rpartition("/")[2]
    return str(opens.get(name) or opens.get(name.rpartition(".")[2], ""))
