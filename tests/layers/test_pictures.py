"""The pictures of the datasheet, and its page on accuracy: as the data draws them, not as they once were."""

import struct
from pathlib import Path

import pytest

from layers import Atlas
from layers.accuracy import report
from layers.atlas import GEODATA
from layers.pictures import draw_pictures


@pytest.fixture(scope="module")
def pictures(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return draw_pictures(atlas, tmp_path_factory.mktemp("pictures"))


def test_every_layer_has_a_picture_of_some_size(atlas: Atlas, pictures: list[Path]) -> None:
    sizes = [struct.unpack(">II", path.read_bytes()[16:24]) for path in pictures]

    assert [path.stem for path in pictures] == list(atlas.layers)
    assert [size for size in sizes if min(size) < 200] == []


def test_the_same_data_gives_the_same_pictures(atlas: Atlas, pictures: list[Path], tmp_path: Path) -> None:
    again = draw_pictures(atlas, tmp_path)

    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in pictures]


def test_the_datasheet_shows_every_picture(atlas: Atlas) -> None:
    datasheet = (GEODATA / "README.md").read_text(encoding="utf-8")

    assert [layer for layer in atlas.layers if f"(pictures/{layer}.png)" not in datasheet] == []
    assert [layer for layer in atlas.layers if not (GEODATA / "pictures" / f"{layer}.png").is_file()] == []


def test_the_page_on_accuracy_is_what_the_command_prints(atlas: Atlas) -> None:
    page = (GEODATA / "ACCURACY.md").read_text(encoding="utf-8")

    assert page.splitlines() == report(atlas)
