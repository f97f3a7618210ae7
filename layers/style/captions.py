"""Interface strings: the words of map, reader, files and pictures that no data file of the map holds."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent / "captions.json"


@cache
def captions() -> dict[str, Any]:
    """Return the title and description of the map, the speakers, and the forms of names to choose from."""
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))


def printed() -> dict[str, Any]:
    """Return the captions that only the printed map needs; some have {gaps} to be filled."""
    return dict(captions()["printed"])


def picture_alt(days: str = "") -> str:
    """Return what a picture of the map is, for who can't see it; without days, the picture at first."""
    return str(captions()["picture_alt"]).format(days=days or captions()["picture_days"])


def title_on(iso: str) -> str:
    """Return the map's title for a day: its own, but for days before what that speaks of."""
    return str(captions()["titles_on"].get(iso, captions()["title"]))


LANGUAGES = tuple(captions()["languages"])  # the forms of names that a reader may choose


def long_date(iso: str) -> str:
    """Return an ISO date as a reader writes it: 8 December 2020."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def short_date(iso: str) -> str:
    """Return an ISO date as a short caption: 8 Dec."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b}"


def date_range(first: str, last: str, *, short: bool = False) -> str:
    """Return the days from one ISO date to another as a reader writes them: 1-8 December 2020, 1-8 Dec."""
    written = short_date if short else long_date
    if first == last:
        return written(last)
    same_month = first[:7] == last[:7]
    begin = str(date.fromisoformat(first).day) if same_month else written(first)
    return str(captions()["dates"]["range"].format(first=begin, last=written(last)))
