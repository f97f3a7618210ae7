"""Who held how much on a date: the areas of the faces, summed by side. Geodesic, in km².

Who holds a face follows from its `azerbaijani_since` and from nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import geopandas as gpd

from layers.atlas import Atlas
from layers.definitions import Coverage
from layers.measure import area_km2

ARMENIAN_HELD = "armenian-held"
KINDS = (ARMENIAN_HELD, "regained", "handed-over", "held")  # as in the legend, in the order of a bar
OF_FACES = ("upper-karabakh", "returned-districts")  # layers whose features are areas that changed hands


@dataclass(frozen=True)
class Holding:
    """How much of an area each side held on a date, in km² to one decimal."""

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


def holding(coverage: Coverage, faces: gpd.GeoDataFrame, on: date) -> Holding:
    """Return how much of the given faces of the coverage each side held on a day."""
    held = faces.id.isin(coverage.armenian_held(on).id)
    armenian, azerbaijani = (sum(map(area_km2, part.geometry)) for part in (faces[held], faces[~held]))
    return Holding(round(armenian, 1), round(azerbaijani, 1))


def oblast_and_districts(coverage: Coverage, on: date) -> dict[str, Holding]:
    """Return who held how much of the former oblast, and of the seven districts around it, on a day."""
    return {area: holding(coverage, faces, on) for area, faces in _areas(coverage).items()}


def shares_by_kind(coverage: Coverage, on: date) -> dict[str, dict[str, float]]:
    """Return for oblast and districts the share, in percent, of each kind of the legend on a day.

    The kinds are `armenian-held` and, of what Azerbaijan held, how: `regained`, `handed-over`, `held`.
    """
    shares = {}
    for area, faces in _areas(coverage).items():
        kinds = faces.how.mask(faces.id.isin(coverage.armenian_held(on).id), ARMENIAN_HELD)
        km2 = faces.geometry.map(area_km2).groupby(kinds).sum()
        shares[area] = {kind: float(100 * km2[kind] / km2.sum()) for kind in KINDS if kind in km2}
    return shares


def _areas(coverage: Coverage) -> dict[str, gpd.GeoDataFrame]:
    faces = coverage.faces
    return {"oblast": faces[faces.oblast], "districts": faces[faces.district.notna()]}


def features_by_date(atlas: Atlas) -> Iterator[tuple[str, list[Holding]]]:
    """Yield the id of each area made of faces, and who held how much of it on each of the map's days."""
    faces = atlas.coverage.faces
    for layer in OF_FACES:
        features = atlas.layers[layer].features
        for identifier, area in zip(features.id, features.geometry, strict=True):
            within = faces[faces.geometry.covered_by(area)]
            yield identifier, [holding(atlas.coverage, within, day) for day in atlas.days]
