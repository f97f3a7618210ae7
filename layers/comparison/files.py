"""The files of other drawings and of settlements, each read once: every language asks for the same."""

from functools import lru_cache
from pathlib import Path

import geopandas as gpd


def rows_of(path: Path) -> gpd.GeoDataFrame:
    """Return the rows of a map file, not to be changed. Raises what geopandas does."""
    return _rows(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _rows(path: Path, _changed: int) -> gpd.GeoDataFrame:
    return gpd.read_file(path)
