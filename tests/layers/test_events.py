"""Events and figures: each day and each number bound to the words of the article that give it."""

import json
import re
from datetime import date
from typing import Any

import pytest

from layers import Atlas
from layers.data.files import GEODATA
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
LATER = Quote(
    "later", "", "On November 13 and once more on November 17.", "", 900, 2, "author", "describing", ()
)

each_event = pytest.mark.parametrize("entry", EVENT_ENTRIES.values(), ids=EVENT_ENTRIES)
each_count = pytest.mark.parametrize("entry", COUNT_ENTRIES.values(), ids=COUNT_ENTRIES)


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


@each_event
def test_month_and_day_are_in_the_words(entry: Json) -> None:
    days = [entry["date"], *([entry["until"]] if "until" in entry else [])]

    assert {_day_of(day) for day in days} <= _days(entry["exact"])


@each_event
def test_day_lies_between_the_war_and_the_article(entry: Json) -> None:
    last = entry.get("until", entry["date"])

    assert FIRST <= entry["date"] <= last <= LAST


@each_event
def test_words_of_an_event_are_once_in_its_quote_or_its_citation(entry: Json, atlas: Atlas) -> None:
    (quote,) = (quote for quote in atlas.annotations.quotes if quote.id == entry["quote"])

    assert (quote.exact.count(entry["exact"]) or (quote.cites or "").count(entry["exact"])) == 1


@each_event
def test_report_says_by_whom_or_that_the_name_is_missing(entry: Json) -> None:
    is_named = "reported_by" in entry or "source is missing" in entry.get("note", "")

    assert entry["kind"] == "event" or is_named


@each_event
def test_reporter_is_named_in_the_article_s_citation(entry: Json, atlas: Atlas) -> None:
    (quote,) = (quote for quote in atlas.annotations.quotes if quote.id == entry["quote"])
    short = {"Eurasia Daily Monitor": "EDM"}
    reporter = entry.get("reported_by", "")

    assert short.get(reporter, reporter) in f"{quote.exact} {quote.cites}"


@each_event
def test_event_stands_once_in_the_atlas_with_its_words(entry: Json, atlas: Atlas) -> None:
    (event,) = (event for event in atlas.annotations.events if event.id == entry["id"])
    fields = ("date", "kind", "what", "exact", "reported_by", "until", "note")

    assert {key: getattr(event, key) for key in fields} == {key: entry.get(key) for key in fields}
    assert event.quote.id == entry["quote"]


def test_every_day_of_the_article_s_months_is_an_event(atlas: Atlas) -> None:
    text = " ".join(paragraph.text for paragraph in atlas.article.paragraphs)
    numbers = r"\d{1,2}(?!\d)(?:, \d{1,2}(?!\d))*"
    in_the_article = {
        day for month in MONTHS for words in re.findall(rf"{month} {numbers}", text) for day in _days(words)
    }
    in_the_file = {
        _day_of(entry[key]) for entry in EVENT_ENTRIES.values() for key in ("date", "until") if key in entry
    }

    # December 2 is also a day of 2014 in the article; it is an event of 2020 all the same.
    assert in_the_article - in_the_file == set()
    assert in_the_file - in_the_article == set()


def test_events_come_by_day(atlas: Atlas) -> None:
    days = [event.date for event in atlas.annotations.events]

    assert days == sorted(days)
    assert (days[0], days[-1]) == (FIRST, LAST)


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


def test_event_that_fits_carries_its_quote() -> None:
    (event,), problems = _events(_event(reported_by="TASS"))

    assert problems == []
    assert (event.quote, event.reported_by, event.until, event.note) == (QUOTE, "TASS", None, None)


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        (
            {"date": "2020-11-10"},
            "the day 2020-11-10 in 'November 9'",
            "words of the article that give this day",
        ),
        (
            {"date": "2020-10-09"},
            "the day 2020-10-09 in 'November 9'",
            "words of the article that give this day",
        ),
        (
            {"until": "2020-11-19"},
            "the day 2020-11-19 in 'November 9'",
            "words of the article that give this day",
        ),
        (
            {"exact": "September 27 to November 9", "until": "2020-09-27"},
            "until = '2020-09-27'",
            "no day before 2020-11-09",
        ),
        (
            {"exact": "TASS, November 22, 23, December 6"},
            "the day 2020-11-09 in 'TASS, November 22, 23, December 6'",
            "words of the article that give this day",
        ),
        ({"quote": "no-quote"}, "quote = 'no-quote'", "the id of a quote in quotes.json"),
        (
            {"exact": "November 09"},
            "'November 09', which is 0 times in the quote",
            f"words that are once in: {QUOTE.exact}",
        ),
    ],
    ids=["day", "month", "last day", "end before", "words of another day", "quote", "words"],
)
def test_event_that_does_not_fit_is_named(changes: Json, found: str, expected: str) -> None:
    events, problems = _events(_event(**changes), _event(id="sound"))

    assert [event.id for event in events] == ["sound"]
    assert Problem("events.json", "an-event", found, expected) in problems
    assert {problem.feature for problem in problems} == {"an-event"}


@each_event
def test_another_day_is_a_fault(entry: Json, atlas: Atlas) -> None:
    problems: list[Problem] = []
    quotes = {quote.id: quote for quote in atlas.annotations.quotes}
    bind_events([entry | {"date": "2020-10-31"}], quotes, problems)

    assert [(problem.file, problem.feature) for problem in problems] == [("events.json", entry["id"])]
    assert problems[0].found.startswith("the day 2020-10-31 in ")


@each_count
def test_figure_stands_in_the_words_as_it_is(entry: Json, atlas: Atlas) -> None:
    (quote,) = (quote for quote in atlas.annotations.quotes if quote.id == entry["quote"])
    value = re.escape(entry["value"])

    assert len(re.findall(rf"(?<![\w,.]){value}(?!\w)", entry["exact"])) == 1
    assert quote.exact.count(entry["exact"]) == 1


@each_count
def test_count_stands_once_in_the_atlas_with_its_words(entry: Json, atlas: Atlas) -> None:
    (count,) = (count for count in atlas.annotations.counts if count.id == entry["id"])
    fields = ("value", "what", "exact", "note")

    assert {key: getattr(count, key) for key in fields} == {key: entry.get(key) for key in fields}
    assert count.quote.id == entry["quote"]


@each_count
def test_another_figure_is_a_fault(entry: Json, atlas: Atlas) -> None:
    problems: list[Problem] = []
    quotes = {quote.id: quote for quote in atlas.annotations.quotes}
    bind_counts([entry | {"value": "1,961"}], quotes, problems)

    assert [(problem.file, problem.feature) for problem in problems] == [("counts.json", entry["id"])]
    assert problems[0].found.startswith("the value '1,961' in ")


def test_figures_come_in_the_article_s_order(atlas: Atlas) -> None:
    places = [count.quote.start + count.quote.exact.index(count.exact) for count in atlas.annotations.counts]

    assert places == sorted(places)
    assert len(places) == len(COUNT_ENTRIES) >= 10


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        (
            {"value": "1960"},
            "the value '1960' in '1,960 came'",
            "the figure as it stands in the words",
        ),
        ({"quote": "no-quote"}, "quote = 'no-quote'", "the id of a quote in quotes.json"),
        (
            {"exact": "1,960 went"},
            "'1,960 went', which is 0 times in the quote",
            f"words that are once in: {QUOTE.exact}",
        ),
        (
            {"exact": "90", "value": "90"},
            "'90', which is 2 times in the quote",
            f"words that are once in: {QUOTE.exact}",
        ),
    ],
    ids=["figure", "quote", "words", "words twice"],
)
def test_count_that_does_not_fit_is_named(changes: Json, found: str, expected: str) -> None:
    counts, problems = _counts(_count(**changes), _count(id="sound"))

    assert [count.id for count in counts] == ["sound"]
    assert problems == [Problem("counts.json", "a-count", found, expected)]
