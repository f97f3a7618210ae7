"""How GeoServer, MapServer and others draw the layers: an OGC Styled Layer Descriptor for each table.

Version 1.0 (https://www.ogc.org/standards/sld/), which all of them read; sizes are CSS pixels. It has no
hatches: those are marks that GeoServer names `shape://…`. Names are not written, and the parts of a region
keep their own outlines, for which it has no words.
"""

import math
from typing import Any, NamedTuple

from layers.exports.table_styles import TableStyle
from layers.exports.templating import render
from layers.style.symbology import colour, symbol, symbology

Parameters = dict[str, str]
_MARKS = {0: "vertline", 45: "slash", -45: "backslash"}  # by the angle of a hatch, clockwise from upright


class Hatch(NamedTuple):
    """A mark that is set beside itself: its name, the size of its square in pixels, its stroke."""

    mark: str
    size: str
    stroke: Parameters


class Symbolizer(NamedTuple):
    """One way to draw a geometry: its kind, its fill, hatch and stroke if any, its size if a marker."""

    kind: str
    fill: Parameters | None = None
    hatch: Hatch | None = None
    stroke: Parameters | None = None
    size: str | None = None


class Entry(NamedTuple):
    """A rule: for which value of the column, under which title, drawn how."""

    value: str
    title: str
    symbolizers: list[Symbolizer]


def sld(table: str, title: str, style: TableStyle) -> str:
    """Return the style of a table, by its name and title: a rule for each entry of its legend."""
    return render(
        "style.sld.xml",
        table=table,
        title=title,
        column=style.column,
        rules=[Entry(rule.value, rule.title, _symbolizers(style.kind, rule.symbol)) for rule in style.rules],
    )


def _symbolizers(kind: str, drawn: dict[str, Any]) -> list[Symbolizer]:
    stroke = _stroke(drawn) if "stroke" in drawn else None
    if kind == "line":
        return [Symbolizer("line", stroke=_stroke(symbol("casing"))), Symbolizer("line", stroke=stroke)]
    fill = drawn.get("fill", "none")
    opacity = drawn.get("fill-opacity", 1)
    if kind == "marker":
        return [Symbolizer(kind, _fill(fill, opacity), None, stroke, f"{2 * symbology()['marker_radius']}")]
    if fill in symbology()["hatches"]:
        return [Symbolizer(kind, hatch=_hatch(symbology()["hatches"][fill], opacity), stroke=stroke)]
    is_filled = fill in symbology()["colours"]
    return [Symbolizer(kind, _fill(fill, opacity) if is_filled else None, stroke=stroke)]


def _fill(name: str, opacity: float) -> Parameters:
    return {"fill": colour(name), "fill-opacity": f"{opacity:g}"}


def _hatch(hatch: dict[str, Any], opacity: float) -> Hatch:
    """Return a hatch; the lines of a slanting mark are nearer to each other than its square is wide."""
    size = hatch["spacing"] * (math.sqrt(2) if hatch["angle"] % 90 else 1)
    drawn = {"stroke": hatch["colour"], "stroke-width": hatch["width"], "stroke-opacity": opacity}
    return Hatch(f"shape://{_MARKS[hatch['angle']]}", f"{size:.2f}", _stroke(drawn))


def _stroke(drawn: dict[str, Any]) -> Parameters:
    dashes = drawn.get("stroke-dasharray", "none")
    return {
        "stroke": colour(drawn["stroke"]),
        "stroke-opacity": f"{drawn.get('stroke-opacity', 1):g}",
        "stroke-width": f"{drawn['stroke-width']:g}",
        "stroke-linejoin": "round",
        "stroke-linecap": drawn.get("stroke-linecap", "butt"),
        **({} if dashes == "none" else {"stroke-dasharray": dashes}),
    }
