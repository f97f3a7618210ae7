"""The README is true: each line that opens the map from elsewhere is run, as it stands, against a server."""

import re
import shutil
import subprocess
from pathlib import Path

import geopandas as gpd
import pytest

from layers import Atlas
from layers.data.files import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("### From another program")[2].partition("### In another page")[0]
LINES = {
    language: [
        line
        for block in re.findall(rf"```{language}\n(.*?)```", SECTION, re.DOTALL)
        for line in block.splitlines()
    ]
    for language in ("qgis", "sh", "python", "js")
}
QGIS_PYTHON = "/usr/bin/python3"
OPEN_IN_QGIS = """
import sys
from qgis.core import QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(*sys.argv[1:4])
print(layer.isValid(), layer.featureCount())
"""


def here(text: str, server: str) -> str:
    """Return a line of the README with the address of the test's server."""
    assert "http://127.0.0.1:8501" in text
    return text.replace("http://127.0.0.1:8501", server)


def test_there_is_a_line_for_each_program() -> None:
    assert [len(lines) > 1 for lines in LINES.values()] == [True] * 4


@pytest.mark.skipif(not shutil.which("ogr2ogr"), reason="GDAL's commands are not installed")
@pytest.mark.parametrize("line", LINES["sh"])
def test_gdal_opens_what_the_readme_says(line: str, server: str, tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", here(line, server)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "ERROR" in done.stderr) == (0, False)
    assert "Feature Count: 1" in done.stdout or sum(path.stat().st_size for path in tmp_path.iterdir()) > 100


def test_python_opens_what_the_readme_says(
    server: str, atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, gpd.GeoDataFrame] = {}
    exec(here("\n".join(LINES["python"]), server), names)  # noqa: S102 - our own README
    assert list(names["districts"]["id"]) == list(atlas.layers["returned-districts"].features.id)
    assert list(names["corridor"]["id"]) == ["lachin-corridor"]
    area = float(capsys.readouterr().out.split()[0])
    assert area == pytest.approx(atlas.layers["returned-districts"].features.area_km2.sum(), rel=0.002)


def _has_qgis() -> bool:
    command = [QGIS_PYTHON, "-c", "import qgis.core"]
    return (
        shutil.which(QGIS_PYTHON) is not None
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not _has_qgis(), reason="QGIS is not installed")
@pytest.mark.parametrize("line", LINES["qgis"])
def test_qgis_opens_what_the_readme_says(line: str, server: str) -> None:
    arguments = re.findall(r'"([^"]*)"', here(line, server))
    done = subprocess.run(
        [QGIS_PYTHON, "-c", OPEN_IN_QGIS, *arguments],
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": "/tmp"},  # noqa: S108 - QGIS wants one
        capture_output=True,
        text=True,
        check=False,
    )
    valid, count = done.stdout.split()[-2:]
    assert valid == "True"
    assert int(count) >= 7
