"""What the map shows on a date in one paragraph, of the layers that are on."""

from collections.abc import Iterable
from dataclasses import dataclass

from layers.atlas import Atlas, Layer
from layers.geometry.directions import together
from layers.in_words.areas import DISTRICTS, name_of
from layers.in_words.entries import written
from layers.in_words.lines import length
from layers.in_words.places import places
from layers.in_words.table import held_wholly
from layers.language.written import listed
from layers.steps import Step, step_of
from layers.style.captions import captions


@dataclass(frozen=True)
class Part:
    """A sentence of the paragraph; with a `layer` it is said only where that is on."""

    text: str
    layer: str | None = None


def paragraph(atlas: Atlas, step: Step) -> tuple[Part, ...]:
    """Return what the map shows at a step: who held what, each layer in a sentence, and how sure it is."""
    texts = captions()["in_words"]
    shown = [layer for layer in atlas.layers.values() if layer not in step.not_yet]
    return (
        Part(texts["lead"].format(title=step.title, days=step.long)),
        Part(step.held),
        *(Part(sentence) for sentence in (step.since,) if sentence),
        *(Part(sentence, DISTRICTS) for sentence in _districts(atlas, step)),
        *(Part(_layer(atlas, layer), layer.id) for layer in shown if layer.id in texts["layers"]),
        *(Part(sentence) for sentence in (step.not_yet_drawn,) if sentence),
        Part(texts["overall"]),
    )


def view_in_words(atlas: Atlas, layers: Iterable[str], *days: str) -> str:
    """Return what the map shows on one day or two (ISO) with these layers on."""
    known = tuple(layers)
    return " ".join(told(paragraph(atlas, step_of(atlas, day)), known) for day in days if day)


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
