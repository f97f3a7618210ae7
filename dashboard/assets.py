"""Style sheets and scripts, a bundle of each for map and rooms, and Leaflet's; linked or written out.

Each of ours is a file of its own in `assets`; what goes out is put together and without comments and blanks.
"""

import hashlib
from functools import cache
from pathlib import Path

import rcssmin
import rjsmin
from markupsafe import Markup
from xstatic.pkg import leaflet

from dashboard.templating import HERE, render
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
        *("languages.js", "state.js", "drawing.js", "labels.js", "locator.js", "tools.js"),
        *("lines.js", "faces.js"),
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
_LATER = {"search": "search.js", "measure": "measure.js", "uncertainty": "uncertainty.js"}
_OF_THE_ROOMS = ("reading.css", "reading.js")


@cache
def assets() -> dict[str, bytes]:
    """Return all scripts and style sheets by file name, in the order in which a document needs them."""
    return {name: _bundle(name).encode() for name in SOURCES}


def _bundle(name: str) -> str:
    """Return one file that goes out; Leaflet's script is small as it is, and says whose it is."""
    texts = [_source(each) for each in SOURCES[name]]
    if name == "leaflet.js":
        return "".join(texts)
    smaller = rcssmin.cssmin if name.endswith(".css") else rjsmin.jsmin
    return "\n".join(str(smaller(text)) for text in texts)


def _source(name: str) -> str:
    """Return a file of ours or Leaflet's as it stands; the style sheet of the symbols is made."""
    if name == "symbols.css":
        return str(render("symbols.css", **symbology()))
    path = (Path(leaflet.BASE_DIR) if name.startswith("leaflet.") else HERE / "assets") / name
    return path.read_text(encoding="utf-8")


def hashed_name(name: str) -> str:
    """Return an asset's file name on the site; it changes with the content, so it can be kept for good."""
    return f"{Path(name).stem}.{hashlib.sha256(assets()[name]).hexdigest()[:12]}{Path(name).suffix}"


def linked(folder: str, *, rooms: bool) -> Markup:
    """Return the links of a document to its style sheets and scripts in a folder, in order.

    What is only needed later is listed for the script that loads it.
    """
    left_out = (*_LATER.values(), *(() if rooms else _OF_THE_ROOMS))
    addresses = [f"{folder}{hashed_name(name)}" for name in assets() if name not in left_out]
    later = {tool: f"{folder}{hashed_name(name)}" for tool, name in _LATER.items()}
    return render("linked_assets.html", addresses=addresses, later=later)


def written_out() -> Markup:
    """Return all style sheets and scripts themselves, in order; none of them may hold its own closing tag."""
    return render("written_assets.html", assets=[(name, assets()[name].decode()) for name in assets()])
