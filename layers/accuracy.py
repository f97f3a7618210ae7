"""How well the geodata is drawn, measured from the layers as built.

Vertices, spacing, areas against published figures, and, where reference files are at hand, overlap and
distance of the outlines.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from layers.atlas import Atlas
from layers.data.files import Json, read_json
from layers.data.folders import GEODATA
from layers.data.problems import GeodataError, Problem
from layers.features import Feature, Figure
from layers.geometry.coverage import dissolve
from layers.geometry.measure import METRIC, area_km2, length_km, to_metres

COMPARISON = GEODATA / "comparison.json"
_HEAD = (
    "# How well the geodata is drawn",
    "",
    "Made by `python -m layers check --accuracy`; not edited by hand.",
)
_STEP_M = 100.0  # outlines are compared at points this far apart
_KM2 = re.compile(r"^([\d,]+) km²$")


def report(atlas: Atlas, references: Path | None = None) -> list[str]:
    """Return the report as lines of Markdown; with `references`, a folder, also the comparison with it.

    Raises GeodataError if a reference that the comparison needs cannot be read.
    """
    lines = [*_HEAD, "", *_drawing(atlas), "", *_published(atlas), "", *_topology(atlas)]
    return lines if references is None else [*lines, "", *_against(atlas, references)]


def _outlined(atlas: Atlas) -> Iterator[Feature]:
    """Yield the features that have an outline or a length: all but the points."""
    for layer in atlas.layers.values():
        yield from (feature for feature in layer.features if feature.geometry.geom_type != "Point")


def _drawing(atlas: Atlas) -> Iterator[str]:
    yield "| feature | vertices | mean spacing, m | measured | ± m |"
    yield "|---|---|---|---|---|"
    for feature in _outlined(atlas):
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


def _topology(atlas: Atlas) -> Iterator[str]:
    faces = atlas.coverage.faces.geometry.to_numpy()
    invalid = int(np.count_nonzero(~shapely.is_empty(shapely.coverage_invalid_edges(faces))))
    shortest = min(1000 * length_km(line) for line in atlas.coverage.lines.geometry)
    yield (
        f"{len(atlas.coverage.lines)} lines, {len(faces)} faces: no dangle, cut or crossing (the build fails "
        f"on any); faces that gape or overlap: {invalid}; shortest line {shortest:,.0f} m."
    )


def _against(atlas: Atlas, folder: Path) -> Iterator[str]:
    problems: list[Problem] = []
    specifications = read_json(COMPARISON, problems) or {"features": {}, "lines": {}}
    features = {feature.id: feature.geometry for feature in _outlined(atlas)}
    yield "| feature | IoU | outlines apart, m: mean | p95 | greatest |"
    yield "|---|---|---|---|---|"
    for identifier, specification in specifications["features"].items():
        reference = _reference(folder, identifier, specification, problems)
        if reference is None:
            continue
        ours, theirs = (_metric(geometry) for geometry in (features[identifier], reference))
        overlap = ours.intersection(theirs).area / ours.union(theirs).area
        apart = outline_distances_m(ours, theirs)
        mean, p95, greatest = apart.mean(), np.percentile(apart, 95), apart.max()
        yield f"| `{identifier}` | {overlap:.3f} | {mean:,.0f} | {p95:,.0f} | {greatest:,.0f} |"
    yield from ("", *_lines_against(atlas, folder, specifications["lines"], problems))
    if problems:
        raise GeodataError(problems)


def _lines_against(
    atlas: Atlas, folder: Path, references: dict[str, str], problems: list[Problem]
) -> Iterator[str]:
    """Yield how far the lines of a kind lie from the outlines of its reference, at points 100 m apart."""
    yield "| kind of line | compared with | km | apart, m: mean | p95 | greatest |"
    yield "|---|---|---|---|---|---|"
    for kind, file in references.items():
        try:
            outlines = _outlines(gpd.read_file(folder / file))
        except (OSError, RuntimeError, ValueError) as error:
            found = f"nothing to compare with ({error})"
            problems.append(Problem(str(folder / file), kind, found, "a GeoJSON file of areas or lines"))
            continue
        lines = atlas.coverage.lines[atlas.coverage.lines.kind == kind].to_crs(METRIC).geometry
        points = shapely.points(shapely.get_coordinates(shapely.segmentize(lines.to_numpy(), _STEP_M)))
        apart = shapely.distance(points, outlines)
        length, mean, p95 = lines.length.sum() / 1000, apart.mean(), np.percentile(apart, 95)
        yield f"| {kind} | {file} | {length:,.0f} | {mean:,.0f} | {p95:,.0f} | {apart.max():,.0f} |"


def _outlines(frame: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return the lines of a file, and the outlines of its areas, as one geometry (EPSG:32638)."""
    shapes = frame.to_crs(METRIC).geometry
    return shapes.where(shapes.geom_type.isin(("LineString", "MultiLineString")), shapes.boundary).union_all()


def _reference(
    folder: Path, identifier: str, specification: Json, problems: list[Problem]
) -> shapely.Geometry | None:
    """Return the reference area of a feature, or None after appending why there is none."""
    path = folder / specification["file"]
    try:
        frame = gpd.read_file(path)
        chosen = frame[frame.name == specification["name"]] if "name" in specification else frame
        area = chosen.geometry.iloc[0]
        if "without" in specification:
            parts = area.difference(gpd.read_file(folder / specification["without"]).geometry.iloc[0])
            area = max(shapely.get_parts(parts), key=shapely.area)
    except (OSError, RuntimeError, IndexError, AttributeError) as error:
        expected = f"a GeoJSON file with {specification.get('name', 'an area')}"
        problems.append(Problem(str(path), identifier, f"nothing to compare with ({error})", expected))
        return None
    return area


def _metric(geometry: shapely.Geometry) -> shapely.Geometry:
    return shapely.make_valid(to_metres(geometry))


def outline_distances_m(one: shapely.Geometry, other: shapely.Geometry) -> Any:  # noqa: ANN401 - a numpy array
    """Return distances between the outlines of two areas (EPSG:32638), both ways, at points 100 m apart."""

    def one_way(source: shapely.Geometry, target: shapely.Geometry) -> Any:  # noqa: ANN401
        points = shapely.points(shapely.get_coordinates(shapely.segmentize(source.boundary, _STEP_M)))
        return shapely.distance(points, target.boundary)

    return np.concatenate([one_way(one, other), one_way(other, one)])
