"""What the map shows on a date in one paragraph, of the layers that are on."""

from collections.abc import Iterable
from dataclasses import dataclass

from layers.atlas import Atlas, Layer
from layers.geometry.directions import together
from layers.in_words.areas import DISTRICTS, name_of
from layers.in_words.lines import length
from layers.in_words.places import places
from layers.in_words.table import held_wholly
from layers.in_words.wording import written
from layers.language.written import listed
from layers.steps import Step, step_of
from layers.style.captions import captions


@dataclass(frozen=True)
class Part:
    """A sentence of the paragraph; with a `layer` it is said only where that is on.

    What `stays` is as true on each later date.
    """

    text: str
    layer: str | None = None
    stays: bool = False


def paragraph(atlas: Atlas, step: Step) -> tuple[Part, ...]:
    """Return what the map shows at a step: what changed, who held what, each layer, what is not drawn yet."""
    not_yet = step.not_yet_drawn
    return (*_shown(atlas, step), *(Part(sentence) for sentence in (not_yet,) if sentence))


def _shown(atlas: Atlas, step: Step) -> tuple[Part, ...]:
    texts = captions()["in_words"]
    shown = [layer for layer in atlas.layers.values() if layer not in step.not_yet]
    return (
        Part(texts["lead"].format(title=step.title, days=step.long)),
        *(Part(sentence) for sentence in (step.since,) if sentence),
        Part(step.held),
        *(Part(sentence, DISTRICTS) for sentence in _districts(atlas, step)),
        *(Part(_layer(atlas, layer), layer.id, stays=True) for layer in shown if layer.id in texts["layers"]),
        Part(texts["overall"], stays=True),
    )


@dataclass(frozen=True)
class Dates:
    """What is to be said of several dates: `of_each` by the step's id, what is new on it; `of_all` once.

    A layer is told of on the first date that has it, so what is not drawn yet need not be told.
    """

    of_each: dict[str, tuple[Part, ...]]
    of_all: tuple[Part, ...]


def dates(atlas: Atlas, shown: Iterable[Step]) -> Dates:
    """Return the paragraphs of steps in the order of time, with nothing that stays told twice."""
    whole = {step.id: _shown(atlas, step) for step in shown}
    of_all = tuple(part for part in next(iter(whole.values()), ()) if part.stays)
    told_before, of_each = set(of_all), {}
    for day, parts in whole.items():
        of_each[day] = tuple(part for part in parts if part not in told_before)
        told_before |= {part for part in parts if part.stays}
    return Dates(of_each, of_all)


def view_in_words(atlas: Atlas, layers: Iterable[str], *days: str) -> str:
    """Return what the map shows on one day or two (ISO) with these layers on."""
    steps = [step_of(atlas, day) for day in days if day]
    if len(steps) == 1:
        return told(paragraph(atlas, steps[0]), layers)
    both, known = dates(atlas, steps), tuple(layers)
    return " ".join(told(parts, known) for parts in (*both.of_each.values(), both.of_all))


def told(parts: Iterable[Part], layers: Iterable[str]) -> str:
    """Return the paragraph of those parts that are said where these layers are on."""
    known = set(layers)
    return " ".join(part.text for part in parts if part.layer is None or part.layer in known)


def _districts(atlas: Atlas, step: Step) -> list[str]:
    """Return which districts each side held whole, and which were divided."""
    by_holder: dict[str, list[str]] = {}
    for feature in atlas.layers[DISTRICTS].features:
        by_holder.setdefault(held_wholly(atlas, feature.geometry, step) or "divided", []).append(
            feature.name_in()
        )
    texts = captions()["in_words"]["districts"]
    return [texts[key].format(names=listed(by_holder[key])) for key in texts if key in by_holder]


def _layer(atlas: Atlas, layer: Layer) -> str:
    values = {name: getattr(layer.features[0], name) for name in ("axis_km", "mean_width_km")}
    lines = {
        name_of(feature): length(atlas, feature) for feature in layer.features if not feature.geometry.area
    }
    return str(
        captions()["in_words"]["layers"][layer.id].format(
            count=len(layer.features),
            orienting=sum(not place.is_on_layer for place in places(atlas).values()),
            names=listed(map(name_of, layer.features)),
            km=written(together(lines.values())),
            each="; ".join(f"{name}, {written(km)}" for name, km in lines.items()),
            **{name: value for name, value in values.items() if value is not None},
        )
    )
