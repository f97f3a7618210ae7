"""Scripts and style sheets: ours, Leaflet's, and the one made from the symbology; linked or written out."""

import hashlib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from markupsafe import Markup
from xstatic.pkg import leaflet

from dashboard.templating import HERE, render
from layers.style.symbology import symbology

# In the order in which a document needs them, style sheets and scripts.
_NAMES = (
    "leaflet.css",
    "symbols.css",
    "map.css",
    "bar.css",
    "sheet.css",
    "search.css",
    "tools.css",
    "reader.css",
    "reading.css",
    "print.css",
    "leaflet.js",
    "state.js",
    "tabs.js",
    "scroll.js",
    "filters.js",
    "passages.js",
    "claims.js",
    "timeline.js",
    "share.js",
    "reading.js",
    "drawing.js",
    "labels.js",
    "locator.js",
    "tools.js",
    "lines.js",
    "faces.js",
    "features.js",
    "marks.js",
    "sheet.js",
    "bar.js",
    "compare.js",
    "view.js",
    "manners.js",
    "choices.js",
    "address.js",
    "neighbours.js",
    "map.js",
    "search-index.js",
    "search.js",
    "geodesy.js",
    "snapping.js",
    "measure.js",
    "uncertainty.js",
)
# By tool what a linked document loads when the tool is first used; `assets/tools.js` does it.
_LATER = {
    "search": ("search-index.js", "search.js"),
    "measure": ("geodesy.js", "snapping.js", "measure.js"),
    "uncertainty": ("uncertainty.js",),
}
_OF_THE_ROOMS = (
    *("reading.css", "tabs.js", "scroll.js", "filters.js", "passages.js", "claims.js"),
    *("timeline.js", "share.js", "reading.js"),
)


@cache
def assets() -> dict[str, bytes]:
    """Return all scripts and style sheets by file name, in the order in which a document needs them."""
    made = {"symbols.css": render("symbols.css", **symbology()).encode()}
    return {name: made.get(name) or _path(name).read_bytes() for name in _NAMES}


def _path(name: str) -> Path:
    return (Path(leaflet.BASE_DIR) if name.startswith("leaflet.") else HERE / "assets") / name


def hashed_name(name: str) -> str:
    """Return an asset's file name on the site; it changes with the content, so it can be kept for good."""
    return f"{Path(name).stem}.{hashlib.sha256(assets()[name]).hexdigest()[:12]}{Path(name).suffix}"


def linked(folder: str, *, rooms: bool) -> Markup:
    """Return the links of a document to its style sheets and scripts in a folder, in order.

    What is only needed later is listed for the script that loads it.
    """
    waiting = set(chain.from_iterable(_LATER.values()))
    addresses = [f"{folder}{hashed_name(name)}" for name in _needed(rooms=rooms) if name not in waiting]
    later = {tool: [f"{folder}{hashed_name(name)}" for name in names] for tool, names in _LATER.items()}
    return render("linked_assets.html", addresses=addresses, later=later)


def written_out() -> Markup:
    """Return all style sheets and scripts themselves, in order; none of them may hold its own closing tag."""
    return render("written_assets.html", assets=[(name, assets()[name].decode()) for name in assets()])


def _needed(*, rooms: bool) -> Iterator[str]:
    """Yield what the map needs, or the map with the rooms beside it."""
    return (name for name in assets() if rooms or name not in _OF_THE_ROOMS)
