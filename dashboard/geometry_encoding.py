"""How geometry travels in the map document: lines as whole numbers, each vertex told from the one before.

That is a third of the size of GeoJSON's pairs, and as exact; `assets/drawing.js` turns it back.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from branca.element import MacroElement

from dashboard.templating import templates
from layers.exports.geojson import DECIMALS
from layers.style.symbology import symbology


class Drawing(MacroElement):
    """The features of a frame on one pane of the map, each of the CSS classes `prefix`, its kind and its id.

    `frame` is in WGS 84 degrees; `columns` of it travel along under shorter names.
    """

    _template = templates.get_template("drawing.html")

    def __init__(self, frame: gpd.GeoDataFrame, pane: str, prefix: str, **columns: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.features = packed(frame, {"kind": "kind", **columns} if "kind" in frame else columns)
        self.options = {"pane": pane, "prefix": prefix, "radius": symbology()["marker_radius"]}


def packed(frame: gpd.GeoDataFrame, columns: Mapping[str, str]) -> dict[str, Any]:
    """Return ids, geometry and the named columns under their short names, in as many decimals as needed."""
    decimals = _decimals(frame.geometry)
    return {
        "decimals": decimals,
        "features": [
            {
                "id": row["id"],
                "type": row["geometry"].geom_type,
                "coordinates": _lines(shapely.geometry.mapping(row["geometry"])["coordinates"], decimals),
                **{short: row[column] for column, short in columns.items()},
            }
            for row in frame.to_dict("records")
        ],
    }


def _decimals(geometries: gpd.GeoSeries) -> int:
    """Return how many decimals of a degree are in use, at most those of our exports."""
    coordinates = shapely.get_coordinates(geometries)
    exact = (n for n in range(DECIMALS) if np.allclose(coordinates, coordinates.round(n), rtol=0, atol=1e-9))
    return next(exact, DECIMALS)


def _lines(coordinates: Sequence[Any], decimals: int) -> list[Any]:
    """Return GeoJSON coordinates of any depth with each line (or point) as x, y, then steps in x and y."""
    if not isinstance(coordinates[0], Sequence):
        coordinates = [coordinates]
    elif isinstance(coordinates[0][0], Sequence):
        return [_lines(part, decimals) for part in coordinates]
    whole = np.rint(np.array(coordinates) * 10**decimals).astype(int)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), int))
    return [int(number) for number in steps.ravel()]
