"""The article and its annotations: quotes, events and figures bound to places, and the days of the map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as date_type
from pathlib import Path

from layers.data.files import Geodata
from layers.data.problems import Problem
from layers.data.schemas import Json
from layers.text.article import Article, read_article
from layers.text.corrections import Correction, bind_corrections
from layers.text.events import Count, Event, bind_counts, bind_events
from layers.text.gazetteer import Entry, check_gazetteer
from layers.text.quotes import FILE, Quote, bind_quotes, too_few_quotes


@dataclass(frozen=True)
class Day:
    """A day that the map can show (`id`, an ISO date): what had happened by then, and who says so.

    `source` is `article` or the key of a source in the descriptor; `more_sources` are further keys.
    """

    id: str
    happened: str
    source: str
    note: str | None = None
    more_sources: Sequence[str] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of all its sources in the descriptor; none if the article says it."""
        return tuple(key for key in (self.source, *self.more_sources) if key != "article")

    @property
    def date(self) -> date_type:
        """The day as a date."""
        return date_type.fromisoformat(self.id)


@dataclass(frozen=True)
class Annotations:
    """The article with quotes, dated events, figures and gazetteer; the map's days, notices, corrections."""

    article: Article
    quotes: tuple[Quote, ...]
    events: tuple[Event, ...]
    counts: tuple[Count, ...]
    gazetteer: tuple[Entry, ...]
    days: tuple[Day, ...]
    notices: Json
    corrections: tuple[Correction, ...]


def bind_annotations(
    data: Geodata, seeds: Path, features: dict[str, dict[str, Json]], problems: list[Problem]
) -> Annotations:
    """Return the annotations, bound; append what does not fit. `features` has the feature ids by layer."""
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
    days = tuple(Day(**entry) for entry in data.dates)
    corrections = bind_corrections(data.corrections, ids, data.descriptor, problems)
    return Annotations(article, quotes, events, counts, gazetteer, days, data.notices, corrections)


def _about_nothing(quotes: tuple[Quote, ...], used: set[str]) -> Iterator[Problem]:
    for quote in quotes:
        if not quote.about and quote.id not in used:
            expected = "a layer or feature, or an event or figure that needs the quote"
            yield Problem(FILE, quote.id, "about nothing", expected)
