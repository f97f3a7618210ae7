"""The accuracy report: distances known beforehand, and our own outlines as a reference for themselves."""

import json
from pathlib import Path

import pytest
import shapely

from layers import Atlas, GeodataError
from layers.accuracy import outline_distances_m, report
from layers.data.folders import GEODATA
from layers.exports.geojson import geojson_geometry
from layers.geometry.definitions import dissolve
from tests.layers.lookup import features_by_id, shapes_of

SQUARE = shapely.box(500_000, 4_400_000, 510_000, 4_410_000)
REFERENCES = json.loads((GEODATA / "comparison.json").read_text(encoding="utf-8"))["features"]


def _write(folder: Path, file: str, areas: dict[str, shapely.Geometry]) -> None:
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": geojson_geometry(area)}
        for name, area in areas.items()
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / file).write_text(content, encoding="utf-8")


@pytest.fixture
def references(atlas: Atlas, tmp_path: Path) -> Path:
    """A folder of reference files that hold our own areas."""
    areas = shapes_of(atlas)
    names = {identifier: entry["name"] for identifier, entry in REFERENCES.items() if "name" in entry}
    _write(tmp_path, "rayons.geojson", {name: areas[identifier] for identifier, name in names.items()})
    _write(tmp_path, "rump-2020-12.geojson", {"rump": areas["upper-karabakh-armenian-held"]})
    _write(tmp_path, "state-borders-later.geojson", {"all": dissolve(atlas.coverage.faces)})
    return tmp_path


def test_outlines_are_compared_every_100_m_both_ways() -> None:
    apart = outline_distances_m(SQUARE, SQUARE)

    assert (len(apart), apart.max()) == (2 * (40_000 / 100 + 1), 0)


def test_outline_100_m_around_is_100_m_off_but_for_the_corners() -> None:
    apart = outline_distances_m(SQUARE, shapely.buffer(SQUARE, 100, join_style="mitre"))

    assert (apart.min(), apart.max()) == pytest.approx((100, 100 * 2**0.5))


def test_report_is_the_page_and_has_a_row_for_every_area_and_line(atlas: Atlas) -> None:
    lines = report(atlas)
    features = features_by_id(atlas).values()
    rows = {line.split("`")[1] for line in lines if line.startswith("| `") and "whole" not in line}

    assert lines == (GEODATA / "ACCURACY.md").read_text(encoding="utf-8").splitlines()
    assert rows == {row.id for row in features if row.geometry.geom_type != "Point"}
    assert "| `district-gubadli` | 805 | 802 | +0.4% | virtualkarabakh.az, areas of districts |" in lines


def test_our_own_outlines_are_no_distance_from_themselves(atlas: Atlas, references: Path) -> None:
    lines = report(atlas, references)
    rows = [f"| `{identifier}` | 1.000 | 0 | 0 | 0 |" for identifier in REFERENCES]
    (state,) = [line for line in lines if line.startswith("| state |")]

    assert [row for row in rows if row not in lines] == []
    assert state.endswith("| 0 | 0 | 0 |")


def test_missing_reference_is_named(atlas: Atlas, references: Path) -> None:
    (references / "rump-2020-12.geojson").unlink()
    with pytest.raises(GeodataError) as caught:
        report(atlas, references)
    missing = [p.feature for p in caught.value.problems if p.file == str(references / "rump-2020-12.geojson")]

    assert missing == ["upper-karabakh-armenian-held"]
    assert [p for p in caught.value.problems if not p.found.startswith("nothing to compare with")] == []
