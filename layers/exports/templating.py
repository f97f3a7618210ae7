"""The templates of files. HTML and XML are autoescaped; only `.txt` is not."""

from pathlib import Path

import jinja2

from layers.exports.text import clean

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).resolve().parent / "templates"),
    autoescape=jinja2.select_autoescape(["html", "xml"]),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=jinja2.StrictUndefined,
)


def render(template: str, **values: object) -> str:
    """Return a template filled with values, without characters that XML forbids."""
    return clean(_templates.get_template(template).render(**values))
