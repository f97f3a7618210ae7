"""The drawn background: countries and seas as faces between borders and coasts, rivers, roads and lakes.

The state borders of the coverage serve here too, so that the ground and the layers fit to the vertex.
"""

import geopandas as gpd
import pandas as pd
import shapely

from layers.data.files import Geodata
from layers.data.problems import Problem
from layers.geometry.coverage import join_label_points

_AREAS = ("country", "sea")
_BORDERS = ("state", "coast")


def draw_basemap(data: Geodata, problems: list[Problem]) -> gpd.GeoDataFrame:
    """Return the basemap as one frame in WGS 84, from below: `id`, `kind`, `names`, geometry.

    The far region, the countries and seas (Polygons), their borders and coasts, rivers, roads, lakes.
    Countries and seas also have the `label_point` set by hand. Appends a problem for each country or
    sea without a label point, and for each label point without a country or sea.
    """
    context = data.context
    drawn = context[context.kind.isin(_BORDERS)]
    shared = data.boundaries[data.boundaries.kind == "state"]
    frame = shapely.box(*data.descriptor["extent"]).boundary
    borders = shapely.union_all([*drawn.geometry, *shared.geometry, frame])
    labels = context[context.kind.isin(_AREAS)]
    areas, faults = join_label_points(list(shapely.get_parts(shapely.polygonize([borders]))), labels)
    problems.extend(
        Problem("context.geojson", fault.feature, fault.found, fault.expected) for fault in faults
    )
    areas = areas.merge(labels[["id", "geometry"]].rename(columns={"geometry": "label_point"}), on="id")
    lines = context[~context.kind.isin((*_AREAS, *_BORDERS))]
    parts = [data.region.assign(kind="region"), areas, drawn, shared, lines]
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry", crs=context.crs)
