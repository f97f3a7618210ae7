"""Every place name and spatial phrase of the article: anchored to what on the map, or why to nothing.

`geodata/gazetteer.json` lists the names in all their forms. Each occurrence in the article must lie in a
quote about one of the name's features, or be explained; what is left out is a fault.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from layers.data.problems import Problem, shortened
from layers.data.schemas import Json
from layers.text.article import Article
from layers.text.quotes import Quote

FILE = "gazetteer.json"
_CONTEXT = 30  # characters on either side of an occurrence that a fault report shows


@dataclass(frozen=True)
class Occurrence:
    """One occurrence of a name: its offset in the file, and the quote it lies in or why it lies in none."""

    form: str
    paragraph: int
    start: int
    quote: Quote | None
    why: str | None


@dataclass(frozen=True)
class Entry:
    """One name or phrase: what on the map it stands for (nothing if `why` says why), and where it occurs."""

    name: str
    kind: str
    about: tuple[str, ...]
    why: str | None
    occurrences: tuple[Occurrence, ...]


def check_gazetteer(
    entries: list[Json],
    article: Article,
    quotes: tuple[Quote, ...],
    known_ids: Collection[str],
    problems: list[Problem],
) -> tuple[Entry, ...]:
    """Return the names with their occurrences; append to `problems` what is open, unknown or not there."""
    occurrences = _occurrences(entries, article)
    checked = []
    for entry in entries:
        problems.extend(_faults(entry, article, known_ids))
        found = [
            _occurrence(entry, form, start, article, quotes)
            for form, start in occurrences.get(entry["name"], [])
        ]
        problems.extend(_open(entry, found, article))
        about = tuple(entry["about"])
        checked.append(Entry(entry["name"], entry["kind"], about, entry["why"], tuple(found)))
    return tuple(checked)


def table(entries: tuple[Entry, ...]) -> Iterator[str]:
    """Yield the whole gazetteer as lines of Markdown."""
    yield "# Every place name and spatial phrase of the article"
    yield ""
    yield "Made by `python -m layers gazetteer`; not edited by hand. Paragraphs count through both parts."
    for kind, title in (("place", "Place names"), ("phrase", "Spatial phrases")):
        yield from (
            "",
            f"## {title}",
            "",
            "| in the article | times (paragraphs) | on the map | not anchored |",
        )
        yield "|---|---|---|---|"
        yield from (_row(entry) for entry in entries if entry.kind == kind)


def _row(entry: Entry) -> str:
    paragraphs = ", ".join(map(str, sorted({found.paragraph for found in entry.occurrences})))
    about = ", ".join(f"`{identifier}`" for identifier in entry.about) or "nothing"
    unanchored = [f"paragraph {found.paragraph}: {found.why}" for found in entry.occurrences if found.why]
    why = entry.why or "; ".join(unanchored)
    return f"| {entry.name} | {len(entry.occurrences)} ({paragraphs}) | {about} | {why} |".replace(
        "\xa0", " "
    )


def _occurrences(entries: list[Json], article: Article) -> dict[str, list[tuple[str, int]]]:
    """Find each occurrence of each form, the longest first: Karabakh within Upper Karabakh is none."""
    names = {form: entry["name"] for entry in entries for form in entry["forms"]}
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for paragraph in article.paragraphs:
        taken: list[range] = []
        for form in sorted(names, key=len, reverse=True):
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", paragraph.text):
                words = range(*match.span())
                if not any(words[0] in other or other[0] in words for other in taken):
                    taken.append(words)
                    found[names[form]].append((form, paragraph.start + words[0]))
    return {name: sorted(found[name], key=lambda form_at: form_at[1]) for name in names.values()}


def _occurrence(
    entry: Json, form: str, start: int, article: Article, quotes: tuple[Quote, ...]
) -> Occurrence:
    end = start + len(form)
    over = [quote for quote in quotes if quote.start < end and start < quote.end]
    quote = next((quote for quote in over if set(quote.about) & set(entry["about"])), None)
    why = None if quote else _why_not(entry, start, end, article)
    return Occurrence(form, article.paragraph_at(start).number, start, quote, why)


def _why_not(entry: Json, start: int, end: int, article: Article) -> str | None:
    for single in entry["unanchored"]:
        for begin in article.find(single["exact"]):
            if begin <= start and end <= begin + len(single["exact"]):
                return str(single["why"])
    return None


def _open(entry: Json, found: list[Occurrence], article: Article) -> Iterator[Problem]:
    for occurrence in found if entry["about"] else ():
        if not occurrence.quote and not occurrence.why:
            paragraph = article.paragraph_at(occurrence.start)
            place = occurrence.start - paragraph.start
            around = paragraph.text[max(0, place - _CONTEXT) : place + len(occurrence.form) + _CONTEXT]
            found_at = f"paragraph {paragraph.number}, “…{around}…”, in no quote about it"
            expected = (
                f"a quote about {' or '.join(entry['about'])}, or an entry in unanchored saying why not"
            )
            yield Problem(FILE, entry["name"], found_at, expected)


def _faults(entry: Json, article: Article, known_ids: Collection[str]) -> Iterator[Problem]:
    for form in entry["forms"]:
        if not article.find(form):
            expected = f"a form that is in the article, perhaps: {article.nearest(form)}"
            yield Problem(FILE, entry["name"], f"the form {shortened(form)}", expected)
    for single in entry["unanchored"]:
        if len(article.find(single["exact"])) != 1:
            found = f"unanchored {shortened(single['exact'])}"
            yield Problem(FILE, entry["name"], found, "words that are once in the article")
    for identifier in set(entry["about"]) - set(known_ids):
        found = f"about {shortened(identifier)}"
        yield Problem(FILE, entry["name"], found, "the id of a layer or feature on the map")
    if bool(entry["about"]) == bool(entry["why"]):
        found = "both about and why" if entry["why"] else "neither about nor why"
        yield Problem(FILE, entry["name"], found, "what it is on the map, or why it is nothing there")
