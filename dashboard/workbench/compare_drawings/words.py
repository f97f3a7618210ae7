"""The page's captions, and text of others for where Streamlit takes Markdown."""

import re

from layers.data.files import Json
from layers.style.captions import captions

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&])")


def words() -> Json:
    """Return the captions of this page."""
    return captions()["workbench"]["compare-drawings"]


def plain(text: str) -> str:
    """Return a text that Markdown shows as it stands, on one line: each of its signs is escaped."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
