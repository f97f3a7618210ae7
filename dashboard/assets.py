"""Style sheets and scripts, a bundle of each for map and rooms, and Leaflet's; linked or written out.

Each of ours is a file of its own in `assets`; what goes out is put together and without comments and blanks.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import rcssmin
import rjsmin
from markupsafe import Markup

from dashboard.templating import HERE, render
from dashboard.typefaces import of_the_language, style_sheet, typefaces, written_in
from layers.style.symbology import symbology

# What each file that goes out is made of, in the order in which a document needs them.
SOURCES = {
    "leaflet.css": ("leaflet.css",),
    "map.css": (
        *("symbols.css", "map.css", "bar.css", "sheet.css", "search.css", "tools.css"),
        *("reader.css", "print.css"),
    ),
    "reading.css": ("reading.css",),
    "leaflet.js": ("leaflet.js",),
    "map.js": (
        *("languages.js", "state.js", "drawing.js", "labels.js", "locator.js", "other-drawings.js"),
        *("tools.js", "lines.js", "faces.js"),
        *("features.js", "marks.js", "sheet.js", "bar.js", "compare.js", "view.js", "choices.js"),
        *("manners.js", "address.js", "neighbours.js", "map.js"),
    ),
    "reading.js": (
        *("tabs.js", "scroll.js", "filters.js", "passages.js", "claims.js", "timeline.js"),
        *("corrections.js", "in-words.js", "share.js", "reading.js"),
    ),
    "search.js": ("search-index.js", "search.js"),
    "measure.js": ("geodesy.js", "snapping.js", "measure.js"),
    "uncertainty.js": ("uncertainty.js",),
}
# By tool what a linked document loads when the tool is first used; `assets/tools.js` does it.
LATER = {"search": "search.js", "measure": "measure.js", "uncertainty": "uncertainty.js"}
LEAFLET = Path(str(files("js_lib_leaflet"))) / "static" / "js_lib_leaflet"
_OF_THE_ROOMS = ("reading.css", "reading.js")
_OF_ENTRIES = ("symbols.css", "entry.css")  # of the pages for one thing, which have no scripts


@cache
def assets() -> dict[str, bytes]:
    """Return all scripts and style sheets by file name, in the order in which a document needs them."""
    return {name: _bundle(name).encode() for name in SOURCES}


def _bundle(name: str) -> str:
    """Return one file that goes out; Leaflet's script is small as it is, and says whose it is."""
    if name == "leaflet.js":
        return "".join(_source(each) for each in SOURCES[name])
    return _smaller(SOURCES[name])


def _smaller(names: tuple[str, ...]) -> str:
    """Return files of one kind put together, without comments and blanks."""
    smaller = rcssmin.cssmin if names[0].endswith(".css") else rjsmin.jsmin
    return "\n".join(str(smaller(_source(each))) for each in names)


@cache
def entry_style() -> tuple[str, bytes]:
    """Return the style sheet of the pages for one thing: its file name on the site, and itself."""
    style = f"{rcssmin.cssmin(lettering(''))}\n{_smaller(_OF_ENTRIES)}".encode()
    return _hashed("entry.css", style), style


@cache
def typeface_files() -> dict[str, bytes]:
    """Return the typefaces by their file names on the site."""
    return {_hashed(each.file, each.body): each.body for each in typefaces()}


def lettering(folder: str) -> Markup:
    """Return the CSS of the typefaces, which lie in a folder."""
    return style_sheet({each.file: f"{folder}{_hashed(each.file, each.body)}" for each in typefaces()})


def _source(name: str) -> str:
    """Return a file of ours or Leaflet's as it stands; the style sheet of the symbols is made."""
    if name == "symbols.css":
        return str(render("symbols.css", **symbology()))
    path = (LEAFLET if name.startswith("leaflet.") else HERE / "assets") / name
    return path.read_text(encoding="utf-8")


def hashed_name(name: str, content: bytes | None = None) -> str:
    """Return an asset's file name on the site; it changes with the content, so it can be kept for good."""
    return _hashed(name, assets()[name] if content is None else content)


def _hashed(name: str, body: bytes) -> str:
    return f"{Path(name).stem}.{hashlib.sha256(body).hexdigest()[:12]}{Path(name).suffix}"


def linked(folder: str, *, rooms: bool, made: Mapping[str, str]) -> Markup:
    """Return the links of a document to its style sheets and scripts in a folder, in order.

    What is only needed later is listed for the script that loads it; `made` are such files that are made of
    the data, hashed names by tool.
    """
    left_out = (*LATER.values(), *(() if rooms else _OF_THE_ROOMS))
    addresses = [f"{folder}{hashed_name(name)}" for name in assets() if name not in left_out]
    names = {**{tool: hashed_name(name) for tool, name in LATER.items()}, **made}
    later = {tool: f"{folder}{name}" for tool, name in names.items()}
    first = [f"{folder}{_hashed(each.file, each.body)}" for each in of_the_language()]
    return render(
        "linked_assets.html", addresses=addresses, later=later, lettering=lettering(folder), first=first
    )


def written_out(made: Mapping[str, bytes]) -> Markup:
    """Return all style sheets and scripts themselves, in order; none of them may hold its own closing tag.

    `made` are scripts, by name, that are made of the data.
    """
    texts = {**assets(), **made}
    parts = [(name, text.decode()) for name, text in texts.items()]
    return render("written_assets.html", assets=parts, lettering=style_sheet(written_in()))
