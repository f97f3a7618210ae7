"""The templates, all autoescaped. Text becomes HTML here, nowhere else."""

from pathlib import Path

import jinja2
from markupsafe import Markup

from dashboard.speaking import folder_of
from layers.language.speaking import spoken
from layers.language.templating import give_words

HERE = Path(__file__).resolve().parent

templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
give_words(templates)
templates.globals["own_folder"] = lambda: folder_of(spoken())  # of the pages in the language that is spoken
# json with < > & ' escaped, as tojson does, but no blanks and no \u for Armenian letters: half the bytes.
templates.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}


def render(template: str, **values: object) -> Markup:
    """Render a template; the result is HTML and is not escaped again."""
    return Markup(templates.get_template(template).render(**values))  # noqa: S704 - autoescaped


def own_asset(name: str) -> Markup:
    """Return a style sheet or script of ours, to be written into a page that is to wait for no request."""
    return Markup((HERE / "assets" / name).read_text(encoding="utf-8"))  # noqa: S704 - our own
