"""From features as a file has them to the valid areas of a drawing in WGS 84; each mending is told."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError

from layers.comparison.drawing import Piece
from layers.comparison.shapes import areal
from layers.comparison.uploads.raw import Raw, note, refused
from layers.comparison.uploads.thinning import thinned
from layers.geometry.measure import METRIC

MOST_AREAS, MOST_VERTICES = 2_000, 400_000
_AROUND_DEGREES = 5.0  # around the map's region, farther than any area of it reaches
_WGS84 = "EPSG:4326"
_GUESSED = (METRIC, "EPSG:32639", "EPSG:32637", "EPSG:3857", "EPSG:28408")  # used for maps of the region

Extent = Sequence[float]


def mended(name: str, raw: Raw, extent: Extent) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """Return the pieces of a drawing and what was mended or assumed.

    `extent` is west, south, east, north of the map's region, degrees. Raises DrawingError.
    """
    notes: list[str] = []
    if not raw.geometries:
        raise refused("broken" if raw.unusable else "nothing", name, format="a map file")
    shapes = _flat(raw, notes)
    areas, names = _areas(name, raw, shapes, notes)
    areas = _in_degrees(name, raw, areas, extent, notes)
    near = [number for number, area in enumerate(areas) if _meets([area], extent)]
    sound = _valid(thinned(name, _cut(areas, near, extent, notes), notes), notes)
    kept = [(names[number], area) for number, area in zip(near, sound, strict=True) if _inside(area, extent)]
    if not kept:
        raise refused("outside", name)
    if len(kept) < len(areas):
        notes.append(note("outside", count=len(areas) - len(kept)))
    if raw.unusable:
        notes.append(note("unreadable", count=raw.unusable))
    return tuple(Piece(called, area) for called, area in kept), tuple(notes)


def _cut(
    areas: list[shapely.Geometry], near: list[int], extent: Extent, notes: list[str]
) -> list[shapely.Geometry]:
    """Return the areas that are near, without what lies so far off that a plane there is none; tells it."""
    around = shapely.box(*extent).buffer(_AROUND_DEGREES, join_style="mitre")
    found = [areas[number] for number in near]
    far = [not around.covers(shapely.box(*area.bounds)) for area in found]
    if any(far):
        notes.append(note("cut", count=sum(far)))
    return [areal(area) & around if is_far else area for area, is_far in zip(found, far, strict=True)]


def _inside(area: shapely.Geometry, extent: Extent) -> bool:
    return bool(area.intersects(shapely.box(*extent)))


def _flat(raw: Raw, notes: list[str]) -> list[shapely.Geometry]:
    heights = shapely.get_coordinates(raw.geometries, include_z=True)[:, 2]
    if np.nan_to_num(heights).any():
        notes.append(note("flattened"))
    return list(shapely.force_2d(raw.geometries))


def _areas(
    name: str, raw: Raw, shapes: list[shapely.Geometry], notes: list[str]
) -> tuple[list[shapely.Geometry], list[str]]:
    """Return the areas with their names, closed lines among them; tells what was left out."""
    areas, names, left = [], [], 0
    for called, shape in zip(raw.names, shapes, strict=True):
        if not np.isfinite(shapely.get_coordinates(shape)).all():
            raw.unusable += 1
            continue
        parts = list(_polygons(shape))
        raw.closed += sum(not is_area for _, is_area in parts)
        if parts:
            areas.append(shapely.MultiPolygon([polygon for polygon, _ in parts]))
            names.append(called)
        else:
            left += 1
    if not areas:
        raise refused("no_areas" if left else "broken", name, format="a map file")
    _check_size(name, areas)
    if left:
        notes.append(note("not_areas", count=left))
    if raw.closed:
        notes.append(note("closed", count=raw.closed))
    return areas, names


def _polygons(shape: shapely.Geometry) -> Iterator[tuple[shapely.Polygon, bool]]:
    """Yield the areas of a geometry, and whether each was one: a closed line becomes one."""
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield part, True
        elif part.geom_type == "LineString" and part.is_closed and len(part.coords) > 3:  # noqa: PLR2004
            yield shapely.Polygon(part.coords), False
        elif part.geom_type in ("MultiPolygon", "MultiLineString", "GeometryCollection"):
            yield from _polygons(part)


def _check_size(name: str, areas: list[shapely.Geometry]) -> None:
    vertices = int(shapely.get_num_coordinates(areas).sum())
    if len(areas) > MOST_AREAS:
        raise refused("too_many", name, count=len(areas), most=MOST_AREAS)
    if vertices > MOST_VERTICES:
        raise refused("too_fine", name, count=vertices)


def _in_degrees(
    name: str, raw: Raw, areas: list[shapely.Geometry], extent: Extent, notes: list[str]
) -> list[shapely.Geometry]:
    """Return the areas in WGS 84, longitude first: by what the file says, else by where they then lie."""
    crs = raw.crs or _fitting(areas, extent)
    if crs is None:
        raise refused("unknown_crs", name)
    if raw.crs is None and crs != raw.by_format:
        notes.append(note("no_crs", crs=crs))
    try:
        system = pyproj.CRS.from_user_input(crs)
        if not system.equals(pyproj.CRS(_WGS84), ignore_axis_order=True):
            areas = _changed(areas, system)
            notes.append(note("crs", crs=f"{system.name}"))
    except (CRSError, ProjError) as error:
        raise refused("bad_crs", name) from error
    if not _meets(areas, extent) and _meets(turned := _turned(areas), extent):
        notes.append(note("swapped"))
        return turned
    return areas


def _fitting(areas: list[shapely.Geometry], extent: Extent) -> str | None:
    """Return the coordinate system by which the areas lie in the region, either way round; None if none."""
    if _are_degrees(areas):
        return _WGS84
    fitting = (crs for crs in _GUESSED if _meets(_changed(areas, pyproj.CRS(crs)), extent))
    return next(fitting, None)


def _changed(areas: list[shapely.Geometry], system: pyproj.CRS) -> list[shapely.Geometry]:
    change = pyproj.Transformer.from_crs(system, _WGS84, always_xy=True)
    return list(shapely.transform(areas, change.transform, interleaved=False))


def _turned(areas: list[shapely.Geometry]) -> list[shapely.Geometry]:
    return list(shapely.transform(areas, lambda positions: positions[:, ::-1]))


def _are_degrees(areas: list[shapely.Geometry]) -> bool:
    return bool(np.abs(shapely.get_coordinates(areas)).max(axis=0).max() <= 180)  # noqa: PLR2004


def _meets(areas: list[shapely.Geometry], extent: Extent) -> bool:
    bounds = shapely.total_bounds(areas)
    return bool(np.isfinite(bounds).all() and shapely.box(*bounds).intersects(shapely.box(*extent)))


def _valid(areas: list[shapely.Geometry], notes: list[str]) -> list[shapely.Geometry]:
    crossing = sum(not area.is_valid for area in areas if np.isfinite(area.bounds).all())
    if crossing:
        notes.append(note("repaired", count=crossing))
    return [areal(area) if np.isfinite(area.bounds).all() else shapely.Polygon() for area in areas]
