"""The accuracy report: distances known beforehand, and our own outlines as a reference for themselves."""

import json
from pathlib import Path

import pytest
import shapely

from layers import Atlas, GeodataError
from layers.accuracy import outline_distances_m, report
from layers.data.files import GEODATA
from layers.exports.geojson import geojson_geometry
from layers.geometry.definitions import dissolve

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
    areas = {row.id: row.geometry for layer in atlas.layers.values() for row in layer.features.itertuples()}
    names = {identifier: entry["name"] for identifier, entry in REFERENCES.items() if "name" in entry}
    _write(tmp_path, "rayons.geojson", {name: areas[identifier] for identifier, name in names.items()})
    _write(tmp_path, "rump-2020-12.geojson", {"rump": areas["upper-karabakh-armenian-held"]})
    _write(tmp_path, "state-borders.geojson", {"all": dissolve(atlas.coverage.faces)})
    return tmp_path


def test_outline_is_no_distance_from_itself() -> None:
    assert outline_distances_m(SQUARE, SQUARE).max() == 0


def test_outlines_are_compared_every_100_m_both_ways() -> None:
    assert len(outline_distances_m(SQUARE, SQUARE)) == 2 * (40_000 / 100 + 1)


def test_outline_100_m_around_is_100_m_off_but_for_the_corners() -> None:
    around = shapely.buffer(SQUARE, 100, join_style="mitre")
    apart = outline_distances_m(SQUARE, around)

    assert apart.min() == pytest.approx(100)
    assert apart.max() == pytest.approx(100 * 2**0.5)


def test_report_has_a_row_for_every_area_and_line(atlas: Atlas) -> None:
    features = [row for layer in atlas.layers.values() for row in layer.features.itertuples()]
    drawn = {row.id for row in features if row.geometry.geom_type != "Point"}
    rows = {line.split("`")[1] for line in report(atlas) if line.startswith("| `") and "whole" not in line}

    assert rows == drawn


def test_report_compares_with_the_published_areas(atlas: Atlas) -> None:
    (row,) = (line for line in report(atlas) if line.startswith("| `district-gubadli` | 803 |"))

    assert row == "| `district-gubadli` | 803 | 802 | +0.1% | virtualkarabakh.az, areas of districts |"


def test_our_own_outlines_are_no_distance_from_themselves(atlas: Atlas, references: Path) -> None:
    lines = report(atlas, references)
    rows = [f"| `{identifier}` | 1.000 | 0 | 0 | 0 |" for identifier in REFERENCES]

    assert [row for row in rows if row not in lines] == []


def test_lines_lie_on_the_outlines_they_make(atlas: Atlas, references: Path) -> None:
    (state,) = [line for line in report(atlas, references) if line.startswith("| state |")]

    assert state.endswith("| 0 | 0 | 0 |")


def test_missing_reference_is_named(atlas: Atlas, references: Path) -> None:
    (references / "rump-2020-12.geojson").unlink()
    with pytest.raises(GeodataError) as caught:
        report(atlas, references)
    missing = [p.feature for p in caught.value.problems if p.file == str(references / "rump-2020-12.geojson")]

    assert missing == ["upper-karabakh-armenian-held"]
    assert [p for p in caught.value.problems if not p.found.startswith("nothing to compare with")] == []
