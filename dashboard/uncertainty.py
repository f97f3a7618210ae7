"""How far what is drawn may be off, as the script needs it: for the bands, and to say so of a distance."""

from typing import Any

import geopandas as gpd
from markupsafe import Markup

from dashboard.drawn import fronts_of, shared_lines
from dashboard.geometry_encoding import packed
from dashboard.templating import render
from layers import Atlas
from layers.geometry.uncertainty import least_certain, uncertain_lines
from layers.style.captions import captions, metres
from layers.style.symbology import symbology


def how_sure(atlas: Atlas) -> Markup:
    """Return the list of the least certain things, each a button that takes the map there."""
    words = captions()["reader"]["how_sure"]
    return render(
        "uncertainty.html",
        least=least_certain(atlas.coverage),
        words=words,
        metres=metres,
        precisions=captions()["precisions"],
    )


def uncertainty_data(atlas: Atlas) -> dict[str, Any]:
    """Return, in metres, how far places, features compared, state borders and other lines may be off.

    `borders` also have the two countries between which each runs; `lines` (LineStrings, packed) the
    layers that are made of each. The borders' geometry is in the ground.
    """
    compared = atlas.layers["protectorates"].features
    places = atlas.coverage.places
    return {
        "metres": {
            **dict(zip(places.id, places.uncertainty_m.astype(int).tolist(), strict=True)),
            **{feature.id: feature.uncertainty_m for feature in compared},
        },
        "borders": _borders(atlas.basemap),
        "lines": packed(
            _inner_lines(atlas), shared_lines(atlas), {"uncertainty_m": "metres", "layers": "layers"}
        ),
    }


def _borders(basemap: gpd.GeoDataFrame) -> dict[str, list[Any]]:
    """Return by id of a state border: its uncertainty, and the ids of the countries on its sides."""
    outlines = {row.id: row.geometry.boundary for row in basemap[basemap.kind == "country"].itertuples()}
    states = basemap[basemap.kind == "state"]
    return {
        row.id: [
            int(row.uncertainty_m),
            *(name for name, outline in outlines.items() if outline.covers(row.geometry)),
        ]
        for row in states.itertuples()
    }


def _inner_lines(atlas: Atlas) -> gpd.GeoDataFrame:
    """Return the boundary lines and roads (LineStrings, WGS 84) that are no state borders."""
    lines = uncertain_lines(atlas.coverage)
    states = atlas.coverage.lines.id[atlas.coverage.lines.kind == "state"]
    lines = lines[~lines.id.isin(states)].sort_values("id", ignore_index=True)
    used = _layers_by_line(atlas)
    return lines.assign(layers=[" ".join(used.get(identifier, ())) for identifier in lines.id])


def _layers_by_line(atlas: Atlas) -> dict[str, list[str]]:
    """Return by id of a line the layers of which a feature is made of it, or that it divides."""
    used: dict[str, list[str]] = {}
    areas, divided = symbology()["coloured_by_holder"], symbology()["divided_by_fronts"]
    for layer in atlas.layers.values():
        made_of = {line for feature in layer.features for line in feature.made_of}
        if layer.id in divided:
            made_of.update(fronts_of(atlas, areas[layer.id]).id)
        for line in sorted(made_of):
            used.setdefault(line, []).append(layer.id)
    return used
