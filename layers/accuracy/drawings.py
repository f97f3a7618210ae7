"""Other drawings of the same borders, as `comparison.json` names them, read from a folder of references.

Geometries come back in UTM zone 38N, metres.
"""

from pathlib import Path

import geopandas as gpd
import shapely

from layers.data.problems import Problem
from layers.data.schemas import Json
from layers.geometry.measure import METRIC

_SAME_M = 300.0  # what two outlines of one drawing have in common lies no farther apart than this
_AWAY_M = 4000.0  # how far a coarse drawing may have a border from where another has it


class Drawings:
    """The drawings of a folder, each read once: what in them is drawn of a border (LineStrings, metres)."""

    def __init__(self, folder: Path, specifications: Json, problems: list[Problem]) -> None:
        """`specifications` are the `drawings` of `comparison.json`; `problems` takes what is unreadable."""
        self.titles = {key: entry["title"] for key, entry in specifications.items()}
        self._units = {key: _units(folder, key, entry, problems) for key, entry in specifications.items()}

    def units(self, drawing: str) -> dict[str, shapely.Geometry]:
        """Return the shapes of a drawing by their name (one without names: by ""); none if unreadable."""
        return self._units[drawing]

    def border(self, specification: Json) -> shapely.Geometry:
        """Return the outline of the units `of` a drawing, or its part `against` or `apart_from` others.

        Without `of`, that of all taken together; with an empty list, all outlines. `away_from` names a
        drawing whose lines are no part of it. Empty if the drawing has none of it.
        """
        shapes = self._units[specification["drawing"]]
        outline = _outline([shapes.get(name) for name in specification.get("of", shapes)])
        if specification.get("of") == []:
            outline = shapely.union_all([_outline([shape]) for shape in shapes.values()])
        if "against" in specification:
            other = _outline([shapes.get(name) for name in specification["against"]])
            outline = outline & other.buffer(_SAME_M)
        if "apart_from" in specification:
            outline -= _outline([shapes.get(name) for name in specification["apart_from"]]).buffer(_SAME_M)
        if "away_from" in specification:
            away = list(self._units[specification["away_from"]].values())
            outline -= shapely.union_all(away).buffer(_AWAY_M)
        return shapely.line_merge(outline) if outline.geom_type == "MultiLineString" else outline


def _outline(shapes: list[shapely.Geometry | None]) -> shapely.Geometry:
    """Return the outline of areas taken together; lines are their own."""
    union = shapely.union_all([shape for shape in shapes if shape is not None])
    return union.boundary if union.area else union


def _units(folder: Path, key: str, entry: Json, problems: list[Problem]) -> dict[str, shapely.Geometry]:
    path = folder / entry["file"]
    try:
        frame = gpd.read_file(path).to_crs(METRIC)
        if "row" in entry:
            return {"": shapely.make_valid(frame.geometry.iloc[entry["row"]])}
        return {
            str(name): shapely.union_all(shapely.make_valid(part.geometry.to_numpy()))
            for name, part in frame.groupby(entry["names"])
        }
    except (OSError, RuntimeError, ValueError, LookupError, AttributeError) as error:
        found = f"nothing to compare with ({error})"
        problems.append(Problem(str(path), key, found, "a GeoJSON file of areas or lines with names"))
        return {}
