"""The page's captions, and text of others for where Streamlit takes Markdown."""

import re

from layers.data.files import Json
from layers.style.captions import captions

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&])")
_LONGEST = 80  # letters of a name that a label shows


def words() -> Json:
    """Return the captions of this page."""
    return captions()["workbench"]["compare-drawings"]


def plain(text: str) -> str:
    """Return a text that Markdown shows as it stands: each of its signs escaped, on one line, shortened."""
    line = " ".join(text.split())
    shown = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
    return _MARKUP.sub(r"\\\1", shown)
