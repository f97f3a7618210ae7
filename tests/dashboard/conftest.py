"""Fixtures of the dashboard's tests: what a reader gets, a real server, and data with faults."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from dashboard.site import reader_files
from layers import Atlas
from layers.data.folders import GEODATA, SEEDS
from tests.browser.harness import serve
from tests.dashboard.html_tree import Node, parse
from tests.dashboard.web import Answer, ask

UNKNOWN_QUOTE = "<script>alert(1)</script> is not in the article"


def copy_data(folder: Path) -> Path:
    """Copy geodata/ and seeds/ into a folder, to be spoiled there."""
    for source in (GEODATA, SEEDS):
        shutil.copytree(source, folder / source.name, copy_function=shutil.copyfile)
    return folder


@dataclass(frozen=True)
class Content:
    """An atlas, and the reader's files made of it, with the whole article."""

    atlas: Atlas

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The files of the site that a reader needs first, by name."""
        return reader_files(self.atlas, full_article=True)

    def page(self, name: str) -> Node:
        """Return one of the documents as a tree."""
        return parse(self.files[name].decode())


@pytest.fixture(scope="session")
def ready(atlas: Atlas) -> Content:
    """What a reader gets of the project's own data."""
    return Content(atlas)


@pytest.fixture(scope="session")
def downloads(server: str) -> dict[str, Answer]:
    """What a server answers for each file of its archive, for the list of them and for itself, by path."""
    sums = ask(server, "/download/SHA256SUMS")
    listed = [line.partition("  ")[2] for line in sums.text.splitlines()]
    return {name: ask(server, f"/download/{name}") for name in (*listed, "SHA256SUMS", "karabakh-2020.zip")}


@pytest.fixture(scope="session")
def document(ready: Content) -> Node:
    """The map document as a tree."""
    return ready.page("map/index.html")


@pytest.fixture(scope="session")
def room(ready: Content) -> Node:
    """The reading room as a tree, with the whole article."""
    return ready.page("index.html").one("section", class_="reading")


@pytest.fixture(scope="session")
def broken_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data with a quote that is not in the article, and is full of markup."""
    folder = copy_data(tmp_path_factory.mktemp("broken"))
    path = folder / "geodata" / "quotes.json"
    quotes = json.loads(path.read_text(encoding="utf-8"))
    quotes[0]["exact"] = UNKNOWN_QUOTE
    path.write_text(json.dumps(quotes), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def broken_server(broken_data: Path) -> Iterator[str]:
    """The address of a dashboard whose data has faults."""
    environment = {
        "KARABAKH_GEODATA": str(broken_data / "geodata"),
        "KARABAKH_SEEDS": str(broken_data / "seeds"),
    }
    with serve(**environment) as address:
        yield address
