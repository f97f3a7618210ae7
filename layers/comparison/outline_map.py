"""Two drawings of the same areas on one map: both outlines, theirs classed by how far it lies from ours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from layers.atlas import Atlas
from layers.comparison.records import Stretch
from layers.geometry.measure import to_metres
from layers.style.symbology import symbology

WIDTH, HEIGHT = 1000, 750  # units of the drawing
_AROUND = 0.06  # of the extent, left free on each side
_FINEST = 0.35  # units: what is smaller is left out
_LETTER, _LINE = 11.5, 24.0  # units: how wide a letter of a name is taken to be, and how high its line
_GROUNDS = ("sea", "lake", "river", "state")
_COUNTRY = "country"


@dataclass(frozen=True)
class Pair:
    """One area as we draw it and as another drawing has it (Polygons or MultiPolygons, WGS 84 degrees)."""

    ours: shapely.Geometry
    theirs: shapely.Geometry


@dataclass(frozen=True)
class Name:
    """The name of a place and where it stands, in units of the drawing."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class OutlineMap:
    """The map's parts as paths of SVG in units of the drawing, y downwards.

    `grounds` are kind and path, from below; `apart` the outline of the other drawing by class of distance,
    nearest first, in the classes of the symbology; `names` those that fit.
    """

    grounds: tuple[tuple[str, str], ...]
    ours_area: str
    theirs_area: str
    ours: str
    apart: tuple[str, ...]
    names: tuple[Name, ...]


@dataclass(frozen=True)
class _View:
    """An extent in UTM zone 38N, metres, and how many metres a unit of the drawing has."""

    west: float
    north: float
    scale: float

    def drawn(self, metric: shapely.Geometry) -> shapely.Geometry:
        """Return a geometry in metres in units of the drawing, clipped to it."""

        def to_units(coordinates: np.ndarray) -> np.ndarray:
            x, y = coordinates.T
            return np.column_stack([(x - self.west) / self.scale, (self.north - y) / self.scale])

        return shapely.clip_by_rect(shapely.transform(metric, to_units), -9, -9, WIDTH + 9, HEIGHT + 9)


def outline_map(atlas: Atlas, pairs: Sequence[Pair], apart: Sequence[Stretch]) -> OutlineMap:
    """Return the map of pairs of areas, one or more, which fill it.

    `apart` are the stretches of the other drawing's outlines, each with its distance from ours.
    """
    metric = _metric(pairs)
    view = _view(metric)
    areas = [shapely.union_all([pair[side] for pair in metric]) for side in (0, 1)]
    return OutlineMap(
        grounds=tuple(_grounds(atlas, view)),
        ours_area=_path(view.drawn(areas[0])),
        theirs_area=_path(view.drawn(areas[1])),
        ours=_path(view.drawn(shapely.union_all([ours.boundary for ours, _ in metric]))),
        apart=tuple(_path(_drawn(view, part)) for part in _by_distance(apart)),
        names=tuple(_names(atlas, view)),
    )


def _by_distance(apart: Sequence[Stretch]) -> Iterator[list[shapely.Geometry]]:
    """Yield the stretches of each class of distance, nearest first, joined where they meet."""
    limits = symbology()["apart"]["limits_m"]
    classes = np.digitize([stretch.metres for stretch in apart], limits, right=True)
    lines = np.array([stretch.geometry for stretch in apart], dtype=object)
    for number in range(len(limits) + 1):
        joined = shapely.line_merge(shapely.union_all(lines[classes == number]))
        yield list(shapely.get_parts(joined))


def _metric(pairs: Iterable[Pair]) -> list[tuple[shapely.Geometry, shapely.Geometry]]:
    return [
        (shapely.make_valid(to_metres(pair.ours)), shapely.make_valid(to_metres(pair.theirs)))
        for pair in pairs
    ]


def _view(pairs: Iterable[tuple[shapely.Geometry, shapely.Geometry]]) -> _View:
    """Return the extent in which all areas lie, widened to the shape of the drawing."""
    west, south, east, north = shapely.total_bounds([area for pair in pairs for area in pair])
    free = 1 + 2 * _AROUND
    scale = free * max((east - west) / WIDTH, (north - south) / HEIGHT)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return _View(middle_x - scale * WIDTH / 2, middle_y + scale * HEIGHT / 2, scale)


def _grounds(atlas: Atlas, view: _View) -> Iterator[tuple[str, str]]:
    """Yield what lies below: countries, ours and the neighbours', then water and state lines."""
    basemap = atlas.basemap
    home = set(symbology()["home"])
    countries = basemap[basemap.kind == _COUNTRY]
    for kind, of_home in (("neighbour", False), ("land", True)):
        chosen = countries[countries.id.isin(home) == of_home]
        yield kind, _path(_drawn(view, chosen.geometry))
    for kind in _GROUNDS:
        yield kind, _path(_drawn(view, basemap[basemap.kind == kind].geometry))


def _drawn(view: _View, shapes: Iterable[shapely.Geometry]) -> shapely.Geometry:
    return shapely.GeometryCollection([view.drawn(to_metres(shape)) for shape in shapes])


def _names(atlas: Atlas, view: _View) -> Iterator[Name]:
    """Yield the places in sight, those that many passages speak of first; none where another stands."""
    taken: list[shapely.Geometry] = []
    places = sorted(atlas.layers["places"].features, key=lambda place: -len(place.quotes))
    for place in places:
        point = view.drawn(to_metres(place.geometry))
        text = place.name_in()
        if point.is_empty:
            continue
        box = shapely.box(point.x, point.y - _LINE, point.x + _LETTER * len(text), point.y + _LINE / 2)
        if box.bounds[2] < WIDTH and not any(box.intersects(other) for other in taken):
            taken.append(box)
            yield Name(text, round(point.x, 1), round(point.y, 1))


def _path(shape: shapely.Geometry) -> str:
    """Return lines, or the rings of areas, as one path."""
    parts = []
    for part in shapely.get_parts(shapely.get_parts(shape)):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        parts += [_ring(ring) for ring in rings if ring.geom_type != "Point"]
    return "".join(parts)


def _ring(ring: shapely.Geometry) -> str:
    coordinates = shapely.get_coordinates(shapely.simplify(ring, _FINEST))
    return "M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in coordinates)
