"""The timeline: a day an entry, with what the article dates and whom it cites, and the days of the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from layers import Atlas
from layers.geometry.control import Holding, holdings, shares
from layers.geometry.coverage import Area
from layers.steps import Step, steps
from layers.text.annotations import Day
from layers.text.events import Event


@dataclass(frozen=True)
class Cited:
    """A person or a publication that the article cites, and how many entries of the timeline cite it."""

    name: str
    count: int


@dataclass(frozen=True)
class Entry:
    """An event or report on its first day; `again` are the later days (ISO) on which the same was reported.

    `cited` are places in the timeline's list of who is cited.
    """

    event: Event
    again: tuple[str, ...]
    cited: tuple[int, ...]


@dataclass(frozen=True)
class MapDay:
    """A day that the map shows: its step, and who held how much, in km² and as shares in percent.

    `as_on` is the first day of the step if this is a later one.
    """

    day: Day
    step: Step
    held: Mapping[Area, Holding]
    shares: Mapping[Area, Mapping[str, float]]
    as_on: str | None


@dataclass(frozen=True)
class TimelineDay:
    """One day (ISO date): what the article dates on it, and what the map shows, if it shows that day."""

    date: str
    entries: tuple[Entry, ...]
    on_the_map: MapDay | None


@dataclass(frozen=True)
class Timeline:
    """The days in order, and who is cited: persons first, then publications, each by name."""

    days: tuple[TimelineDay, ...]
    cited: tuple[Cited, ...]


def timeline(atlas: Atlas) -> Timeline:
    """Return the timeline of the article's events and the map's days."""
    reports = _reports(atlas.annotations.events)
    names = _cited(reports)
    entries = [
        Entry(first, tuple(event.date for event in later), tuple(map(names.index, _cites(first))))
        for first, *later in reports
    ]
    on_the_map = {day.id: _map_day(atlas, day, step) for step in steps(atlas) for day in step.days}
    by_day = {day: tuple(each) for day, each in groupby(entries, key=lambda entry: entry.event.date)}
    days = sorted({*by_day, *on_the_map})
    return Timeline(
        tuple(TimelineDay(day, by_day.get(day, ()), on_the_map.get(day)) for day in days),
        tuple(Cited(name, sum(i in entry.cited for entry in entries)) for i, name in enumerate(names)),
    )


def _reports(events: tuple[Event, ...]) -> list[list[Event]]:
    """Return the events by day, those together that the same words of the article date on several days."""
    same: dict[tuple[str, str, str], list[Event]] = {}
    for event in events:
        same.setdefault((event.what, event.quote.id, event.exact), []).append(event)
    return list(same.values())


def _cites(event: Event) -> list[str]:
    """Return whom the article cites for an event: an official by name, and who reported it."""
    quote = event.quote
    official = quote.who if "official" in (quote.speaker, quote.reports) else None
    return list(dict.fromkeys(name for name in (official, event.reported_by) if name))


def _cited(reports: list[list[Event]]) -> list[str]:
    publications = sorted({first.reported_by for first, *_ in reports if first.reported_by})
    names = {name for first, *_ in reports for name in _cites(first)}
    return [*sorted(names - set(publications)), *publications]


def _map_day(atlas: Atlas, day: Day, step: Step) -> MapDay:
    first = step.days[0].id
    held, parts = holdings(atlas.coverage, day.date), shares(atlas.coverage, day.date)
    return MapDay(day, step, held, parts, first if day.id != first else None)
