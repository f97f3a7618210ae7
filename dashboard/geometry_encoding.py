"""How geometry travels in the map document: points as GeoJSON has them, all else by the lines it is made of.

That is a quarter of the size of GeoJSON's pairs, and as exact; `assets/drawing.js` turns it back.
"""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import shapely
from branca.element import MacroElement

from dashboard.shared_lines import SharedLines
from dashboard.templating import templates
from layers.style.symbology import symbology

_POINTS = ("Point", "MultiPoint")


class Lines(MacroElement):
    """The lines of which everything drawn after them is made."""

    _template = templates.get_template("lines.html")

    def __init__(self, lines: SharedLines) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.lines = lines.packed()


class Drawing(MacroElement):
    """The features of a frame on one pane of the map, each of the CSS classes `prefix`, its kind and its id.

    `frame` is in WGS 84 degrees, made of `lines`; `columns` of it travel along under shorter names.
    """

    _template = templates.get_template("drawing.html")

    def __init__(
        self, frame: gpd.GeoDataFrame, lines: SharedLines, pane: str, prefix: str, **columns: str
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.features = packed(frame, lines, {"kind": "kind", **columns} if "kind" in frame else columns)
        self.options = {"pane": pane, "prefix": prefix, "radius": symbology()["marker_radius"]}


def packed(frame: gpd.GeoDataFrame, lines: SharedLines, columns: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return ids, geometry by the numbers of its lines, and the named columns under their short names."""
    return [
        {
            "id": row["id"],
            "type": row["geometry"].geom_type,
            "coordinates": _coordinates(row["geometry"], lines),
            **{short: row[column] for column, short in columns.items()},
        }
        for row in frame.to_dict("records")
    ]


def _coordinates(geometry: shapely.Geometry, lines: SharedLines) -> Any:  # noqa: ANN401 - of any depth
    if geometry.geom_type in _POINTS:
        return shapely.geometry.mapping(geometry)["coordinates"]
    return lines.numbers(geometry)
