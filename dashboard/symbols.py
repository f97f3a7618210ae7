"""How things are drawn, as small pictures in HTML: swatches as on the map, and the icons of buttons."""

from markupsafe import Markup

from dashboard.templating import render
from layers.style.symbology import symbology


def swatch(layer: str, kind: str) -> Markup:
    """Return how a layer, or a class of its features, looks on the map."""
    fills, lines = symbology()["coloured_by_holder"], symbology()["cased"]
    return render("swatch.html", layer=layer, kind=kind, fills=fills, lines=lines)


def icon(name: str) -> Markup:
    """Return the icon of a button."""
    return render("icon.html", name=name)
