"""How a sentence of the map in words is made: captions filled, distances as sure as they are, capitals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from layers.features import Feature
from layers.geometry.directions import Distance
from layers.in_words.areas import Area
from layers.in_words.places import Place
from layers.language.capitals import first_capital
from layers.style.captions import captions, kilometres, metres


@dataclass(frozen=True)
class Entry:
    """One thing in words: its id, the layer it is on (None: it only orients), its name, and the sentences.

    The first sentence says where it lies. `note` is what else there is to know of it.
    """

    id: str
    layer: str | None
    name: str
    sentences: tuple[str, ...]
    note: str | None


def say(key: str, **values: Any) -> str:  # noqa: ANN401 - whatever fills a gap
    """Return a caption of the map in words with its gaps filled."""
    return str(captions()["in_words"][key].format(**values))


def entry_of(thing: Area | Place | Feature, layer: str | None, name: str, *said: str) -> Entry:
    """Return an entry whose name and sentences begin with a capital: a name within a sentence need not."""
    note = thing.feature.note if isinstance(thing, Area) and thing.feature else getattr(thing, "note", None)
    sentences = tuple(first_capital(sentence) for sentence in said)
    return Entry(thing.id, layer, first_capital(name), sentences, first_capital(note) if note else None)


def joined(things: Iterable[Any], told: Callable[[Any], str]) -> str:
    """Return what is told of each of some things, one after another."""
    return str(captions()["dates"]["and"]).join(map(told, things))


def written(distance: Distance) -> str:
    """Return a distance as a reader reads it, rounded to what it may be off."""
    if distance.rounded:
        return kilometres(distance.rounded, ",")
    return str(captions()["units"]["less_than"].format(value=kilometres(distance.step, ",")))


def sure(precision: str, uncertainty_m: int) -> str:
    """Return how sure it is where something lies, as a sentence."""
    return say("sure", precision=captions()["precisions"][precision], metres=metres(uncertainty_m))


def sure_of(feature: Feature) -> str:
    """Return how sure it is where a feature lies, as a sentence."""
    return sure(feature.precision, feature.uncertainty_m)
