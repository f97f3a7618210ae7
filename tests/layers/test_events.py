"""Events and figures: each day and each number bound to the words of the article that give it."""

import json
import re
from datetime import date
from typing import Any

import pytest

from layers import Atlas
from layers.data.folders import GEODATA
from layers.data.problems import Problem
from layers.text.events import Count, Event, bind_counts, bind_events
from layers.text.quotes import Quote
from tests.layers.damage import COUNTS, EVENTS

Json = Any
FIRST, LAST = "2020-09-27", "2020-12-08"
MONTHS = ("September", "October", "November", "December")
FEWEST_EVENTS = 25


def _read(file: str) -> dict[str, Json]:
    return {entry["id"]: entry for entry in json.loads((GEODATA / file).read_text(encoding="utf-8"))}


EVENT_ENTRIES, COUNT_ENTRIES = _read(EVENTS), _read(COUNTS)
QUOTE = Quote(
    *("a-quote", "", "In 1994, from September 27 to November 9, 1,960 came in 90 cars and 90 vans.", ""),
    *(500, 1, "agency", "identifying", ()),
    "TASS, November 22, 23, December 6",
)
GIVING, FIGURE = "words of the article that give this day", "the figure as it stands in the words"
ONCE, AN_ID = f"words that are once in: {QUOTE.exact}", "the id of a quote in quotes.json"
LATER = Quote(
    "later", "", "On November 13 and once more on November 17.", "", 900, 2, "author", "describing", ()
)


def _event(**changes: Json) -> Json:
    known = {"id": "an-event", "date": "2020-11-09", "kind": "event", "what": "Something", "quote": "a-quote"}
    return {**known, "exact": "November 9", **changes}


def _count(**changes: Json) -> Json:
    known = {"id": "a-count", "value": "1,960", "what": "people", "quote": "a-quote"}
    return {**known, "exact": "1,960 came", **changes}


def _events(*entries: Json) -> tuple[tuple[Event, ...], list[Problem]]:
    problems: list[Problem] = []
    return bind_events(list(entries), {"a-quote": QUOTE, "later": LATER}, problems), problems


def _counts(*entries: Json) -> tuple[tuple[Count, ...], list[Problem]]:
    problems: list[Problem] = []
    return bind_counts(list(entries), {"a-quote": QUOTE, "later": LATER}, problems), problems


def _days(words: str) -> set[tuple[str, int]]:
    """Return the month and number of each day in words such as "November 22, 23, December 6"."""
    days, month = set(), ""
    for word in re.findall(rf"{'|'.join(MONTHS)}|\d+", words):
        if word.isdigit():
            days.add((month, int(word)))
        else:
            month = word
    return days


def _day_of(day: str) -> tuple[str, int]:
    parsed = date.fromisoformat(day)
    return MONTHS[parsed.month - 9], parsed.day


def test_article_dates_at_least_25_things(atlas: Atlas) -> None:
    assert len(atlas.annotations.events) == len(EVENT_ENTRIES) >= FEWEST_EVENTS


def test_report_says_by_whom_or_that_the_name_is_missing() -> None:
    reports = [entry for entry in EVENT_ENTRIES.values() if entry["kind"] == "report"]

    assert [x for x in reports if "reported_by" not in x and "source is missing" not in x["note"]] == []


def test_reporter_is_named_in_the_article_s_citation(atlas: Atlas) -> None:
    short = {"Eurasia Daily Monitor": "EDM"}
    cited = {
        x.id: (x.reported_by or "", f"{x.quote.exact} {x.quote.cites}") for x in atlas.annotations.events
    }

    assert [event for event, (by, words) in cited.items() if short.get(by, by) not in words] == []


def test_every_day_of_the_article_s_months_is_an_event(atlas: Atlas) -> None:
    text = " ".join(paragraph.text for paragraph in atlas.article.paragraphs)
    numbers = r"\d{1,2}(?!\d)(?:, \d{1,2}(?!\d))*"
    in_the_article = {
        day for month in MONTHS for words in re.findall(rf"{month} {numbers}", text) for day in _days(words)
    }
    days = [day for event in atlas.annotations.events for day in (event.date, event.until) if day]

    # December 2 is also a day of 2014 in the article; it is an event of 2020 all the same.
    assert {_day_of(day) for day in days} == in_the_article


def test_days_lie_between_the_war_and_the_article(atlas: Atlas) -> None:
    days = [event.date for event in atlas.annotations.events]

    assert days == sorted(days)
    assert (days[0], max([*days, *(x.until for x in atlas.annotations.events if x.until)])) == (FIRST, LAST)


def test_events_of_one_day_come_in_the_article_s_order() -> None:
    entries = [
        _event(id="c", date="2020-11-13", quote="later", exact="On November 13"),
        _event(id="b", date="2020-11-22", exact="TASS, November 22, 23, December 6"),
        _event(id="a", date="2020-09-27", exact="September 27 to November 9", until="2020-11-09"),
        _event(id="d"),
    ]
    events, problems = _events(*entries)

    assert problems == []
    assert [event.id for event in events] == ["a", "d", "c", "b"]


def test_event_that_fits_carries_its_quote_and_what_the_file_says() -> None:
    entry = _event(reported_by="TASS", note="So.")
    (event,), problems = _events(entry)

    assert problems == []
    assert vars(event) == {**entry, "quote": QUOTE, "until": None}


def test_figure_that_fits_carries_its_quote_and_what_the_file_says() -> None:
    (count,), problems = _counts(_count())

    assert problems == []
    assert vars(count) == {**_count(), "quote": QUOTE, "note": None}


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        ({"date": "2020-11-10"}, "the day 2020-11-10 in 'November 9'", GIVING),
        ({"date": "2020-10-09"}, "the day 2020-10-09 in 'November 9'", GIVING),
        ({"until": "2020-11-19"}, "the day 2020-11-19 in 'November 9'", GIVING),
        (
            {"exact": "September 27 to November 9", "until": "2020-09-27"},
            "until = '2020-09-27'",
            "no day before 2020-11-09",
        ),
        (
            {"exact": "TASS, November 22, 23, December 6"},
            "the day 2020-11-09 in 'TASS, November 22, 23, December 6'",
            GIVING,
        ),
        ({"quote": "no-quote"}, "quote = 'no-quote'", AN_ID),
        ({"exact": "November 09"}, "'November 09', which is 0 times in the quote", ONCE),
    ],
    ids=["day", "month", "last day", "end before", "words of another day", "quote", "words"],
)
def test_event_that_does_not_fit_is_named(changes: Json, found: str, expected: str) -> None:
    events, problems = _events(_event(**changes), _event(id="sound"))

    assert [event.id for event in events] == ["sound"]
    assert Problem("events.json", "an-event", found, expected) in problems
    assert {problem.feature for problem in problems} == {"an-event"}


def test_figures_come_in_the_article_s_order(atlas: Atlas) -> None:
    places = [count.quote.start + count.quote.exact.index(count.exact) for count in atlas.annotations.counts]

    assert places == sorted(places)
    assert len(places) == len(COUNT_ENTRIES) >= 10


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        ({"value": "1960"}, "the value '1960' in '1,960 came'", FIGURE),
        ({"value": "960"}, "the value '960' in '1,960 came'", FIGURE),
        ({"quote": "no-quote"}, "quote = 'no-quote'", AN_ID),
        ({"exact": "1,960 went"}, "'1,960 went', which is 0 times in the quote", ONCE),
        ({"exact": "90", "value": "90"}, "'90', which is 2 times in the quote", ONCE),
    ],
    ids=["figure", "figure within another", "quote", "words", "words twice"],
)
def test_count_that_does_not_fit_is_named(changes: Json, found: str, expected: str) -> None:
    counts, problems = _counts(_count(**changes), _count(id="sound"))

    assert [count.id for count in counts] == ["sound"]
    assert problems == [Problem("counts.json", "a-count", found, expected)]
