"""What claims are held against, and what is measured: the shapes on the map, a figure with its margin."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

import shapely

from layers.geometry.coverage import Coverage

# Ids of features that several measures are about.
REGAINED = ("district-fuzuli", "district-gubadli", "district-jabrayil", "district-zangilan")
HANDED_OVER = ("district-aghdam", "district-kelbajar", "district-lachin")
HELD, AZERBAIJANI = "upper-karabakh-armenian-held", "upper-karabakh-azerbaijani-held"


@dataclass(frozen=True)
class Shapes:
    """The geometries that claims are held against: features by id, state territories by id, WGS 84."""

    features: Mapping[str, shapely.Geometry]
    countries: Mapping[str, shapely.Geometry]
    coverage: Coverage

    def union(self, *ids: str) -> shapely.Geometry:
        """Return the union of the features."""
        return shapely.union_all([self.features[identifier] for identifier in ids])


@dataclass(frozen=True)
class Measured:
    """One figure, by how much it may be off, and what it can't fall below or exceed whatever the lines do.

    The margin is 0 only where no line's position, within its uncertainty, can change the figure. `also` has
    other figures that came up on the way, by name, for the sentences about it.
    """

    value: float
    margin: float = 0.0
    floor: float = -inf
    ceiling: float = inf
    also: Mapping[str, float] = field(default_factory=dict, hash=False)

    @property
    def low(self) -> float:
        """The least that the figure may be."""
        return max(self.floor, self.value - self.margin)

    @property
    def high(self) -> float:
        """The most that the figure may be."""
        return min(self.ceiling, self.value + self.margin)
