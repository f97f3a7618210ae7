"""What a reader has chosen, as the address says it. The same keys on `/` and on `/map`."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from dashboard.templating import words
from layers import Atlas

_LONGEST_NAMED = 80  # characters of an unknown value that a notice repeats
_WORLD = (20.0, 90.0, 180.0)  # greatest zoom, latitude, longitude


@dataclass(frozen=True)
class Selection:
    """Layers shown (None: all), date (None: the article's), feature, view `zoom/lat/lon`, form of names."""

    layers: tuple[str, ...] | None = None
    date: str | None = None
    feature: str | None = None
    view: str | None = None
    lang: str | None = None

    def query(self) -> str:
        """Return the query string that restores this selection."""
        values = {key: value for key, value in vars(self).items() if value is not None}
        if self.layers is not None:
            values["layers"] = ",".join(self.layers)
        return urlencode(values, safe=",/")

    def shown(self, atlas: Atlas) -> list[str]:
        """Return the ids of the layers shown, in the order of the legend."""
        return [layer for layer in atlas.layers if self.layers is None or layer in self.layers]


def read_selection(query: Mapping[str, str], atlas: Atlas) -> tuple[Selection, list[str]]:
    """Return the selection that a query asks for, and a sentence for each value that is unknown."""
    notices: list[str] = []
    features = {identifier for layer in atlas.layers.values() for identifier in layer.features.id}

    def known(key: str, is_known: Callable[[str], bool], what: str) -> str | None:
        value = query.get(key)
        if value and not is_known(value):
            notices.append(_unknown(what, value))
            return None
        return value or None

    selection = Selection(
        layers=_layers(query.get("layers"), atlas, notices),
        date=known("date", atlas.descriptor["dates"].__contains__, "date"),
        feature=known("feature", features.__contains__, "feature"),
        view=known("view", is_view, "view"),
        lang=known("lang", words()["languages"].__contains__, "form of names"),
    )
    return selection, notices


def is_view(text: str) -> bool:
    """Tell whether a text is `zoom/lat/lon`, three numbers within the world."""
    try:
        numbers = [float(part) for part in text.split("/")]
    except ValueError:
        return False
    if len(numbers) != len(_WORLD) or not all(map(math.isfinite, numbers)):
        return False
    zoom, *place = numbers
    return 0 <= zoom <= _WORLD[0] and all(abs(a) <= b for a, b in zip(place, _WORLD[1:], strict=True))


def from_map(state: Any, atlas: Atlas) -> Selection:  # noqa: ANN401 - whatever a browser may send
    """Return the selection that the map document reports; whatever is unknown in it is left out."""
    if not isinstance(state, Mapping):
        return Selection()
    layers = state.get("layers")
    query = {key: str(state[key]) for key in ("date", "feature", "view", "lang") if state.get(key)}
    if isinstance(layers, list) and len(layers) != len(atlas.layers):
        query["layers"] = ",".join(map(str, layers))
    selection, _ = read_selection(query, atlas)
    if selection.date == atlas.descriptor["as_of"]:
        selection = replace(selection, date=None)
    return replace(selection, lang=None) if selection.lang == "article" else selection


def _layers(value: str | None, atlas: Atlas, notices: list[str]) -> tuple[str, ...] | None:
    """Return the layers asked for; None, which is all of them, if none of those asked for is known."""
    if value is None:
        return None
    asked = [identifier for identifier in value.split(",") if identifier]
    notices.extend(_unknown("layer", identifier) for identifier in asked if identifier not in atlas.layers)
    chosen = tuple(layer for layer in atlas.layers if layer in asked)
    return None if asked and not chosen else chosen


def _unknown(what: str, value: str) -> str:
    return f"There is no {what} “{value[:_LONGEST_NAMED]}”; it is ignored."
