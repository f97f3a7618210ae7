"""Who held how much on a day: the areas of the faces, summed by side. Geodesic, in km²."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import shapely

from layers.geometry.coverage import AREAS, ARMENIAN_HELD, STATUSES, Area, Coverage


@dataclass(frozen=True)
class Holding:
    """How much of an area each side held on a day, in km²."""

    armenian_km2: float
    azerbaijani_km2: float

    @property
    def whole_km2(self) -> float:
        """The whole area, in km²."""
        return self.armenian_km2 + self.azerbaijani_km2

    @property
    def armenian_percent(self) -> float:
        """The share not held by Azerbaijan, in percent to one decimal."""
        return round(100 * self.armenian_km2 / self.whole_km2, 1)

    @property
    def azerbaijani_percent(self) -> float:
        """The share held by Azerbaijan, in percent to one decimal; with the other side's it makes 100."""
        return round(100 - self.armenian_percent, 1)


def holding(coverage: Coverage, faces: gpd.GeoDataFrame, day: date) -> Holding:
    """Return how much of the given faces of the coverage each side held on a day."""

    def sums() -> Holding:
        held = coverage.status_on(day)[faces.index] == ARMENIAN_HELD
        km2 = coverage.km2[faces.index]
        return Holding(float(km2[held].sum()), float(km2[~held].sum()))

    return coverage.once(("holding", *faces.index, day), sums)


def holdings(coverage: Coverage, day: date) -> dict[Area, Holding]:
    """Return who held how much of the former oblast, and of the seven districts around it, on a day."""
    return {area: holding(coverage, coverage.faces_of(area), day) for area in AREAS}


def holdings_by_day(
    coverage: Coverage, areas: Mapping[str, shapely.Geometry], days: Iterable[date]
) -> dict[str, list[Holding]]:
    """Return who held how much of each area (Polygon or MultiPolygon made of faces, WGS 84) on each day."""
    within = {key: coverage.faces_within(area) for key, area in areas.items()}
    return {key: [holding(coverage, faces, day) for day in days] for key, faces in within.items()}


def shares(coverage: Coverage, day: date) -> dict[Area, dict[str, float]]:
    """Return for the oblast and the districts the share, in percent, of each status on a day."""
    return {area: _shares(coverage, coverage.faces_of(area), day) for area in AREAS}


def _shares(coverage: Coverage, faces: gpd.GeoDataFrame, day: date) -> dict[str, float]:
    km2 = coverage.km2[faces.index].groupby(coverage.status_on(day)).sum()
    return {status: float(100 * km2[status] / km2.sum()) for status in STATUSES if status in km2}
