"""A small map of one line: who held the land beside it, its ±, and where it runs once it is moved."""

from dataclasses import dataclass
from functools import lru_cache

import shapely
from markupsafe import Markup

from dashboard.templating import render
from dashboard.workbench.test_the_claims.texts import texts
from layers import Atlas
from layers.geometry.measure import to_metres
from layers.robustness.ground import Ground, ground_of
from layers.style.symbology import symbol, symbology

_ASPECT = 0.62  # height over width
_LEAST_WIDTH, _AROUND = 24_000.0, 7_000.0  # metres
_LONG_BAR = 40_000.0  # metres across from which the bar of the scale is 10 km long, not 5
_FINENESS = 800  # the smallest thing drawn is the width over this


@dataclass(frozen=True)
class _Ground:
    """What stays while the line moves: the window (UTM zone 38N, metres) and paths as SVG has them."""

    west: float
    south: float
    east: float
    north: float
    faces: tuple[tuple[str, str], ...]
    band: str
    course: str
    places: tuple[tuple[str, float, float], ...]

    @property
    def window(self) -> tuple[float, float, float, float]:
        """West, south, east, north in metres."""
        return self.west, self.south, self.east, self.north

    @property
    def fineness(self) -> float:
        """The smallest thing drawn, in metres."""
        return (self.east - self.west) / _FINENESS


def line_map(atlas: Atlas, line: str, metres: float, alt: str) -> Markup:
    """Return a map (SVG in HTML) of a line and the land that it hands over, moved by metres."""
    ground = _ground(atlas, line)
    handed, course = _moved(ground_of(atlas), line, metres, shapely.box(*ground.window))
    return render(
        "line_map.html",
        ground=ground,
        handed=_path(shapely.simplify(handed, ground.fineness), ground),
        course=_path(shapely.simplify(course, ground.fineness), ground),
        key=texts("moving")["key"],
        alt=alt,
        colours=_colours(),
        opacity=lambda status: symbol(status).get("fill-opacity", 0),
        has_moved=metres != 0,
        bar_km=10 if ground.east - ground.west > _LONG_BAR else 5,
    )


def _moved(
    ground: Ground, line: str, metres: float, window: shapely.Polygon
) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return the land that a shift hands over and the line's new course, seen through a window (UTM 38N)."""
    if not metres:
        return shapely.Polygon(), shapely.LineString()
    giver, _ = ground.given(line, outwards=metres > 0)
    land = _metric(ground, giver)
    seen = shapely.make_valid(shapely.clip_by_rect(land, *window.buffer(abs(metres)).bounds))
    strip = ground.strip(line, abs(metres))
    return seen & strip, strip.boundary & seen


@lru_cache(maxsize=128)
def _metric(ground: Ground, land: str) -> shapely.Geometry:
    return to_metres(ground.lands[land])


def _colours() -> dict[str, str]:
    """Return each colour by name, for light and dark pages alike, as CSS has it."""
    return {name: f"light-dark({light}, {dark})" for name, (light, dark) in symbology()["colours"].items()}


@lru_cache(maxsize=32)
def _ground(atlas: Atlas, line: str) -> _Ground:
    lines = atlas.coverage.lines
    row = lines[lines.id == line].iloc[0]
    course = to_metres(row.geometry)
    window = _window(course)
    faces, frame = atlas.coverage.faces, _Ground(*window, faces=(), band="", course="", places=())
    shapes = shapely.coverage_simplify([to_metres(face) for face in faces.geometry], frame.fineness)
    status = atlas.coverage.status_on(atlas.coverage.as_of)
    paths = [(kind, _path(shape, frame)) for kind, shape in zip(status, shapes, strict=True)]
    band = shapely.simplify(course.buffer(float(row.uncertainty_m)), frame.fineness)
    return _Ground(
        *window,
        faces=tuple((kind, path) for kind, path in paths if path),
        band=_path(band, frame),
        course=_path(shapely.simplify(course, frame.fineness), frame),
        places=tuple(_places(atlas, shapely.box(*window))),
    )


def _window(course: shapely.Geometry) -> tuple[float, float, float, float]:
    west, south, east, north = course.bounds
    width = max(east - west + 2 * _AROUND, (north - south + 2 * _AROUND) / _ASPECT, _LEAST_WIDTH)
    x, y = (west + east) / 2, (south + north) / 2
    return x - width / 2, y - width * _ASPECT / 2, x + width / 2, y + width * _ASPECT / 2


def _places(atlas: Atlas, window: shapely.Polygon) -> list[tuple[str, float, float]]:
    """Return the places in the window: name, x, y in metres from its north-west corner."""
    west, _, _, north = window.bounds
    found = []
    for feature in atlas.layers["places"].features:
        point = to_metres(feature.geometry)
        if window.contains(point):
            found.append((feature.name_in(), point.x - west, north - point.y))
    return found


def _path(shape: shapely.Geometry, ground: _Ground) -> str:
    """Return a shape (UTM zone 38N) as an SVG path in whole metres from the window's north-west corner."""
    seen = shapely.clip_by_rect(shape, ground.west, ground.south, ground.east, ground.north)
    return "".join(
        "M" + " ".join(f"{x - ground.west:.0f} {ground.north - y:.0f}" for x, y in line.coords)
        for part in shapely.get_parts(seen)
        for line in _lines(part)
    )


def _lines(part: shapely.Geometry) -> list[shapely.Geometry]:
    if part.geom_type == "Polygon":
        return [part.exterior, *part.interiors]
    return [part] if part.geom_type == "LineString" else []
