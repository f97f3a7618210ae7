"""Capitals as each language has them."""

from layers.language.speaking import spoken

# What Python's upper() gets wrong: the dotted i of Azerbaijani, and the Armenian ligature, whose capitals are
# Ե and Վ in the spelling of today.
_CAPITALS = {"az": {"i": "İ", "ı": "I"}, "hy": {"և": "ԵՎ"}}  # noqa: RUF001


def capitals(text: str, lang: str) -> str:
    """Return a text of a language (its code) in capitals."""
    for small, capital in _CAPITALS.get(lang, {}).items():
        text = text.replace(small, capital)
    return text.upper()


def first_capital(text: str) -> str:
    """Return a text of the interface as it begins a line; of a ligature only the first letter is large."""
    first = capitals(text[:1], spoken())
    return f"{first[:1]}{first[1:].lower()}{text[1:]}"
