"""Fixtures of the dashboard's tests: what it serves, a real server, and what there is to go through."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from dashboard.content import Content, content
from layers import build_atlas
from layers.data.files import GEODATA, SEEDS
from layers.geometry.control import OF_FACES
from tests.browser.harness import serve
from tests.dashboard.html_tree import Node, parse

UNKNOWN_QUOTE = "<script>alert(1)</script> is not in the article"


def copy_data(folder: Path) -> Path:
    """Copy geodata/ and seeds/ into a folder, to be spoiled there."""
    for source in (GEODATA, SEEDS):
        shutil.copytree(source, folder / source.name, copy_function=shutil.copyfile)
    return folder


@contextmanager
def built_anew() -> Iterator[None]:
    """Forget, before and after, what was built; the test says from which data."""
    content.cache_clear()
    try:
        yield
    finally:
        content.cache_clear()


@cache
def _on_the_map() -> dict[str, list[str] | list[int]]:
    """Return what there is one by one, by the name under which a test asks for it."""
    atlas = build_atlas()
    return {
        "layer_id": list(atlas.layers),
        "feature_id": [feature for layer in atlas.layers.values() for feature in layer.features.id],
        "area_id": [feature for layer in OF_FACES for feature in atlas.layers[layer].features.id],
        "quote_id": [quote.id for quote in atlas.annotations.quotes],
        "claim_id": [claim.id for claim in atlas.claims],
        "event_id": [event.id for event in atlas.annotations.events],
        "count_id": [count.id for count in atlas.annotations.counts],
        "day": [step["id"] for step in atlas.annotations.days],
        "number": [paragraph.number for paragraph in atlas.article.paragraphs],
    }


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a `layer_id`, a `quote_id` and so on once for each there is."""
    for name, values in _on_the_map().items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, values)


@pytest.fixture(scope="session")
def ready() -> Content:
    """What the server has ready to send, built from the project's own data."""
    return content()


@pytest.fixture(scope="session")
def document(ready: Content) -> Node:
    """The map document as a tree."""
    return parse(ready.map.body.decode())


@pytest.fixture(scope="session")
def room(ready: Content) -> Node:
    """The reading room as a tree, with the whole article."""
    return parse(ready.reading.body.decode())


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a dashboard that serves the project's own data."""
    with serve() as address:
        yield address


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
