"""The wheel, installed elsewhere: it carries its data and its settings, and needs no checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("dashboard", "geodata", "layers", "seeds")
WHERE_FROM = """
import app, dashboard, layers
from layers.data.folders import GEODATA, SEEDS
from streamlit.config import get_option
print(*(module.__file__ for module in (app, dashboard, layers)), GEODATA, SEEDS, sep="\\n")
print(get_option("browser.gatherUsageStats"), get_option("server.fileWatcherType"))
"""
READER = """
from dashboard.site import reader_files
from layers import build_atlas
print(*reader_files(build_atlas()), sep="\\n")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel is installed, all by itself."""
    folder = tmp_path_factory.mktemp("installed")
    source, wheels, target = (folder / name for name in ("source", "wheels", "target"))
    for name in PACKAGES:  # a copy, as building leaves files behind, and takes in those it left before
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, source / name, ignore=ignored, copy_function=shutil.copyfile)
    for name in ("app.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, source / name)
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", wheels, source], check=True)
    (wheel,) = wheels.iterdir()
    subprocess.run([*pip, "install", "--no-deps", "--no-compile", "--target", target, wheel], check=True)
    return target


def _python(installed: Path, *arguments: str) -> list[str]:
    """Return the lines that Python prints, started in an empty folder, with only the wheel to find."""
    elsewhere = installed.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=elsewhere, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.splitlines()


def test_what_runs_is_the_wheel_with_its_own_data_and_settings(installed: Path) -> None:
    assert _python(installed, "-c", WHERE_FROM) == [
        *(f"{installed}/{name}" for name in ("app.py", "dashboard/__init__.py", "layers/__init__.py")),
        *(f"{installed}/{name}" for name in ("geodata", "seeds")),
        "False none",
    ]


def test_installed_dashboard_makes_the_reader_with_templates_styles_and_scripts(installed: Path) -> None:
    names = _python(installed, "-c", READER)

    assert {"index.html", "map/index.html", "layers/places.geojson"} <= {*names}
    assert {name.rpartition(".")[2] for name in names if name.startswith("assets/")} == {"css", "js", "woff2"}
