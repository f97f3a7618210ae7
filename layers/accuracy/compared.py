"""The comparison with other drawings: whole areas, then line by line, then the listed villages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from layers.accuracy.drawings import Drawings
from layers.accuracy.lines import STEP_M, drawing_rows, line_rows
from layers.accuracy.own import outlined
from layers.accuracy.points import between_rows, beyond_rows, listed
from layers.atlas import Atlas
from layers.data.files import read_json
from layers.data.folders import GEODATA
from layers.data.problems import GeodataError, Problem
from layers.data.schemas import Json
from layers.geometry.measure import to_metres

_FILE = GEODATA / "comparison.json"
_HEAD = (
    "# The geodata beside other drawings",
    "",
    "Made by `python -m layers check --reference DIR`; not edited by hand.",
    "What it means, and how the ± of a line follows from it: [the datasheet](README.md).",
)


def comparison(atlas: Atlas, folder: Path) -> list[str]:
    """Return the comparison with the reference files of a folder as lines of Markdown.

    Raises GeodataError if a reference that the comparison needs cannot be read.
    """
    problems: list[Problem] = []
    wanted = read_json(_FILE, problems)
    if wanted is None:
        raise GeodataError(problems)
    drawings = Drawings(folder, wanted["drawings"], problems)
    tables = (
        _areas(atlas, folder, wanted["features"], problems),
        drawing_rows(atlas, drawings, wanted["checks"]),
        line_rows(atlas, drawings, wanted["lines"]),
        *_points(atlas, drawings, folder, wanted["points"], problems),
    )
    lines = [*_HEAD, *(row for table in tables for row in ("", *table))]
    if problems:
        raise GeodataError(list(dict.fromkeys(problems)))
    return lines


def _points(
    atlas: Atlas, drawings: Drawings, folder: Path, specifications: Json, problems: list[Problem]
) -> Iterator[Iterator[str]]:
    """Yield two tables of each file of listed places."""
    for specification in specifications:
        places = listed(folder, specification, problems)
        if places is not None:
            yield between_rows(atlas, drawings, places, specification)
            yield beyond_rows(atlas, places, specification)


def _areas(atlas: Atlas, folder: Path, specifications: Json, problems: list[Problem]) -> Iterator[str]:
    features = {feature.id: feature.geometry for feature in outlined(atlas)}
    yield "| feature | IoU | outlines apart, m: mean | p95 | greatest |"
    yield "|---|---|---|---|---|"
    for identifier, specification in specifications.items():
        reference = _reference(folder, identifier, specification, problems)
        if reference is None:
            continue
        ours, theirs = (_metric(geometry) for geometry in (features[identifier], reference))
        overlap = ours.intersection(theirs).area / ours.union(theirs).area
        apart = outline_distances_m(ours, theirs)
        mean, p95, greatest = apart.mean(), np.percentile(apart, 95), apart.max()
        yield f"| `{identifier}` | {overlap:.3f} | {mean:,.0f} | {p95:,.0f} | {greatest:,.0f} |"


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
        points = shapely.points(shapely.get_coordinates(shapely.segmentize(source.boundary, STEP_M)))
        outline = target.boundary
        shapely.prepare(outline)  # the shortest lines make use of that, distances would not
        return shapely.length(shapely.shortest_line(outline, points))

    return np.concatenate([one_way(one, other), one_way(other, one)])
