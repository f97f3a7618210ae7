"""What a match takes of a drawing, and the geometry that is common to all of the comparison."""

import shapely

from layers.atlas import Atlas
from layers.comparison.drawing import OBLAST, Drawing, Match
from layers.comparison.ours import our_shape
from layers.geometry.measure import to_metres
from layers.text.measured import AZERBAIJANI, HELD


def shape_of(atlas: Atlas, drawing: Drawing, match: Match) -> shapely.Geometry:
    """Return what a match takes of a drawing (Polygon or MultiPolygon, WGS 84 degrees); may be empty.

    Land of the former oblast is taken off by the drawing's own outline of it, else by ours.
    """
    whole = _union(drawing, match)
    return areal(whole - oblast_of(atlas, drawing)) if match.less_oblast else whole


def oblast_of(atlas: Atlas, drawing: Drawing) -> shapely.Geometry:
    """Return the former oblast as a drawing has it, whole or in its two parts, else ours (WGS 84)."""
    drawn = {match.feature: _union(drawing, match) for match in drawing.matches}
    if OBLAST in drawn:
        return drawn[OBLAST]
    parts = [drawn[part] for part in (HELD, AZERBAIJANI) if part in drawn]
    return areal(shapely.union_all(parts)) if len(parts) > 1 else our_shape(atlas, OBLAST)


def shapes_by_feature(atlas: Atlas, drawing: Drawing) -> dict[str, shapely.Geometry]:
    """Return what a drawing has of our areas, by feature (WGS 84 degrees), without what is empty."""
    found = {match.feature: shape_of(atlas, drawing, match) for match in drawing.matches}
    return {feature: shape for feature, shape in found.items() if not shape.is_empty}


def areal(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return only the areas of a geometry: a valid Polygon or MultiPolygon."""
    parts = [part for part in shapely.get_parts(shapely.make_valid(geometry)) if part.area]
    flat = [polygon for part in parts for polygon in shapely.get_parts(part) if polygon.area]
    return flat[0] if len(flat) == 1 else shapely.MultiPolygon(flat)


def metric(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return an area (WGS 84 degrees) in UTM zone 38N, metres, valid."""
    return areal(to_metres(geometry))


def _union(drawing: Drawing, match: Match) -> shapely.Geometry:
    known = [drawing.pieces[place].geometry for place in match.pieces if 0 <= place < len(drawing.pieces)]
    return areal(shapely.union_all(known))
