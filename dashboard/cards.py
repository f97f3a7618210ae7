"""What the map says of a feature or a layer, as HTML: measured figures, uncertainty, quotes, sources."""

from typing import Any

from markupsafe import Markup

from dashboard.templating import long_date, render, words
from layers import Atlas, Layer
from layers.dates import Holding, features_by_date
from layers.export import is_missing, name_in
from layers.quotes import quotes_about

_MEASURES = (
    ("area_km2", "area", "{:,.0f} km²"),
    ("returned_km2", "of it regained or handed over", "{:,.0f} km²"),
    ("share_percent", "share of the former oblast", "{:.1f} %"),
    ("length_km", "length", "{:,.0f} km"),
    ("road_km", "road within, hairpins left out", "{:,.0f} km"),
    ("crow_km", "as the crow flies", "{:,.1f} km"),
    ("mean_width_km", "mean width", "{:,.1f} km"),
)


def feature_card(
    atlas: Atlas, feature: dict[str, Any], held: str | None = None, *, lang: str = "article", day: str = ""
) -> Markup:
    """Return one feature's card; `feature` is a row of a layer's features.

    `held` says how much of it was Armenian-held on the `day` (ISO; the article's, unless given).
    """
    return render(
        "feature_card.html",
        feature=_card(feature, lang),
        held=held,
        day=long_date(day or atlas.descriptor["as_of"]),
        mentions=_mentions(atlas, feature["id"]),
        sources={source["name"]: source for source in atlas.descriptor["sources"]},
        quotation=quotation,
    )


def layer_card(layer: Layer, *, lang: str = "article") -> Markup:
    """Return one layer's card: what it shows, its quotes, and how large and how sure its features are."""
    features = [_card(row, lang) for row in feature_rows(layer)]
    return render("layer_card.html", layer=layer, features=features, quotation=quotation)


def _mentions(atlas: Atlas, feature: str) -> int:
    """Count the passages that name a feature without saying more of it; its card leaves them out."""
    return len(quotes_about(atlas.words.quotes, feature, purpose="identifying"))


def held_by_date(atlas: Atlas) -> dict[str, list[str]]:
    """Return how much of each area was Armenian-held on each of the map's days, as a reader reads it."""
    return {feature: list(map(_held, holdings)) for feature, holdings in features_by_date(atlas)}


def _held(holding: Holding) -> str:
    return f"{holding.armenian_km2:,.0f} km² of {holding.whole_km2:,.0f} km² ({holding.armenian_percent} %)"


def feature_rows(layer: Layer) -> list[dict[str, Any]]:
    """Return the layer's features as plain rows; None where a feature has no value."""
    records = layer.features.to_dict("records")
    return [{key: None if is_missing(value) else value for key, value in row.items()} for row in records]


def quotation(quote: object) -> Markup:
    """Return a quote with its paragraph and who speaks; a `Quote`, or the members that a feature carries."""
    return render("quotation.html", quote=quote, speakers=words()["speakers"])


def _card(feature: dict[str, Any], lang: str) -> dict[str, Any]:
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
