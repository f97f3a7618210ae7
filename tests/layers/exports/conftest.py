"""What the tests of exports share: every file, in memory and in a folder, and an atlas with hostile words."""

import shutil
from pathlib import Path

import pytest

from layers import Atlas, build_atlas
from layers.data.files import GEODATA, SEEDS
from layers.exports.everything import all_files
from layers.exports.writing import write_files
from tests.layers.damage import LAYERS, damage, put
from tests.layers.exports.reading_back import HOSTILE


@pytest.fixture(scope="session")
def files(atlas: Atlas) -> dict[str, bytes]:
    """Every file that is taken away, by its path."""
    return all_files(atlas)


@pytest.fixture(scope="session")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that every file is written to."""
    path = tmp_path_factory.mktemp("everything")
    write_files(path, files)
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The atlas with hostile text for the name, the summary and the note of each district."""
    data = tmp_path_factory.mktemp("hostile")
    for source in (GEODATA, SEEDS):
        shutil.copytree(source, data / source.name, copy_function=shutil.copyfile)
    for identifier, text in HOSTILE.items():
        where = ("returned-districts", "features", identifier)
        damage(data, LAYERS, put({"en": text}, *where, "names"))
        damage(data, LAYERS, put(text, *where, "summary"))
        damage(data, LAYERS, put(text, *where, "note"))
    return build_atlas(data / "geodata", data / "seeds")
