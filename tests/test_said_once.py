"""A caption, a colour and a limit each stand in one file: changed there, they change wherever used."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from dashboard.assets import assets
from dashboard.furniture import furniture
from dashboard.script_data import map_data
from dashboard.templating import HERE
from layers import Atlas
from layers.data.folders import GEODATA, ROOT
from layers.exports.kml import kml_bytes
from layers.exports.qgis import qml
from layers.exports.table_styles import layer_style
from layers.labels import labels
from layers.printed import picture_bytes, view
from layers.printed.picture import draw_page, settings
from layers.steps import steps
from layers.style.captions import captions
from layers.style.fonts import style
from layers.style.symbology import symbology


@pytest.fixture
def changed() -> Iterator[list[dict[str, Any]]]:
    """Give captions and symbology to be changed, and put them back."""
    tables = [captions(), symbology()]
    kept = deepcopy(tables)
    _forget()
    yield tables
    for table, before in zip(tables, kept, strict=True):
        table.clear()
        table.update(before)
    _forget()


def _forget() -> None:
    """Drop what is kept of a caption or colour."""
    for kept in (assets, style, labels, steps):
        kept.cache_clear()


def test_caption_changes_on_the_map_and_in_the_picture(atlas: Atlas, changed: list[dict[str, Any]]) -> None:
    changed[0]["key"]["of_azerbaijan"]["regained"] = "taken in war"
    with settings():
        page, _ = draw_page(atlas, view(atlas), "a4")
    printed, bar = {text for text, _ in page.written}, furniture(atlas, map_data(atlas), files=None).bar

    assert any("taken in war" in text for text in printed)
    assert "taken in war" in bar
    assert "regained in battle" not in " ".join([*printed, bar])


def test_colour_changes_in_style_sheet_picture_qgis_and_google_earth(
    atlas: Atlas, changed: list[dict[str, Any]]
) -> None:
    changed[1]["colours"]["supply"] = ["#123456", "#123456"]
    shown = view(atlas, layers="supply-route")

    assert "--supply:#123456;" in assets()["map.css"].decode()
    assert "#123456" in picture_bytes(atlas, shown, format="svg").decode()
    assert "18,52,86,255" in qml(layer_style(atlas.layers["supply-route"]))
    assert "ff563412" in kml_bytes(atlas).decode()


def test_limit_of_a_notice_is_what_the_script_gets(atlas: Atlas, changed: list[dict[str, Any]]) -> None:
    changed[0]["query"]["longest_value"] = 7

    assert map_data(atlas)["query"]["longest_value"] == 7


def test_no_colour_stands_outside_the_symbology() -> None:
    colour = re.compile(r"(?<![\w&/])#(?:[0-9a-fA-F]{3,4}){1,2}\b(?!-)|\brgba?\(")
    files = [path for path in HERE.rglob("*.*") if path.suffix in (".css", ".js", ".html")]

    assert len(files) > 30
    assert [path.name for path in files if colour.search(path.read_text(encoding="utf-8"))] == []


def test_readme_and_datasheet_say_how_the_map_was_made_in_the_descriptors_words(atlas: Atlas) -> None:
    first_screen = (ROOT / "README.md").read_text(encoding="utf-8").partition("## ")[0]
    datasheet = (GEODATA / "README.md").read_text(encoding="utf-8")

    assert all(atlas.descriptor["how_made"] in " ".join(text.split()) for text in (first_screen, datasheet))
