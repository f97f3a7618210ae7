"""A small map of what a page is about, in its surroundings: SVG, drawn with the map's own colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from markupsafe import Markup

from dashboard.templating import render
from layers import Atlas
from layers.features import Feature
from layers.language.written import long_date
from layers.style.captions import captions
from layers.style.symbology import symbology

_WIDTH, _HEIGHT = 1440, 960  # units of the drawing
_SMALLEST = 0.7  # degrees: the width of the frame around a place
_AROUND = 0.18  # of the size of what is shown, on each side
_UNCERTAIN = 4  # how many times as wide as a place may be off the frame is at least
_SIMPLIFIED_BY = 2.0  # units: a point on most screens
_BEYOND = 20  # units beyond the frame, where an outline that is cut off runs unseen
_NAMED = 3  # features that the title names
_M_PER_DEGREE = 111_320  # of latitude, and on Mercator's map of anything at the equator
_LETTER, _LINE = 22, 44  # units on a phone: the mean width of a letter, the height of a line of text
_FAR, _NEAR = ("region",), ("sea", "country", "lake", "coast", "river", "state")
Shapes = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Path:
    """An outline as SVG has it, with the classes that the style sheet of the map knows."""

    classes: str
    d: str


@dataclass(frozen=True)
class Spot:
    """A place: its position in units, its name and classes; `radius` is what it may be off, or 0."""

    name: str
    lang: str
    classes: str
    x: int
    y: int
    radius: int
    is_named: bool
    is_left: bool


class _Frame:
    """The part of Mercator's map that is shown, and how degrees become units."""

    def __init__(self, shown: Sequence[Feature]) -> None:
        west, south, east, north = shapely.total_bounds([feature.geometry for feature in shown])
        (_, low), (_, high) = _mercator(np.array([[west, south], [east, north]]))
        points = [feature.uncertainty_m for feature in shown if feature.geometry.geom_type == "Point"]
        least = max(_SMALLEST, _UNCERTAIN * max(points, default=0) / _M_PER_DEGREE)
        wide, tall = (1 + 2 * _AROUND) * (east - west), (1 + 2 * _AROUND) * (high - low)
        width = max(least, wide, tall * _WIDTH / _HEIGHT)
        self.scale = _WIDTH / width
        self.west = (west + east - width) / 2
        self.top = float(low + high + width * _HEIGHT / _WIDTH) / 2

    def to_units(self, positions: Numbers) -> Numbers:
        """Return positions on Mercator's map in units from the frame's upper left corner."""
        x, y = positions.T
        return np.column_stack([(x - self.west) * self.scale, (self.top - y) * self.scale])

    def paths(self, shapes: Shapes) -> list[str]:
        """Return what is in the frame of lines or areas on Mercator's map; empty where nothing is."""
        edge = _BEYOND / self.scale
        right, bottom = self.west + _WIDTH / self.scale, self.top - _HEIGHT / self.scale
        cut = shapely.clip_by_rect(shapes, self.west - edge, bottom - edge, right + edge, self.top + edge)
        simple = shapely.simplify(cut, _SIMPLIFIED_BY / self.scale, preserve_topology=False)
        drawn = shapely.transform(simple, self.to_units)
        return ["".join(_d(part) for part in shapely.get_parts(shape) if part.length) for shape in drawn]

    def is_within(self, extent: Box) -> bool:
        """Tell whether the frame lies within an extent (west, south, east, north, in degrees)."""
        (west, south), (east, north) = _mercator(np.array([extent[:2], extent[2:]]))
        right, bottom = self.west + _WIDTH / self.scale, self.top - _HEIGHT / self.scale
        return bool(west <= self.west and south <= bottom and right <= east and self.top <= north)


def _mercator(positions: Numbers) -> Numbers:
    """Return where positions (longitude, latitude) lie on Mercator's map, in degrees of its equator."""
    longitude, latitude = positions.T
    north = np.degrees(np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)))
    return np.column_stack([longitude, north])


def _d(part: shapely.Geometry) -> str:
    """Return lines and rings as SVG has them, in whole units, each point seen from the one before."""
    rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
    written = []
    for ring in rings:
        points = np.rint(shapely.get_coordinates(ring)).astype(int)
        steps = np.diff(points, axis=0)
        steps = steps[steps.any(axis=1)]
        x, y = points[0]
        written.append(f"M{x} {y}l{' '.join(map(str, steps.ravel().tolist()))}".replace(" -", "-"))
    return "".join(written)


@lru_cache(maxsize=256)
def picture(atlas: Atlas, ids: tuple[str, ...]) -> Markup:
    """Return the map around some features, outlined, as SVG with a title and a description.

    It shows who held what on the day of the data. Far around it has the countries alone.
    """
    shown = [atlas.features[identifier] for identifier in ids]
    frame, texts = _Frame(shown), captions()["entries"]["picture"]
    is_near = frame.is_within(tuple(atlas.descriptor["extent"]))
    names = captions()["entries"]["and"].join(feature.name_in() for feature in shown[:_NAMED])
    names += texts["more"].format(count=len(shown) - _NAMED) if len(shown) > _NAMED else ""
    return render(
        "entry_picture.html",
        width=_WIDTH,
        height=_HEIGHT,
        title=texts["title"].format(names=names),
        description=_description(atlas, shown, texts, is_near=is_near),
        paths=_paths(atlas, shown, frame, is_near=is_near),
        spots=_spots(atlas, shown, frame),
        hatches=symbology()["hatches"],
        radius=symbology()["marker_radius"] * 2,
    )


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
    return list(classes), shapely.transform(np.array(shapes, dtype=object), _mercator)


def _paths(atlas: Atlas, shown: list[Feature], frame: _Frame, *, is_near: bool) -> list[Path]:
    """Return what is in the frame of the ground, and over it the features that are shown, each outlined."""
    classes, shapes = _ground(atlas, is_near=is_near)
    drawn = list(map(Path, classes, frame.paths(shapes)))
    outlined = [feature for feature in shown if feature.geometry.geom_type != "Point"]
    shapes = shapely.transform(np.array([each.geometry for each in outlined], dtype=object), _mercator)
    for feature, d in zip(outlined, frame.paths(shapes), strict=True):
        drawn += [Path(f"feature {feature.layer} {feature.id}", d), Path("pointed", d)]
    return [path for path in drawn if path.d]


def _spots(atlas: Atlas, shown: list[Feature], frame: _Frame) -> list[Spot]:
    """Return the places in the frame, those that are shown first; a name that finds no room is left out."""
    places = [feature for feature in shown if feature.geometry.geom_type == "Point"]
    places += [feature for feature in atlas.layers["places"].features if feature not in shown]
    taken: list[Box] = []
    spots = []
    for place in places:
        x, y = map(round, frame.to_units(_mercator(np.array(place.geometry.coords)))[0])
        if not (0 <= x <= _WIDTH and 0 <= y <= _HEIGHT):
            continue
        side = _side(place.name_in(), x, y, taken)
        is_shown = place in shown
        off = place.uncertainty_m / _M_PER_DEGREE / np.cos(np.radians(place.geometry.y)) * frame.scale
        spots.append(
            Spot(
                name=place.name_in(),
                lang="en",
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
        if is_free and left >= 0 and left + width <= _WIDTH:
            taken.append(box)
            return side
    return None
