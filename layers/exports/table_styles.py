"""How each table of the GeoPackage is drawn, in whatever form the style is written: rules of symbols."""

from typing import Any, NamedTuple

import shapely

from layers.atlas import Layer
from layers.exports.tables import UNCERTAINTY
from layers.geometry.coverage import STATUSES
from layers.style.captions import captions
from layers.style.symbology import symbol, symbology

KINDS = ("marker", "line", "fill")  # by dimension, 0 to 2


class Rule(NamedTuple):
    """One entry of a legend: for which value ("" for every other), under which title, and its symbol."""

    value: str
    title: str
    symbol: dict[str, Any]


class TableStyle(NamedTuple):
    """How a table is drawn: as what (`KINDS`), by which column ("" for none), its rules, and its layer."""

    kind: str
    column: str
    rules: list[Rule]
    layer: Layer | None


def layer_style(layer: Layer) -> TableStyle:
    """Return how a layer is drawn: one rule, or one for each feature that is drawn its own way."""
    own = [each for each in layer.features if each.id in symbology()["symbols"] and each.id != layer.id]
    rules = [Rule(each.id, each.name_in(), symbol(layer.id, each.id)) for each in own]
    if len(own) < len(layer.features):  # no value stands for every other feature
        rules.append(Rule("", layer.title, symbol(layer.id)))
    kind = KINDS[max(shapely.get_dimensions(layer.geometries))]
    return TableStyle(kind, "id" if own else "", rules, layer)


def faces_style() -> TableStyle:
    """Return how the faces are drawn: filled by who held them."""
    titles = captions()["key"]["holders"]
    rules = [Rule(status, titles[status], symbol(status)) for status in STATUSES]
    return TableStyle("fill", "status", rules, None)


def uncertainty_style() -> TableStyle:
    """Return how the bands are drawn within which the lines may lie."""
    title, _ = captions()["tables"][UNCERTAINTY]
    return TableStyle("fill", "", [Rule("", title, symbol("uncertainty-band"))], None)
