"""What was wrong in earlier versions of the data and what it is now, each with the version that mends it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from layers.data.problems import Problem, shortened
from layers.data.schemas import Json
from layers.style.captions import captions, metres

FILE = "corrections.json"


@dataclass(frozen=True)
class Correction:
    """A fault of the data that was found on a day (ISO) and is mended in a version of the data.

    `metres` is how far a line or place was off at most, `km2` how much land was shown as what it was not;
    None where nothing was off on the ground. `about` are ids of layers and features, `sources` keys of the
    descriptor.
    """

    id: str
    date: str
    version: str
    title: str
    was: str
    now: str
    metres: float | None = None
    km2: float | None = None
    about: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def amount(self) -> str:
        """How much was off, in metres and km²; empty if nothing was on the ground."""
        units = captions()["units"]
        far = units["up_to"].format(value=metres(self.metres)) if self.metres is not None else ""
        large = units["km2"].format(value=self.km2) if self.km2 is not None else ""
        return ", ".join(filter(None, (far, large)))


@dataclass(frozen=True)
class Changes:
    """What was corrected since a version: the corrections, and the most that any of them was off by."""

    corrections: tuple[Correction, ...]

    @property
    def metres(self) -> float:
        """How far a line or place was off at most."""
        return max((each.metres for each in self.corrections if each.metres), default=0)

    @property
    def km2(self) -> float:
        """How much land was shown as what it was not, by one at most: areas may overlap and have no sum."""
        return max((each.km2 for each in self.corrections if each.km2), default=0)


def changes_since(corrections: Iterable[Correction], version: str) -> Changes:
    """Return what was corrected after a version of the data."""
    return Changes(
        tuple(each for each in corrections if version_numbers(each.version) > version_numbers(version))
    )


def bind_corrections(
    entries: list[Json], ids: set[str], descriptor: Json, problems: list[Problem]
) -> tuple[Correction, ...]:
    """Return the corrections, the newest first and those of one day as in the file; append what does not fit.

    `ids` are those of layers and features; the descriptor says up to which day and version there can be any.
    """
    faults = [fault for entry in entries for fault in _faults(entry, ids, descriptor)]
    problems.extend(faults)
    faulty = {fault.feature for fault in faults}
    corrections = [_correction(entry) for entry in entries if entry["id"] not in faulty]
    return tuple(sorted(corrections, key=lambda correction: correction.date, reverse=True))


def _correction(entry: Json) -> Correction:
    lists = {key: tuple(entry.get(key, ())) for key in ("about", "sources")}
    return Correction(**{**entry, **lists})


def _faults(entry: Json, ids: set[str], descriptor: Json) -> Iterator[Problem]:
    for identifier in entry.get("about", []):
        if identifier not in ids:
            found = f"about {shortened(identifier)}"
            yield Problem(FILE, entry["id"], found, "the id of a layer or feature on the map")
    made, version = descriptor.get("created"), descriptor.get("version")
    if made and entry["date"] > made:
        found = f"date = {shortened(entry['date'])}"
        yield Problem(FILE, entry["id"], found, f"no day after {made}, created in the descriptor")
    if version and version_numbers(entry["version"]) > version_numbers(version):
        found = f"version = {shortened(entry['version'])}"
        yield Problem(FILE, entry["id"], found, f"no version after {version}, that of the descriptor")


def version_numbers(version: str) -> tuple[int, ...]:
    """Return "3.10.0" as numbers, which compare as versions do."""
    return tuple(map(int, version.split(".")))
