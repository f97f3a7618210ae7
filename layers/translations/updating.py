"""Writes the catalogues: templates (.pot) of what there is to translate, and each language's .po."""

from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from layers.language.catalogues import DOMAINS, LOCALE, PLURALS, Domain, po_file, read_catalogue
from layers.language.speaking import ENGLISH, SPOKEN
from layers.translations.extraction import extracted

_WIDTH = 110
# Without the day on which it was written: a catalogue changes with its texts alone.
_HEAD = """msgid ""
msgstr ""
"Project-Id-Version: karabakh-2020\\n"
{of_language}"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_OF_LANGUAGE = '"Language: {language}\\n"\n"Plural-Forms: {plurals}\\n"\n'


def update() -> list[Path]:
    """Write all templates and catalogues anew, keeping what is translated; return their paths.

    A text that was changed keeps its translation, marked as fuzzy, for a translator to look at.
    """
    templates = {domain: extracted(domain) for domain in DOMAINS}
    written = [_write(templates[domain], LOCALE / f"{domain}.pot", "") for domain in DOMAINS]
    for language in SPOKEN:
        if language != ENGLISH:
            written += [_updated(templates[domain], language, domain) for domain in DOMAINS]
    return written


def _updated(template: Catalog, language: str, domain: Domain) -> Path:
    path = po_file(language, domain)
    head = _OF_LANGUAGE.format(language=language, plurals=PLURALS[language])
    if path.exists():
        catalogue = read_catalogue(path, language, domain)
    else:
        catalogue = read_po(BytesIO(_HEAD.format(of_language=head).encode()), locale=language, domain=domain)
    before = {message.context: message.string for message in catalogue if message.context}
    catalogue.update(deepcopy(template), no_fuzzy_matching=True)  # its new entries are written into below
    for message in catalogue:
        if message.context in before and not any(message.string or ""):
            message.string = before[message.context]  # of what was said in this place before
            message.flags |= {"fuzzy"} if any(message.string or "") else set()
    return _write(catalogue, path, head)


def _write(catalogue: Catalog, path: Path, of_language: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(_HEAD.format(of_language=of_language).encode())
        write_po(file, catalogue, width=_WIDTH, omit_header=True, ignore_obsolete=True)
    return path
