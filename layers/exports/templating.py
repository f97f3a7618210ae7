"""Text for files: templates (HTML and XML autoescaped, `.txt` and `.md` not), and what no format can hold."""

import re
from pathlib import Path

import jinja2

from layers.language.templating import give_words

# https://www.w3.org/TR/xml/#charsets, the production Char, turned round
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).resolve().parent / "templates"),
    autoescape=jinja2.select_autoescape(["html", "xml"]),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=jinja2.StrictUndefined,
)
give_words(_templates)


def render(template: str, **values: object) -> str:
    """Return a template filled with values, without characters that XML forbids."""
    return clean(_templates.get_template(template).render(**values))


def clean(text: str) -> str:
    """Return a text without control characters and lone surrogates, its lines ending in LF as in XML."""
    return _FORBIDDEN.sub("", re.sub("\r\n?", "\n", text))
