"""The road within the corridor, with one of the corridor's lines shifted."""

import geopandas as gpd
import shapely

from layers.geometry.measure import corridor_measures, to_degrees
from layers.robustness.ground import CORRIDOR, Ground
from layers.robustness.shifts import extended

Corridor = tuple[shapely.Geometry, gpd.GeoDataFrame]  # Polygon or MultiPolygon, and roads, WGS 84 degrees


def road_km(corridor: shapely.Geometry, roads: gpd.GeoDataFrame) -> float:
    """Return the length of the road within a corridor, as the claim measures it, km."""
    return corridor_measures(corridor, roads)["road_km"]


def shifted_corridor(ground: Ground, line: str, metres: float) -> Corridor:
    """Return the corridor and the roads with one of its lines shifted, outwards if `metres` is positive."""
    giver, taker = ground.given(line, outwards=metres > 0)
    handed = ground.lands[giver] & to_degrees(ground.strip(line, abs(metres)))
    return (
        with_land(ground, handed, taker)
        if metres
        else (ground.lands[CORRIDOR], ground.shapes.coverage.routes)
    )


def with_land(ground: Ground, handed: shapely.Geometry, taker: str) -> Corridor:
    """Return the corridor and the roads after land (Polygon or MultiPolygon) has been handed over."""
    corridor, routes = ground.lands[CORRIDOR], ground.shapes.coverage.routes
    if taker != CORRIDOR:
        return corridor - handed, routes
    return corridor | handed, extended(routes, corridor | handed, handed)
