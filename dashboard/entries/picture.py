"""A small map of what a page is about, in its surroundings: SVG, drawn with the map's own colours."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from markupsafe import Markup

from dashboard.entries.picture_frame import HEIGHT, M_PER_DEGREE, WIDTH, Box, Frame, Shapes, mercator
from dashboard.templating import render
from layers import Atlas
from layers.features import Feature
from layers.language.written import long_date
from layers.style.captions import captions
from layers.style.symbology import symbology

_NAMED = 3  # features that the title names
_LETTER, _LINE = 22, 44  # units on a phone: the mean width of a letter, the height of a line of text
_FAR, _NEAR = ("region",), ("sea", "country", "lake", "coast", "river", "state")


@dataclass(frozen=True)
class Path:
    """An outline as SVG has it, with the classes that the style sheet of the map knows."""

    classes: str
    d: str


@dataclass(frozen=True)
class Spot:
    """A place: its position in units, its name and classes; `radius` is what it may be off, or 0."""

    name: str
    classes: str
    x: int
    y: int
    radius: int
    is_named: bool
    is_left: bool


def picture(atlas: Atlas, ids: tuple[str, ...]) -> Markup:
    """Return the map around some features, outlined, as SVG with a title and a description.

    It shows who held what on the day of the data. Far around it has the countries alone. What is drawn is
    the same in every language; what is written follows that which is spoken.
    """
    shown = [atlas.features[identifier] for identifier in ids]
    (frame, is_near, paths), texts = _drawn(atlas, ids), captions()["entries"]["picture"]
    names = captions()["entries"]["and"].join(feature.name_in() for feature in shown[:_NAMED])
    names += texts["more"].format(count=len(shown) - _NAMED) if len(shown) > _NAMED else ""
    return render(
        "entry_picture.html",
        width=WIDTH,
        height=HEIGHT,
        title=texts["title"].format(names=names),
        description=_description(atlas, shown, texts, is_near=is_near),
        paths=paths,
        spots=_spots(atlas, shown, frame),
        hatches=symbology()["hatches"],
        radius=symbology()["marker_radius"] * 2,
    )


@lru_cache(maxsize=256)
def _drawn(atlas: Atlas, ids: tuple[str, ...]) -> tuple[Frame, bool, list[Path]]:
    """Return what is drawn: the frame, whether it lies on the map of who held what, and the outlines."""
    shown = [atlas.features[identifier] for identifier in ids]
    frame = Frame(shown)
    is_near = frame.is_within(tuple(atlas.descriptor["extent"]))
    return frame, is_near, _paths(atlas, shown, frame, is_near=is_near)


def _description(atlas: Atlas, shown: list[Feature], texts: dict[str, str], *, is_near: bool) -> str:
    west, south, east, north = shapely.total_bounds([feature.geometry for feature in shown])
    is_point = (west, south) == (east, north)
    where = texts["at" if is_point else "between"].format(west=west, south=south, east=east, north=north)
    what = texts["near" if is_near else "far"].format(date=long_date(atlas.descriptor["as_of"]))
    return f"{where} {what}"


@lru_cache(maxsize=4)
def _ground(atlas: Atlas, *, is_near: bool) -> tuple[list[str], Shapes]:
    """Return the basemap on Mercator's map from below, and over it who held what: classes, and shapes."""
    ground, coverage = atlas.basemap, atlas.coverage
    rows = [
        (f"ground {kind} {row.id}", row.geometry)
        for kind in (_NEAR if is_near else _FAR)
        for row in ground[ground.kind == kind].itertuples()
    ]
    areas = symbology()["coloured_by_holder"].values() if is_near else ()
    for area in areas:
        held = coverage.by_status(area, coverage.as_of)
        rows += [(f"fill in-{area} {status}", shape) for status, shape in held.items()]
    classes, shapes = zip(*rows, strict=True)
    return list(classes), shapely.transform(np.array(shapes, dtype=object), mercator)


def _paths(atlas: Atlas, shown: list[Feature], frame: Frame, *, is_near: bool) -> list[Path]:
    """Return what is in the frame of the ground, and over it the features that are shown, each outlined."""
    classes, shapes = _ground(atlas, is_near=is_near)
    drawn = list(map(Path, classes, frame.paths(shapes)))
    outlined = [feature for feature in shown if feature.geometry.geom_type != "Point"]
    shapes = shapely.transform(np.array([each.geometry for each in outlined], dtype=object), mercator)
    for feature, d in zip(outlined, frame.paths(shapes), strict=True):
        drawn += [Path(f"feature {feature.layer} {feature.id}", d), Path("pointed", d)]
    return [path for path in drawn if path.d]


def _spots(atlas: Atlas, shown: list[Feature], frame: Frame) -> list[Spot]:
    """Return the places in the frame, those that are shown first; a name that finds no room is left out."""
    places = [feature for feature in shown if feature.geometry.geom_type == "Point"]
    places += [feature for feature in atlas.layers["places"].features if feature not in shown]
    taken: list[Box] = []
    spots = []
    for place in places:
        x, y = map(round, frame.to_units(mercator(np.array(place.geometry.coords)))[0])
        if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            continue
        side = _side(place.name_in(), x, y, taken)
        is_shown = place in shown
        off = place.uncertainty_m / M_PER_DEGREE / np.cos(np.radians(place.geometry.y)) * frame.scale
        spots.append(
            Spot(
                name=place.name_in(),
                classes=f"feature {place.layer} {place.id}{' pointed' if is_shown else ''}",
                x=x,
                y=y,
                radius=round(off) if is_shown else 0,
                is_named=side is not None,
                is_left=side == "left",
            )
        )
    return spots


def _side(name: str, x: int, y: int, taken: list[Box]) -> str | None:
    """Return on which side of a place its name has room, and take that; None if on neither."""
    width, gap = _LETTER * len(name), 16
    for side, left in (("right", x + gap), ("left", x - gap - width)):
        box = (left, y - _LINE / 2, left + width, y + _LINE / 2)
        is_free = not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for other in taken
        )
        if is_free and left >= 0 and left + width <= WIDTH:
            taken.append(box)
            return side
    return None
