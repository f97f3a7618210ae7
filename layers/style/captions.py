"""Interface strings: the words of map, reader, files and pictures that no data file of the map holds.

They come in the language that the interface speaks.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from layers.language.catalogues import LOCALE, form_for, plural_forms, translated
from layers.language.messages import Message, patterns, translate
from layers.language.speaking import spoken
from layers.language.written import Caption, long_date, number, short_date

FILE = Path(__file__).resolve().parent / "captions.json"


def captions() -> dict[str, Any]:
    """Return the title and description of the map, the speakers, the forms of names, and all else we say.

    What counts something is its forms by CLDR's names; see `counted`.
    """
    return _captions(spoken())


@cache
def _captions(_language: str) -> dict[str, Any]:
    return dict(translate(FILE.name, source(), is_caption(), _say))


def source() -> dict[str, Any]:
    """Return the captions as they stand in the file, in English."""
    return dict(json.loads(FILE.read_text(encoding="utf-8")))


@cache
def is_caption() -> Callable[[tuple[str, ...]], bool]:
    """Return what tells by its keys whether a text of the file is to be translated."""
    not_words = patterns(json.loads((LOCALE / "words.json").read_text(encoding="utf-8"))["untranslated"])
    return lambda path: not not_words(path)


def _say(message: Message) -> Any:  # noqa: ANN401 - a caption, or the forms of one
    if message.other is None:
        return Caption(translated(message.text, context=message.context))
    forms = plural_forms(message.text, message.other, message.context)
    return {form: Caption(text) for form, text in forms.items()}


def counted(forms: Mapping[str, str], count: int, **values: object) -> str:
    """Return the form of a caption for a number, with its gaps, `count` among them, filled."""
    return Caption(form_for(forms, count)).format(count=count, **values)


def printed() -> dict[str, Any]:
    """Return the captions that only the printed map needs; some have {gaps} to be filled."""
    return dict(captions()["printed"])


def picture_alt(days: str = "") -> str:
    """Return what a picture of the map is, for who can't see it; without days, the picture at first."""
    return str(captions()["picture_alt"]).format(days=days or captions()["picture_days"])


def title_on(iso: str) -> str:
    """Return the map's title for a day: its own, but for days before what that speaks of."""
    return str(captions()["titles_on"].get(iso, captions()["title"]))


LANGUAGES = tuple(source()["languages"])  # the forms of names that a reader may choose


def form_of_names() -> str:
    """Return the form of names of who has chosen none: that of the language that is spoken."""
    return spoken() if spoken() in LANGUAGES else "article"


def date_range(first: str, last: str, *, short: bool = False) -> str:
    """Return the days from one ISO date to another as a reader writes them: 1-8 December 2020, 1-8 Dec."""
    written = short_date if short else long_date
    if first == last:
        return written(last)
    begin = written(first)
    if first[:7] == last[:7]:
        begin = re.findall(r"\d+", begin)[0]  # the day, which comes first in all our languages
    return str(captions()["dates"]["range"].format(first=begin, last=written(last)))


def metres(value: float) -> str:
    """Return a number of whole metres with its unit."""
    return str(captions()["units"]["m"].format(value=value))


def kilometres(value: float, spec: str = "g") -> str:
    """Return a number of kilometres with its unit; `spec` is how Python would write the number."""
    return str(captions()["units"]["km"].format(value=number(value, spec)))
