"""What the map says of a feature or a layer, as HTML: who held it, figures, uncertainty, quotes, sources."""

from collections.abc import Iterator

from markupsafe import Markup

from dashboard.entries.catalogue import page_of
from dashboard.symbols import swatch
from dashboard.templating import render
from dashboard.uncertainty import how_sure
from layers import Atlas, Layer
from layers.exports.formats import LAYER_FORMATS
from layers.features import Feature
from layers.presentation import feature_text, layer_measures, voice_of
from layers.text.quotes import Quote, quotes_about


def sheets(atlas: Atlas, files: str | None) -> Iterator[tuple[str, Markup]]:
    """Yield the sheet of each layer and feature, and that of the least certain, with the id of its template.

    `files` is the address below which the layers' files lie, or none.
    """
    yield "how-sure", how_sure(atlas)
    for layer in atlas.layers.values():
        yield f"layer-{layer.id}", layer_sheet(atlas, layer, files)
        for feature in layer.features:
            yield feature.id, feature_sheet(atlas, feature, files)


def quotes_of_sheets(atlas: Atlas) -> list[Quote]:
    """Return, each once, the quotes whose places in the sheets the script fills."""
    of_layers = (layer.quotes for layer in atlas.layers.values())
    of_features = (feature.quotes for feature in atlas.features.values())
    told = {quote.id for quotes in (*of_layers, *of_features) for quote in quotes}
    return [quote for quote in atlas.annotations.quotes if quote.id in told]


def feature_sheet(
    atlas: Atlas, feature: Feature, files: str | None = None, *, lang: str = "article"
) -> Markup:
    """Return one feature's sheet, its name in a form of names; the script adds quotes and dates.

    With `files`, the address below which the site's files lie, it leads to the feature's own page.
    """
    return render(
        "feature_sheet.html",
        feature=feature,
        layer=atlas.layers[feature.layer],
        text=feature_text(feature, lang),
        mentions=_mentions(atlas, feature.id),
        sources=atlas.sources,
        page=None if files is None else f"{files}{page_of(feature)}",
    )


def layer_sheet(atlas: Atlas, layer: Layer, files: str | None) -> Markup:
    """Return one layer's sheet: what it shows, its figures, its passages, its features and files."""
    return render(
        "layer_sheet.html",
        layer=layer,
        measures=layer_measures(layer),
        sources=atlas.sources,
        swatch=swatch,
        files=files,
        formats=LAYER_FORMATS,
    )


def _mentions(atlas: Atlas, feature: str) -> int:
    """Count the passages that name a feature without saying more of it; its sheet leaves them out."""
    return len(quotes_about(atlas.annotations.quotes, feature, purpose="identifying"))


def quotation(quote: Quote, files: str | None = None) -> Markup:
    """Return a `Quote` with its paragraph, which leads to it, who speaks, and with `files` its own page."""
    return render("quotation.html", quote=quote, voice=voice_of(quote).text, files=files)
