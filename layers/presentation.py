"""Formats names, measures and uncertainty for display: the same in sheet, balloon and picture."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import geopandas as gpd
import pandas as pd
import shapely

from layers.atlas import Atlas, Layer
from layers.features import Feature
from layers.geometry.control import Holding
from layers.geometry.coverage import STATUSES, Coverage
from layers.language.written import long_date, number
from layers.steps import Step, steps
from layers.style.captions import captions, metres
from layers.text.quotes import Quote

_CORRIDOR = "lachin-corridor"


@dataclass(frozen=True)
class FeatureText:
    """A feature as a reader reads it: name and its language, other forms (language, name), measures, dates.

    `measures` are (caption, value); `uncertainty` is in metres, `precision` in words.
    """

    name: str
    lang: str
    other_names: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str], ...]
    uncertainty: str
    precision: str
    as_of: str


@dataclass(frozen=True)
class Voice:
    """Whose words a passage is and what it reports: in full, and as a tag, empty for the author's own."""

    text: str
    tag: str


def voice_of(quote: Quote) -> Voice:
    """Return whose words a passage is, and what the author reports in it, as a reader reads it."""
    texts = captions()
    if quote.reports:
        text, tag = texts["reports"][quote.reports], texts["report_tags"][quote.reports]
    else:
        text, tag = texts["speakers"][quote.speaker], texts["speaker_tags"].get(quote.speaker, "")
    words = "”, “".join(quote.own_words)
    own, own_tag = (texts[key].format(words=words) if words else "" for key in ("own_words", "own_words_tag"))
    who = quote.who or texts["somebody"].get(quote.reports or quote.speaker)
    return Voice(f"{text.format(who=who)}{own}", f"{tag.format(who=who)}{own_tag}")


def kinds_of_voices(quotes: Iterable[Quote]) -> list[Voice]:
    """Return each kind of voice that passages have, once, in the order of the passages, without names."""
    unnamed = (replace(quote, who=None, own_words=()) for quote in quotes)
    return list({voice.tag: voice for voice in map(voice_of, unnamed)}.values())


def feature_text(feature: Feature, lang: str = "article") -> FeatureText:
    """Return how a feature reads in one form of names."""
    name = feature.name_in(lang)
    return FeatureText(
        name=name,
        lang=lang if lang != "article" and lang in feature.names else "en",
        other_names=tuple((code, other) for code, other in feature.names.items() if other != name),
        measures=tuple(
            _measure(name, value)
            for name in captions()["measures"]
            if (value := getattr(feature, name)) is not None
        ),
        uncertainty=captions()["units"]["about"].format(value=metres(feature.uncertainty_m)),
        precision=captions()["precisions"].get(feature.precision, feature.precision),
        as_of=long_date(feature.as_of),
    )


def _measure(name: str, value: float) -> tuple[str, str]:
    """Return a measure as a reader reads it: its caption, and its value with its unit."""
    measure = captions()["measures"][name]
    return measure["title"], measure["format"].format(value)


def layer_measures(layer: Layer) -> list[tuple[str, str]]:
    """Return what a layer measures in all (caption, value): each measure that its features share, summed."""
    summed = [name for name in ("area_km2", "returned_km2", "length_km") if name in layer.properties]
    shapes = {feature.geometry.geom_type for feature in layer.features}
    if not summed or "Point" in shapes:
        return []
    measures = [
        _measure(name, value)
        for name in summed
        if (value := sum(getattr(feature, name) or 0 for feature in layer.features))
    ]
    pattern = captions()["in_all"] if len(layer.features) > 1 else "{title}"
    return [(pattern.format(title=title), value) for title, value in measures]


@lru_cache(maxsize=8)
def holders(atlas: Atlas) -> dict[str, list[str]]:
    """Return by feature id who held it at each step, as a reader reads it; of lines there is nothing to say.

    An area is told by its parts; a place by the face it lies in, if any.
    """
    held = {key: held_through_time(atlas, feature.geometry) for key, feature in atlas.features.items()}
    return {key: mine for key, mine in held.items() if mine}


def held_through_time(atlas: Atlas, geometry: shapely.Geometry) -> list[str]:
    """Return who held an area, or the ground at a point (WGS 84), at each step; nothing if no face tells."""
    mine = _faces_of(geometry, atlas.coverage)
    if mine.empty:
        return []
    told = [_holder(atlas.coverage, mine, step.days[-1].date) for step in steps(atlas)]
    if not mine.corridor.all():
        return told
    return [_with_contingent(atlas, *each) for each in zip(told, steps(atlas), strict=True)]


def _with_contingent(atlas: Atlas, holder: str, step: Step) -> str:
    """Return who held the corridor at a step, and whose control it was under once it is drawn."""
    is_drawn = atlas.layers[_CORRIDOR] not in step.not_yet
    return str(captions()["holders"]["corridor"].format(holder=holder)) if is_drawn else holder


def _faces_of(geometry: shapely.Geometry, coverage: Coverage) -> gpd.GeoDataFrame:
    """Return the faces that an area is made of, or in which a place lies; none for a line."""
    if geometry.area:
        return coverage.faces_within(geometry)
    faces = coverage.faces
    if geometry.geom_type != "Point":
        return faces[:0]
    return faces.loc[coverage.once(("at", geometry), lambda: faces.index[faces.geometry.covers(geometry)])]


def _holder(coverage: Coverage, faces: gpd.GeoDataFrame, day: date) -> str:
    texts = captions()["holders"]

    def by_status() -> pd.Series:
        return coverage.km2[faces.index].groupby(coverage.status_on(day)[faces.index]).sum()

    km2 = coverage.once(("km2", *faces.index, day), by_status)
    if len(faces) == 1:
        return str(texts[km2.index[0]])
    if len(km2) == 1:
        return str(texts["whole"].format(holder=texts[km2.index[0]], km2=km2.iloc[0]))
    whole, is_unsure = km2.sum(), len(coverage.schematic_fronts(faces, day))
    parts = {texts[each]: km2[each] for each in STATUSES if each in km2}
    apart = captions()["dates"]["and"]
    told = apart.join(
        texts["about" if is_unsure else "part"].format(
            holder=holder, km2=part, whole=whole, percent=100 * part / whole
        )
        for holder, part in parts.items()
    )
    return f"{told}{apart}{texts['unsure']}" if is_unsure else told


def held_figures(holding: Holding) -> tuple[str, str]:
    """Return how much each side held, as a legend has it: the Armenian-held part, the Azerbaijani-held."""
    return (
        f"{number(holding.armenian_km2, ',.0f')} · {number(holding.armenian_percent, '')} %",
        f"{number(holding.azerbaijani_km2, ',.0f')} · {number(holding.azerbaijani_percent, '')} %",
    )
