"""How far each drawn line may be off: the lines, the bands around them, and what is least certain."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from layers.data.files import WGS84
from layers.geometry.coverage import Coverage
from layers.geometry.definitions import on_layer
from layers.geometry.label_points import lat_lon
from layers.geometry.measure import METRIC

_KEPT = (
    *("id", "title", "follows", "uncertainty_m", "uncertainty_basis", "precision"),
    *("digitized_after", "note"),
)


@dataclass(frozen=True)
class Uncertain:
    """A line, road or place of the map: what it is, how far it may be off (metres), and why.

    `precision` is `approximate` or `schematic`; `basis` says how the distance was found, `why` what else
    there is to know, and both may be empty; `at` is latitude and longitude of a point on it, in degrees.
    """

    id: str
    title: str
    uncertainty_m: int
    precision: str
    basis: str
    why: str
    at: tuple[float, float]


def least_certain(coverage: Coverage, count: int = 5) -> list[Uncertain]:
    """Return what may be farthest off of all that is drawn in and around Karabakh, the worst first.

    Of things equally far off, the schematic go before the approximate. The regions that the article only
    compares are left out: they are drawn coarser, and nothing here rests on them.
    """
    places = on_layer(coverage.places)
    places = places.assign(follows=[next(iter(names.values())) for names in places.names])
    drawn = pd.concat([coverage.lines, coverage.routes, places], ignore_index=True)
    drawn = drawn.assign(is_approximate=drawn.precision != "schematic")
    worst = drawn.sort_values(["uncertainty_m", "is_approximate", "id"], ascending=[False, True, True])
    return [_uncertain(row) for row in worst.head(count).to_dict("records")]


def _uncertain(row: dict[str, Any]) -> Uncertain:
    """Return a thing as a record; a line without a title is called after what it follows."""
    title = row["follows"] if pd.isna(row["title"]) else row["title"]
    basis, why = ("" if pd.isna(row[key]) else row[key] for key in ("uncertainty_basis", "note"))
    return Uncertain(
        row["id"], title, int(row["uncertainty_m"]), row["precision"], basis, why, lat_lon(row["geometry"])
    )


def uncertain_lines(coverage: Coverage) -> gpd.GeoDataFrame:
    """Return each boundary line and road (LineStrings, WGS 84) with `id` and `uncertainty_m` (metres).

    Also what else is known of it: `title`, `follows`, `uncertainty_basis`, `precision`, `digitized_after`,
    `note`.
    """
    return pd.concat([coverage.lines, coverage.routes], ignore_index=True)[[*_KEPT, "geometry"]]


def bands(coverage: Coverage) -> gpd.GeoDataFrame:
    """Return the band around each line within which it may lie (Polygons, WGS 84), widest first.

    The line is buffered by its `uncertainty_m` in UTM zone 38N, whose scale is true to 0.1 % here.
    """
    lines = uncertain_lines(coverage).sort_values(["uncertainty_m", "id"], ascending=[False, True])
    widths = lines.uncertainty_m.to_numpy()
    around = shapely.buffer(lines.to_crs(METRIC).geometry.to_numpy(), widths, quad_segs=4)
    frame = lines.drop(columns="geometry").reset_index(drop=True)
    return gpd.GeoDataFrame(frame, geometry=around, crs=METRIC).to_crs(WGS84)
