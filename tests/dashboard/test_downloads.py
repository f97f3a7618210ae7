"""The downloads on the page: the same bytes as under /layers/, one by one or together."""

import io
import zipfile
from typing import Any

import pytest
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from dashboard.content import Content
from dashboard.selection import Selection
from layers.style.captions import LANGUAGES
from tests.dashboard.visits import downloads, visit

Files = dict[str, tuple[str, bytes]]


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """The files that the page offers from now on: type and content by name."""
    offered: Files = {}
    keep = MemoryMediaFileStorage.load_and_get_id

    def note(storage: Any, data: bytes, mime: str, kind: Any, filename: str | None = None) -> str:  # noqa: ANN401
        offered[filename or ""] = (mime, data)
        return keep(storage, data, mime, kind, filename)

    monkeypatch.setattr(MemoryMediaFileStorage, "load_and_get_id", note)
    return offered


def archives(files: Files) -> list[dict[str, bytes]]:
    """Return what is in each zip file offered."""
    held = []
    for mime, data in files.values():
        if mime == "application/zip":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                held.append({name: archive.read(name) for name in archive.namelist()})
    return held


def test_each_layer_can_be_downloaded(ready: Content, files: Files, layer_id: str) -> None:
    buttons = downloads(visit())
    assert [button.label for button in buttons].count(ready.atlas.layers[layer_id].title) == 1
    assert files[f"{layer_id}.geojson"] == ("application/geo+json", ready.layers["article"][layer_id].body)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_downloads_follow_the_form_of_names(ready: Content, files: Files, lang: str) -> None:
    visit(lang=lang)
    bodies = {f"{key}.geojson": layer.body for key, layer in ready.layers[lang].items()}
    single = {name: data for name, (mime, data) in files.items() if mime == "application/geo+json"}
    assert single == archives(files)[1] == bodies
    assert len({ready.layers[other]["places"].digest for other in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize("lang", [None, "hy"])
@pytest.mark.parametrize("chosen", [None, "places", "places,upper-karabakh"])
def test_what_is_shown_and_everything_can_be_downloaded(
    ready: Content, files: Files, chosen: str | None, lang: str | None
) -> None:
    visit(**{key: value for key, value in (("layers", chosen), ("lang", lang)) if value})
    shown = chosen.split(",") if chosen else Selection().shown(ready.atlas)
    layers = ready.layers[lang or "article"]
    assert archives(files) == [
        {f"{key}.geojson": layers[key].body for key in keys} for keys in (shown, layers)
    ]


def test_every_file_has_a_name_of_its_own_that_tells_what_it_is(ready: Content, files: Files) -> None:
    buttons = downloads(visit())
    assert len(buttons) == len(files) == len(ready.atlas.layers) + 2
    assert {name.rsplit(".")[-1] for name in files} == {"geojson", "zip"}


def test_while_no_layer_is_shown_only_what_is_shown_cannot_be_downloaded(files: Files) -> None:
    disabled = {button.key for button in downloads(visit(layers="")) if button.proto.disabled}
    assert disabled == {"download-shown"}
    assert archives(files)[0] == {}
