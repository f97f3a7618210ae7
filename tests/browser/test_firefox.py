"""The main stories in Firefox, where it is installed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from layers import Atlas
from tests.browser.bidi import FIREFOX, Firefox, firefox

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not FIREFOX, reason="no Firefox is installed (apt: firefox-esr)"),
]
TEXT = "document.querySelector({0!r})?.textContent.trim()"


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Firefox]:
    """A Firefox with an empty profile."""
    with firefox(tmp_path) as started:
        yield started


def test_the_main_stories_run_in_firefox(browser: Firefox, reader: str, atlas: Atlas) -> None:
    browser.open(f"{reader}?v=2.0.0&date=2020-11-20&lang=az&feature=stepanakert")
    assert browser.say(TEXT.format(".sheet h2 bdi")) == atlas.features["stepanakert"].name_in("az")
    assert "version 2.0.0 of the data" in browser.say(TEXT.format(".notice span"))

    browser.say("document.querySelector('.notice a').click()")
    browser.wait("location.search.includes('correction=') && document.querySelector('#corrections').open")

    browser.say("document.querySelector('input[value=places]').click()")
    browser.wait("new URLSearchParams(location.search).get('layers')?.includes('places') === false")

    browser.say("document.querySelector('#tab-claims').click()")
    browser.wait("!document.querySelector('#room-claims').hidden")
    assert browser.say("document.querySelectorAll('.claim').length") == len(atlas.claims)

    browser.say("document.querySelector('#tab-share').click()")
    browser.wait("!document.querySelector('#room-share').hidden")
    assert f"v={atlas.descriptor['version']}" in browser.say("document.querySelector('[name=link]').value")
    assert browser.errors == []
