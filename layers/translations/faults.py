"""What is wrong with the catalogues: each fault with the file and the entry.

A language whose catalogue nobody has begun speaks English, and has no faults.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from layers.data.problems import GeodataError, Problem, shortened
from layers.language.catalogues import (
    DOMAINS,
    LOCALE,
    PLURAL_FORMS,
    Domain,
    po_file,
    read_catalogue,
)
from layers.language.speaking import ENGLISH, SPOKEN
from layers.translations.extraction import extracted

_MARKUP = re.compile(r"<[A-Za-z/!][^>]*>?|&#?\w+;")
_NAME = 60


def catalogue_faults(folder: Path = LOCALE) -> Iterator[Problem]:
    """Yield what is wrong with the catalogues of all languages below a folder."""
    sources = _sources()
    for domain in DOMAINS:
        for language in SPOKEN:
            path = po_file(language, domain, folder)
            if language != ENGLISH and path.exists():
                yield from _of_file(path, language, domain, sources)


def stop_at_faults() -> None:
    """Raise GeodataError if a catalogue has any."""
    if faults := list(catalogue_faults()):
        raise GeodataError(faults)


@cache
def _sources() -> dict[tuple[str | None, str], Message]:
    """Return what the interface says, by context and English text."""
    return {_key(message): message for message in extracted("interface") if message.id}


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, _texts(message.id)[0]


def _texts(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _of_file(
    path: Path, language: str, domain: Domain, sources: dict[tuple[str | None, str], Message]
) -> Iterator[Problem]:
    file = f"{language}/{path.name}"
    try:
        catalogue = read_catalogue(path, language, domain)
    except (OSError, UnicodeDecodeError, PoFileError) as error:
        yield Problem(file, "-", f"unreadable: {shortened(str(error))}", "a catalogue of gettext, in UTF-8")
        return
    entries = [message for message in catalogue if message.id]
    for message in entries:
        for found, expected in _of_entry(message, language):
            yield Problem(file, _name(message), found, expected)
    if domain == "interface" and any(filter(None, (_said(message) for message in entries))):
        yield from _of_whole(file, catalogue, sources)


def _of_entry(message: Message, language: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with what an entry says, and what it should be."""
    said, english = _said(message), _texts(message.id)
    if not said:
        return
    forms = len(PLURAL_FORMS[language]) if len(english) > 1 else 1
    if len(said) != forms or not all(said):
        filled = len([text for text in said if text])
        yield f"{filled} forms", f"{forms}, as the language counts"
    for text in filter(None, said):
        if _gaps(text) not in [_gaps(each) for each in english]:
            yield f"the gaps of {shortened(text)}", f"those of {shortened(english[-1])}"
        if _edges(text) != _edges(english[0]):
            yield f"blanks at the ends of {shortened(text)}", f"those of {shortened(english[0])}"
        for markup in _MARKUP.findall(text):
            if not any(markup in each for each in english):
                yield f"the markup {shortened(markup)}", "plain text"


def _said(message: Message) -> tuple[str, ...]:
    """Return the forms of a translation; none of them if the entry is empty."""
    forms = _texts(message.string or "")
    return forms if any(forms) else ()


def _gaps(text: str) -> Counter[str] | None:
    """Return the gaps of a text and how they are filled, or None if its braces make none."""
    try:
        parsed = list(Formatter().parse(text))
    except ValueError:
        return None
    return Counter(f"{name}:{spec}!{turned}" for _, name, spec, turned in parsed if name is not None)


def _edges(text: str) -> tuple[str, str]:
    bare = text.strip()
    start = text.index(bare)
    return text[:start], text[start + len(bare) :]


def _of_whole(
    file: str, catalogue: Catalog, sources: dict[tuple[str | None, str], Message]
) -> Iterator[Problem]:
    """Yield each entry that is missing, empty, doubtful or no longer asked for."""
    entries = {_key(message): message for message in catalogue if message.id}
    for key, source in sources.items():
        entry = entries.get(key)
        if entry is None or not _said(entry):
            yield Problem(file, _name(source), "no translation", "one: make translations, then translate it")
        elif entry.fuzzy:
            yield Problem(file, _name(source), "a translation marked as fuzzy", "one that was looked at")
    for key in entries.keys() - sources.keys():
        yield Problem(file, _name(entries[key]), "a text that nothing says any more", "make translations")


def _name(message: Message) -> str:
    return message.context or shortened(_texts(message.id)[0], _NAME).strip("'\"")
