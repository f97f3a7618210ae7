"""What a picture shows: which layers, on which date, with which form of names."""

from collections.abc import Collection
from dataclasses import dataclass

from layers.atlas import Atlas, Layer
from layers.data.problems import UnknownChoiceError
from layers.style.captions import LANGUAGES


@dataclass(frozen=True)
class View:
    """What a picture shows: layer ids in the legend's order, an ISO date, a form of names, bands or not."""

    layers: tuple[str, ...]
    date: str
    lang: str
    uncertainty: bool = False


def view(
    atlas: Atlas,
    *,
    layers: str | None = None,
    date: str | None = None,
    lang: str | None = None,
    uncertainty: str | None = None,
) -> View:
    """Return the view that values of a query ask for. Raises UnknownChoiceError.

    `layers` are ids with commas; None means those on at first, "" none, as on the web map. The date is the
    atlas's own, and names are as in the article, unless told otherwise; `uncertainty` is "1" for bands within
    which the lines may lie.
    """
    return View(
        _layers(atlas, layers),
        _known("date", date or atlas.descriptor["as_of"], [day.id for day in atlas.annotations.days]),
        _known("form of names", lang or "article", LANGUAGES),
        _known("uncertainty", uncertainty or "0", ("0", "1")) == "1",
    )


def drawn_layers(atlas: Atlas, shown: View) -> list[Layer]:
    """Return the layers of a view that were there on its date, in the order of the legend."""
    chosen = (layer for layer in atlas.layers.values() if layer.id in shown.layers)
    return [layer for layer in chosen if (layer.drawn_from or "") <= shown.date]


def _layers(atlas: Atlas, text: str | None) -> tuple[str, ...]:
    if text is None:
        return tuple(layer.id for layer in atlas.layers.values() if layer.at_first)
    asked = {_known("layer", identifier, atlas.layers) for identifier in text.split(",") if identifier}
    return tuple(layer for layer in atlas.layers if layer in asked)


def _known(what: str, value: str, known: Collection[str]) -> str:
    if value not in known:
        raise UnknownChoiceError(what, value, known)
    return value
