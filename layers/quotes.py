"""Bind the article's own words to the layers and features they speak of: exact match or a fault."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from layers.article import Article
from layers.problems import Problem, shortened
from layers.reading import Json

# Layers that the article is chiefly about carry at least this many quotes (issue 2).
FEWEST_QUOTES = {
    "upper-karabakh": 3,
    "lachin-corridor": 3,
    "returned-districts": 3,
    "areas-of-responsibility": 3,
}


@dataclass(frozen=True)
class Quote:
    """A passage of the article: its exact words, its paragraph, who speaks, and what it speaks of."""

    exact: str
    paragraph: int
    speaker: str
    about: tuple[str, ...]

    def as_properties(self) -> dict[str, str | int]:
        """Return the members that an exported feature carries."""
        return {"exact": self.exact, "paragraph": self.paragraph, "speaker": self.speaker}


def bind_quotes(
    entries: list[Json], article: Article, known_ids: Collection[str], problems: list[Problem]
) -> tuple[Quote, ...]:
    """Return the quotes in the article's order; append to `problems` each that fits no passage or feature."""
    quotes = []
    for entry in entries:
        faults = [*_faults(entry, article), *_unknown_ids(entry, known_ids)]
        problems.extend(faults)
        if not faults:
            paragraph = article.paragraph_of(entry["exact"])
            place = paragraph.start + paragraph.text.index(entry["exact"])
            about = tuple(entry["about"])
            quotes.append((place, Quote(entry["exact"], paragraph.number, entry["speaker"], about)))
    return tuple(quote for _, quote in sorted(quotes, key=lambda placed: placed[0]))


def quotes_about(quotes: tuple[Quote, ...], *ids: str) -> list[Quote]:
    """Return the quotes that speak of any of the given layer or feature ids."""
    return [quote for quote in quotes if set(ids) & set(quote.about)]


def too_few_quotes(quotes: tuple[Quote, ...], layer: str, features: Collection[str]) -> Iterator[Problem]:
    """Yield a problem if a layer carries fewer quotes than it must; every layer carries at least one."""
    fewest = FEWEST_QUOTES.get(layer, 1)
    bound = len(quotes_about(quotes, layer, *features))
    if bound < fewest:
        yield Problem("quotes.json", layer, f"{bound} quotes bound to this layer", f"at least {fewest}")


def _faults(entry: Json, article: Article) -> Iterator[Problem]:
    count = article.occurrences(entry["exact"])
    if count == 0:
        found = f"{shortened(entry['exact'])}, which is not in the article"
        expected = f"its exact words, perhaps: {article.nearest(entry['exact'])}"
        yield Problem("quotes.json", entry["id"], found, expected)
    elif count > 1:
        found = f"{shortened(entry['exact'])}, which is {count} times in the article"
        yield Problem("quotes.json", entry["id"], found, "a longer quote that is there once")


def _unknown_ids(entry: Json, known_ids: Collection[str]) -> Iterator[Problem]:
    for identifier in entry["about"]:
        if identifier not in known_ids:
            found = f"about {shortened(identifier)}"
            yield Problem("quotes.json", entry["id"], found, "the id of a layer or feature on the map")
