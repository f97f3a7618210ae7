"""The sheet: a figure whose coordinates are units from its top left corner, and how text stands on it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import shapely
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Stroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedBbox

from layers.printed.lettering import Lettering
from layers.printed.sizes import Size
from layers.style.fonts import Style, font
from layers.style.symbology import colour

_POINTS_PER_INCH = 72.0
_HALO_WIDTH = 3.2  # units, half of it outside the letters


@dataclass(frozen=True)
class Box:
    """An upright rectangle on the page, in units; y grows downwards."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def shape(self) -> shapely.Polygon:
        """The rectangle as a Polygon."""
        return shapely.box(self.left, self.top, self.right, self.bottom)

    def grown(self, by: float) -> "Box":
        """Return the box with a margin all around; a negative one makes it smaller."""
        return Box(self.left - by, self.top - by, self.width + 2 * by, self.height + 2 * by)

    def touches(self, other: "Box") -> bool:
        """Tell whether the boxes share any room."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Tell whether the other box lies within this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Page:
    """A figure of a size, light or dark. `written` keeps the texts on it, with the boxes they take."""

    size: Size
    figure: Figure
    dark: bool = False
    written: list[tuple[str, Box]] = field(default_factory=list)
    _outlines: dict[Box, Transform] = field(default_factory=dict)

    @property
    def box(self) -> Box:
        """The whole sheet."""
        return Box(0, 0, self.size.across, self.size.down)

    @cached_property
    def plane(self) -> Transform:
        """From units to the display."""
        inches = self.size.unit / _POINTS_PER_INCH
        return Affine2D().scale(inches, -inches).translate(0, self.size.height) + self.figure.dpi_scale_trans

    def colour(self, name: str) -> str:
        """Return a colour of the symbology as this page has it, #rrggbb."""
        return colour(name, dark=self.dark)

    def within(self, box: Box) -> TransformedBbox:
        """Return a box as what is drawn is kept within it; most of it is kept within the map's."""
        if box not in self._outlines:
            corner = (box.left, box.top)
            outline = Rectangle(corner, box.width, box.height, transform=self.plane)
            self._outlines[box] = outline.get_transform()
        return TransformedBbox(Bbox.unit(), self._outlines[box])

    def points(self, units: float) -> float:
        """Return a length in points."""
        return units * self.size.unit

    def write(self, text: str, left: float, line: float, style: Style, lang: str = "en") -> float:
        """Write a text from the left on a line (y of the baseline) and return where it ends."""
        self._put(text, left, line, style, lang=lang)
        width = style.measure(text)
        box = Box(left, line - style.ascent, width, style.ascent + style.descent)
        self.written.append((text, box))
        return left + width

    def write_name(self, name: str, left: float, line: float, style: Style, lang: str) -> None:
        """Write a name of a language (its code) on the map: over a halo, which is drawn as outlines."""
        halo = Text(
            left,
            line,
            name,
            fontproperties=font(style.face),
            fontsize=self.points(style.size),
            transform=self.plane,
            parse_math=False,
            va="baseline",
        )
        width = self.points(_HALO_WIDTH)
        halo.set_path_effects([Stroke(linewidth=width, foreground=self.colour("casing"), alpha=0.85)])
        self.figure.add_artist(halo)
        self.write(name, left, line, style, lang)

    def write_upright(self, text: str, line: float, middle: float, style: Style) -> None:
        """Write a text that runs up the page along a line (x of the baseline), centred on a height."""
        self._put(text, line, middle, style, rotation=90, ha="center")
        width = style.measure(text)
        box = Box(line - style.ascent, middle - width / 2, style.ascent + style.descent, width)
        self.written.append((text, box))

    def _put(self, text: str, x: float, y: float, style: Style, lang: str = "en", **placed: Any) -> None:  # noqa: ANN401
        """Put a text on the figure; `placed` as matplotlib's Text has it."""
        ink, points = self.colour(style.colour), self.size.unit
        self.figure.add_artist(
            Lettering(x, y, text, style, points=points, lang=lang, color=ink, transform=self.plane, **placed)
        )

    def write_lines(self, lines: list[str], left: float, top: float, style: Style) -> float:
        """Write lines one under the other from a top and return where they end."""
        for number, text in enumerate(lines):
            self.write(text, left, top + number * style.leading + style.ascent, style)
        return top + len(lines) * style.leading

    def frame(self, box: Box, *, fill: str = "none", edge: str = "none", width: float = 0.8) -> None:
        """Draw a box."""
        corner, self_width = (box.left, box.top), self.points(width)
        self.figure.add_artist(
            Rectangle(
                corner,
                box.width,
                box.height,
                facecolor=fill,
                edgecolor=edge,
                linewidth=self_width if edge != "none" else 0,
                transform=self.plane,
            )
        )


def new_page(size: Size, *, dark: bool = False) -> Page:
    """Return an empty sheet, in the paper's colour."""
    wide, high = size.pixels
    # A hair more than the pixels: matplotlib cuts the product with the dpi down to whole ones.
    inches = (wide + 0.01) / size.dpi, (high + 0.01) / size.dpi
    figure = Figure(figsize=inches, dpi=size.dpi, facecolor=colour("paper", dark=dark))
    return Page(size, figure, dark)
