"""The locator inset: the wider region at the size of a stamp, for a frame that follows the view."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from layers import Atlas
from layers.style.symbology import symbology

_EXTENT = (29.0, 33.5, 58.0, 48.0)  # degrees: from the Black Sea to behind the Caspian
_WIDTH = 220  # units of the drawing, two a pixel
_SIMPLIFIED_BY = 12.0  # square units: the triangles that are cut off; nobody sees them at this size
_SMALLEST = 12.0  # square units


@dataclass(frozen=True)
class Inset:
    """The drawing in Web Mercator: paths as SVG has them, size in units, and how degrees become units.

    x = (longitude - west) x scale; y = (m(north) - m(latitude)) x scale, m being Mercator's, in degrees.
    """

    lands: str
    home: str
    width: int
    height: int
    west: float
    north: float
    scale: float


def inset(atlas: Atlas) -> Inset:
    """Return the far regions of the basemap (Polygons, WGS 84), strongly simplified."""
    west, south, east, north = _EXTENT
    scale = _WIDTH / (east - west)
    top, bottom = _mercator(np.array([north, south]))

    def to_units(coordinates: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x, y = coordinates.T
        return np.column_stack([(x - west) * scale, (top - _mercator(y)) * scale])

    region = atlas.basemap[atlas.basemap.kind == "region"]
    drawn = shapely.transform(region.geometry.to_numpy(), to_units)
    height = round(float(top - bottom) * scale)
    simple = shapely.clip_by_rect(shapely.coverage_simplify(drawn, _SIMPLIFIED_BY**0.5), 0, 0, _WIDTH, height)
    is_home = region.id.isin(symbology()["home"]).to_numpy()
    return Inset(_path(simple[~is_home]), _path(simple[is_home]), _WIDTH, height, west, north, scale)


def _mercator(latitudes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return Mercator's ordinates, in degrees, of latitudes in degrees."""
    return np.degrees(np.log(np.tan(np.pi / 4 + np.radians(latitudes) / 2)))


def _path(shapes: npt.NDArray[np.object_]) -> str:
    """Return the outer rings of what is large enough to be seen as one path, in whole units."""
    rings = [part.exterior.coords for part in shapely.get_parts(shapes) if part.area >= _SMALLEST]
    return "".join("M" + " ".join(f"{x:.0f} {y:.0f}" for x, y in ring[:-1]) + "Z" for ring in rings)
