"""The templates, all autoescaped, and the words they share. Text becomes HTML here and nowhere else."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from folium.template import tojavascript
from markupsafe import Markup

HERE = Path(__file__).resolve().parent

templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
# json with < > & ' escaped, as tojson does, but not \u-escaping every Armenian letter: half the bytes.
templates.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
templates.filters["tojavascript"] = lambda value: Markup(tojavascript(value))  # noqa: S704 - our own settings


@cache
def words() -> dict[str, Any]:
    """Return the captions that no data file of the map holds."""
    text = (HERE / "words.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def render(template: str, **values: object) -> Markup:
    """Render a template; the result is HTML and is not escaped again."""
    return Markup(templates.get_template(template).render(**values))  # noqa: S704 - autoescaped


def long_date(iso: str) -> str:
    """Return an ISO date as a reader writes it: 8 December 2020."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def short_date(iso: str) -> str:
    """Return an ISO date as a short caption: 8 Dec."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b}"
