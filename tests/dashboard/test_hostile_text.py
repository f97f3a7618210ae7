"""Text from the data stays text: map document and reading room in full, the rest by the template engine."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from dashboard.headers import document_policy
from dashboard.templating import HERE, templates
from layers import build_atlas
from layers.data.schemas import SCHEMAS
from layers.language.capitals import capitals
from layers.style.captions import LANGUAGES
from tests.dashboard.conftest import Content, copy_data
from tests.dashboard.html_tree import Node

# All that would do harm if it were read as code: as markup, in attributes, in scripts, in templates.
TEXT = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>"
    "</template></article></p></script></style></title><!--"
    "\" autofocus onfocus=alert(1) x='"
    "`+alert(1)+`${7*7}\\u003c"
    "{{7*7}}{% raw %}{% for x in y %}"
    "&lt;b&gt;&amp;amp;"
    "\u202eabc\u2066"
)
WORDS = {"title", "names", "summary", "note", "label", "value", "attribution", "disclaimer", "author"}
OWN_WORDS = {
    "claims": {"claim", "what", "figure", "unit", "tolerance", "basis", "plain", "explanation", "label"},
    "events": {"what", "note", "reported_by"},
    "counts": {"what", "note"},  # its value stands in the article
    "dates": {"happened", "note"},
    "notices": {"not_said", "text"},
    "corrections": {"title", "was", "now"},
    "article": {"title", "author", "publisher", "series", "copyright"},
}
# What a reader does not read, or what the code checks against the article or the geometry.
NO_WORDS = {
    *("id", "quote", "exact", "about", "source", "sources", "kind", "value", "afterwards"),
    *("date", "until", "afterwards_as_of", "measure", "decimals", "accepts", "stated"),
    *("version", "metres", "km2"),
    *("evidence", "readings", "beside", "more_sources"),
}
SINKS = (
    r"[\w.()*]+ *\| *safe\b",
    r"\bMarkup\([^\"')][\w]*",
    r"\w+\.(?:inner|outer)HTML *\+?=(?!=)",
    r"\w*\.?(?:insertAdjacentHTML|document\.write|parseFromString|srcdoc|bindPopup|bindTooltip|setContent)\b[^)]*",
)
# Our own files, what templates have made, what a script has made of elements.
UNESCAPED = {
    ("written_assets.html", "text|safe"),
    ("symbols.css", "symbol.selector|safe"),
    ("templating.py", "Markup(templates"),
    ("templating.py", "Markup(Caption"),  # of which all was escaped
    ("templating.py", "Markup((HERE"),  # our own style sheets and scripts
    ("page_frame.py", "Markup(tag"),  # what Streamlit's page loads
    ("map_document.py", "Markup(tojavascript"),
    ("map_document.py", "Markup(getattr"),  # what folium makes of geometry and ids
    ("compared_report.html", "figure|safe"),
    ("compared_report.html", "tables|safe"),
    ("wipe.js", "holder.innerHTML ="),
    ("line-map.js", '.parseFromString(data.map, "text/html"'),
}
IN_THE_ARTICLE = ("is not in dispute", "seemingly irresistible")  # in a passage, and between two
TEXTUAL = {"alt", "title", "content", "aria-label", "data-note", "data-cited"}  # attributes that hold words


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


def without_capitals(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of the script without the forms of names in capitals, in which the text is another."""
    kept = [{key: value for key, value in label.items() if key != "written"} for label in data["labels"]]
    return {**data, "labels": kept}


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


@pytest.fixture(scope="module")
def poisoned_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data with the text in every word that a reader reads, and in the article itself."""
    folder = copy_data(tmp_path_factory.mktemp("poisoned"))
    quotes = folder / "geodata" / "quotes.json"
    for path in {*(folder / "geodata").glob("*.*json"), folder / "seeds" / "article.json"} - {quotes}:
        rewrite(path, TEXT)
    rewrite_article(folder, TEXT)
    return folder


@pytest.fixture(scope="module")
def poisoned(poisoned_data: Path) -> Content:
    """The content built from that data."""
    return Content(build_atlas(poisoned_data / "geodata", poisoned_data / "seeds"))


@pytest.fixture(scope="module")
def hostile(poisoned: Content) -> Node:
    """The map document with the text in it."""
    return poisoned.page("map/index.html")


@pytest.fixture(scope="module")
def hostile_room(poisoned: Content) -> Node:
    """The reading room with the text in it."""
    return poisoned.page("index.html").one("section", class_="reading")


def test_every_member_of_a_file_is_poisoned_or_known_to_be_no_words() -> None:
    for file in OWN_WORDS.keys() - {"article"}:
        schema = json.loads((SCHEMAS / f"{file}.schema.json").read_text(encoding="utf-8"))
        members = set(schema.get("items", schema)["properties"])
        assert members - OWN_WORDS[file] - NO_WORDS == set(), file
        assert OWN_WORDS[file] & members, file


def test_in_the_map_document_it_stays_text(
    poisoned: Content, hostile: Node, ready: Content, document: Node
) -> None:
    assert skeleton(hostile) == skeleton(document)
    assert scripts(hostile) == scripts(document)
    assert hostile.raw.count(TEXT) > 4 * len(document.all("article"))
    assert hostile.raw.replace(TEXT, "") == document.raw
    assert [value.replace(TEXT, "") for value in textual(hostile)] == textual(document)
    assert len([value for value in textual(hostile) if TEXT in value]) > len(ready.atlas.layers)
    policies = {document_policy(each.files["map/index.html"].decode()) for each in (poisoned, ready)}
    assert len(policies) == 1


def test_in_the_data_of_the_document_it_stays_text(hostile: Node, document: Node) -> None:
    raw = hostile.one("script", id="map-data").code
    clean = json.loads(document.one("script", id="map-data").code)
    as_json = json.dumps(TEXT, ensure_ascii=False)[1:-1]
    read = json.dumps(json.loads(raw), ensure_ascii=False)
    assert not re.search("[<>&']", raw)
    assert as_json in read
    for code in LANGUAGES:  # some names on the map are in capitals
        read = read.replace(json.dumps(capitals(TEXT, code), ensure_ascii=False)[1:-1], "")
    # A sentence begins with the text there, and its next word with no capital.
    assert read.replace(as_json, "").casefold() == json.dumps(clean, ensure_ascii=False).casefold()


def test_in_the_reading_room_it_stays_text(hostile_room: Node, room: Node) -> None:
    assert skeleton(hostile_room) == skeleton(room)
    assert hostile_room.raw.count(TEXT) > 200
    assert hostile_room.raw.replace(TEXT, "").casefold() == room.raw.casefold()
    assert [note.replace(TEXT, "").casefold() for note in textual(hostile_room)] == [
        note.casefold() for note in textual(room)
    ]
    assert len([note for note in textual(hostile_room) if TEXT in note]) > 50


def test_in_the_article_itself_it_stays_text(hostile_room: Node) -> None:
    article = hostile_room.one("article", class_="text")
    within = [link.raw for link in article.all("a", class_="passage") if TEXT in link.raw]
    assert [place for place in IN_THE_ARTICLE if TEXT + place not in article.raw] == []
    assert [IN_THE_ARTICLE[0] in link for link in within] == [True]


def told(data: Any, poisoned: Content) -> Any:  # noqa: ANN401 - JSON
    """Return what is told of a file: of a claim, the sentence for its verdict alone."""
    verdicts = {claim.id: claim.verdict for claim in poisoned.atlas.claims}
    claims = isinstance(data, list) and "plain" in data[0]
    return [{**x, "plain": x["plain"][verdicts[x["id"]]]} for x in data] if claims else data


def stands_in(text: str, raw: str) -> bool:
    """Tell whether a text is read there, its gaps filled with figures."""
    pieces = re.split(r"\{[a-z]\w*(?::\d)?\}", text)
    return text in raw or bool(re.search(r"[\d.,-]+".join(map(re.escape, pieces)), raw))


def test_every_word_of_the_data_is_read_there_as_it_stands(
    poisoned: Content, hostile_room: Node, poisoned_data: Path
) -> None:
    for file in OWN_WORDS.keys() - {"article"}:
        data = json.loads((poisoned_data / "geodata" / f"{file}.json").read_text(encoding="utf-8"))
        said = [leaf for leaf in leaves(told(data, poisoned)) if leaf.startswith(TEXT)]
        assert len(said) > 5, file
        assert [leaf for leaf in said if not stands_in(leaf, hostile_room.raw)] == []


def test_every_template_escapes_what_it_is_given() -> None:
    bodies = {name: (HERE / "templates" / name).read_text("utf-8") for name in templates.list_templates()}
    assert templates.autoescape is True
    assert templates.from_string("{{ text }}").render(text=TEXT) == str(escape(TEXT))
    assert [name for name, body in bodies.items() if re.search(r"{%.*autoescape", body)] == []


def test_nothing_but_what_is_html_already_goes_into_a_page_unescaped() -> None:
    """Where a text is taken for HTML: in templates, in Python (but for literals), in scripts."""
    sinks = re.compile("|".join(SINKS))
    found = {
        (path.name, hit)
        for folder in (HERE, HERE.parent / "layers")
        for path in folder.rglob("*.*")
        if path.suffix in (".html", ".css", ".js", ".py", ".xml", ".txt")
        for hit in sinks.findall(path.read_text(encoding="utf-8"))
    }
    assert ("templating.py", "Markup(templates") in found
    assert sorted(found - UNESCAPED) == []
