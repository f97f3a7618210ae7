"""Formats names, measures and uncertainty for display: the same in popup, card and balloon."""

from dataclasses import dataclass

from layers.atlas import Atlas
from layers.features import Feature
from layers.geometry.control import Holding, holdings_by_day
from layers.style.captions import captions, long_date


@dataclass(frozen=True)
class FeatureText:
    """A feature as a reader reads it: name and its language, other forms (language, name), measures, dates.

    `measures` are (caption, value); `uncertainty` is in metres.
    """

    name: str
    lang: str
    other_names: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str], ...]
    uncertainty: str
    as_of: str


def feature_text(feature: Feature, lang: str = "article") -> FeatureText:
    """Return how a feature reads in one form of names."""
    name = feature.name_in(lang)
    return FeatureText(
        name=name,
        lang=lang if lang != "article" and lang in feature.names else "en",
        other_names=tuple((code, other) for code, other in feature.names.items() if other != name),
        measures=tuple(
            (measure["title"], measure["format"].format(value))
            for key, measure in captions()["measures"].items()
            if (value := getattr(feature, key)) is not None
        ),
        uncertainty=f"about {feature.uncertainty_m:,} m",
        as_of=long_date(feature.as_of),
    )


def held_by_day(atlas: Atlas) -> dict[str, list[str]]:
    """Return how much of each area was Armenian-held on each of the map's days, as a reader reads it."""
    held = holdings_by_day(atlas.coverage, atlas.areas_by_holder, atlas.days)
    return {feature: list(map(_held, each)) for feature, each in held.items()}


def _held(holding: Holding) -> str:
    return f"{holding.armenian_km2:,.0f} km² of {holding.whole_km2:,.0f} km² ({holding.armenian_percent} %)"


def held_figures(holding: Holding) -> tuple[str, str]:
    """Return how much each side held, as a legend has it: the Armenian-held part, the Azerbaijani-held."""
    return (
        f"{holding.armenian_km2:,.0f} · {holding.armenian_percent} %",
        f"{holding.azerbaijani_km2:,.0f} · {holding.azerbaijani_percent} %",
    )
