"""What the tests of exports share: the bytes of every file, and an atlas with hostile words."""

import shutil

import pytest

from layers import Atlas, build_atlas
from layers.data.folders import GEODATA, SEEDS
from layers.exports.everything import all_files
from tests.layers.damage import LAYERS, damage, put
from tests.layers.exports.reading_back import HOSTILE


@pytest.fixture(scope="session")
def files(atlas: Atlas) -> dict[str, bytes]:
    """Every file that is taken away, by its path."""
    return all_files(atlas)


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
