"""Random errors along the boundary lines, in metres, positive outwards."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import exp

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.ops import substring

from layers.geometry.measure import length_km, to_metres
from layers.robustness.ground import Ground

TWO_SIDED_95 = 1.96  # standard deviations within which 19 of 20 lie
_PIECE_KM = 1.0  # the longest piece of a line that errs as one


@dataclass(frozen=True, eq=False)
class Pieces:
    """One boundary line in equal pieces, each of which errs as one.

    `metric` is the line in UTM zone 38N, `km` its geodesic length, `sd_m` its errors' standard deviation in
    metres, `correlation_km` the way over which their correlation falls to 1/e.
    """

    line: str
    km: float
    is_ring: bool
    sd_m: float
    correlation_km: float
    metric: shapely.LineString

    @property
    def count(self) -> int:
        """How many pieces: at most a kilometre long, and short beside the correlation."""
        return max(1, int(np.ceil(self.km / min(_PIECE_KM, self.correlation_km / 4))))

    @cached_property
    def geometries(self) -> list[shapely.LineString]:
        """The pieces (LineStrings, UTM zone 38N)."""
        cuts = np.linspace(0, 1, self.count + 1)
        return [substring(self.metric, a, b, normalized=True) for a, b in pairwise(cuts)]

    def errors(self, count: int, seed: int) -> NDArray[np.float64]:
        """Return the errors in metres (draws x pieces); each line has a random stream of its own."""
        stream = np.random.default_rng([seed, *self.line.encode()])
        normal = stream.standard_normal((count, self.count))
        return self.sd_m * normal @ np.linalg.cholesky(self._correlations()).T

    @property
    def area_sd_km2(self) -> float:
        """The standard deviation of the area that the line hands over, km²: the double integral, not a sum.

        Under the root, for a line of length t and a correlation of l: 2lt - 2l²(1 - exp(-t/l)); for a ring,
        along which the way is the shorter one, 2lt(1 - exp(-t/2l)).
        """
        way, reach = self.km, self.correlation_km
        if self.is_ring:
            squared = 2 * reach * way * (1 - exp(-way / (2 * reach)))
        else:
            squared = 2 * reach * way - 2 * reach**2 * (1 - exp(-way / reach))
        return float(self.sd_m / 1000 * squared**0.5)

    def _correlations(self) -> NDArray[np.float64]:
        steps = np.abs(np.subtract.outer(np.arange(self.count), np.arange(self.count)))
        if self.is_ring:
            steps = np.minimum(steps, self.count - steps)
        return np.asarray(np.exp(-steps * self.km / self.count / self.correlation_km))


@lru_cache(maxsize=4)
def pieces_of(ground: Ground, correlation_km: float) -> dict[str, Pieces]:
    """Return every boundary line in pieces, by id."""
    lines = ground.shapes.coverage.lines
    return {
        line: Pieces(
            *(line, length_km(geometry), geometry.is_ring, metres / TWO_SIDED_95, correlation_km),
            metric=to_metres(geometry),
        )
        for line, geometry, metres in zip(lines.id, lines.geometry, lines.uncertainty_m, strict=True)
    }
