"""The frame of a small map: which part of Mercator's map it shows, and outlines in it as SVG has them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from layers.features import Feature

WIDTH, HEIGHT = 1440, 960  # units of the drawing
_SMALLEST = 0.7  # degrees: the width of the frame around a place
_AROUND = 0.18  # of the size of what is shown, on each side
_UNCERTAIN = 4  # how many times as wide as a place may be off the frame is at least
_SIMPLIFIED_BY = 2.0  # units: a point on most screens
_BEYOND = 20  # units beyond the frame, where an outline that is cut off runs unseen
M_PER_DEGREE = 111_320  # of latitude, and on Mercator's map of anything at the equator
Shapes = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]


class Frame:
    """The part of Mercator's map that is shown, and how degrees become units."""

    def __init__(self, shown: Sequence[Feature]) -> None:
        west, south, east, north = shapely.total_bounds([feature.geometry for feature in shown])
        (_, low), (_, high) = mercator(np.array([[west, south], [east, north]]))
        points = [feature.uncertainty_m for feature in shown if feature.geometry.geom_type == "Point"]
        least = max(_SMALLEST, _UNCERTAIN * max(points, default=0) / M_PER_DEGREE)
        wide, tall = (1 + 2 * _AROUND) * (east - west), (1 + 2 * _AROUND) * (high - low)
        width = max(least, wide, tall * WIDTH / HEIGHT)
        self.scale = WIDTH / width
        self.west = (west + east - width) / 2
        self.top = float(low + high + width * HEIGHT / WIDTH) / 2

    def to_units(self, positions: Numbers) -> Numbers:
        """Return positions on Mercator's map in units from the frame's upper left corner."""
        x, y = positions.T
        return np.column_stack([(x - self.west) * self.scale, (self.top - y) * self.scale])

    def paths(self, shapes: Shapes) -> list[str]:
        """Return what is in the frame of lines or areas on Mercator's map; empty where nothing is."""
        edge = _BEYOND / self.scale
        right, bottom = self.west + WIDTH / self.scale, self.top - HEIGHT / self.scale
        cut = shapely.clip_by_rect(shapes, self.west - edge, bottom - edge, right + edge, self.top + edge)
        simple = shapely.simplify(cut, _SIMPLIFIED_BY / self.scale, preserve_topology=False)
        drawn = shapely.transform(simple, self.to_units)
        return ["".join(_d(part) for part in shapely.get_parts(shape) if part.length) for shape in drawn]

    def is_within(self, extent: Box) -> bool:
        """Tell whether the frame lies within an extent (west, south, east, north, in degrees)."""
        (west, south), (east, north) = mercator(np.array([extent[:2], extent[2:]]))
        right, bottom = self.west + WIDTH / self.scale, self.top - HEIGHT / self.scale
        return bool(west <= self.west and south <= bottom and right <= east and self.top <= north)


def mercator(positions: Numbers) -> Numbers:
    """Return where positions (longitude, latitude) lie on Mercator's map, in degrees of its equator."""
    longitude, latitude = positions.T
    north = np.degrees(np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)))
    return np.column_stack([longitude, north])


def _d(part: shapely.Geometry) -> str:
    """Return lines and rings as SVG has them, in whole units, each point seen from the one before."""
    rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
    written = []
    for ring in rings:
        points = np.rint(shapely.get_coordinates(ring)).astype(int)
        steps = np.diff(points, axis=0)
        steps = steps[steps.any(axis=1)]
        x, y = points[0]
        written.append(f"M{x} {y}l{' '.join(map(str, steps.ravel().tolist()))}".replace(" -", "-"))
    return "".join(written)
