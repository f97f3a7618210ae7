"""What can be measured from the layers as built: vertices, spacing, areas, topology, margins."""

import math
import re
from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely

from layers.atlas import Atlas
from layers.features import Feature, Figure
from layers.geometry.coverage import dissolve
from layers.geometry.measure import CORRELATION_KM, area_km2, area_margin_km2, length_km

_HEAD = (
    "# How well the geodata is drawn",
    "",
    "Made by `python -m layers check --accuracy`; not edited by hand.",
)
_KM2 = re.compile(r"^([\d,]+) km²$")
_CORRELATIONS_KM = (5.0, CORRELATION_KM, 20.0, 50.0, None)  # None: one error all along


def report(atlas: Atlas) -> list[str]:
    """Return the report as lines of Markdown: tables of features, lines, published areas and margins."""
    tables = (_lines, _drawing, _published, _margins)
    return [*_HEAD, *(row for table in tables for row in ("", *table(atlas))), "", *_topology(atlas)]


def outlined(atlas: Atlas) -> Iterator[Feature]:
    """Yield the features that have an outline or a length: all but the points."""
    for layer in atlas.layers.values():
        yield from (feature for feature in layer.features if feature.geometry.geom_type != "Point")


def _lines(atlas: Atlas) -> Iterator[str]:
    """Yield each boundary line with how far it may be off and how that was found."""
    lines = atlas.coverage.lines.sort_values("id")
    yield "| line | kind | vertices | km | ± m | how the ± was found |"
    yield "|---|---|---|---|---|---|"
    for line in lines.itertuples():
        vertices, km = shapely.get_num_coordinates(line.geometry), length_km(line.geometry)
        off = f"{line.uncertainty_m:,}"
        yield f"| `{line.id}` | {line.kind} | {vertices} | {km:,.1f} | {off} | {line.uncertainty_basis} |"


def _drawing(atlas: Atlas) -> Iterator[str]:
    yield "| feature | vertices | mean spacing, m | measured | ± m |"
    yield "|---|---|---|---|---|"
    for feature in outlined(atlas):
        geometry = feature.geometry
        outline = geometry.boundary if geometry.area else geometry
        vertices = shapely.get_num_coordinates(outline)
        spacing = 1000 * length_km(outline) / vertices
        measured = f"{area_km2(geometry):,.1f} km²" if geometry.area else f"{length_km(geometry):,.1f} km"
        yield f"| `{feature.id}` | {vertices} | {spacing:,.0f} | {measured} | {feature.uncertainty_m:,} |"


def _published(atlas: Atlas) -> Iterator[str]:
    yield "| feature | measured, km² | published, km² | difference | source |"
    yield "|---|---|---|---|---|"
    for name, area, figures in _figured_areas(atlas):
        for figure in figures:
            published = _KM2.match(figure.value)
            if published and figure.source != "article":
                measured, value = area_km2(area), float(published[1].replace(",", ""))
                difference, source = f"{measured / value - 1:+.1%}", atlas.sources[figure.source]["title"]
                yield f"| {name} | {measured:,.0f} | {value:,.0f} | {difference} | {source} |"


def _figured_areas(atlas: Atlas) -> Iterator[tuple[str, shapely.Geometry, tuple[Figure, ...]]]:
    """Yield what has published figures: whole layers, areas, and what a line of contact encloses."""
    before = dissolve(atlas.coverage.armenian_held(atlas.coverage.before_the_war))
    for layer in atlas.layers.values():
        if layer.figures:
            yield f"`{layer.id}`, whole", layer.whole, layer.figures
        for feature in layer.features:
            if feature.id == "line-of-contact-1994":
                yield f"within `{feature.id}`", before, feature.figures
            elif feature.geometry.area:
                yield f"`{feature.id}`", feature.geometry, feature.figures


def _margins(atlas: Atlas) -> Iterator[str]:
    """Yield by how much a share of the oblast may be off, by how far one error is taken to run."""
    sides = (f"upper-karabakh-{side}-held" for side in ("azerbaijani", "armenian"))
    part, rest = (atlas.features[side].geometry for side in sides)
    yield "| if one error of the drawing runs along | the Azerbaijani-held share of the oblast is off by, % |"
    yield "|---|---|"
    for km in _CORRELATIONS_KM:
        told = "the whole outline, to the same side" if km is None else f"{km:.0f} km of a line"
        used = ", as taken for the claims" if km == CORRELATION_KM else ""
        yield f"| {told}{used} | ± {_share_margin(atlas, part, rest, km):.1f} |"


def _share_margin(
    atlas: Atlas, part: shapely.Geometry, rest: shapely.Geometry, correlation_km: float | None
) -> float:
    """Return by how much the share s of a part in itself and the rest may be off, percent.

    A line between the two counts whole, another of the part's outline 1 - s, one of the rest's s.
    """
    coverage, whole = atlas.coverage, area_km2(part) + area_km2(rest)
    s, between = area_km2(part) / whole, coverage.made_of(part.boundary & rest.boundary)
    own, other = (_but(coverage.made_of(area), between) for area in (part, rest))
    margins = [
        weight * area_margin_km2(lines, correlation_km)
        for weight, lines in ((1, between), (1 - s, own), (s, other))
    ]
    total = sum(margins) if correlation_km is None else math.hypot(*margins)
    return 100 * total / whole


def _but(lines: gpd.GeoDataFrame, others: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return lines[~lines.id.isin(others.id)]


def _topology(atlas: Atlas) -> Iterator[str]:
    faces = atlas.coverage.faces.geometry.to_numpy()
    invalid = int(np.count_nonzero(~shapely.is_empty(shapely.coverage_invalid_edges(faces))))
    lines = atlas.coverage.lines.geometry
    shortest, vertices = (
        min(1000 * length_km(line) for line in lines),
        sum(len(line.coords) for line in lines),
    )
    yield (
        f"{len(lines)} lines of {vertices:,} vertices, {len(faces)} faces: no dangle, cut or "
        f"crossing (the build fails on any); faces that gape or overlap: {invalid}; "
        f"shortest line {shortest:,.0f} m."
    )
