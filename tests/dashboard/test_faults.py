"""Data with faults: every address says what to mend, and nothing falls over."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.content import content
from layers import GeodataError
from layers.data.files import GEODATA, WORDS
from tests.dashboard.conftest import UNKNOWN_QUOTE, built_anew
from tests.dashboard.html_tree import parse
from tests.dashboard.visits import downloads, html, visit
from tests.dashboard.web import ask

BUILT = (
    "/map",
    "/reading",
    "/annotations.jsonld",
    "/layers/",
    "/layers/places.geojson",
    "/layers/places.geojson?lang=az",
)
RESOURCES = json.loads((GEODATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
DRAWN = [resource["path"] for resource in RESOURCES]
WORDS_FILES = [f"{name}.json" for name in (*WORDS, "notices") if name != "quotes"]  # quotes are broken anyway
SPOILT = {"missing": None, "cut off": b'{"type": "FeatureColl'}


@pytest.fixture
def spoilt(broken_data: Path) -> Iterator[Path]:
    """The folder of data that has a fault already; what a test changes in it is put back."""
    files = {path: path.read_bytes() for path in broken_data.rglob("*") if path.is_file()}
    yield broken_data
    for path, body in files.items():
        path.write_bytes(body)


@pytest.fixture
def data(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sound data that the dashboard is built from next."""
    monkeypatch.setenv("KARABAKH_GEODATA", str(data_copy / "geodata"))
    monkeypatch.setenv("KARABAKH_SEEDS", str(data_copy / "seeds"))
    return data_copy


@pytest.fixture
def page(broken_data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The dashboard's page over data with faults."""
    monkeypatch.setenv("KARABAKH_GEODATA", str(broken_data / "geodata"))
    with built_anew():
        yield visit()


@pytest.mark.parametrize("path", BUILT)
def test_every_address_lists_the_faults(broken_server: str, path: str) -> None:
    answer = ask(broken_server, path)
    (fault,) = (item.text for item in parse(answer.text).all("li"))
    assert (answer.status, answer.header("Content-Type")) == (503, "text/html; charset=utf-8")
    assert "quotes.json" in fault
    assert UNKNOWN_QUOTE[:40] in fault


@pytest.mark.parametrize("path", BUILT)
def test_the_list_is_a_page_without_scripts_and_tracebacks(broken_server: str, path: str) -> None:
    answer = ask(broken_server, path)
    tree = parse(answer.text)
    assert tree.one("html").attributes["lang"]
    assert tree.all("script") == []
    assert [word for word in ("Traceback", 'File "', "GeodataError", ".py") if word in tree.text] == []
    assert answer.header("X-Content-Type-Options") == "nosniff"


@pytest.mark.parametrize("file", [*DRAWN, *WORDS_FILES])
@pytest.mark.parametrize("spoil", SPOILT)
def test_a_file_that_cannot_be_read_is_named(broken_server: str, spoilt: Path, file: str, spoil: str) -> None:
    path, body = spoilt / "geodata" / file, SPOILT[spoil]
    path.unlink() if body is None else path.write_bytes(body)
    answer = ask(broken_server, "/map")
    faults = [item.text for item in parse(answer.text).all("li")]
    assert answer.status == 503
    assert [fault for fault in faults if UNKNOWN_QUOTE[:40] in fault]
    assert [fault for fault in faults if fault.startswith(file)]


@pytest.mark.parametrize(
    ("file", "key", "value"),
    [
        ("geodata/datapackage.json", "as_of", None),
        ("geodata/datapackage.json", "extent", [43]),
        ("geodata/datapackage.json", "sources", "none"),
        ("geodata/datapackage.json", "attribution", None),
        ("geodata/datapackage.json", "licenses", None),
        ("seeds/article.json", "sha256", None),
        ("seeds/article.json", "body_starts_at", None),
        ("seeds/article.json", "parts", None),
    ],
)
def test_a_descriptor_without_what_is_needed_is_named(
    data: Path,
    file: str,
    key: str,
    value: Any,  # noqa: ANN401 - JSON
) -> None:
    path = data / file
    facts = json.loads(path.read_text(encoding="utf-8"))
    facts[key] = value
    path.write_text(json.dumps({name: fact for name, fact in facts.items() if fact}), encoding="utf-8")
    with built_anew(), pytest.raises(GeodataError) as caught:
        content()
    assert [problem for problem in caught.value.problems if problem.file == path.name]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"id": "soon"}, "soon"),
        ({"id": "2020-13-45"}, "2020-13-45"),
        ({"id": None}, "without id"),
        ({"id": "2020-09-26"}, "2020-09-26"),  # which is there already
        ({"happened": ""}, "2020-11-10"),
        ({"happened": None}, "2020-11-10"),
        ({"source": "hearsay"}, "2020-11-10"),
        ({"note": 7}, "2020-11-10"),
    ],
    ids=str,
)
def test_a_day_that_the_map_cannot_show_is_named(data: Path, change: dict[str, Any], named: str) -> None:
    path = data / "geodata" / "dates.json"
    days = json.loads(path.read_text(encoding="utf-8"))
    days[1] |= change
    path.write_text(json.dumps(days), encoding="utf-8")
    with built_anew(), pytest.raises(GeodataError) as caught:
        content()
    assert {problem.feature for problem in caught.value.problems if problem.file == "dates.json"} == {named}


@pytest.mark.parametrize("days", [[], {}, None, "soon"], ids=str)
def test_a_map_without_days_is_named(data: Path, days: Any) -> None:  # noqa: ANN401 - JSON
    (data / "geodata" / "dates.json").write_text(json.dumps(days), encoding="utf-8")
    with built_anew(), pytest.raises(GeodataError) as caught:
        content()
    assert "dates.json" in {problem.file for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("file", "entries", "key"),
    [("geodata/datapackage.json", "sources", "path"), ("seeds/article.json", "parts", "url")],
)
def test_an_address_that_is_no_web_page_is_named(data: Path, file: str, entries: str, key: str) -> None:
    path = data / file
    facts = json.loads(path.read_text(encoding="utf-8"))
    facts[entries][-1][key] = "javascript:alert(1)"
    path.write_text(json.dumps(facts), encoding="utf-8")
    with built_anew(), pytest.raises(GeodataError) as caught:
        content()
    assert path.name in {problem.file for problem in caught.value.problems}


def test_a_licence_without_an_address_is_named(data: Path) -> None:
    path = data / "geodata" / "datapackage.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    del facts["licenses"][0]["path"]
    path.write_text(json.dumps(facts), encoding="utf-8")
    with built_anew(), pytest.raises(GeodataError) as caught:
        content()
    assert [problem for problem in caught.value.problems if problem.file == path.name]


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(slice(None, None, -1), id="backwards"),
        pytest.param(slice(0, -1), id="without as_of"),
    ],
)
def test_days_that_do_not_lead_up_to_the_day_of_the_layers_are_named(data: Path, order: slice) -> None:
    path = data / "geodata" / "dates.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))[order]), encoding="utf-8")
    with built_anew(), pytest.raises(GeodataError) as caught:
        content()
    assert "dates.json" in {problem.file for problem in caught.value.problems}


def test_what_needs_no_data_is_served_all_the_same(broken_server: str) -> None:
    paths = ("/assets/map.css", "/", "/_stcore/health")
    assert [ask(broken_server, path).status for path in paths] == [200, 200, 200]


def test_the_page_lists_the_faults_and_nothing_else(page: AppTest) -> None:
    faults = [item.text for tree in html(page) for item in tree.all("li")]
    assert not page.exception
    assert [("quotes.json" in fault, UNKNOWN_QUOTE[:40] in fault) for fault in faults] == [(True, True)]
    assert (len(page.get("bidi_component")), len(downloads(page))) == (0, 0)


def test_mended_data_is_served_without_a_new_start(page: AppTest, spoilt: Path) -> None:
    (spoilt / "geodata" / "quotes.json").write_bytes((GEODATA / "quotes.json").read_bytes())
    page.run()
    assert not page.exception
    assert (len(page.get("bidi_component")), len(downloads(page)) > 0) == (1, True)
