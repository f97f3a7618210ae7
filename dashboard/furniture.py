"""What stands round the map: legend, notices, foot, popups, and the data that the document's script reads."""

from typing import Any

from markupsafe import Markup

from dashboard.cards import feature_card
from dashboard.search import search_box, search_data
from dashboard.templating import render
from dashboard.tools import tools, tools_data
from dashboard.uncertainty import how_sure
from layers import Atlas
from layers.data.files import resource_extent
from layers.geometry.control import holdings, shares
from layers.geometry.coverage import STATUSES
from layers.geometry.label_points import lat_lon
from layers.labels import labels
from layers.presentation import held_by_day, held_figures
from layers.style.captions import captions, long_date, short_date
from layers.style.symbology import symbology


def furniture(atlas: Atlas) -> Markup:
    """Return the legend, the notices, the foot, the popups, and the data that our script reads."""
    held = held_by_day(atlas)
    return render(
        "furniture.html",
        title=captions()["title"],
        as_of=long_date(atlas.descriptor["as_of"]),
        latest=atlas.descriptor["as_of"],
        dates=[
            {**vars(day), "short": short_date(day.id), "long": long_date(day.id)}
            for day in atlas.annotations.days
        ],
        sources=atlas.sources,
        layers=list(atlas.layers.values()),
        statuses=STATUSES,
        areas=captions()["printed"]["holdings"],
        swatch=_swatch,
        languages=captions()["languages"],
        tiles=captions()["reader"]["tiles"],
        hatches=symbology()["hatches"],
        disclaimer=atlas.descriptor["disclaimer"],
        attribution=atlas.descriptor["attribution"],
        popups=[
            {
                "id": feature.id,
                "html": feature_card(atlas, feature, held[feature.id][-1] if feature.id in held else None),
            }
            for layer in atlas.layers.values()
            for feature in layer.features
        ],
        search=search_box(),
        tools=tools(atlas),
        how_sure=how_sure(atlas),
        data=map_data(atlas, held),
    )


def _swatch(layer: str, kind: str) -> Markup:
    """Return how a layer, or a class of its features, looks on the map."""
    fills, lines = symbology()["coloured_by_holder"], symbology()["cased"]
    return render("swatch.html", layer=layer, kind=kind, fills=fills, lines=lines)


def map_data(atlas: Atlas, held: dict[str, list[str]]) -> dict[str, Any]:
    """Return what the document's script needs to know: features, labels, passages, dates, first view.

    `held` says how much of each area was Armenian-held on each day.
    """
    west, south, east, north = far_extent(atlas)
    near = atlas.coverage.faces.total_bounds
    return {
        "asOf": atlas.descriptor["as_of"],
        "dates": {day.id: {"long": long_date(day.id)} for day in atlas.annotations.days},
        "holdings": _holdings(atlas),
        "held": held,
        "quotes": {quote.id: quote.about for quote in atlas.annotations.quotes},
        "languages": list(captions()["languages"]),
        "query": captions()["query"],
        "sentences": captions()["sentences"],
        "extent": [[south, west], [north, east]],
        "cased": symbology()["cased"],
        "near": corners(near),
        "layers": {
            layer.id: {
                "title": layer.title,
                "names": dict(layer.own_names) or None,
                "from": layer.drawn_from,
                "atFirst": layer.at_first,
                "bounds": corners(layer.bounds),
            }
            for layer in atlas.layers.values()
        },
        "features": {
            feature.id: {"layer": layer.id, "names": feature.names, "at": lat_lon(feature.geometry)}
            for layer in atlas.layers.values()
            for feature in layer.features
        },
        "search": search_data(atlas),
        **tools_data(atlas),
        "labels": [label.as_json() for label in labels(atlas)],
    }


def _holdings(atlas: Atlas) -> dict[str, list[dict[str, Any]]]:
    """Return by area and day what each side held: shares for the legend's bar, and the texts under it."""
    days = [(holdings(atlas.coverage, day), shares(atlas.coverage, day)) for day in atlas.days]
    return {
        area: [
            {
                "shares": {status: round(share, 1) for status, share in parts[area].items()},
                **dict(zip(("armenian", "azerbaijani"), held_figures(held[area]), strict=True)),
            }
            for held, parts in days
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
