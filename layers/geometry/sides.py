"""What lies on the two sides of each boundary line, and from there what borders what."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import geopandas as gpd
import shapely

from layers.geometry.coverage import Coverage
from layers.geometry.measure import to_metres


@dataclass(frozen=True, eq=False)
class Line:
    """A boundary line (LineString, WGS 84; `in_metres` in UTM zone 38N) and how far it may be off.

    `faces` are the ids of those on its sides: two, or one at the edge of the coverage, where `beyond` is the
    country on the other side.
    """

    id: str
    off_km: float
    faces: frozenset[str]
    beyond: str | None
    geometry: shapely.LineString = field(repr=False)
    in_metres: shapely.LineString = field(repr=False)

    def leads_out_of(self, faces: frozenset[str]) -> bool:
        """Tell whether it is a part of the outline of an area made of these faces."""
        return len(self.faces & faces) == 1


def sided_lines(coverage: Coverage, countries: gpd.GeoDataFrame, home: str) -> tuple[Line, ...]:
    """Return every boundary line with its sides.

    `countries` (Polygons with `id`, WGS 84) share their borders with the coverage, which lies in `home`: what
    lies beyond a line that is on no other country's border.
    """
    geometries = coverage.lines.geometry.to_numpy()
    beside: list[set[str]] = [set() for _ in geometries]
    for face, polygon in zip(coverage.faces.id, coverage.faces.geometry, strict=True):
        for number in shapely.covered_by(geometries, polygon.boundary).nonzero()[0]:
            beside[number].add(face)
    rows = zip(coverage.lines.id, coverage.lines.uncertainty_m, geometries, beside, strict=True)
    abroad = countries[countries.id != home]
    return tuple(
        Line(
            identifier,
            float(metres) / 1000,
            frozenset(faces),
            _beyond(geometry, abroad, home) if len(faces) == 1 else None,
            geometry,
            to_metres(geometry),
        )
        for identifier, metres, geometry, faces in rows
    )


def _beyond(line: shapely.LineString, abroad: gpd.GeoDataFrame, home: str) -> str:
    pairs = zip(abroad.id, abroad.geometry, strict=True)
    return next((country for country, shape in pairs if line.covered_by(shape.boundary)), home)


def between(lines: Iterable[Line], one: frozenset[str], other: frozenset[str]) -> list[Line]:
    """Return the lines that an area shares with another, both told by their faces; of a corner, none."""
    return [line for line in lines if line.faces & one and line.faces & other and not one & other]
