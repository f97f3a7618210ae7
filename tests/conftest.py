"""What the tests share: the atlas as it is, and a copy of its data to break."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.memory import keep_for_good
from layers import Atlas, build_atlas
from layers.data.folders import GEODATA, SEEDS
from tests.browser.harness import Server, start


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let every server keep its files in one folder of this run, also those of the run's other processes."""
    folder = tmp_path_factory.getbasetemp()
    os.environ["KARABAKH_CACHE"] = str(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """The atlas of the repository, built once; no collection looks through all of it again."""
    atlas = build_atlas()
    keep_for_good()
    return atlas


@pytest.fixture(scope="session")
def running() -> Iterator[Server]:
    """A dashboard that serves the project's own data, started once a process."""
    with start() as server:
        yield server


@pytest.fixture(scope="session")
def server(running: Server) -> str:
    """The address of that dashboard."""
    return running.address


@pytest.fixture
def built(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command have the atlas that is built already."""
    monkeypatch.setattr("layers.__main__.build_atlas", lambda *_: atlas)


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A folder that holds a copy of `geodata/` and `seeds/`, free to break."""
    for folder in (GEODATA, SEEDS):
        # copyfile leaves the read-only mode of the article behind
        shutil.copytree(folder, tmp_path / "data" / folder.name, copy_function=shutil.copyfile)
    return tmp_path / "data"
