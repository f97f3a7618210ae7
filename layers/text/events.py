"""The dated events of the article and the figures that it counts, each bound to the words that give it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from layers.data.problems import Problem, shortened
from layers.data.schemas import Json
from layers.text.quotes import Quote, misplaced

Quotes = Mapping[str, Quote | None]  # by id; None for a quote with a fault of its own
EVENTS, COUNTS = "events.json", "counts.json"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Event:
    """What the article dates: the day (to `until`), in our short words, and whom the article cites for it.

    `kind` is `event` if the article dates the thing itself, `report` if only the report that it cites.
    """

    id: str
    date: str
    kind: str
    what: str
    quote: Quote
    exact: str
    reported_by: str | None = None
    until: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Count:
    """What the article counts: the figure as it stands there, of what, and in which words."""

    id: str
    value: str
    what: str
    quote: Quote
    exact: str
    note: str | None = None


def bind_events(entries: list[Json], quotes: Quotes, problems: list[Problem]) -> tuple[Event, ...]:
    """Return the events by day; append to `problems` each whose quote, words or day is not in the article."""
    faults = [*_misplaced(EVENTS, entries, quotes), *_undated(entries)]
    problems.extend(faults)
    events = [Event(**entry) for entry in _sound(entries, quotes, faults)]
    return tuple(sorted(events, key=lambda event: (event.date, event.quote.start, event.id)))


def bind_counts(entries: list[Json], quotes: Quotes, problems: list[Problem]) -> tuple[Count, ...]:
    """Return the figures in the article's order; append to `problems` each that is not in its quote."""
    faults = [*_misplaced(COUNTS, entries, quotes), *_uncounted(entries)]
    problems.extend(faults)
    counts = [Count(**entry) for entry in _sound(entries, quotes, faults)]
    return tuple(sorted(counts, key=lambda count: count.quote.start + count.quote.exact.find(count.exact)))


def _misplaced(file: str, entries: list[Json], quotes: Quotes) -> Iterator[Problem]:
    for entry in entries:
        yield from misplaced(file, entry, quotes)


def _sound(entries: list[Json], quotes: Quotes, faults: list[Problem]) -> Iterator[Json]:
    """Yield the entries without fault, each with its quote in place of the quote's id."""
    faulty = {fault.feature for fault in faults}
    for entry in entries:
        quote = quotes.get(entry["quote"])
        if quote and entry["id"] not in faulty:
            yield {**entry, "quote": quote}


def _undated(entries: list[Json]) -> Iterator[Problem]:
    """Yield a problem for each day that is not in the words that are to give it, or a wrong `until`."""
    for entry in entries:
        given, until = _days_in(entry["exact"]), entry.get("until")
        if until and until < entry["date"]:
            yield Problem(EVENTS, entry["id"], f"until = '{until}'", f"no day before {entry['date']}")
        for day in filter(None, (entry["date"], until)):
            parsed = date.fromisoformat(day)
            if (_MONTHS[parsed.month - 1], parsed.day) not in given:
                found = f"the day {day} in {shortened(entry['exact'])}"
                yield Problem(EVENTS, entry["id"], found, "words of the article that give this day")


def _days_in(words: str) -> set[tuple[str, int]]:
    """Return the days of words such as "November 22, 23, December 6": each a month and a number."""
    days, month = set(), ""
    for word in re.findall(rf"{'|'.join(_MONTHS)}|\d+", words):
        if word.isdigit():
            days.add((month, int(word)))
        else:
            month = word
    return days


def _uncounted(entries: list[Json]) -> Iterator[Problem]:
    for entry in entries:
        whole = rf"(?<!\w)(?<!\d[.,]){re.escape(entry['value'])}(?!\w|[.,]\d)"
        if not re.search(whole, entry["exact"]):
            found = f"the value {shortened(entry['value'])} in {shortened(entry['exact'])}"
            yield Problem(COUNTS, entry["id"], found, "the figure as it stands in the words")
