"""What is wrong with the data, said to the person who must mend it.

ValueError
├── GeodataError: the data cannot be built; carries every problem found, not the first
└── RequestError: what was asked for cannot be given; its text says why, in one line
    └── UnknownChoiceError: it is none of those there are
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import shapely

from layers.style.captions import captions


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: in which file, at which feature, what was found and what was expected."""

    file: str
    feature: str
    found: str
    expected: str

    def __str__(self) -> str:
        """One line, however long or strange the data it quotes."""
        text = f'{self.file}, "{self.feature}": found {self.found}, expected {self.expected}'
        return " ".join(text.split())


class GeodataError(ValueError):
    """The data has faults; `problems` lists all of them, sorted by file and feature."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def report(self) -> str:
        """Every problem on a line of its own, and how many there are."""
        count = len(self.problems)
        return f"{self}\n{count} fault{'' if count == 1 else 's'}"


def shortened(value: object, limit: int = 60) -> str:
    """Return a value as it stands in the file, cut to `limit` characters."""
    text = repr(value)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def position(point: shapely.Point) -> str:
    """Return where a point (WGS 84) is as a report says it: longitude, latitude in degrees."""
    return f"{point.x:.5f}, {point.y:.5f}"


class RequestError(ValueError):
    """What was asked for cannot be given; the text says why, in one line, however strange what it quotes.

    `text` may be what makes it, to be told in the language that is spoken then: data are asked for in
    English, by readers of any language.
    """

    def __init__(self, text: str | Callable[[], str]) -> None:
        super().__init__(text)
        self._text = text

    def __str__(self) -> str:
        """The text, with a blank for what is not printable."""
        text = self._text if isinstance(self._text, str) else self._text()
        return "".join(letter if letter.isprintable() else " " for letter in text)


class UnknownChoiceError(RequestError):
    """A layer, date, form of names, format or size that there is not; its text names those there are.

    `what` is what was asked for, by its key in the captions; `known` may be what makes them, if words.
    """

    def __init__(self, what: str, value: str, known: Iterable[str] | Callable[[], Iterable[str]]) -> None:
        choices = known if callable(known) else tuple(known)

        def text() -> str:
            texts, listed = captions()["errors"], ", ".join(choices() if callable(choices) else choices)
            return str(
                texts["unknown"].format(what=texts["what"].get(what, what), value=value[:60], known=listed)
            )

        super().__init__(text)
