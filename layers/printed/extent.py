"""Map extent and projection of a picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import cos, log2, radians

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.atlas import Atlas
from layers.data.files import resource_extent
from layers.printed.page import Box
from layers.printed.request import View, drawn_layers

_MARGIN = 0.045  # of the page's side, kept free around what is shown
_NEAR_PADDING = 0.05  # of the coverage's extent: a layer within that is about Karabakh
_AROUND = {True: 0.12, False: 3.0}  # degrees around a feature near Karabakh, or far from it
_FAR_ZOOM = 6.5  # below it the near ground would be a blot; its countries are named from here on
_MARKER_SCALES = ((6.5, 8.5), (0.6, 1.0))  # zooms, and how large the markers are there
_TILE, _CIRCLE = 256.0, 360.0  # web map: pixels that the globe takes at zoom 0

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """The map's box on the page, its centre (degrees) and its scale in units a degree of latitude.

    Longitude is shortened by the cosine of the central latitude: plate carrée, true at the centre.
    """

    box: Box
    longitude: float
    latitude: float
    per_degree: float

    @property
    def per_degree_east(self) -> float:
        """Units a degree of longitude."""
        return self.per_degree * cos(radians(self.latitude))

    @property
    def marker_scale(self) -> float:
        """How large a place's marker is: smaller where places stand close together."""
        return float(np.interp(self.zoom, *_MARKER_SCALES))

    @property
    def is_far(self) -> bool:
        """Whether it shows countries rather than Karabakh: then the coarse ground alone is drawn."""
        return self.zoom < _FAR_ZOOM

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north, in degrees."""
        half_width = self.box.width / 2 / self.per_degree_east
        half_height = self.box.height / 2 / self.per_degree
        return (
            self.longitude - half_width,
            self.latitude - half_height,
            self.longitude + half_width,
            self.latitude + half_height,
        )

    @property
    def zoom(self) -> float:
        """The zoom at which the web map is as large, a unit for a pixel."""
        return log2(self.per_degree_east * _CIRCLE / _TILE)

    def on_page(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """Return a geometry in degrees as one in units of the page."""
        return shapely.transform(geometry, self._project)

    @cached_property
    def area(self) -> shapely.Polygon:
        """The map's box as a Polygon, in units."""
        return self.box.shape

    def _project(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        centre = (self.box.left + self.box.width / 2, self.box.top + self.box.height / 2)
        return (degrees - (self.longitude, self.latitude)) * (self.per_degree_east, -self.per_degree) + centre


def framed(atlas: Atlas, shown: View, box: Box) -> Frame:
    """Return the frame that shows what a view is about in a box; the box is cut where the ground ends.

    A view with a centre of its own is drawn at the web map's zoom, a unit for a pixel.
    """
    longitude, latitude, per_degree = _centred(atlas, shown, box)
    squeeze = cos(radians(latitude))
    ground = resource_extent(atlas.descriptor, "region")
    width = min(box.width, (ground[2] - ground[0]) * per_degree * squeeze)
    height = min(box.height, (ground[3] - ground[1]) * per_degree)
    half_width, half_height = width / 2 / per_degree / squeeze, height / 2 / per_degree
    longitude = min(max(longitude, ground[0] + half_width), ground[2] - half_width)
    latitude = min(max(latitude, ground[1] + half_height), ground[3] - half_height)
    return Frame(Box(box.left, box.top, width, height), longitude, latitude, per_degree)


def _centred(atlas: Atlas, shown: View, box: Box) -> tuple[float, float, float]:
    """Return the longitude and latitude in a box's middle, and how many units a degree of latitude takes."""
    if shown.centre:
        zoom, latitude, longitude = shown.centre
        return longitude, latitude, _TILE * 2**zoom / _CIRCLE / cos(radians(latitude))
    west, south, east, north = shown_bounds(atlas, shown)
    longitude, latitude = (west + east) / 2, (south + north) / 2
    across = (east - west) * cos(radians(latitude))
    room = 1 - 2 * _MARGIN
    return longitude, latitude, min(box.width * room / across, box.height * room / (north - south))


def shown_bounds(atlas: Atlas, shown: View) -> Bounds:
    """Return the extent of Karabakh if a layer about it is shown, else of what is shown, however far.

    A chosen feature goes before both, with what is near it. As on the web map.
    In degrees: west, south, east, north.
    """
    if shown.feature:
        shape = atlas.features[shown.feature].geometry
        margin = _AROUND[shapely.box(*atlas.descriptor["extent"]).contains(shape)]
        return _bounds(shape.envelope.buffer(margin, join_style="mitre").bounds)
    near = shapely.box(*atlas.coverage.faces.total_bounds)
    around = near.buffer(_NEAR_PADDING * (near.bounds[2] - near.bounds[0]))
    on = [shapely.box(*layer.bounds) for layer in drawn_layers(atlas, shown)]
    is_near = not on or any(around.contains(each) for each in on)
    return _bounds(near.bounds if is_near else shapely.total_bounds(on))


def _bounds(edges: Iterable[float]) -> Bounds:
    west, south, east, north = map(float, edges)
    return west, south, east, north
