"""Bind the article's own words to the layers and features they speak of: exact match or a fault.

An entry of `geodata/quotes.json` is a W3C TextQuoteSelector: the words, and the words around them, which
must stand in the article exactly once. So a quote that was cut short no longer meets its suffix.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from layers.data.problems import Problem, shortened
from layers.data.schemas import Json
from layers.text.article import Article, Paragraph

FILE = "quotes.json"
# Layers that the article is chiefly about carry at least this many quotes (issue 2).
FEWEST_QUOTES = {
    "upper-karabakh": 3,
    "lachin-corridor": 3,
    "returned-districts": 3,
    "areas-of-responsibility": 3,
}
_CONTEXT = 24  # characters of prefix and suffix that a fault report proposes


@dataclass(frozen=True)
class Quote:
    """A passage of the article: its exact words and the words around, where, who speaks, and of what.

    `start` and `end` count characters of the file; `purpose` is `describing` if the passage says something
    of the territory, `identifying` if it only names it (W3C Web Annotation, motivations). `speaker` utters
    the words; `reports` is what the author reports in them, if anything, and `own_words` those among them
    that are his own. `who` is the name of the official or agency that is quoted or reported.
    """

    id: str
    prefix: str
    exact: str
    suffix: str
    start: int
    paragraph: int
    speaker: str
    purpose: str
    about: tuple[str, ...]
    cites: str | None = None
    who: str | None = None
    reports: str | None = None
    own_words: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """The offset just behind the quote."""
        return self.start + len(self.exact)

    def as_properties(self) -> dict[str, str | int | None]:
        """Return the members that an exported feature carries."""
        return {
            "exact": self.exact,
            "paragraph": self.paragraph,
            "speaker": self.speaker,
            "reports": self.reports,
        }


def bind_quotes(
    entries: list[Json], article: Article, known_ids: Collection[str], problems: list[Problem]
) -> tuple[Quote, ...]:
    """Return the quotes in the article's order; append to `problems` each that fits no passage or feature."""
    quotes = []
    for entry in entries:
        faults = [*_faults(entry, article), *_unknown_ids(entry, known_ids)]
        problems.extend(faults)
        if not faults:
            start = article.find(_in_context(entry))[0] + len(entry["prefix"])
            words = {
                **entry,
                "about": tuple(entry["about"]),
                "own_words": tuple(entry.get("own_words", [])),
            }
            quotes.append(Quote(**words, start=start, paragraph=article.paragraph_at(start).number))
    quotes.sort(key=lambda quote: quote.start)
    problems.extend(_overlaps(quotes))
    return tuple(quotes)


def shown_quotes(quotes: Iterable[Quote], *, full_article: bool) -> list[Quote]:
    """Return the quotes that may be shown: all, or without the full article those that describe something.

    Those are about a third of the text; with the ones that only name a place it would be nearly the whole.
    """
    return [quote for quote in quotes if full_article or quote.purpose == "describing"]


def quotes_about(quotes: tuple[Quote, ...], *ids: str, purpose: str | None = None) -> list[Quote]:
    """Return the quotes that speak of any of the given layer or feature ids, of one purpose or of any."""
    bound = [quote for quote in quotes if set(ids) & set(quote.about)]
    return [quote for quote in bound if purpose in (None, quote.purpose)]


def too_few_quotes(quotes: tuple[Quote, ...], layer: str, features: Collection[str]) -> Iterator[Problem]:
    """Yield a problem if fewer quotes describe a layer than must; every layer needs at least one."""
    fewest = FEWEST_QUOTES.get(layer, 1)
    bound = len(quotes_about(quotes, layer, *features, purpose="describing"))
    if bound < fewest:
        yield Problem(FILE, layer, f"{bound} quotes that describe this layer", f"at least {fewest}")


def misplaced(
    file: str, entry: Json, quotes: Mapping[str, Quote | None], *, cited: bool = True
) -> Iterator[Problem]:
    """Yield a problem if an entry of another file names no quote, or words that its quote has not once.

    If `cited`, the citation that a quote carries counts as its words too. None is a quote with a fault of
    its own.
    """
    quote = quotes.get(entry["quote"])
    if entry["quote"] not in quotes:
        found = f"quote = {shortened(entry['quote'])}"
        yield Problem(file, entry["id"], found, "the id of a quote in quotes.json")
    elif quote and (count := _times(entry["exact"], quote, cited=cited)) != 1:
        found = f"{shortened(entry['exact'])}, which is {count} times in the quote"
        yield Problem(file, entry["id"], found, f"words that are once in: {quote.exact}")


def _times(words: str, quote: Quote, *, cited: bool) -> int:
    return quote.exact.count(words) or (quote.cites or "" if cited else "").count(words)


def _in_context(entry: Json) -> str:
    return f"{entry['prefix']}{entry['exact']}{entry['suffix']}"


def _faults(entry: Json, article: Article) -> Iterator[Problem]:
    exact, starts = entry["exact"], article.find(entry["exact"])
    found = shortened(exact)
    placed = article.find(_in_context(entry))
    if not starts:
        expected = f"its exact words, perhaps: {article.nearest(exact)}"
        yield Problem(FILE, entry["id"], f"{found}, which is not in the article", expected)
    elif len(placed) > 1:
        found = f"{found}, which is {len(placed)} times in the article"
        yield Problem(FILE, entry["id"], found, "a longer quote, prefix or suffix that is there once")
    elif not placed:
        around = f"{found} between {shortened(entry['prefix'])} and {shortened(entry['suffix'])}"
        contexts = " or ".join(_context(start, exact, article) for start in starts[:3])
        expected = f"{contexts}; if the quote was cut short: {article.nearest(exact)}"
        yield Problem(FILE, entry["id"], f"{around}, which is not in the article", expected)
    else:
        yield from _edges(entry, article, placed[0] + len(entry["prefix"]))


def _edges(entry: Json, article: Article, start: int) -> Iterator[Problem]:
    """Yield a problem if the quote is cut within a word, lacks its context or cites what is not there."""
    before, after = _around(start, entry["exact"], article.paragraph_at(start))
    missing = (before and not entry["prefix"]) or (after and not entry["suffix"])
    if missing:
        expected = _context(start, entry["exact"], article)
        yield Problem(FILE, entry["id"], "no prefix or no suffix", expected)
    for inside, outside in ((entry["exact"][:1], before[-1:]), (entry["exact"][-1:], after[:1])):
        if inside.isalnum() and outside.isalnum():
            found = f"{shortened(entry['exact'])}, which is cut within a word"
            yield Problem(
                FILE, entry["id"], found, f"whole words, perhaps: {article.nearest(entry['exact'])}"
            )
    if entry["speaker"] != "author" and (entry["exact"][0], entry["exact"][-1]) != ("“", "”"):
        found = f"speaker = {entry['speaker']} of {shortened(entry['exact'])}"
        yield Problem(FILE, entry["id"], found, "author, or a passage that is wholly in quotation marks")
    if entry.get("cites") and entry["cites"] not in article.paragraph_at(start).text:
        found = f"cites = {shortened(entry['cites'])}, which is not in the paragraph"
        yield Problem(FILE, entry["id"], found, "the citation as it stands in the quote's paragraph")
    if (who := entry.get("who")) and who not in article.paragraph_at(start).text:
        found = f"who = {shortened(who)}, which is not in the paragraph"
        yield Problem(FILE, entry["id"], found, "the name as it stands in the quote's paragraph")
    for words in entry.get("own_words", []):
        if words not in entry["exact"]:
            found = f"own_words {shortened(words)}, which are not in the quote"
            yield Problem(FILE, entry["id"], found, f"words of: {shortened(entry['exact'])}")


def _around(start: int, exact: str, paragraph: Paragraph) -> tuple[str, str]:
    offset = start - paragraph.start
    return paragraph.text[:offset], paragraph.text[offset + len(exact) :]


def _context(start: int, exact: str, article: Article) -> str:
    before, after = _around(start, exact, article.paragraph_at(start))
    return f"prefix {before[-_CONTEXT:]!r} and suffix {after[:_CONTEXT]!r}"


def _unknown_ids(entry: Json, known_ids: Collection[str]) -> Iterator[Problem]:
    for identifier in entry["about"]:
        if identifier not in known_ids:
            found = f"about {shortened(identifier)}"
            yield Problem(FILE, entry["id"], found, "the id of a layer or feature on the map")


def _overlaps(quotes: list[Quote]) -> Iterator[Problem]:
    """Yield a problem for each quote that begins before another ends: a reader chooses one of them."""
    for one, other in pairwise(quotes):
        if other.start < one.end:
            found = f"words that quote {shortened(one.id)} has too: {shortened(other.exact)}"
            yield Problem(FILE, other.id, found, "passages that do not overlap")
