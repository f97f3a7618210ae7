"""What the map document draws, as frames: the ground, the layers' features, the lines they are made of."""

from functools import lru_cache

import geopandas as gpd
import pandas as pd
import shapely

from dashboard.shared_lines import SharedLines
from layers import Atlas, Layer
from layers.data.files import WGS84, resource_extent
from layers.geometry.coverage import Area
from layers.geometry.uncertainty import uncertain_lines
from layers.style.symbology import symbology

# Of a degree. It moves no vertex of the far countries, which may be 8 km off, by a tenth of that.
_FAR_DECIMALS = 2


@lru_cache(maxsize=8)
def shared_lines(atlas: Atlas) -> SharedLines:
    """Return the lines of which ground, faces, features, outlines and bands of uncertainty are made."""
    layers = atlas.layers.values()
    return SharedLines(
        [
            *drawn_ground(atlas).geometry,
            *atlas.coverage.faces.geometry,
            *(layer.whole for layer in layers if layer.names),
            *(geometry for layer in layers for geometry in layer.geometries),
            *uncertain_lines(atlas.coverage).geometry,
        ]
    )


def drawn_ground(atlas: Atlas) -> gpd.GeoDataFrame:
    """Return the ground on two sheets: far water under the far countries, near land under the near borders.

    The sheet of land does for the neighbours' areas, which are left out. The far countries are rounded.
    """
    ground, around = atlas.basemap, resource_extent(atlas.descriptor, "region")
    water = ground.iloc[:1].assign(id="far-water", kind="sea", geometry=[shapely.box(*around)])
    extent = shapely.box(*atlas.descriptor["extent"])
    land = ground.iloc[:1].assign(id="near-land", kind="country", geometry=[extent])
    is_far, is_near = (
        ground.kind == "region",
        (ground.kind != "country") | ground.id.isin(symbology()["home"]),
    )
    far = ground[is_far]
    far = far.assign(geometry=shapely.transform(far.geometry.to_numpy(), lambda at: at.round(_FAR_DECIMALS)))
    # The countries are cut where the ground ends: their outlines there would be a frame around it.
    edge = water.assign(id="far-edge", kind="edge", geometry=water.boundary)
    return pd.concat([water, far, edge, land, ground[is_near & ~is_far]], ignore_index=True)


def features_of(layer: Layer) -> gpd.GeoDataFrame:
    """Return a layer's features (WGS 84) with their ids."""
    ids = {"id": [feature.id for feature in layer.features]}
    return gpd.GeoDataFrame(ids, geometry=layer.geometries, crs=WGS84)


@lru_cache(maxsize=4)
def fronts_of(atlas: Atlas, area: Area) -> gpd.GeoDataFrame:
    """Return the schematic lines between the sides in an area (LineStrings, WGS 84), each with its days."""
    coverage = atlas.coverage
    faces = coverage.faces_of(area)
    divided = {day.isoformat(): set(coverage.schematic_fronts(faces, day).id) for day in atlas.days}
    lines = coverage.lines[coverage.lines.id.isin(set().union(*divided.values()))]
    days = [[day for day, ids in divided.items() if identifier in ids] for identifier in lines.id]
    return lines[["id", "geometry"]].assign(apart=days)


def outline_of(layer: Layer) -> gpd.GeoDataFrame:
    """Return all of a named region (WGS 84) as one, whoever holds its parts."""
    return gpd.GeoDataFrame({"id": [f"{layer.id}-outline"]}, geometry=[layer.whole], crs=WGS84)
