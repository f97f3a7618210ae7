"""Text as every format can hold it: no character that XML forbids or that ends a string in C."""

import re

# https://www.w3.org/TR/xml/#charsets, the production Char, turned round
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return a text without control characters and lone surrogates, its lines ending in LF as in XML."""
    return _FORBIDDEN.sub("", re.sub("\r\n?", "\n", text))
