"""What the map says of a feature or a layer, as HTML: measured figures, uncertainty, quotes, sources."""

from typing import Any

from markupsafe import Markup

from dashboard.templating import long_date, render, words
from layers import Atlas, Layer
from layers.export import is_missing

_MEASURES = (
    ("area_km2", "area", "{:,.0f} km²"),
    ("returned_km2", "of it regained or handed over", "{:,.0f} km²"),
    ("share_percent", "share of the former oblast", "{:.1f} %"),
    ("length_km", "length", "{:,.0f} km"),
    ("road_km", "road within, hairpins left out", "{:,.0f} km"),
    ("crow_km", "as the crow flies", "{:,.1f} km"),
    ("mean_width_km", "mean width", "{:,.1f} km"),
)


def feature_card(atlas: Atlas, feature: dict[str, Any]) -> Markup:
    """Return one feature's card; `feature` is a row of a layer's features."""
    sources = {source["name"]: source for source in atlas.descriptor["sources"]}
    return render("feature_card.html", feature=_card(feature), sources=sources, quotation=_quotation)


def layer_card(layer: Layer) -> Markup:
    """Return one layer's card: what it shows, its quotes, and how large and how sure its features are."""
    features = [_card(row) for row in feature_rows(layer)]
    return render("layer_card.html", layer=layer, features=features, quotation=_quotation)


def feature_rows(layer: Layer) -> list[dict[str, Any]]:
    """Return the layer's features as plain rows; None where a feature has no value."""
    records = layer.features.to_dict("records")
    return [{key: None if is_missing(value) else value for key, value in row.items()} for row in records]


def _quotation(quote: object) -> Markup:
    """Return a quote with its paragraph and who speaks; a `Quote`, or the members that a feature carries."""
    return render("quotation.html", quote=quote, speakers=words()["speakers"])


def _card(feature: dict[str, Any]) -> dict[str, Any]:
    names = feature["names"]
    return {
        **feature,
        "other_names": [(code, name) for code, name in names.items() if name != feature["name"]],
        "measured": [
            {"label": label, "value": form.format(feature[key])}
            for key, label, form in _MEASURES
            if feature.get(key) is not None
        ],
        "uncertainty": f"about {feature['uncertainty_m']:,} m",
        "as_of": long_date(feature["as_of"]),
    }
