"""What stands round the map: legend, notices, foot, popups, and the data that the document's script reads."""

from typing import Any

from markupsafe import Markup

from dashboard.cards import feature_card
from dashboard.templating import render, words
from layers import Atlas, Layer
from layers.captions import captions, long_date, short_date
from layers.dates import oblast_and_districts, shares_by_kind
from layers.facts import feature_rows, held_by_date, held_figures
from layers.labels import labels, lat_lon
from layers.reading import resource_extent
from layers.symbology import symbology


def furniture(atlas: Atlas) -> Markup:
    """Return the legend, the notices, the foot, the popups, and the data that our script reads."""
    held = held_by_date(atlas)
    return render(
        "furniture.html",
        title=captions()["title"],
        as_of=long_date(atlas.descriptor["as_of"]),
        latest=atlas.descriptor["as_of"],
        dates=[
            {**step, "short": short_date(step["id"]), "long": long_date(step["id"])}
            for step in atlas.words.dates
        ],
        sources={source["name"]: source for source in atlas.descriptor["sources"]},
        layers=list(atlas.layers.values()),
        swatch=lambda layer, kind: render("swatch.html", layer=layer, kind=kind, lines=symbology()["cased"]),
        languages=captions()["languages"],
        tiles=words()["tiles"],
        hatches=symbology()["hatches"],
        disclaimer=atlas.descriptor["disclaimer"],
        attribution=atlas.descriptor["attribution"],
        popups=[
            {
                "id": row["id"],
                "html": feature_card(atlas, row, held[row["id"]][-1] if row["id"] in held else None),
            }
            for layer in atlas.layers.values()
            for row in feature_rows(layer)
        ],
        data=map_data(atlas, held),
    )


def map_data(atlas: Atlas, held: dict[str, list[str]]) -> dict[str, Any]:
    """Return what the document's script needs to know: features, labels, passages, dates, first view.

    `held` says how much of each area was Armenian-held on each day.
    """
    west, south, east, north = far_extent(atlas)
    near = atlas.coverage.faces.total_bounds
    return {
        "asOf": atlas.descriptor["as_of"],
        "dates": {step["id"]: {"long": long_date(step["id"])} for step in atlas.words.dates},
        "holdings": _holdings(atlas),
        "held": held,
        "quotes": {quote.id: quote.about for quote in atlas.words.quotes},
        "languages": list(captions()["languages"]),
        "extent": [[south, west], [north, east]],
        "cased": symbology()["cased"],
        "near": corners(near),
        "layers": {
            layer.id: {
                "title": layer.title,
                "names": _legend_names(layer),
                "from": layer.drawn_from,
                "atFirst": layer.at_first,
                "bounds": corners(layer.features.total_bounds),
            }
            for layer in atlas.layers.values()
        },
        "features": {
            row["id"]: {"layer": layer.id, "names": row["names"], "at": lat_lon(row["geometry"])}
            for layer in atlas.layers.values()
            for row in feature_rows(layer)
        },
        "labels": list(labels(atlas)),
    }


def _legend_names(layer: Layer) -> dict[str, str] | None:
    """Return a layer's names: its own, or those of its only feature; most titles are captions, not names."""
    if layer.names or len(layer.features) != 1:
        return layer.names
    return dict(layer.features.names.iloc[0])


def _holdings(atlas: Atlas) -> dict[str, list[dict[str, Any]]]:
    """Return by area and day what each side held: shares for the legend's bar, and the texts under it."""
    days = [
        (oblast_and_districts(atlas.coverage, day), shares_by_kind(atlas.coverage, day)) for day in atlas.days
    ]
    return {
        area: [
            {
                "shares": {kind: round(share, 1) for kind, share in shares[area].items()},
                **dict(zip(("armenian", "azerbaijani"), held_figures(held[area]), strict=True)),
            }
            for held, shares in days
        ]
        for area in days[0][0]
    }


def corners(bounds: Any) -> list[list[float]]:  # noqa: ANN401 - a tuple or a numpy array
    """Return west, south, east, north as the two corners that Leaflet wants, latitude first."""
    west, south, east, north = (round(float(edge), 4) for edge in bounds)
    return [[south, west], [north, east]]


def far_extent(atlas: Atlas) -> list[float]:
    """Return what the ground reaches over: west, south, east, north, in degrees."""
    return resource_extent(atlas.descriptor, "region")
