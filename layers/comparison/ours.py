"""What an area of another drawing can be: our areas by feature id, and two that are no single feature."""

from collections.abc import Mapping

import shapely

from layers.atlas import Atlas
from layers.comparison.drawing import BEFORE_THE_WAR, OBLAST
from layers.geometry.coverage import dissolve
from layers.style.captions import captions
from layers.text.measured import AZERBAIJANI, HANDED_OVER, HELD, REGAINED

CORRIDOR, ZONES = "lachin-corridor", ("russian-area-north", "russian-area-south")
DISTRICTS = tuple(sorted((*HANDED_OVER, *REGAINED)))
MATCHABLE = (OBLAST, HELD, AZERBAIJANI, *DISTRICTS, CORRIDOR, *ZONES, BEFORE_THE_WAR)


def matchable(atlas: Atlas) -> Mapping[str, str]:
    """Return what an area of a drawing can be: ids with titles, in the order of a list to choose from."""
    own = captions()["comparison"]["areas"]
    return {each: own.get(each) or atlas.features[each].name_in() for each in MATCHABLE}


def our_shape(atlas: Atlas, feature: str) -> shapely.Geometry:
    """Return our area of one of `MATCHABLE` (Polygon or MultiPolygon, WGS 84 degrees)."""
    coverage = atlas.coverage
    if feature == OBLAST:
        return dissolve(coverage.faces_of("oblast"))
    if feature == BEFORE_THE_WAR:
        return dissolve(coverage.armenian_held(coverage.before_the_war))
    return atlas.features[feature].geometry
