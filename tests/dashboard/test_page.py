"""Streamlit's page: a frame for the reader, and nothing that the reader says itself."""

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


def test_it_is_the_readers_frame_and_nothing_else(page: AppTest) -> None:
    assert list(page.exception) == []
    (component,) = page.get("bidi_component")
    assert component.proto.html_content == '<div class="reader-frame"></div>'
    assert [text for text in page.main if captions()["title"] in str(text)] == []


def test_its_module_offers_one_thing_after_what_that_needs_and_asks_no_other_host(page: AppTest) -> None:
    (component,) = page.get("bidi_component")
    script, sheet = component.proto.js_content, component.proto.css_content
    assert script.index("window.KarabakhAddress =") < script.index("export default")
    assert len(re.findall(r"^export ", script, re.MULTILINE)) == 1
    assert re.findall(r"https?://\S+|url\(|@import|^import ", script + sheet, re.MULTILINE) == []


def test_it_opens_the_reader_with_its_own_query() -> None:
    script = (HERE / "assets" / "bridge.js").read_text(encoding="utf-8")
    assert "src: `reader${location.search}`" in script
