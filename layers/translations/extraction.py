"""What is to be translated: captions and templates (`interface`), and the words of the data (`data`)."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from layers.data.folders import GEODATA, ROOT
from layers.data.translated import WORDS_OF, entries_of
from layers.language.catalogues import Domain
from layers.language.messages import Message, messages, patterns
from layers.style.captions import FILE, is_caption, source

TEMPLATES = ("dashboard/templates", "layers/exports/templates")
FIELDS = ROOT / "layers" / "exports" / "fields.json"
_KEYWORDS = {"_": None, "ngettext": (1, 2)}


def extracted(domain: Domain, geodata: Path = GEODATA) -> Catalog:
    """Return a catalogue of all that there is to translate, in the order of files and of what is in them."""
    catalogue = Catalog(domain=domain, project="karabakh-2020", charset="utf-8", fuzzy=False)
    for message, place in _interface() if domain == "interface" else _data(geodata):
        text = message.text if message.other is None else (message.text, message.other)
        catalogue.add(text, context=message.context, locations=[(place, 0)] if place else ())
    return catalogue


def _interface() -> Iterator[tuple[Message, str]]:
    yield from ((message, "") for message in messages(FILE.name, source(), is_caption()))
    for folder in TEMPLATES:
        for path in sorted(Path(ROOT, folder).iterdir()):
            yield from ((message, f"{folder}/{path.name}") for message in _of_template(path))


def _of_template(path: Path) -> Iterator[Message]:
    """Yield what a template says, in its order. What is extracted for several counts is a pair."""
    options = {"trimmed": "true", "silent": "false"}
    found = extract("jinja2", BytesIO(path.read_bytes()), _KEYWORDS, options=options)
    for _line, text, _comments, _context in found:
        yield Message(None, text) if isinstance(text, str) else Message(None, text[0], text[1])


def _data(geodata: Path) -> Iterator[tuple[Message, str]]:
    """Yield each text of the data once, where it stands first: the same English is translated once."""
    seen: set[str] = set()
    for file, chosen in WORDS_OF.items():
        path = FIELDS if file == FIELDS.name else geodata / file
        tree = entries_of(json.loads(path.read_text(encoding="utf-8")))
        for message in messages(file, tree, patterns(list(chosen))):
            if message.text not in seen:
                seen.add(message.text)
                yield message, ""
