"""Text from the data stays text: in the map document, on the page, and in whatever is made of it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.content import Content, content
from tests.dashboard.conftest import built_anew, copy_data
from tests.dashboard.html_tree import Node, parse
from tests.dashboard.visits import cards, visit

HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "end tags": "</template></article></p></script></style></title><!--",
    "quotes": "\" autofocus onfocus=alert(1) x='",
    "javascript": "`+alert(1)+`${7*7}\\u003c",
    "jinja": "{{7*7}}{% raw %}{% for x in y %}",
    "entities": "&lt;b&gt;&amp;amp;",
    "directions": "\u202eabc\u2066",
    "long": "x" * 5000,
}
WORDS = {"title", "names", "summary", "note", "label", "value", "attribution", "disclaimer", "author"}
TEXTUAL = {"title", "content", "aria-label"}  # attributes that hold words


def poison(value: Any, text: str, *, inside: bool = False) -> Any:  # noqa: ANN401 - JSON
    """Put the text in front of every word that a reader reads."""
    if isinstance(value, dict):
        return {key: poison(item, text, inside=inside or key in WORDS) for key, item in value.items()}
    if isinstance(value, list):
        return [poison(item, text, inside=inside) for item in value]
    return text + value if inside and isinstance(value, str) else value


def skeleton(root: Node) -> list[tuple[str, dict[str, str]]]:
    """Return all elements with the attributes that do something."""
    return [
        (node.tag, {key: value if key not in TEXTUAL else "…" for key, value in node.attributes.items()})
        for node in root
    ]


def scripts(root: Node) -> list[str]:
    """Return the code of the scripts that run."""
    return [node.code for node in root.all("script") if "type" not in node.attributes]


@pytest.fixture(scope="module", params=HOSTILE.values(), ids=list(HOSTILE))
def text(request: pytest.FixtureRequest) -> str:
    """One text after another that would do harm if it were read as code."""
    return str(request.param)


@pytest.fixture(scope="module")
def poisoned(text: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Content]:
    """The content built from data with the text in all names, titles, summaries, notes and figures."""
    folder = copy_data(tmp_path_factory.mktemp("poisoned"))
    for path in set((folder / "geodata").glob("*.*json")) - {folder / "geodata" / "quotes.json"}:
        data = poison(json.loads(path.read_text(encoding="utf-8")), text)
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, built_anew():
        patch.setenv("KARABAKH_GEODATA", str(folder / "geodata"))
        yield content()


@pytest.fixture(scope="module")
def hostile(poisoned: Content) -> Node:
    """The map document with the text in it."""
    return parse(poisoned.map.body.decode())


@pytest.fixture(params=["lachin-corridor", "stepanakert"])
def described(request: pytest.FixtureRequest) -> str:
    """A feature that layers.json describes, and a place."""
    return str(request.param)


def test_in_the_map_document_it_stays_text(
    poisoned: Content, hostile: Node, ready: Content, text: str, document: Node
) -> None:
    features = len(document.all("article"))
    assert skeleton(hostile) == skeleton(document)
    assert scripts(hostile) == scripts(document)
    assert hostile.raw.count(text) > 4 * features
    assert hostile.raw.replace(text, "") == document.raw
    assert poisoned.map_policy == ready.map_policy


def test_in_the_data_of_the_document_it_stays_text(hostile: Node, text: str, document: Node) -> None:
    raw = hostile.one("script", id="map-data").code
    clean = json.loads(document.one("script", id="map-data").code)
    as_json = json.dumps(text, ensure_ascii=False)[1:-1]
    read = json.dumps(json.loads(raw), ensure_ascii=False)
    assert not re.search("[<>&']", raw)
    assert as_json in read
    assert json.loads(read.replace(as_json, "")) == clean


def test_in_attributes_it_stays_text(hostile: Node, text: str, document: Node) -> None:
    titles = [row.attributes["title"] for row in hostile.all("label", class_="row")]
    assert titles == [text + row.attributes["title"] for row in document.all("label", class_="row")]


@pytest.mark.usefixtures("poisoned")
def test_on_the_page_it_stays_text(text: str, document: Node, described: str) -> None:
    page = visit(feature=described)
    (card,) = cards(page)
    clean = document.one("article", data_feature=described)
    assert not page.exception
    assert skeleton(card) == skeleton(clean)
    assert card.one("h3").raw == text + clean.one("h3").raw
    assert card.raw.replace(text, "") == clean.raw


def test_in_the_exports_it_stays_text(poisoned: Content, ready: Content, text: str) -> None:
    for identifier, clean in ready.layers.items():
        hostile, expected = json.loads(poisoned.layers[identifier].body), json.loads(clean.body)
        assert hostile["title"] == text + expected["title"]
        names = [feature["properties"]["name"] for feature in hostile["features"]]
        assert names == [text + feature["properties"]["name"] for feature in expected["features"]]
