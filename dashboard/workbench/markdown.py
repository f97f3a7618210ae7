"""Text of others for where Streamlit takes Markdown."""

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&])")


def plain(text: object) -> str:
    """Return text so that Markdown shows it letter for letter, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(str(text).split()))
