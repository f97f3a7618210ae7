"""Scripts and style sheets: ours, Leaflet's, and the one made from the symbology; linked or written out."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from markupsafe import Markup
from xstatic.pkg import leaflet

from dashboard.representations import Representation
from dashboard.templating import HERE, render
from layers.style.symbology import symbology

MAP_STYLES = ("leaflet.css", "symbols.css", "map.css", "card.css", "print.css")
MAP_SCRIPTS = (
    "leaflet.js",
    "state.js",
    "drawing.js",
    "labels.js",
    "features.js",
    "popups.js",
    "dates.js",
    "view.js",
    "address.js",
    "neighbours.js",
    "map.js",
)
# What a page needs besides if the reading room stands beside the map in the same document.
PAGE_STYLES = (*MAP_STYLES, "page.css", "bridge.css", "reading.css", "single.css")
PAGE_SCRIPTS = ("share.js", "reading.js", *MAP_SCRIPTS)
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@cache
def assets() -> dict[str, Representation]:
    """Return all scripts and style sheets by file name."""
    paths = [
        *(HERE / "assets").iterdir(),
        *(Path(leaflet.BASE_DIR) / name for name in ("leaflet.css", "leaflet.js")),
    ]
    found = {path.name: path.read_bytes() for path in paths}
    found["symbols.css"] = render("symbols.css", **symbology()).encode()
    return {name: Representation(found[name], _TYPES[Path(name).suffix]) for name in sorted(found)}


def served_address(name: str) -> str:
    """Return where the server has an asset; it changes with the content, so that it can be kept for good."""
    return f"/assets/{name}?v={assets()[name].digest[:12]}"


def hashed_name(name: str) -> str:
    """Return an asset's file name on a static site; it changes with the content."""
    return f"{Path(name).stem}.{assets()[name].digest[:12]}{Path(name).suffix}"


def linked(addresses: Iterable[str]) -> Markup:
    """Return the links to style sheets and scripts at these addresses, in order."""
    return render("linked_assets.html", addresses=list(addresses))


def written_out(names: Iterable[str]) -> Markup:
    """Return style sheets and scripts themselves, in order; none of them may hold its own closing tag."""
    return render("written_assets.html", assets=[(name, assets()[name].body.decode()) for name in names])
