"""The names on the map: what is labelled, where, in which order of importance, and from which zoom."""

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from layers import Atlas
from layers.definitions import dissolve

# From which zoom a place of a rank (1 to 5) is worth its room.
_FIRST_ZOOM = {1: 4.5, 2: 7.25, 3: 8.75, 4: 9.5, 5: 10}
_DISTRICTS, _GROUND, _FAR = (7.75, 99), (6.5, 99), (3, 7)  # zooms at which they are named


def labels(atlas: Atlas) -> Iterator[dict[str, Any]]:
    """Yield the labels, most important first; the script leaves out those that would collide.

    `at` is latitude, longitude; `layer` names the layer that the label comes and goes with, if any.
    """
    ground = atlas.ground
    places = atlas.coverage.places[atlas.coverage.places.kind != "camp"]  # its name is a sentence
    for row in _rows(atlas.layers["protectorates"].features):
        yield {**_label(row, "district", inner_point(row["geometry"]), _FAR), "layer": "protectorates"}
    for row in _rows(ground[ground.kind.isin(("country", "sea"))]):
        yield _label(row, row["kind"], row["label_point"], _GROUND)
    for row in _rows(ground[(ground.kind == "region") & ground.names.notna()]):
        yield _label(row, "country", inner_point(row["geometry"]), _FAR)
    for row in _rows(places.sort_values(["rank", "id"])):
        label = _label(row, f"place {row['kind']}", row["geometry"], (_FIRST_ZOOM[row["rank"]], 99))
        yield {**label, "layer": "places"} if row["on_layer"] else label
    for layer in atlas.layers.values():
        if layer.names:
            whole = inner_point(dissolve(layer.features))
            yield {**_label(vars(layer), "region", whole, _DISTRICTS), "layer": layer.id}
    for row in _rows(atlas.layers["returned-districts"].features):
        yield {
            **_label(row, "district", inner_point(row["geometry"]), _DISTRICTS),
            "layer": "returned-districts",
        }
    for row in _rows(ground[ground.kind == "lake"]):
        yield _label(row, "water", inner_point(row["geometry"]), (8, 99))
    for row in _rows(ground[(ground.kind == "river") & ground.names.notna()]):
        yield _label(row, "water", middle(row["geometry"]), (9.5, 99))


def inner_point(geometry: shapely.Geometry) -> shapely.Point:
    """Return the point of an area farthest from its outline, in the plane of longitude and latitude."""
    if geometry.geom_type == "Point":
        return geometry
    return shapely.Point(shapely.maximum_inscribed_circle(geometry).coords[0])


def middle(line: shapely.Geometry) -> shapely.Point:
    """Return the point half-way along the longest part of a line."""
    longest = max(shapely.get_parts(line), key=shapely.length)
    return longest.interpolate(0.5, normalized=True)


def lat_lon(geometry: shapely.Geometry) -> list[float]:
    """Return where a popup of this geometry opens: latitude, longitude, as Leaflet wants them."""
    is_line = geometry.geom_type in ("LineString", "MultiLineString")
    point = middle(geometry) if is_line else inner_point(geometry)
    return [round(point.y, 5), round(point.x, 5)]


def _label(
    row: dict[str, Any], kind: str, point: shapely.Point, zooms: tuple[float, float]
) -> dict[str, Any]:
    label = {"id": row["id"], "kind": kind, "names": row["names"], "at": lat_lon(point), "zooms": zooms}
    height = row.get("height_m")
    return label if pd.isna(height) else {**label, "height": f"{height:,.0f} m"}


def _rows(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    return [dict(row) for row in frame.to_dict("records")]
