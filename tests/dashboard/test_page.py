"""Streamlit's page: it draws nothing of its own, and tells the reader's frame whether it is shown."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.templating import HERE
from layers.data.folders import ROOT
from layers.style.captions import captions


@pytest.fixture(scope="module")
def page() -> AppTest:
    """The page as it opens."""
    return AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30).run()


def test_it_is_the_bridge_to_the_readers_frame_and_nothing_else(page: AppTest) -> None:
    assert list(page.exception) == []
    (component,) = page.get("bidi_component")
    assert (component.proto.html_content, component.proto.css_content) == ("", "")
    assert json.loads(component.proto.json) == {"reader": True}
    assert [text for text in page.main if captions()["title"] in str(text)] == []


def test_nothing_around_the_reader_asks_another_host() -> None:
    texts = [(HERE / "assets" / name).read_text() for name in ("around.js", "around.css", "bridge.js")]
    assert re.findall(r"https?://\S+|url\(|@import|^import ", "".join(texts), re.MULTILINE) == []
