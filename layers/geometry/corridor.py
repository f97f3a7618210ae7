"""How long and how wide the corridor comes out, to stand beside the article's 20 by 5 kilometres."""

import geopandas as gpd
import shapely

from layers.geometry.measure import area_km2, distance_m, length_km


def corridor_measures(corridor: shapely.Polygon, routes: gpd.GeoDataFrame) -> dict[str, float]:
    """Return the measures of the corridor (Polygon, WGS 84) about its road (LineStrings), in km.

    `road_km`: the drawn road within it, whose hairpins are left out; `crow_km`: between the ends of that
    road; `mean_width_km`: the corridor's area over `road_km`.
    """
    within = max(routes.geometry, key=lambda road: road.intersection(corridor).length)
    road = within.intersection(corridor)
    inside = road if road.geom_type == "LineString" else max(road.geoms, key=shapely.length)
    ends = [shapely.Point(inside.coords[0]), shapely.Point(inside.coords[-1])]
    return {
        "road_km": round(length_km(road), 1),
        "crow_km": round(distance_m(*ends) / 1000, 1),
        "mean_width_km": round(area_km2(corridor) / length_km(road), 1),
    }
