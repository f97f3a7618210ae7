"""What the map says of a feature or a layer, as HTML: measured figures, uncertainty, quotes, sources."""

from markupsafe import Markup

from dashboard.templating import render
from layers import Atlas, Layer
from layers.features import Feature
from layers.presentation import feature_text
from layers.style.captions import captions, long_date
from layers.text.quotes import quotes_about


def feature_card(
    atlas: Atlas, feature: Feature, held: str | None = None, *, lang: str = "article", day: str = ""
) -> Markup:
    """Return one feature's card.

    `held` says how much of it was Armenian-held on the `day` (ISO; the article's, unless given).
    """
    return render(
        "feature_card.html",
        feature=feature,
        text=feature_text(feature, lang),
        held=held,
        day=long_date(day or atlas.descriptor["as_of"]),
        mentions=_mentions(atlas, feature.id),
        sources=atlas.sources,
        quotation=quotation,
    )


def layer_card(layer: Layer, *, lang: str = "article") -> Markup:
    """Return one layer's card: what it shows, its quotes, and how large and how sure its features are."""
    features = [(feature, feature_text(feature, lang)) for feature in layer.features]
    return render("layer_card.html", layer=layer, features=features, quotation=quotation)


def _mentions(atlas: Atlas, feature: str) -> int:
    """Count the passages that name a feature without saying more of it; its card leaves them out."""
    return len(quotes_about(atlas.annotations.quotes, feature, purpose="identifying"))


def quotation(quote: object) -> Markup:
    """Return a quote with its paragraph and who speaks; a `Quote`, or the members that a feature carries."""
    return render("quotation.html", quote=quote, speakers=captions()["speakers"])
