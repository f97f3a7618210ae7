"""What a reader has chosen, as the address says it. The same keys on `/` and on `/map`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from layers import Atlas
from layers.style.captions import captions

_LONGEST_NAMED = 80  # characters of an unknown value that a notice repeats
_MOST_NAMED = 5  # unknown layers that get a notice of their own
_VIEW = re.compile(r"\+?[0-9]+(\.[0-9]+)?(/[+-]?[0-9]+(\.[0-9]+)?){2}", re.ASCII)


@dataclass(frozen=True)
class Selection:
    """What is shown: layers (None: those on at first), date (None: the article's), feature or quote, view.

    `lang` is the form of names.
    """

    layers: tuple[str, ...] | None = None
    date: str | None = None
    feature: str | None = None
    view: str | None = None
    lang: str | None = None
    quote: str | None = None

    def query(self) -> str:
        """Return the query string that restores this selection."""
        values = {key: value for key, value in vars(self).items() if value is not None}
        if self.layers is not None:
            values["layers"] = ",".join(self.layers)
        return urlencode(values, safe=",/")

    def shown(self, atlas: Atlas) -> list[str]:
        """Return the ids of the layers drawn on the date, in the order of the legend."""
        chosen = at_first(atlas) if self.layers is None else self.layers
        day = self.date or atlas.descriptor["as_of"]
        return [x.id for x in atlas.layers.values() if x.id in chosen and (x.drawn_from or "") <= day]


def at_first(atlas: Atlas) -> tuple[str, ...]:
    """Return the ids of the layers that are on until a reader chooses."""
    return tuple(layer.id for layer in atlas.layers.values() if layer.at_first)


def read_selection(query: Mapping[str, str], atlas: Atlas) -> tuple[Selection, list[str]]:
    """Return the selection that a query asks for, and a sentence for each value that is unknown."""
    notices: list[str] = []

    def known(key: str, is_known: Callable[[str], bool], what: str) -> str | None:
        value = query.get(key)
        if value and not is_known(value):
            notices.append(_unknown(what, value))
            return None
        return value or None

    selection = Selection(
        layers=_layers(query.get("layers"), atlas, notices),
        date=known("date", {day.id for day in atlas.annotations.days}.__contains__, "date"),
        feature=known("feature", atlas.layer_ids.__contains__, "feature"),
        quote=known("quote", {quote.id for quote in atlas.annotations.quotes}.__contains__, "passage"),
        view=known("view", is_view, "view"),
        lang=known("lang", captions()["languages"].__contains__, "form of names"),
    )
    return (replace(selection, quote=None) if selection.feature else selection), notices


def is_view(text: str) -> bool:
    """Tell whether a text is `zoom/lat/lon`, three numbers within the world."""
    if not _VIEW.fullmatch(text):
        return False
    zoom, latitude, longitude = map(float, text.split("/"))
    return zoom <= 20 and abs(latitude) <= 90 and abs(longitude) <= 180  # noqa: PLR2004 - the world


def from_map(state: Any, atlas: Atlas) -> Selection:  # noqa: ANN401 - whatever a browser may send
    """Return the selection that the map document reports; whatever is unknown in it is left out."""
    if not isinstance(state, Mapping):
        return Selection()
    layers = state.get("layers")
    query = {key: str(state[key]) for key in ("date", "feature", "quote", "view", "lang") if state.get(key)}
    if isinstance(layers, list) and set(map(str, layers)) != set(at_first(atlas)):
        query["layers"] = ",".join(map(str, layers))
    selection, _ = read_selection(query, atlas)
    if selection.date == atlas.descriptor["as_of"]:
        selection = replace(selection, date=None)
    return replace(selection, lang=None) if selection.lang == "article" else selection


def _layers(value: str | None, atlas: Atlas, notices: list[str]) -> tuple[str, ...] | None:
    """Return the layers asked for; None, which is those on at first, if none of those asked for is known."""
    if value is None:
        return None
    asked = list(dict.fromkeys(identifier for identifier in value.split(",") if identifier))
    unknown = [identifier for identifier in asked if identifier not in atlas.layers]
    notices.extend(_unknown("layer", identifier) for identifier in unknown[:_MOST_NAMED])
    if len(unknown) > _MOST_NAMED:
        notices.append(f"{len(unknown) - _MOST_NAMED} more unknown layers are ignored.")
    chosen = tuple(layer for layer in atlas.layers if layer in asked)
    return None if asked and not chosen else chosen


def _unknown(what: str, value: str) -> str:
    return f"There is no {what} “{value[:_LONGEST_NAMED]}”; it is ignored."
