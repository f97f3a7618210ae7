"""How far each boundary line lies from other drawings of the same border."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from layers.accuracy.drawings import Drawings
from layers.atlas import Atlas
from layers.data.schemas import Json
from layers.geometry.measure import METRIC

STEP_M = 100.0  # lines are compared at points this far apart
_AT_END_M = 1.0


@dataclass(frozen=True)
class Apart:
    """How far a line lies from another drawing of it, in metres, at points 100 m apart.

    `compared` is the share of the points that have something of the other drawing opposite, `within` the
    share of those that lie no farther from it than `uncertainty_m`.
    """

    compared: float
    median: float
    p95: float
    greatest: float
    within: float


def apart(line: shapely.LineString, border: shapely.Geometry, uncertainty_m: float) -> Apart | None:
    """Return how far a line lies from a border (both EPSG:32638), or None if nothing of it is opposite.

    A point that is nearest to an end of the border has nothing opposite: the drawing stops before it.
    """
    points = shapely.points(shapely.get_coordinates(shapely.segmentize(line, STEP_M)))
    if border.is_empty:
        return None
    feet = shapely.get_point(shapely.shortest_line(points, border), 1)
    ends = border.boundary
    opposite = (
        shapely.distance(feet, ends) > _AT_END_M if not ends.is_empty else np.ones(len(points), dtype=bool)
    )
    if not opposite.any():
        return None
    metres = shapely.distance(points[opposite], border)
    median, p95 = np.percentile(metres, (50, 95))
    within = (metres <= uncertainty_m).mean()
    return Apart(float(opposite.mean()), float(median), float(p95), float(metres.max()), float(within))


def drawing_rows(atlas: Atlas, drawings: Drawings, checks: Json) -> Iterator[str]:
    """Yield a table: how far drawings lie from a better one, in metres, along lines that both draw.

    Measured from the better one where it runs within `around_m` of our lines `along`.
    """
    yield "| drawing | beside | along | km | apart, m: mean | p95 | greatest |"
    yield "|---|---|---|---|---|---|---|"
    lines = atlas.coverage.lines.set_index("id").to_crs(METRIC).geometry
    for check in checks:
        around = lines[lines.index.isin(check["along"])].union_all().buffer(check["around_m"])
        better = drawings.border({"drawing": check["beside"], "of": []}) & around
        border = drawings.border({key: check[key] for key in ("drawing", "of") if key in check})
        if better.is_empty or border.is_empty:
            continue
        points = shapely.points(shapely.get_coordinates(shapely.segmentize(better, STEP_M)))
        metres = shapely.distance(points, border)
        titles = [drawings.titles[check[key]] for key in ("drawing", "beside")]
        told = f"{metres.mean():,.0f} | {np.percentile(metres, 95):,.0f} | {metres.max():,.0f}"
        kind = check["along"][0].partition("-")[0]
        yield f"| {' | '.join(titles)} | {kind} | {better.length / 1000:,.0f} | {told} |"


def line_rows(atlas: Atlas, drawings: Drawings, specifications: Json) -> Iterator[str]:
    """Yield a table: each boundary line beside each drawing of it that `comparison.json` names."""
    yield "| line | ± m | beside | % of it compared | apart, m: median | p95 | greatest | % within ± |"
    yield "|---|---|---|---|---|---|---|---|"
    lines = atlas.coverage.lines.to_crs(METRIC).sort_values("id")
    for line in lines.itertuples():
        start = f"| `{line.id}` | {line.uncertainty_m:,} |"
        entries = specifications.get(line.id, [])
        for entry in entries:
            found = apart(line.geometry, drawings.border(entry), line.uncertainty_m)
            yield f"{start} {drawings.titles[entry['drawing']]} | {_told(found)} |"
        if not entries:
            yield f"{start} no other drawing | | | | | |"


def _told(found: Apart | None) -> str:
    if found is None:
        return "0 | | | |"
    metres = " | ".join(f"{value:,.0f}" for value in (found.median, found.p95, found.greatest))
    return f"{100 * found.compared:.0f} | {metres} | {100 * found.within:.0f}"
