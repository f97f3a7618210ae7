"""How each thing is drawn: the one source for the web map's style sheet, the pictures, QGIS and KML.

Fill says who held a place and how it came to be held, the same in the former oblast and in the districts;
outline which unit it is, its weight which kind; hatch where the Russian contingent was; dash that a line is
assessed or schematic. The fills differ to every eye, in lightness too, so that they can be told in grey.
`symbology.json` uses the names of SVG's presentation attributes; widths and dashes are in CSS pixels (1/96
inch).
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent / "symbology.json"


@cache
def symbology() -> dict[str, Any]:
    """Return colours (light and dark, by name), hatches and symbols (by id, in the order of the cascade).

    Also `order`, the layers from below; `coloured_by_holder`, those whose faces show who holds them;
    `divided_by_fronts`, those of them in which schematic lines between the sides are drawn that no layer has;
    `cased`, the lines with a light casing; `marker_radius` of a place, in
    pixels; `home`, the ground in another colour than the neighbours'; and
    `above_fills`, the kinds of ground that would be lost under the colours.
    """
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))


def symbol(*ids: str) -> dict[str, Any]:
    """Return how a thing is drawn: the attributes of each of its ids that has a symbol, later ones winning.

    A layer's id goes before a feature's: `symbol("demarcation-line", "demarcation-line-khtsaberd-pocket")`.
    """
    merged: dict[str, Any] = {}
    for identifier in ids:
        merged |= symbology()["symbols"].get(identifier, {})
    merged.pop("selector", None)
    return merged


def colour(name: str, *, dark: bool = False) -> str:
    """Return a colour of the light map, or of the dark one, as #rrggbb."""
    return str(symbology()["colours"][name][dark])
