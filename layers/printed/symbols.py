"""How a shape is drawn on the page with a symbol of the symbology: fills, hatches, outlines, casings.

Shapes are in units of the page. A symbol's widths and dashes are in CSS pixels, one a unit.
"""

from typing import Any

import numpy as np
import shapely
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from layers.printed.page import Box, Page
from layers.style.symbology import symbology

_NO_FILL = ("none", "transparent")


def draw(page: Page, shape: shapely.Geometry, symbol: dict[str, Any], clip: Box, *, scale: float = 1) -> None:
    """Draw a shape within a box. `scale` makes strokes and hatches smaller, for a swatch."""
    shape = shapely.clip_by_rect(shape, *clip.grown(20).shape.bounds)
    if shape.is_empty:
        return
    fill = symbol.get("fill", "none")
    if fill in symbology()["hatches"]:
        _hatch(page, shape, symbol, clip, scale)
    elif fill not in _NO_FILL:
        _add(page, shape, clip, facecolor=to_rgba(page.colour(fill), symbol.get("fill-opacity", 1)))
    if symbol.get("stroke-width"):
        _add(page, shape, clip, **_stroke(page, symbol, scale))


def draw_marker(page: Page, point: shapely.Point, symbol: dict[str, Any], clip: Box, *, scale: float) -> Box:
    """Draw the round marker of a place, wholly within the box or not at all; return the room it takes."""
    radius = symbology()["marker_radius"] * scale
    reach = radius + symbol.get("stroke-width", 0) * scale / 2
    room = Box(point.x - reach, point.y - reach, 2 * reach, 2 * reach)
    if clip.holds(room):
        draw(page, point.buffer(radius, quad_segs=16), symbol, clip, scale=scale)
    return room


def path_of(shape: shapely.Geometry) -> Path:
    """Return the outlines of areas, or lines, as one path."""
    rings: list[Path] = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            # Holes run the other way round, or they would be filled.
            turned = shapely.geometry.polygon.orient(part)
            edges = (turned.exterior, *turned.interiors)
            rings += [Path(shapely.get_coordinates(ring), closed=True) for ring in edges]
        elif part.geom_type == "LineString":
            rings.append(Path(shapely.get_coordinates(part)))
    return Path.make_compound_path(*rings)


def hatching(shape: shapely.Geometry, angle: float, spacing: float) -> shapely.Geometry:
    """Return the parallel lines that hatch an area: real lines, so that every format draws the same.

    `angle` is in degrees clockwise from upright, as a pattern's rotation in SVG; `spacing` in units.
    """
    upright = shapely.affinity.rotate(shape, -angle, origin=(0, 0))
    west, south, east, north = upright.bounds
    across = np.arange(np.ceil(west / spacing), np.floor(east / spacing) + 1) * spacing
    ends = np.stack([np.column_stack([across, np.full_like(across, y)]) for y in (south, north)], axis=1)
    lines = shapely.multilinestrings(shapely.linestrings(ends))
    return shapely.affinity.rotate(lines, angle, origin=(0, 0)).intersection(shape)


def _hatch(page: Page, shape: shapely.Geometry, symbol: dict[str, Any], clip: Box, scale: float) -> None:
    hatch = symbology()["hatches"][symbol["fill"]]
    lines = hatching(shape, hatch["angle"], hatch["spacing"] * scale)
    width = page.points(hatch["width"] * scale)
    ink = to_rgba(page.colour(hatch["colour"]), symbol.get("fill-opacity", 1))
    if not lines.is_empty:
        _add(page, lines, clip, edgecolor=ink, linewidth=width)


def _stroke(page: Page, symbol: dict[str, Any], scale: float) -> dict[str, Any]:
    dashes = symbol.get("stroke-dasharray", "none")
    pattern = [page.points(float(dash) * scale) for dash in dashes.split()] if dashes != "none" else None
    return {
        "edgecolor": to_rgba(page.colour(symbol["stroke"]), symbol.get("stroke-opacity", 1)),
        "linewidth": page.points(symbol["stroke-width"] * scale),
        "linestyle": (0, pattern) if pattern else "solid",
        "capstyle": symbol.get("stroke-linecap", "butt"),
        "joinstyle": "round",
    }


def _add(page: Page, shape: shapely.Geometry, clip: Box, **look: Any) -> None:  # noqa: ANN401 - matplotlib's own
    artist = PathPatch(
        path_of(shape), **{"facecolor": "none", "edgecolor": "none", **look}, transform=page.plane
    )
    artist.set_clip_box(page.within(clip))
    page.figure.add_artist(artist)
