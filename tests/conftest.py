"""What the tests share: the atlas as it is, and a copy of its data to break."""

import shutil
from pathlib import Path

import pytest

from layers import Atlas, build_atlas
from layers.data.files import GEODATA, SEEDS
from layers.exports.everything import drawn


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """The atlas of the repository, built once."""
    return build_atlas()


@pytest.fixture(scope="session")
def pictures(atlas: Atlas) -> dict[str, bytes]:
    """The printed map in each format, by path, drawn once."""
    return drawn(atlas)


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A folder that holds a copy of `geodata/` and `seeds/`, free to break."""
    for folder in (GEODATA, SEEDS):
        # copyfile leaves the read-only mode of the article behind
        shutil.copytree(folder, tmp_path / "data" / folder.name, copy_function=shutil.copyfile)
    return tmp_path / "data"
