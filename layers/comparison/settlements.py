"""Listed settlements: those that a drawing has on the wrong side of an area's outline."""

from functools import lru_cache
from typing import Any

import geopandas as gpd
import shapely

from layers.atlas import Atlas
from layers.comparison.drawing import OBLAST
from layers.comparison.files import rows_of
from layers.comparison.ours import DISTRICTS, MATCHABLE, our_shape
from layers.comparison.records import Villages
from layers.data.problems import GeodataError, Problem
from layers.data.schemas import Json

_INDEX = "settlements.json"


def villages(atlas: Atlas, feature: str, shape: shapely.Geometry) -> Villages | None:
    """Return how many listed settlements lie on the wrong side of our outline and of another (WGS 84).

    Those listed in today's rayon but within the former oblast, whose land it took in, are not looked at; nor
    are those that lie in neither drawing and are not listed in the area. None if there is no list of it.
    """
    for said, places in settlements(atlas):
        if feature in said["features"]:
            return _counted(atlas, feature, shape, places, said)
    return None


def _counted(
    atlas: Atlas, feature: str, shape: shapely.Geometry, places: gpd.GeoDataFrame, said: Json
) -> Villages:
    rule, points, listed = said["features"][feature], places.geometry.to_numpy(), places[said["column"]]
    inside = listed.isin(rule["inside"]).to_numpy()
    ours, theirs = (shapely.intersects_xy(area, *_xy(points)) for area in (our_shape(atlas, feature), shape))
    looked_at = (inside | ours | theirs) & ~listed.isin(rule.get("left_out", [])).to_numpy()
    if feature in DISTRICTS:
        looked_at &= ~shapely.intersects_xy(our_shape(atlas, OBLAST), *_xy(points))
    wrong = looked_at & (theirs != inside)
    return Villages(
        compared=int(looked_at.sum()),
        ours=int((looked_at & (ours != inside)).sum()),
        theirs=int(wrong.sum()),
        theirs_wrong=tuple(sorted(map(str, places.name[wrong]))),
    )


def _xy(points: Any) -> tuple[Any, Any]:  # noqa: ANN401 - numpy arrays
    return shapely.get_x(points), shapely.get_y(points)


@lru_cache(maxsize=8)  # an atlas a language
def settlements(atlas: Atlas) -> tuple[tuple[Json, gpd.GeoDataFrame], ...]:
    """Return what the index says of each list, with its settlements (Points, WGS 84). Raises GeodataError."""
    problems: list[Problem] = []
    found = tuple((said, _points(atlas, said, problems)) for said in atlas.settlements)
    if problems:
        raise GeodataError(problems)
    return found


def _points(atlas: Atlas, said: Json, problems: list[Problem]) -> gpd.GeoDataFrame:
    path = atlas.folder / "settlements" / said["file"]
    try:
        places = rows_of(path)
        listed = set(places.dropna(subset=["name", "geometry"])[said["column"]])
    except (OSError, RuntimeError, ValueError, LookupError) as error:
        problems.append(Problem(path.name, "-", f"unreadable ({error})", "a GeoJSON file of named places"))
        return gpd.GeoDataFrame()
    for feature, rule in said["features"].items():
        if feature not in MATCHABLE:
            unknown = f"an unknown area {feature}"
            problems.append(Problem(_INDEX, path.name, unknown, f"one of {', '.join(MATCHABLE)}"))
        for value in set(rule["inside"] + rule.get("left_out", [])) - listed:
            known = f"one of {', '.join(sorted(map(str, listed)))}"
            problems.append(Problem(_INDEX, path.name, f"{said['column']} {value}", known))
    return places
