"""The accuracy report: distances known beforehand, and our own outlines as a reference for themselves."""

import json
import re
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from layers import Atlas, GeodataError
from layers.accuracy import comparison, outline_distances_m, report
from layers.accuracy.lines import apart
from layers.data.files import WGS84
from layers.data.folders import GEODATA, ROOT
from layers.data.schemas import SCHEMAS
from layers.exports.geojson import geojson_geometry
from layers.geometry.definitions import dissolve
from layers.geometry.measure import METRIC
from tests.layers.lookup import features_by_id, shapes_of

LISTED = {"rayon": "gubadli", "held_by": "armenian", "neighbour": "armenia"}
ALIKE = {"Kalbajar": "Kelbajar", "Qubadli": "Gubadli"}
SQUARE = shapely.box(500_000, 4_400_000, 510_000, 4_410_000)
COMPARISON = (GEODATA / "comparison.json").read_text(encoding="utf-8")
REFERENCES = json.loads(COMPARISON)["features"]


def _write(folder: Path, file: str, areas: dict[str, shapely.Geometry]) -> None:
    features = [
        {"type": "Feature", "properties": {"name": name, **LISTED}, "geometry": geojson_geometry(area)}
        for name, area in areas.items()
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / file).write_text(content, encoding="utf-8")


@pytest.fixture
def references(atlas: Atlas, tmp_path: Path) -> Path:
    """A folder of reference files that hold our own areas, and one village on the other side of a line."""
    areas = shapes_of(atlas)
    names = {identifier: entry["name"] for identifier, entry in REFERENCES.items() if "name" in entry}
    rayons = {name: areas[identifier] for identifier, name in names.items()}
    held = {"one": areas["upper-karabakh-armenian-held"], "other": areas["upper-karabakh-armenian-held"]}
    _write(tmp_path, "rayons.geojson", rayons)
    _write(tmp_path, "rayons-natural-earth.geojson", {ALIKE.get(name, name): x for name, x in rayons.items()})
    for file in ("rump-2020-12.geojson", "held-2020-09-26.geojson"):
        _write(tmp_path, file, held)
    _write(tmp_path, "oblast-1991.geojson", {"oblast": dissolve(atlas.coverage.faces_of("oblast"))})
    _write(tmp_path, "state-borders.geojson", {"AZE": dissolve(atlas.coverage.faces)})
    _write(tmp_path, "state-borders-later.geojson", dict.fromkeys(("armenia", "iran"), rayons["Zangilan"]))
    _write(tmp_path, "villages.geojson", {"Astray": _beyond(atlas, "gubadli-jabrayil", "jabrayil", 500)})
    _write(tmp_path, "control-2020-12-08.geojson", {"Stepanakert": areas["stepanakert"]})
    return tmp_path


def _beyond(atlas: Atlas, identifier: str, district: str, metres: float) -> shapely.Point:
    """Return a point in a district, at a distance from the middle of a line."""
    lines = atlas.coverage.lines.set_index("id").to_crs(METRIC).geometry
    faces = atlas.coverage.faces[atlas.coverage.faces.district == district].to_crs(METRIC)
    around = lines[identifier].buffer(metres, quad_segs=64).boundary & faces.union_all()
    point = shapely.Point(shapely.get_coordinates(around)[len(shapely.get_coordinates(around)) // 2])
    return gpd.GeoSeries([point], crs=METRIC).to_crs(WGS84).iloc[0]


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
    drawn = {row.id for row in features if row.geometry.geom_type != "Point"}

    assert lines == (GEODATA / "ACCURACY.md").read_text(encoding="utf-8").splitlines()
    assert rows == drawn | set(atlas.coverage.lines.id)
    assert "| `district-gubadli` | 805 | 802 | +0.4% | virtualkarabakh.az, areas of districts |" in lines


def test_margin_grows_with_how_far_an_error_runs(atlas: Atlas) -> None:
    told = [line.rpartition("| ± ")[2] for line in report(atlas) if "| ± " in line]
    margins = [float(each.removesuffix(" |")) for each in told if each[:1].isdigit()]

    assert len(margins) == 5
    assert margins == sorted(margins)
    assert margins[1] * 2**0.5 == pytest.approx(margins[2], abs=0.1)


def test_our_own_outlines_are_no_distance_from_themselves(atlas: Atlas, references: Path) -> None:
    lines = comparison(atlas, references)
    rows = [f"| `{identifier}` | 1.000 | 0 | 0 | 0 |" for identifier in REFERENCES]
    (inner, _) = [line for line in lines if line.startswith("| `gubadli-jabrayil` |") and "rayons" in line]

    assert [row for row in rows if row not in lines] == []
    assert inner.endswith("| 100 | 0 | 0 | 0 | 100 |")


def test_village_on_the_other_side_is_told_with_how_far_beyond_the_line_it_lies(
    atlas: Atlas, references: Path
) -> None:
    rows = [line for line in comparison(atlas, references) if line.startswith("| Astray |")]
    assert rows == ["| Astray | gubadli | jabrayil | `gubadli-jabrayil` | 500 |"]


def test_missing_reference_is_named(atlas: Atlas, references: Path) -> None:
    (references / "rump-2020-12.geojson").unlink()
    (references / "villages.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(GeodataError) as caught:
        comparison(atlas, references)
    named = {(Path(p.file).name, p.feature) for p in caught.value.problems}

    assert ("rump-2020-12.geojson", "upper-karabakh-armenian-held") in named
    assert ("rump-2020-12.geojson", "wof-rump") in named
    assert ("villages.geojson", "rayon") in named
    assert [p for p in caught.value.problems if not p.found.startswith("nothing to compare with")] == []


def test_comparison_as_kept_is_of_the_lines_as_they_are(atlas: Atlas) -> None:
    lines = atlas.coverage.lines.sort_values("id")
    kept = (GEODATA / "COMPARISON.md").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ")[:2] for line in kept if line.startswith("| `") and line.count("|") == 9]

    expected = {(f"| `{line.id}`", f"{line.uncertainty_m:,}") for line in lines.itertuples()}
    assert {tuple(row) for row in rows} == expected
    assert set(json.loads(COMPARISON)["lines"]) <= set(lines.id)


def test_inner_line_that_leaves_another_drawing_by_more_than_its_uncertainty_says_so(atlas: Atlas) -> None:
    lines = atlas.coverage.lines
    said = dict(zip(lines.id, lines.uncertainty_basis + lines.note.fillna(""), strict=True))
    inner = set(lines.id[lines.kind != "state"])
    kept = (GEODATA / "COMPARISON.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip(" `") for cell in row.split("|")[1:-1]] for row in kept if row.startswith("| `")]
    beyond = [row[0] for row in cells if len(row) == 8 and row[0] in inner and row[7] and int(row[7]) < 95]

    why = "farther off on|is no test|takes in land of the former oblast"
    assert [line for line in beyond if not re.search(why, said[line])] == []


def test_point_beyond_the_end_of_a_drawing_has_nothing_opposite() -> None:
    line = shapely.LineString([(500_000, 4_400_000), (502_000, 4_400_000)])
    half = shapely.LineString([(500_950, 4_400_300), (503_000, 4_400_300)])
    found = apart(line, half, 299)

    assert found is not None
    assert (found.median, found.p95, found.greatest, found.within) == (300, 300, 300, 0)
    assert found.compared == pytest.approx(11 / 21)
    assert apart(line, shapely.LineString(), 299) is None


def test_uncertainty_is_defined_in_the_same_words_everywhere() -> None:
    definition = "of 20 points taken along the line, 19 lie within this distance of the true line, as far as"
    data = [GEODATA / "README.md", SCHEMAS / "boundaries.schema.json"]
    shown = [ROOT / "layers" / "style" / "captions.json", ROOT / "layers" / "exports" / "fields.json"]
    texts = {path.name: " ".join(path.read_text(encoding="utf-8").split()) for path in [*data, *shown]}

    assert [name for name, text in texts.items() if definition not in text] == []


def test_datasheet_counts_what_there_is(atlas: Atlas) -> None:
    text = " ".join((GEODATA / "README.md").read_text(encoding="utf-8").split())
    vertices = sum(len(line.coords) for line in atlas.coverage.lines.geometry)

    assert f"All {vertices:,} vertices were picked" in text
    assert f"polygonized they give {len(atlas.coverage.faces)} faces" in text
