"""Data with faults: every address says what to mend, and nothing falls over."""

import json
from pathlib import Path
from typing import Any

import pytest

from layers import GeodataError, build_atlas
from tests.dashboard.conftest import UNKNOWN_QUOTE
from tests.dashboard.html_tree import parse
from tests.dashboard.web import ask

BUILT = (
    "/map",
    "/annotations.jsonld",
    "/layers/",
    "/layers/places.geojson",
    "/layers/places.geojson?lang=az",
)


def change(path: Path, **members: Any) -> None:  # noqa: ANN401 - JSON
    """Change members of a file; `licenses__0__path` stands for those within, None takes one out."""
    data = json.loads(path.read_text(encoding="utf-8"))
    for name, value in members.items():
        *within, last = (int(step) if step.isdigit() else step for step in name.strip("_").split("__"))
        place = data
        for step in within:
            place = place[step]
        if value is None:
            del place[last]
        else:
            place[last] = value
    path.write_text(json.dumps(data), encoding="utf-8")


def faults(data: Path) -> set[tuple[str, str]]:
    """Return the files with faults that keep an atlas from being built, and what was found."""
    with pytest.raises(GeodataError) as caught:
        build_atlas(data / "geodata", data / "seeds")
    return {(problem.file, problem.found) for problem in caught.value.problems}


def test_every_address_lists_the_faults_on_a_page_without_scripts_and_tracebacks(broken_server: str) -> None:
    for path in BUILT:
        answer = ask(broken_server, path)
        tree = parse(answer.text)
        (fault,) = (item.text for item in tree.all("li"))
        assert (answer.status, answer.header("Content-Type")) == (503, "text/html; charset=utf-8"), path
        assert ("quotes.json" in fault, UNKNOWN_QUOTE[:40] in fault) == (True, True), path
        assert tree.one("html").attributes["lang"] == "en"
        assert (tree.all("script"), answer.header("X-Content-Type-Options")) == ([], "nosniff"), path
        traces = ("Traceback", 'File "', "GeodataError", ".py")
        assert [word for word in traces if word in tree.text] == [], path


def test_a_load_balancer_is_told_how_many_faults_there_are(broken_server: str) -> None:
    ask(broken_server, "/map")  # which waits for the build
    told = [ask(broken_server, path) for path in ("/healthz", "/readyz")]
    assert [(one.status, one.text) for one in told] == [(200, "ok\n"), (503, "1 fault in the data\n")]


def test_what_needs_no_data_is_served_all_the_same(broken_server: str) -> None:
    paths = ("/", "/_stcore/health")
    assert [ask(broken_server, path).status for path in paths] == [200, 200]


def test_what_the_descriptor_and_the_article_must_say_is_named_all_at_once(data_copy: Path) -> None:
    address = "javascript:alert(1)"
    change(data_copy / "geodata" / "datapackage.json", licenses__0__path=None, sources__1__path=address)
    change(data_copy / "geodata" / "dates.json", **{"1__note": 7})
    change(data_copy / "seeds" / "article.json", parts__1__url=address, parts__0__date=None, author="")
    named = [
        ("datapackage.json", 'licenses.0 = "path" is a required property'),
        ("datapackage.json", f"sources.1.path = {address!r}"),
        ("dates.json", "note = 7"),
        ("article.json", f"parts.1.url = {address!r}"),
        ("article.json", 'parts.0 = "date" is a required property'),
        ("article.json", "author = ''"),
    ]
    assert set(named) - faults(data_copy) == set()


def test_days_that_do_not_end_with_that_of_the_layers_are_named(data_copy: Path) -> None:
    days = data_copy / "geodata" / "dates.json"
    days.write_text(json.dumps(json.loads(days.read_text(encoding="utf-8"))[:-1]), encoding="utf-8")
    assert faults(data_copy) == {("dates.json", "the last day 2020-12-01")}
