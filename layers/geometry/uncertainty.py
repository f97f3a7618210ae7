"""How far each drawn line may be off: the lines with their uncertainty, and the bands around them."""

import geopandas as gpd
import pandas as pd
import shapely

from layers.data.files import WGS84
from layers.geometry.coverage import Coverage
from layers.geometry.measure import METRIC


def uncertain_lines(coverage: Coverage) -> gpd.GeoDataFrame:
    """Return each boundary line and road (LineStrings, WGS 84) with `id` and `uncertainty_m` (metres)."""
    return pd.concat([coverage.lines, coverage.routes], ignore_index=True)[
        ["id", "uncertainty_m", "geometry"]
    ]


def bands(coverage: Coverage) -> gpd.GeoDataFrame:
    """Return the band around each line within which it may lie (Polygons, WGS 84), widest first.

    The line is buffered by its `uncertainty_m` in UTM zone 38N, whose scale is true to 0.1 % here.
    """
    lines = uncertain_lines(coverage).sort_values(["uncertainty_m", "id"], ascending=[False, True])
    widths = lines.uncertainty_m.to_numpy()
    around = shapely.buffer(lines.to_crs(METRIC).geometry.to_numpy(), widths, quad_segs=4)
    frame = lines.drop(columns="geometry").reset_index(drop=True)
    return gpd.GeoDataFrame(frame, geometry=around, crs=METRIC).to_crs(WGS84)
