"""What each scenario is given and held to: limits.json, read; and what was measured, held against it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "limits.json"
_TIMES = ("s", "ms")
Sizes = Mapping[str, int]
Measured = dict[str, float]  # by the names of the limits


@dataclass(frozen=True)
class Limit:
    """What a measure may be: at least, at most, or neither, where it is only told."""

    unit: str
    least: float | None
    most: float | None

    @property
    def is_time(self) -> bool:
        """Whether other work on the machine can break it."""
        return self.unit in _TIMES

    @property
    def asked(self) -> str:
        """The limit in words."""
        if self.least is not None:
            return f"at least {self.least:g}"
        return "" if self.most is None else f"at most {self.most:g}"

    def holds(self, value: float) -> bool:
        """Tell whether a value is within the limit; what was not measured (nan) is not."""
        least = float("-inf") if self.least is None else self.least
        return least <= value <= (float("inf") if self.most is None else self.most)


@dataclass(frozen=True)
class Scenario:
    """A scenario in one size: what it is about, what it is given, and what it is held to."""

    name: str
    about: str
    sizes: Sizes
    limits: Mapping[str, Limit]


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    scenario: str
    measure: str
    limit: Limit
    measured: float

    @property
    def ok(self) -> bool:
        """Whether it is as asked."""
        return self.limit.holds(self.measured)


def scenarios(*, quick: bool) -> list[Scenario]:
    """Return the scenarios in the order of the file; quick, those alone that have a quick size."""
    read = json.loads(_FILE.read_text(encoding="utf-8"))
    size = "quick" if quick else "full"
    return [
        Scenario(
            name,
            entry["about"],
            entry[size],
            {measure: _limit(told, quick=quick) for measure, told in entry["limits"].items()},
        )
        for name, entry in read.items()
        if size in entry
    ]


def rows(scenario: Scenario, measured: Measured) -> list[Row]:
    """Return a row for each limit; a measure that is missing is a miss."""
    return [
        Row(scenario.name, name, limit, measured.get(name, float("nan")))
        for name, limit in scenario.limits.items()
    ]


def _limit(told: Mapping[str, Any], *, quick: bool) -> Limit:
    """Read a limit; `quick` is what holds for the quick size in place of least or most."""
    bounds = {
        side: told["quick"] if quick and "quick" in told else told[side]
        for side in ("least", "most")
        if side in told
    }
    return Limit(told.get("unit", ""), bounds.get("least"), bounds.get("most"))
