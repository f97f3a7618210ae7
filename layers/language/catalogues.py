"""The catalogues: what a text is in the language that is spoken, from gettext's .po files, read once each.

There are two: `interface` (captions, templates), which must be whole, and `data` (what the files of `geodata`
say), in which a text without a translation stays English.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from layers.language.speaking import ENGLISH, spoken

Domain = Literal["interface", "data"]
DOMAINS: tuple[Domain, ...] = ("interface", "data")
LOCALE = Path(__file__).resolve().parents[1] / "locale"
# The forms of a counted thing, as CLDR names them, in the order of the catalogue.
PLURAL_FORMS = {
    ENGLISH: ("one", "other"),
    "az": ("one", "other"),
    "hy": ("one", "other"),
    "ru": ("one", "few", "many"),
}
# gettext's rules for these forms, which are CLDR's for whole numbers.
PLURALS = {
    "az": "nplurals=2; plural=(n != 1);",
    "hy": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}
Texts = dict[tuple[str | None, str], str | tuple[str, ...]]  # by context and English


def po_file(language: str, domain: Domain, folder: Path = LOCALE) -> Path:
    """Return where a catalogue is, whether it is there or not."""
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalogue(path: Path, language: str, domain: Domain) -> Catalog:
    """Return a catalogue as it stands. Raises PoFileError, OSError, UnicodeDecodeError."""
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=domain, abort_invalid=True)


def translated(text: str, domain: Domain = "interface", context: str | None = None) -> str:
    """Return a text in the language that is spoken; what has no translation stays as it is.

    Of the data's texts the words count alone: the same English is translated once.
    """
    found = None if spoken() == ENGLISH else _texts(spoken(), domain).get((context, text))
    return found if isinstance(found, str) else text


def plural_forms(one: str, other: str, context: str | None = None) -> dict[str, str]:
    """Return the forms of a counted thing by CLDR's names, in the language that is spoken."""
    found = None if spoken() == ENGLISH else _texts(spoken(), "interface").get((context, one))
    if isinstance(found, tuple) and len(found) == len(PLURAL_FORMS[spoken()]):
        return dict(zip(PLURAL_FORMS[spoken()], found, strict=True))
    return {"one": one, "other": other}


def form_for(forms: Mapping[str, str], count: float) -> str:
    """Return the form for a number; a language that has none of that name has the last."""
    return forms.get(Locale.parse(spoken()).plural_form(count)) or list(forms.values())[-1]


@cache
def _texts(language: str, domain: Domain) -> Texts:
    """Return what a catalogue has, without what is empty or marked as fuzzy; nothing if it cannot be read."""
    try:
        catalogue = read_catalogue(po_file(language, domain), language, domain)
    except (OSError, UnicodeDecodeError, PoFileError):
        return {}  # a fault, which `python -m layers check` names
    return {
        (context_of(message, domain), message.id if isinstance(message.id, str) else message.id[0]): (
            message.string if isinstance(message.string, str) else tuple(message.string)
        )
        for message in catalogue
        if message.id and not message.fuzzy and message.string and all(message.string)
    }


def context_of(message: Message, domain: Domain) -> str | None:
    """Return what tells an entry from others with the same English; the data's need nothing."""
    return message.context if domain == "interface" else None
