"""What stands round the map: legend, notices, foot, popups, and the data that the document's script reads."""

from typing import Any

from markupsafe import Markup

from dashboard.cards import feature_card, feature_rows
from dashboard.labels import labels, lat_lon
from dashboard.templating import long_date, render, short_date, words
from layers import Atlas
from layers.reading import resource_extent


def furniture(atlas: Atlas) -> Markup:
    """Return the legend, the notices, the foot, the popups, and the data that our script reads."""
    return render(
        "furniture.html",
        title=words()["title"],
        as_of=long_date(atlas.descriptor["as_of"]),
        latest=atlas.descriptor["as_of"],
        dates=[
            {"iso": iso, "short": short_date(iso), "long": long_date(iso)}
            for iso in atlas.descriptor["dates"]
        ],
        layers=list(atlas.layers.values()),
        swatch=lambda layer, kind: render("swatch.html", layer=layer, kind=kind),
        languages=words()["languages"],
        tiles=words()["tiles"],
        disclaimer=atlas.descriptor["disclaimer"],
        attribution=atlas.descriptor["attribution"],
        popups=[
            {"id": row["id"], "html": feature_card(atlas, row)}
            for layer in atlas.layers.values()
            for row in feature_rows(layer)
        ],
        data=map_data(atlas),
    )


def map_data(atlas: Atlas) -> dict[str, Any]:
    """Return what the document's script needs to know: features, labels, dates, first view."""
    west, south, east, north = far_extent(atlas)
    near = atlas.coverage.faces.total_bounds
    return {
        "asOf": atlas.descriptor["as_of"],
        "dates": atlas.descriptor["dates"],
        "languages": list(words()["languages"]),
        "extent": [[south, west], [north, east]],
        "near": corners(near),
        "layers": {
            layer.id: {
                "title": layer.title,
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


def corners(bounds: Any) -> list[list[float]]:  # noqa: ANN401 - a tuple or a numpy array
    """Return west, south, east, north as the two corners that Leaflet wants, latitude first."""
    west, south, east, north = (round(float(edge), 4) for edge in bounds)
    return [[south, west], [north, east]]


def far_extent(atlas: Atlas) -> list[float]:
    """Return what the ground reaches over: west, south, east, north, in degrees."""
    return resource_extent(atlas.descriptor, "region")
