"""How QGIS draws the layers: a QML style for each table of the GeoPackage, made of the map's symbology.

Widths and dashes of the symbology are CSS pixels; in QGIS they are millimetres, so that they print alike.
The form is what QGIS itself writes (`QgsMapLayer.saveNamedStyle`).
"""

from typing import Any, NamedTuple

from layers.exports.table_styles import KINDS, TableStyle
from layers.exports.templating import render
from layers.style.symbology import colour, symbol, symbology

_MM_PER_PX = 25.4 / 96  # a CSS pixel is 1/96 inch
_POINTS_PER_PX = 72 / 96
_LABEL_BUFFER_PX = 2.0
_LONGEST_LABEL = 30  # characters; a longer name is a sentence, and labels nothing on the web map either

Props = dict[str, str]


class SymbolLayer(NamedTuple):
    """One of the layers that a symbol of QGIS is drawn in: its class, its properties, its own symbol."""

    kind: str
    props: Props
    line: "SymbolLayer | None" = None


class Category(NamedTuple):
    """One entry of a legend in QGIS: for which value, under which title, drawn how."""

    value: str
    title: str
    layers: list[SymbolLayer]


class Label(NamedTuple):
    """How names are written: an expression of QGIS, a colour of the symbology, a size in pixels."""

    expression: str
    colour: str
    size: float


_UPPER = 'upper("name")'
_LABELS = {
    "places": Label(f'if(length("name") > {_LONGEST_LABEL}, \'\', "name")', "ink", 12.5),
    "returned-districts": Label(_UPPER, "quiet", 10.5),
    "protectorates": Label(_UPPER, "quiet", 10.5),
}


def qml(style: TableStyle) -> str:
    """Return the QML style of a table: one symbol, or one for each value of a column."""
    label = _LABELS.get(style.layer.id) if style.layer else None
    return render(
        "style.qml.xml",
        categories=[
            Category(rule.value, rule.title, _symbol_layers(style.kind, rule.symbol)) for rule in style.rules
        ],
        kind=style.kind,
        geometry_type=KINDS.index(style.kind),  # as QgsWkbTypes.GeometryType counts them
        expression=f'"{style.column}"' if style.column else "",
        # one outline round all parts of a named region, as on the web map
        merged=bool(style.layer and style.layer.names),
        label=label and label._replace(colour=_rgba(label.colour), size=label.size * _POINTS_PER_PX),
        buffer={"colour": _rgba("paper"), "mm": _mm(_LABEL_BUFFER_PX)},
    )


def _symbol_layers(kind: str, drawn: dict[str, Any]) -> list[SymbolLayer]:
    if kind == "marker":
        return [_marker(drawn)]
    if kind == "line":
        return [_line(symbol("casing")), _line(drawn)]
    return _fill(drawn)


def _fill(drawn: dict[str, Any]) -> list[SymbolLayer]:
    """Return a fill, a hatch, an outline, or what there is of them; nothing at all is a fill of no style."""
    fill, opacity = drawn.get("fill", "none"), drawn.get("fill-opacity", 1)
    layers = []
    if fill in symbology()["hatches"]:
        layers.append(_hatch(symbology()["hatches"][fill], opacity))
    elif fill in symbology()["colours"]:
        layers.append(SymbolLayer("SimpleFill", {"color": _rgba(fill, opacity), "outline_style": "no"}))
    if "stroke" in drawn:
        layers.append(_line(drawn))
    return layers or [
        SymbolLayer("SimpleFill", {"color": _rgba("paper"), "style": "no", "outline_style": "no"})
    ]


def _hatch(hatch: dict[str, Any], opacity: float) -> SymbolLayer:
    """Return a hatch; SVG turns upright lines clockwise, QGIS level ones counter-clockwise."""
    line = _line({"stroke": hatch["colour"], "stroke-width": hatch["width"], "stroke-opacity": opacity})
    props = {"angle": f"{(90 - hatch['angle']) % 180}", "distance": _mm(hatch["spacing"])}
    return SymbolLayer("LinePatternFill", {**props, "distance_unit": "MM"}, line)


def _line(drawn: dict[str, Any]) -> SymbolLayer:
    dashes = drawn.get("stroke-dasharray", "none")
    props = {
        "line_color": _rgba(drawn["stroke"], drawn.get("stroke-opacity", 1)),
        "line_width": _mm(drawn["stroke-width"]),
        "line_width_unit": "MM",
        "line_style": "solid",
        "capstyle": drawn.get("stroke-linecap", "flat"),
        "joinstyle": "round",
        "use_custom_dash": "0" if dashes == "none" else "1",
    }
    if dashes != "none":
        props |= {"customdash": ";".join(map(_mm, map(float, dashes.split()))), "customdash_unit": "MM"}
    return SymbolLayer("SimpleLine", props)


def _marker(drawn: dict[str, Any]) -> SymbolLayer:
    props = {
        "name": "circle",
        "color": _rgba(drawn["fill"], drawn["fill-opacity"]),
        "outline_color": _rgba(drawn["stroke"], drawn["stroke-opacity"]),
        "outline_style": "dot" if "stroke-dasharray" in drawn else "solid",
        "outline_width": _mm(drawn["stroke-width"]),
        "outline_width_unit": "MM",
        "size": _mm(2 * symbology()["marker_radius"]),
        "size_unit": "MM",
    }
    return SymbolLayer("SimpleMarker", props)


def _mm(pixels: float) -> str:
    return f"{pixels * _MM_PER_PX:.3f}"


def _rgba(name: str, opacity: float = 1) -> str:
    """Return a colour of the light map as QGIS writes it: red, green, blue and alpha, each 0 to 255."""
    red, green, blue = bytes.fromhex(colour(name).removeprefix("#"))
    return f"{red},{green},{blue},{round(255 * opacity)}"
