"""How large a picture is: the named sizes of `sizes.json`, and any WIDTHxHEIGHT in pixels within its bounds.

A page is laid out in units, about the CSS pixels of the web map; how many go across it decides how
large its text and lines come out.
"""

import json
import re
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path
from typing import Any

from layers.data.problems import UnknownChoiceError
from layers.style.captions import captions

_RULES: dict[str, Any] = json.loads((Path(__file__).parent / "sizes.json").read_text(encoding="utf-8"))
_MOST_PIXELS = _RULES["free"]["most_megapixels"] * 1_000_000
_MM_PER_INCH, _POINTS_PER_INCH = 25.4, 72.0
_PIXELS = re.compile(r"([1-9][0-9]{2,3})x([1-9][0-9]{2,3})", re.ASCII)
_ANY_PIXELS = re.compile(r"([0-9]{1,9})x([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True)
class Size:
    """Width and height in inches, pixels an inch, units across.

    `brief` tells that only the brief legend fits; `paper` has room for the whole small print.
    """

    width: float
    height: float
    dpi: int
    across: float
    brief: bool
    paper: bool = False

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the PNG, in pixels."""
        return round(self.width * self.dpi), round(self.height * self.dpi)

    @property
    def unit(self) -> float:
        """How many points (1/72 inch) a unit of the page is."""
        return self.width * _POINTS_PER_INCH / self.across

    @property
    def down(self) -> float:
        """How many units go down the page."""
        return self.height * self.across / self.width

    @property
    def beside(self) -> bool:
        """Whether the legend stands beside the map, not under it."""
        return bool(self.width / self.height >= _RULES["beside_from_aspect"])


def size_of(text: str) -> Size:
    """Return the size of a name or of WIDTHxHEIGHT in pixels. Raises UnknownChoiceError."""
    if text in SIZES:
        return SIZES[text]
    free, found = _RULES["free"], _PIXELS.fullmatch(text)
    width, height = (int(found[1]), int(found[2])) if found else (0, 1)
    in_bounds = free["least_px"] <= min(width, height) and max(width, height) <= free["most_px"]
    in_bounds &= width * height <= _MOST_PIXELS
    if not in_bounds or not free["least_aspect"] <= width / height <= free["most_aspect"]:
        raise UnknownChoiceError("size", text, _known)
    per_unit = max((width * height) ** 0.5 / free["mean_across"], free["least_px_per_unit"])
    return _sized(width, height, width / per_unit)


def nearest_size(text: str) -> str:
    """Return the size there is that is nearest to WIDTHxHEIGHT, by its width; any other text as it stands."""
    found, free = _ANY_PIXELS.fullmatch(text), _RULES["free"]
    if not found:
        return text
    least, most = PIXEL_LIMITS
    width = min(max(int(found[1]), least), most)
    lowest = max(least, ceil(width / free["most_aspect"]))
    highest = min(most, floor(width / free["least_aspect"]), _MOST_PIXELS // width)
    return f"{width}x{min(max(int(found[2]), lowest), highest)}"


def _sized(width: int, height: int, across: float) -> Size:
    """Return a size in pixels; too small a page gets the brief legend."""
    dpi = _RULES["dpi"]
    size = Size(width / dpi, height / dpi, dpi, across, brief=False)
    least_across, least_down = _RULES["whole_beside" if size.beside else "whole_below"]
    brief = size.across < least_across or size.down < least_down
    return Size(size.width, size.height, dpi, across, brief)


def _named(rule: dict[str, Any]) -> Size:
    dpi = rule.get("dpi", _RULES["dpi"])
    pixels_per = dpi / _MM_PER_INCH if "mm" in rule else 1
    width, height = (side * pixels_per / dpi for side in rule.get("mm") or rule["px"])
    return Size(width, height, dpi, rule["across"], rule.get("brief", False), "mm" in rule)


def _known() -> list[str]:
    free = _RULES["free"]
    *names, last = SIZES
    form = captions()["errors"]["sizes"].format(
        last=last,
        least=free["least_px"],
        most=free["most_px"],
        millions=free["most_megapixels"],
        narrow=free["least_aspect"],
        wide=free["most_aspect"],
    )
    return [*names, form]


PIXEL_LIMITS: tuple[int, int] = (_RULES["free"]["least_px"], _RULES["free"]["most_px"])  # of a side
SIZES: dict[str, Size] = {name: _named(rule) for name, rule in _RULES["named"].items()}
