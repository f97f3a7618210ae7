"""QGIS, where there is one, draws the GeoPackage as the web map is drawn, without being told how."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from layers.style.symbology import colour

PYTHON = "/usr/bin/python3"
OFFSCREEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""}
TABLES = [
    *("faces", "returned_districts", "upper_karabakh", "lachin_corridor", "areas_of_responsibility"),
    *("line_of_contact_1994", "demarcation_line", "supply_route", "places"),
    *("protectorates", "protectorates_points"),
]
RENDERERS = {
    "faces": "categorizedSymbol",
    "upper_karabakh": "mergedFeatureRenderer",
    "areas_of_responsibility": "categorizedSymbol",
    "demarcation_line": "categorizedSymbol",
    "places": "categorizedSymbol",
    "protectorates_points": "categorizedSymbol",
}
CASING = f"SimpleLine {colour('casing')}"
PARTS = {
    "faces": [f"SimpleFill {colour(x)}" for x in ("armenian-held", "regained", "handed-over", "paper")],
    "returned_districts": [f"SimpleLine {colour('district')}"],
    "upper_karabakh": [f"SimpleLine {colour('karabakh')}"],
    "lachin_corridor": [f"SimpleFill {colour('corridor')}", f"SimpleLine {colour('corridor-outline')}"],
    "areas_of_responsibility": [f"LinePatternFill {colour('russian')}", f"SimpleLine {colour('russian')}"],
    "line_of_contact_1994": [CASING, f"SimpleLine {colour('contact')}"],
    "demarcation_line": [CASING, f"SimpleLine {colour('line')}"],
    "supply_route": [CASING, f"SimpleLine {colour('supply')}"],
    "places": [f"SimpleMarker {colour('paper')}"],
    "protectorates": [f"SimpleFill {colour('compared')}", f"SimpleLine {colour('compared-outline')}"],
    "protectorates_points": [f"SimpleMarker {colour('compared')}"],
}
SPOTS = {
    "handed over": ("handed-over", 0.7),
    "regained in a district": ("regained", 0.7),
    "regained in the oblast": ("regained", 0.7),
    "held throughout": ("paper", 1),
    "outside": ("paper", 1),
}


@pytest.fixture(scope="module")
def drawn(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401 - JSON
    """What QGIS says of each table, and the colours that it draws."""
    try:
        subprocess.run([PYTHON, "-c", "import qgis.core"], env=OFFSCREEN, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip(f"{PYTHON} has no qgis.core")
    script = Path(__file__).with_name("qgis_draws.py")
    folder = tmp_path_factory.mktemp("qgis")
    (folder / "map.gpkg").write_bytes(files["karabakh-2020.gpkg"])
    command = [PYTHON, script, folder / "map.gpkg", folder / "map.png", *TABLES]
    done = subprocess.run(command, env=OFFSCREEN, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _on_white(name: str, opacity: float) -> list[float]:
    return [255 + opacity * (part - 255) for part in bytes.fromhex(colour(name)[1:])]


def test_each_table_brings_its_style(drawn: Any) -> None:  # noqa: ANN401
    assert drawn["loaded"] == dict.fromkeys(TABLES, True)


def test_tables_are_drawn_with_the_colours_of_the_map(drawn: Any) -> None:  # noqa: ANN401
    seen = drawn["seen"]

    assert {table: each["renderer"] for table, each in seen.items()} == {
        table: RENDERERS.get(table, "singleSymbol") for table in TABLES
    }
    assert {table: each["parts"] for table, each in seen.items()} == {
        table: sorted(parts) for table, parts in PARTS.items()
    }


def test_places_districts_and_compared_regions_are_named(drawn: Any) -> None:  # noqa: ANN401
    named = [table for table, seen in drawn["seen"].items() if seen["labels"]]

    assert named == ["returned_districts", "places", "protectorates", "protectorates_points"]


def test_land_is_filled_by_who_held_it(drawn: Any) -> None:  # noqa: ANN401
    seen = {spot: list(bytes.fromhex(each[1:])) for spot, each in drawn["spots"].items()}

    assert seen == {spot: pytest.approx(_on_white(*each), abs=1.5) for spot, each in SPOTS.items()}
