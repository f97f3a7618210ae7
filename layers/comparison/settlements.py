"""Listed settlements: those that a drawing has on the wrong side of an area's outline."""

from functools import cache
from typing import Any

import geopandas as gpd
import shapely

from layers.atlas import Atlas
from layers.comparison.drawing import OBLAST
from layers.comparison.ours import DISTRICTS, our_shape
from layers.comparison.records import Villages
from layers.data.files import Json, read_json
from layers.data.folders import GEODATA
from layers.data.problems import GeodataError, Problem

_FOLDER = GEODATA / "settlements"


def villages(atlas: Atlas, feature: str, shape: shapely.Geometry) -> Villages | None:
    """Return how many listed settlements lie on the wrong side of our outline and of another (WGS 84).

    Those listed in today's rayon but within the former oblast, whose land it took in, are not looked at; nor
    are those that lie in neither drawing and are not listed in the area. None if there is no list of it.
    """
    for said, places in _lists():
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


@cache
def _lists() -> tuple[tuple[Json, gpd.GeoDataFrame], ...]:
    problems: list[Problem] = []
    lists = read_json(_FOLDER / "settlements.json", problems)
    if problems:
        raise GeodataError(problems)
    return tuple((said, gpd.read_file(_FOLDER / said["file"])) for said in lists)
