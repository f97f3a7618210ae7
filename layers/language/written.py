"""How the language that is spoken writes numbers, dates and lists, by CLDR: the same on every machine."""

import re
import string
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import get_decimal_symbol, get_group_symbol

from layers.language.catalogues import translated
from layers.language.speaking import spoken

_LOCALES = {"en": "en_GB"}  # day before month
_STOPS = re.compile(r"\.\.(?![./\w])")  # a date may end in a full stop, and the sentence too
_APART = "\N{NO-BREAK SPACE}"  # what CLDR calls a narrow one many fonts lack


class _Formatter(string.Formatter):
    """Fills the gaps of a caption as `str.format` does, with numbers as the language writes them."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - whatever fills a gap
        """Return what fills one gap."""
        filled = str(super().format_field(value, format_spec))
        return localized(filled) if isinstance(value, int | float) else filled


_formatter = _Formatter()


class Caption(str):
    """A text of the interface, whose gaps `format` fills with numbers as the language writes them."""

    __slots__ = ()

    def format(self, *values: object, **named: object) -> str:
        """Return the text with its gaps filled."""
        return _STOPS.sub(".", _formatter.vformat(str(self), values, named))


def number(value: float, spec: str = ",") -> str:
    """Return a number as the language writes it; `spec` is Python's, such as `,.1f`."""
    return localized(format(value, spec))


def localized(figure: str) -> str:
    """Return a number that Python wrote with the signs of the language for decimals and thousands."""
    return figure.translate(_signs(spoken()))


def number_signs() -> dict[str, str]:
    """Return the signs between thousands and before decimals, for the scripts."""
    return {"group": localized(","), "decimal": localized(".")}


def chart_locale() -> dict[str, Any]:
    """Return how numbers are written for Vega-Lite (`config.locale`)."""
    signs = number_signs()
    number = {"decimal": signs["decimal"], "thousands": signs["group"], "grouping": [3], "currency": ["", ""]}
    return {"number": number}


@cache
def _signs(language: str) -> dict[int, str]:
    group, decimal = get_group_symbol(language), get_decimal_symbol(language)
    return {ord(","): _APART if group.isspace() else group, ord("."): decimal}


def long_date(iso: str) -> str:
    """Return an ISO date as a reader writes it: 8 December 2020."""
    pattern = _locale().date_formats["long"].pattern.replace("dd", "d")  # Armenian has 08 there, elsewhere 8
    return _plain(format_date(date.fromisoformat(iso), pattern, _locale()))


def short_date(iso: str) -> str:
    """Return an ISO date as a short caption: 8 Dec."""
    return _plain(format_skeleton("MMMd", date.fromisoformat(iso), locale=_locale()))


def day_and_month(iso: str) -> str:
    """Return an ISO date without its year: 8 December."""
    return _plain(format_skeleton("MMMMd", date.fromisoformat(iso), locale=_locale()))


def dates_of_year() -> list[str]:
    """Return how a date of each month is written, with {day} and {year} in their places, for the scripts."""
    some = (long_date(f"2222-{month:02}-11") for month in range(1, 13))
    return [text.replace("11", "{day}").replace("2222", "{year}") for text in some]


def labelled(label: str) -> str:
    """Return what stands before something that it names, with the sign of the language behind it."""
    return Caption(translated("{label}:")).format(label=label)


def listed(things: Iterable[str]) -> str:
    """Return things as a list in a sentence: a, b and c."""
    return str(format_list(list(things), "standard", _locale()))


def _plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", _APART)


def _locale() -> Locale:
    return Locale.parse(_LOCALES.get(spoken(), spoken()))
