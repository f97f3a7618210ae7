"""What comes out of a file before it is checked: names, geometries, coordinate system."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import shapely

from layers.comparison.drawing import DrawingError
from layers.style.captions import captions, counted

_LONGEST = 80
_NAMES = ("name", "name_en", "name:en", "shapename", "title", "label", "adm2_en", "adm1_en", "id")
_NO_NAME = re.compile("country|admin|alt|var|name_0|filename|typename")


@dataclass
class Raw:
    """Features as a file has them: names, geometries of any type, and how the coordinate system is named.

    `crs` is None if the file names none, `by_format` what its format then prescribes, or None. `closed`
    counts open rings and closed lines made into areas, `unusable` features whose coordinates are none.
    """

    names: list[str] = field(default_factory=list)
    geometries: list[shapely.Geometry] = field(default_factory=list)
    crs: str | None = None
    by_format: str | None = None
    closed: int = 0
    unusable: int = 0

    def add(self, name: object, geometry: shapely.Geometry) -> None:
        """Take in a feature."""
        self.names.append(short(name))
        self.geometries.append(geometry)


def key_of_name(keys: Iterable[str], of_text: Sequence[str]) -> str | None:
    """Return which property is what a feature is called: one that says so, else the first of text, else None.

    Of those that only have “name” in theirs (region_name, NAME_1), not a country's nor one of an alias.
    """
    lower = {key.lower(): key for key in reversed(list(keys))}
    alike = [key for key in of_text if "name" in key.lower() and not _NO_NAME.search(key.lower())]
    return next((lower[each] for each in _NAMES if each in lower), next(iter([*alike, *of_text]), None))


def refused(reason: str, name: str, **values: object) -> DrawingError:
    """Return the error that says in one sentence why a file is not read."""
    text = captions()["comparison"]["errors"][reason]
    return DrawingError(text.format(name=short(name), **values))


def note(kind: str, count: int = 0, **values: object) -> str:
    """Return the sentence that says what was mended or assumed."""
    text = captions()["comparison"]["notes"][kind]
    if isinstance(text, dict):
        return counted(text, count, **values)
    return str(text.format(count=count, **values))


def short(name: object) -> str:
    """Return a name from a file as one printable line of at most 80 characters; "" if it has none."""
    text = "" if name is None or name != name else str(name)  # noqa: PLR0124 - NaN
    printable = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * _LONGEST])
    line = " ".join(printable.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
