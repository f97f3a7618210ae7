"""Text from the data stays text: map document, reading room, page, and whatever is made of them."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.content import Content, content
from dashboard.layer_index import layer_index
from dashboard.site import single_file
from dashboard.templating import render
from layers.data.files import SCHEMAS
from layers.style.captions import LANGUAGES, captions, long_date
from tests.dashboard.conftest import built_anew, copy_data
from tests.dashboard.html_tree import Node, parse
from tests.dashboard.visits import cards, html, visit

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
OWN_WORDS = {
    "claims": {"claim", "what", "figure", "unit", "tolerance", "circular", "explanation"},
    "events": {"what", "note", "reported_by"},
    "counts": {"what", "note"},  # its value stands in the article
    "dates": {"happened", "note"},
    "notices": {"not_said", "text"},
    "article": {"title", "author", "publisher", "series", "copyright"},
}
# What a reader does not read, or what the code checks against the article or the geometry.
NO_WORDS = {
    *("id", "quote", "exact", "about", "source", "sources", "kind", "value", "afterwards"),
    *("date", "until", "afterwards_as_of", "measure", "decimals", "accepts", "stated"),
}
IN_THE_ARTICLE = ("is not in dispute", "seemingly irresistible")  # in a passage, and between two
TEXTUAL = {"title", "content", "aria-label", "data-note"}  # attributes that hold words


def poison(value: Any, text: str, keys: set[str], *, inside: bool = False) -> Any:  # noqa: ANN401 - JSON
    """Put the text in front of every word that a reader reads: what is under one of the keys."""
    if isinstance(value, dict):
        return {key: poison(item, text, keys, inside=inside or key in keys) for key, item in value.items()}
    if isinstance(value, list):
        return [poison(item, text, keys, inside=inside) for item in value]
    return text + value if inside and isinstance(value, str) else value


def leaves(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield every text in what was read from a file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)


def rewrite(path: Path, text: str) -> None:
    """Poison a file of the data, and leave it fit to be read."""
    data = poison(json.loads(path.read_text(encoding="utf-8")), text, OWN_WORDS.get(path.stem, WORDS))
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def rewrite_article(folder: Path, text: str) -> None:
    """Put the text into the article itself, and into the quote that holds those words."""
    facts_path, quotes_path = folder / "seeds" / "article.json", folder / "geodata" / "quotes.json"
    facts = json.loads(facts_path.read_text(encoding="utf-8"))
    path = folder / "seeds" / facts["file"]
    body, quotes = path.read_text(encoding="utf-8"), quotes_path.read_text(encoding="utf-8")
    for place in IN_THE_ARTICLE:
        assert body.count(place) == 1
        body = body.replace(place, text + place)
        quotes = quotes.replace(place, json.dumps(text, ensure_ascii=False)[1:-1] + place)
    path.write_text(body, encoding="utf-8")
    quotes_path.write_text(quotes, encoding="utf-8")
    facts["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    for key in ("part_two_starts_at", "leftovers_start_at"):
        facts[key] += len(IN_THE_ARTICLE) * len(text)
    facts_path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def skeleton(root: Node) -> list[tuple[str, dict[str, str]]]:
    """Return all elements with the attributes that do something."""
    return [
        (node.tag, {key: value if key not in TEXTUAL else "…" for key, value in node.attributes.items()})
        for node in root
    ]


def textual(root: Node) -> list[str]:
    """Return the attributes that hold words."""
    return [value for node in root for key, value in node.attributes.items() if key in TEXTUAL]


def scripts(root: Node) -> list[str]:
    """Return the code of the scripts that run."""
    return [node.code for node in root.all("script") if "type" not in node.attributes]


@pytest.fixture(scope="module", params=HOSTILE.values(), ids=list(HOSTILE))
def text(request: pytest.FixtureRequest) -> str:
    """One text after another that would do harm if it were read as code."""
    return str(request.param)


@pytest.fixture(scope="module")
def poisoned_data(text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data with the text in every word that a reader reads, and in the article itself."""
    folder = copy_data(tmp_path_factory.mktemp("poisoned"))
    quotes = folder / "geodata" / "quotes.json"
    for path in {*(folder / "geodata").glob("*.*json"), folder / "seeds" / "article.json"} - {quotes}:
        rewrite(path, text)
    rewrite_article(folder, text)
    return folder


@pytest.fixture(scope="module")
def poisoned(poisoned_data: Path) -> Iterator[Content]:
    """The content built from that data."""
    with pytest.MonkeyPatch.context() as patch, built_anew():
        patch.setenv("KARABAKH_GEODATA", str(poisoned_data / "geodata"))
        patch.setenv("KARABAKH_SEEDS", str(poisoned_data / "seeds"))
        yield content()


@pytest.fixture(scope="module")
def hostile(poisoned: Content) -> Node:
    """The map document with the text in it."""
    return parse(poisoned.map.body.decode())


@pytest.fixture(scope="module")
def hostile_room(poisoned: Content) -> Node:
    """The reading room with the text in it."""
    return parse(poisoned.reading.body.decode())


@pytest.fixture(params=["lachin-corridor", "stepanakert"])
def described(request: pytest.FixtureRequest) -> str:
    """A feature that layers.json describes, and a place."""
    return str(request.param)


@pytest.mark.parametrize("file", sorted(OWN_WORDS.keys() - {"article"}))
def test_every_member_of_a_file_is_poisoned_or_known_to_be_no_words(file: str) -> None:
    schema = json.loads((SCHEMAS / f"{file}.schema.json").read_text(encoding="utf-8"))
    members = set(schema.get("items", schema)["properties"])
    assert members - OWN_WORDS[file] - NO_WORDS == set()
    assert OWN_WORDS[file] & members


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
    assert [value.replace(text, "") for value in textual(hostile)] == textual(document)


def test_in_the_lines_of_the_dates_it_stays_text(hostile: Node, text: str, document: Node) -> None:
    happened, clean = (
        [line.raw for tree in (root,) for line in tree.all("p") if "data-day" in line.attributes]
        for root in (hostile, document)
    )
    assert happened == [text + line for line in clean]
    assert len(happened) == 6


def test_in_the_reading_room_it_stays_text(hostile_room: Node, room: Node, text: str) -> None:
    assert skeleton(hostile_room) == skeleton(room)
    assert hostile_room.raw.count(text) > 200
    assert hostile_room.raw.replace(text, "") == room.raw


def test_in_the_notes_of_the_passages_it_stays_text(hostile_room: Node, room: Node, text: str) -> None:
    notes, clean = textual(hostile_room), textual(room)
    assert [note.replace(text, "") for note in notes] == clean
    assert len([note for note in notes if text in note]) > 50


def test_in_the_article_itself_it_stays_text(hostile_room: Node, room: Node, text: str) -> None:
    article, clean = (root.one("article", class_="text") for root in (hostile_room, room))
    within = [link.raw for link in article.all("a", class_="passage") if text in link.raw]
    assert [place for place in IN_THE_ARTICLE if text + place not in article.raw] == []
    assert [IN_THE_ARTICLE[0] in link for link in within] == [True]
    assert article.raw.replace(text, "") == clean.raw


@pytest.mark.parametrize("file", sorted(OWN_WORDS.keys() - {"article"}))
def test_every_word_of_the_data_is_read_there_as_it_stands(
    hostile_room: Node, poisoned_data: Path, text: str, file: str
) -> None:
    data = json.loads((poisoned_data / "geodata" / f"{file}.json").read_text(encoding="utf-8"))
    said = [leaf for leaf in leaves(data) if leaf.startswith(text)]
    assert len(said) > 5
    assert [leaf for leaf in said if leaf not in hostile_room.raw] == []


@pytest.mark.usefixtures("poisoned")
def test_on_the_page_it_stays_text(text: str, document: Node, described: str) -> None:
    page = visit(feature=described)
    (card,) = cards(page)
    clean = document.one("article", data_feature=described)
    assert not page.exception
    assert skeleton(card) == skeleton(clean)
    assert card.one("h3").raw == text + clean.one("h3").raw
    assert card.raw.replace(text, "") == clean.raw


@pytest.mark.usefixtures("poisoned")
def test_in_the_head_of_the_page_it_stays_text(text: str, ready: Content) -> None:
    facts = ready.atlas.article.metadata
    clean = parse(render("page_head.html", title=captions()["title"], facts=facts, long_date=long_date))
    (head,) = (tree for tree in html(visit()) if tree.all("header"))
    assert skeleton(head) == skeleton(clean)
    assert head.raw.count(text) == 4  # author, title, series, publisher
    assert head.raw.replace(text, "") == clean.raw


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_the_exports_it_stays_text(poisoned: Content, ready: Content, text: str, lang: str) -> None:
    for identifier, clean in ready.layers[lang].items():
        hostile, expected = json.loads(poisoned.layers[lang][identifier].body), json.loads(clean.body)
        assert hostile["title"] == text + expected["title"]
        names = [feature["properties"]["name"] for feature in hostile["features"]]
        assert names == [text + feature["properties"]["name"] for feature in expected["features"]]


def test_in_the_annotations_it_stays_text(poisoned: Content, ready: Content, text: str) -> None:
    as_json = json.dumps(text, ensure_ascii=False)[1:-1]
    read = json.dumps(json.loads(poisoned.annotations.body), ensure_ascii=False)
    clean = json.loads(ready.annotations.body)
    items = json.loads(read.replace(as_json, ""))["first"]["items"]
    assert [item["body"] for item in items] == [item["body"] for item in clean["first"]["items"]]
    assert read.count(as_json) > 2 * len(ready.atlas.claims)


def test_in_the_page_in_one_file_it_stays_text(poisoned: Content, ready: Content, text: str) -> None:
    hostile, clean = (parse(single_file(each.atlas).decode()) for each in (poisoned, ready))
    assert skeleton(hostile) == skeleton(clean)
    assert scripts(hostile) == scripts(clean)
    assert hostile.raw.count(text) > 300
    assert hostile.raw.replace(text, "") == clean.raw


def test_in_the_index_of_the_layers_it_stays_text(poisoned: Content, ready: Content, text: str) -> None:
    hostile, clean = (
        parse(str(render("layer_index.html", index=index, title=captions()["title"])))
        for each in (poisoned, ready)
        for index in [
            layer_index(each.atlas, "../", {key: one.body for key, one in each.layers["az"].items()})
        ]
    )
    assert skeleton(hostile) == skeleton(clean)
    assert hostile.raw.count(text) > 2 * len(ready.atlas.layers)
    assert hostile.raw.replace(text, "") == clean.raw
