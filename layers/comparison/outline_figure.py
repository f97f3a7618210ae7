"""The map of two drawings as a figure of HTML: SVG, its style and its key, for the page and the report."""

from collections.abc import Iterable
from itertools import pairwise

from layers.atlas import Atlas
from layers.comparison.drawing import Drawing
from layers.comparison.ours import our_shape
from layers.comparison.outline_map import HEIGHT, WIDTH, OutlineMap, Pair, outline_map
from layers.comparison.records import Stretch
from layers.comparison.shapes import shapes_by_feature
from layers.exports.templating import render
from layers.language.written import number
from layers.style.captions import captions
from layers.style.symbology import symbology


def drawing_figure(
    atlas: Atlas, drawing: Drawing, apart: Iterable[Stretch], *, feature: str = "", wipe: bool = False
) -> str:
    """Return the map of a drawing beside ours: of all areas that both have, or of one of them, by feature.

    `apart` are the drawing's `stretches`. A drawing that has none of our areas has no map: "".
    """
    shapes = shapes_by_feature(atlas, drawing)
    chosen = {feature: shapes[feature]} if feature in shapes else shapes
    pairs = [Pair(our_shape(atlas, each), shape) for each, shape in chosen.items()]
    if not pairs:
        return ""
    drawn = outline_map(atlas, pairs, [each for each in apart if each.feature in chosen])
    return outline_figure(drawn, drawing.title, wipe=wipe)


def outline_figure(drawn: OutlineMap, title: str, *, wipe: bool) -> str:
    """Return the figure; `title` is the other drawing's, whoever named it: it is escaped.

    With `wipe` there is a slider, which a script must move the areas' meeting line by.
    """
    style = symbology()
    return render(
        "outline_map.html",
        map=drawn,
        title=title,
        wipe=wipe,
        width=WIDTH,
        height=HEIGHT,
        colours=style["colours"],
        widths=style["apart"]["widths"],
        words=captions()["workbench"]["compare-drawings"]["map"],
        distances=_distances(),
    )


def _distances() -> list[str]:
    """Return what each class of distance is called, from the nearest to the farthest."""
    words = captions()["workbench"]["compare-drawings"]["map"]
    limits = [number(limit / 1000, "g") for limit in symbology()["apart"]["limits_m"]]
    between = [words["between"].format(low=low, high=high) for low, high in pairwise(limits)]
    return [words["within"].format(high=limits[0]), *between, words["beyond"].format(low=limits[-1])]
