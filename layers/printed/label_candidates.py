"""Which names a picture calls for, and where each may stand, in units of the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from layers.atlas import Atlas, Layer
from layers.features import name_in
from layers.geometry.coverage import dissolve
from layers.geometry.label_points import inner_point, middle
from layers.labels import Label, labels
from layers.printed.extent import Frame
from layers.printed.page import Box
from layers.printed.request import View, drawn_layers
from layers.style.fonts import Style, style

# Of a zoom: paper resolves more than a screen, so a name comes a little sooner, a marker's sooner still.
_FINER, _FINER_MARKED = 0.4, 1.6
# From which zoom a region is named as the article has it; below, shorter and in a narrower column.
_WHOLE_NAME_FROM, _NARROWED = 8.5, 0.7
_DOT_RADIUS, _FROM_DOT, _FROM_MARKER = 3.0, 6.5, 9.0  # units; what the article names has a marker already
_GRID, _STEPS, _MOST_TRIED = 6.0, 30, 160  # positions tried for the name of an area: units between, how many
_LEAST_LAKE = 0.7  # of its name's width: a smaller lake goes without
_ALONG = (0.5, 0.35, 0.65, 0.2, 0.8)  # of a river: where its name may stand
_MOST_OUTSIDE, _OUTSIDE_COST = (
    {"region": 0.4, "country far": 0.6},
    100.0,
)  # the share of a name that may stand outside its area
# Where the name of a place may stand: to the right or left, above or below, and how many units farther
# off the position counts for.
_AROUND = ((1, 0, 0), (-1, 0, 8), (1, -1, 10), (1, 1, 10), (0, -1, 14), (0, 1, 14), (-1, -1, 16), (-1, 1, 16))

Candidates = Iterator[tuple[float, Box]]


@dataclass(frozen=True)
class Name:
    """A name to be placed: its lines, their style and language, its point, and what it names, in units.

    `named` is a Point (with a dot of its own, or `marked` by a feature's marker), an area, or a river's line.
    A name stands `beside` a point or a small far region; it stands within other areas, and along rivers.
    """

    id: str
    kind: str
    lines: tuple[str, ...]
    style: Style
    lang: str
    at: shapely.Point
    named: shapely.Geometry
    marked: bool
    beside: bool

    @property
    def text(self) -> str:
        """The name without regard to how it is set, to tell that a town and its district share it."""
        return "".join("".join(self.lines).split()).casefold()

    @cached_property
    def width(self) -> float:
        """The width of its longest line."""
        return max(map(self.style.measure, self.lines))

    @cached_property
    def height(self) -> float:
        """The height of its lines together."""
        return self.style.ascent + self.style.descent + (len(self.lines) - 1) * self.style.leading

    @property
    def dot(self) -> Box | None:
        """The room of the dot that is drawn with it, if any."""
        if self.marked or self.named.geom_type != "Point":
            return None
        reach = _DOT_RADIUS + 1
        return Box(self.at.x - reach, self.at.y - reach, 2 * reach, 2 * reach)

    def candidates(self) -> Candidates:
        """Yield where it may stand, with how much less good that is than its best position."""
        if self.beside:
            return self._around()
        if "Line" in self.named.geom_type:
            return self._along()
        return self._within()

    def _centred(self, x: float, y: float) -> Box:
        return Box(x - self.width / 2, y - self.height / 2, self.width, self.height)

    def _around(self) -> Candidates:
        off = _FROM_MARKER if self.marked else _FROM_DOT
        west, south, east, north = self.named.bounds
        half_width, half_height = off + (east - west) / 2, off + (north - south) / 2
        for across, down, cost in _AROUND:
            aside, above = (0.75, 0.5) if across and down else (1, 1)
            x = (west + east) / 2 + across * (aside * half_width + self.width / 2)
            y = (south + north) / 2 + down * (above * half_height + self.height / 2)
            yield cost, self._centred(x, y)

    def _along(self) -> Candidates:
        longest = max(shapely.get_parts(self.named), key=shapely.length, default=None)
        if longest is None or longest.length < self.width:
            return
        for number, fraction in enumerate(_ALONG):
            point = longest.interpolate(fraction, normalized=True)
            yield 6.0 * number, self._centred(point.x, point.y)

    def _within(self) -> Candidates:
        """The point itself if the area holds the name there, else the nearest position where it does."""
        west, south, east, north = self.named.bounds
        if self.kind == "water" and east - west < self.width * _LEAST_LAKE:
            return
        if self.kind == "water" or self.named.geom_type == "Point":
            yield 0, self._centred(self.at.x, self.at.y)
        step = max(_GRID, (east - west) / _STEPS, (north - south) / _STEPS)
        around = np.arange(-2 * _STEPS, 2 * _STEPS + 1) * step
        x, y = (axis.ravel() for axis in np.meshgrid(self.at.x + around, self.at.y + around))
        inside = (x > west) & (x < east) & (y > south) & (y < north)
        x, y = x[inside], y[inside]
        nearest = np.argsort(np.hypot(x - self.at.x, y - self.at.y), kind="stable")
        half_width, half_height = self.width / 2 + 2, self.height / 2 + 2
        x, y = x[nearest], y[nearest]
        boxes = shapely.box(x - half_width, y - half_height, x + half_width, y + half_height)
        most = _MOST_OUTSIDE.get(self.kind, 0.0)
        if most:
            boxes = boxes[:_MOST_TRIED]
            outside = 1 - shapely.area(shapely.intersection(boxes, self.named)) / shapely.area(boxes)
        else:
            shapely.prepare(self.named)
            outside = 1.0 - shapely.contains(self.named, boxes)
        for number in np.flatnonzero(outside <= most)[:_MOST_TRIED]:
            off = float(np.hypot(x[number] - self.at.x, y[number] - self.at.y))
            cost = off / 2 + float(outside[number]) * _OUTSIDE_COST
            yield cost, self._centred(float(x[number]), float(y[number]))


def names(atlas: Atlas, shown: View, frame: Frame) -> Iterator[Name]:
    """Yield the names that the map's scale and layers call for, most important first."""
    on = {layer.id: layer for layer in drawn_layers(atlas, shown)}
    features = {feature.id for layer in on.values() for feature in layer.features}
    if frame.is_far:  # Karabakh is named there whether or not its layer is on
        on |= {layer.id: layer for layer in atlas.layers.values() if layer.names}
    wanted = [label for label in labels(atlas) if label.layer is None or label.layer in on]
    # A marker needs its name, so it is the district that goes without where one of the two has to.
    without = {
        each.unless
        for each in wanted
        if each.until and each.id in features and frame.zoom < each.until - _FINER
    }
    for label in wanted:
        marked = label.id in features
        if label.id not in without and _is_called_for(label, frame, marked=marked):
            name = _name(label, shown.lang, frame, _named(atlas, on, label), marked=marked)
            if name.lines and not name.named.is_empty:
                yield name


def _is_called_for(label: Label, frame: Frame, *, marked: bool) -> bool:
    """Tell whether a label belongs on a map of this scale: far off the states and regions alone."""
    is_far = label.kind.endswith(" far")
    if is_far or frame.is_far:
        return is_far and frame.is_far
    finer = _FINER_MARKED if marked and label.kind.startswith("place") else _FINER
    return label.zooms[0] <= frame.zoom + finer


def _name(label: Label, lang: str, frame: Frame, named: shapely.Geometry | None, *, marked: bool) -> Name:
    """Return a label's name in the chosen form, and what of the thing it names is in the frame."""
    latitude, longitude = label.at
    point = frame.on_page(shapely.Point(longitude, latitude))
    kind = label.kind
    letters = style("labels", "place named" if marked and kind == "place town" else _style_of(kind))
    forms = label.names
    width = letters.width or frame.box.width
    if kind == "region" and frame.zoom < _WHOLE_NAME_FROM:
        forms = {code: form for code, form in forms.items() if code != "article"} or forms
        width *= _NARROWED
    text = name_in(forms, lang)
    spoken = lang if forms.get(lang) == text else "en"
    written = letters.written(f"{text}, {label.height}" if label.height else text, spoken)
    lines = letters.wrap(written, width) if written else []
    visible = point if named is None else shapely.clip_by_rect(frame.on_page(named), *frame.area.bounds)
    if visible.area and not frame.area.contains(point):
        point = inner_point(visible)  # the point set by hand is off the picture
    elif visible.length and not visible.area:
        point = middle(visible)
    beside = kind.startswith("place") or kind == "district far"
    return Name(label.id, kind, tuple(lines), letters, spoken, point, visible, marked, beside)


def _style_of(kind: str) -> str:
    return "place" if kind == "place town" else kind


def _named(atlas: Atlas, on: dict[str, Layer], label: Label) -> shapely.Geometry | None:
    """Return the area or line that a label names, in degrees; None for a place."""
    if label.kind.startswith("place"):
        return None
    if label.id in on:
        return on[label.id].whole
    if label.layer:
        return atlas.features[label.id].geometry
    return atlas.coverage.once(("named", label.kind, label.id), lambda: _on_ground(atlas, label))


def _on_ground(atlas: Atlas, label: Label) -> shapely.Geometry:
    """Return the area or line of the ground that a label names; a country beside what was in dispute."""
    shape = atlas.basemap.geometry[atlas.basemap.id == label.id].iloc[0]
    return shape.difference(dissolve(atlas.coverage.faces)) if "country" in label.kind else shape
