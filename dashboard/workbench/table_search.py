"""Finding rows by words, in any form of a name: compared as the reader's own search does."""

import re
import unicodedata

_ONE_SPELLING = (("ə", "e"), ("\N{LATIN SMALL LETTER DOTLESS I}", "i"), ("եվ", "եւ"))
_ANYWHERE_FROM = 3  # letters: fewer would be found inside nearly every text


def folded(text: str) -> str:
    """Return the words of a text in small letters without marks, in one spelling, a blank before each."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    for spelling, other in _ONE_SPELLING:
        plain = plain.replace(spelling, other)
    return "".join(f" {word}" for word in re.findall(r"[^\W_]+", plain))


def holds(text: str, asked: str) -> bool:
    """Tell whether a folded text holds every word of a folded question, or begins one with it."""
    return all(f" {word}" in text or (len(word) >= _ANYWHERE_FROM and word in text) for word in asked.split())
