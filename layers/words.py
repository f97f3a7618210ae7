"""All that goes with the map in words: the article, and what of it is bound to places, days and figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from layers.article import Article, read_article
from layers.events import Count, Event, bind_counts, bind_events
from layers.gazetteer import Entry, check_gazetteer
from layers.problems import Problem
from layers.quotes import FILE, Quote, bind_quotes, too_few_quotes
from layers.reading import Geodata, Json


@dataclass(frozen=True)
class Words:
    """The article with its quotes, dated events, figures and gazetteer; the map's days; the notices."""

    article: Article
    quotes: tuple[Quote, ...]
    events: tuple[Event, ...]
    counts: tuple[Count, ...]
    gazetteer: tuple[Entry, ...]
    dates: list[Json]
    notices: Json


def bind_words(
    data: Geodata, seeds: Path, features: dict[str, dict[str, Json]], problems: list[Problem]
) -> Words:
    """Return the words, bound; append what does not fit. `features` holds the feature ids of each layer."""
    article = read_article(seeds, problems)
    ids = {identifier for each in features.values() for identifier in each} | set(features)
    quotes = bind_quotes(data.quotes, article, ids, problems)
    for layer, each in features.items():
        problems.extend(too_few_quotes(quotes, layer, list(each)))
    # A quote with a fault is named once, not again by all that refers to it.
    by_id = {entry["id"]: None for entry in data.quotes} | {quote.id: quote for quote in quotes}
    events = bind_events(data.events, by_id, problems)
    counts = bind_counts(data.counts, by_id, problems)
    problems.extend(_about_nothing(quotes, {entry["quote"] for entry in (*data.events, *data.counts)}))
    all_bound = len(quotes) == len(data.quotes)
    gazetteer = check_gazetteer(data.gazetteer, article, quotes, ids, problems) if all_bound else ()
    return Words(article, quotes, events, counts, gazetteer, data.dates, data.notices)


def _about_nothing(quotes: tuple[Quote, ...], used: set[str]) -> Iterator[Problem]:
    for quote in quotes:
        if not quote.about and quote.id not in used:
            expected = "a layer or feature, or an event or figure that needs the quote"
            yield Problem(FILE, quote.id, "about nothing", expected)
