"""What a reader is told of a feature, in words and figures: the same in popup, card and balloon."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from layers.atlas import Atlas, Layer
from layers.captions import long_date
from layers.dates import Holding, features_by_date

_MEASURES = (
    ("area_km2", "area", "{:,.0f} km²"),
    ("returned_km2", "of it regained or handed over", "{:,.0f} km²"),
    ("share_percent", "share of the former oblast", "{:.1f} %"),
    ("length_km", "length", "{:,.0f} km"),
    ("road_km", "road within, hairpins left out", "{:,.0f} km"),
    ("crow_km", "as the crow flies", "{:,.1f} km"),
    ("mean_width_km", "mean width", "{:,.1f} km"),
)


def name_in(names: Mapping[str, str], lang: str) -> str:
    """Return the chosen form of a name, or the article's, or else the first that there is."""
    return next(names[code] for code in (lang, "article", "en", *names) if code in names)


def is_missing(value: object) -> bool:
    """Tell a cell that this feature has no value for (a length on an area, say)."""
    return value is None or (isinstance(value, float) and bool(pd.isna(value)))


def held_by_date(atlas: Atlas) -> dict[str, list[str]]:
    """Return how much of each area was Armenian-held on each of the map's days, as a reader reads it."""
    return {feature: list(map(_held, holdings)) for feature, holdings in features_by_date(atlas)}


def _held(holding: Holding) -> str:
    return f"{holding.armenian_km2:,.0f} km² of {holding.whole_km2:,.0f} km² ({holding.armenian_percent} %)"


def held_figures(holding: Holding) -> tuple[str, str]:
    """Return how much each side held, as a legend has it: the Armenian-held part, the Azerbaijani-held."""
    return (
        f"{holding.armenian_km2:,.0f} · {holding.armenian_percent} %",
        f"{holding.azerbaijani_km2:,.0f} · {holding.azerbaijani_percent} %",
    )


def feature_rows(layer: Layer) -> list[dict[str, Any]]:
    """Return the layer's features as plain rows; None where a feature has no value."""
    records = layer.features.to_dict("records")
    return [{key: None if is_missing(value) else value for key, value in row.items()} for row in records]


def reader_facts(feature: dict[str, Any], lang: str = "article") -> dict[str, Any]:
    """Return a row of a layer's features with what a reader reads of it: names, measures, uncertainty."""
    names = feature["names"]
    name = name_in(names, lang)
    return {
        **feature,
        "name": name,
        "lang": lang if lang != "article" and lang in names else "en",
        "other_names": [(code, other) for code, other in names.items() if other != name],
        "measured": [
            {"label": label, "value": form.format(feature[key])}
            for key, label, form in _MEASURES
            if feature.get(key) is not None
        ],
        "uncertainty": f"about {feature['uncertainty_m']:,} m",
        "as_of": long_date(feature["as_of"]),
    }
