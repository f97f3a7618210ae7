"""What the search needs beside the map's own names: its box, its captions, and whom the article cites."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dashboard.templating import render
from layers import Atlas
from layers.language.speaking import SPOKEN, speaking
from layers.language.written import day_and_month
from layers.steps import Step, steps
from layers.style.captions import captions
from layers.text.quotes import Quote


def search_box() -> Markup:
    """Return the search box with its empty list of results."""
    return render("search.html", search=captions()["reader"]["search"])


def search_data(atlas: Atlas) -> dict[str, Any]:
    """Return the captions of the results, and each person and agency cited with the ids of their passages."""
    search = captions()["reader"]["search"]
    in_script = {key: search[key] for key in search.keys() - {"label", "placeholder", "results"}}
    return {
        **dict(sorted(in_script.items())),
        "cited": _cited(search["cited"], atlas.annotations.quotes),
        "spoken_dates": {step.id: _spoken(step) for step in steps(atlas)},
    }


def _spoken(step: Step) -> list[tuple[str, str]]:
    """Return the days of a step as one may write them, each with its language: 10 November, 10 ноября."""
    days = []
    for language in SPOKEN:
        with speaking(language):
            days.append((language, day_and_month(step.id)))
    day, month = days[0][1].split(" ")
    return [*days, ("en", f"{month} {day}")]


def _cited(people: Mapping[str, Mapping[str, str]], quotes: tuple[Quote, ...]) -> list[dict[str, Any]]:
    """Return the forms of each name, and the passages that it utters or that name or cite it."""
    return [
        {"names": names, "quotes": [quote.id for quote in quotes if key in _texts(quote)]}
        for key, names in people.items()
    ]


def _texts(quote: Quote) -> str:
    return " ".join(filter(None, (quote.exact, quote.cites, quote.who)))
