"""The component that holds the map and the reading room: one piece of HTML, one sheet, one module."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.content import Content
from dashboard.templating import HERE
from tests.dashboard.html_tree import Node, parse
from tests.dashboard.visits import visit


@pytest.fixture(scope="module")
def component(ready: Content) -> Any:  # noqa: ANN401 - Streamlit's protobuf message
    """What the page hands to the browser to make the component of."""
    assert ready.layers
    page: AppTest = visit()
    (element,) = page.get("bidi_component")
    return element.proto


@pytest.fixture(scope="module")
def frame(component: Any) -> Node:  # noqa: ANN401 - Streamlit's protobuf message
    """The HTML of the component."""
    return parse(component.html_content)


def asset(name: str) -> str:
    """Return one of our own scripts or style sheets."""
    return (HERE / "assets" / name).read_text(encoding="utf-8")


def test_it_has_a_place_for_the_map_and_after_it_one_for_the_article(frame: Node) -> None:
    inside = frame.one("div", class_="side-by-side")
    places = [node.attributes["class"] for node in inside.all("div")]
    assert places == ["map-frame", "reading-frame"]
    assert inside.one(class_="map-frame").children == []


def test_until_the_article_is_there_it_says_so(frame: Node) -> None:
    waiting = frame.one(class_="reading-frame").one(role="status")
    assert "is being loaded" in waiting.text


def test_a_first_link_leads_over_the_map_to_the_article(frame: Node) -> None:
    first = next(iter(frame.one(class_="side-by-side")))
    assert (first.tag, first.attributes["href"]) == ("a", "#reading")
    assert frame.one(id="reading").has({"class_": "reading-frame"})
    assert "article" in first.text


def test_nothing_in_it_runs_before_its_module(frame: Node) -> None:
    assert [tag for tag in ("script", "style", "img", "iframe") if frame.all(tag)] == []
    assert [key for node in frame for key in node.attributes if key.startswith("on")] == []


def test_its_sheet_and_its_module_are_those_of_the_frame_and_of_the_room(component: Any) -> None:  # noqa: ANN401
    assert component.isolate_styles
    assert [name for name in ("bridge.css", "reading.css") if asset(name) not in component.css_content] == []
    assert [name for name in ("bridge.js", "reading.js") if asset(name) not in component.js_content] == []


def test_its_module_offers_one_thing_after_what_that_needs(component: Any) -> None:  # noqa: ANN401
    script = component.js_content
    assert len(re.findall(r"^export ", script, re.MULTILINE)) == 1
    assert script.index("window.KarabakhReading =") < script.index("export default")


def test_neither_sheet_nor_module_asks_another_host(component: Any) -> None:  # noqa: ANN401
    text = component.css_content + component.js_content
    assert re.findall(r"https?://\S+|url\(|@import|^import ", text, re.MULTILINE) == []
    assert len(text) > 10_000


def test_each_place_has_a_look(component: Any) -> None:  # noqa: ANN401
    places = ("map-frame", "reading-frame", "skip", "side-by-side")
    assert [place for place in places if f".{place}" not in component.css_content] == []
