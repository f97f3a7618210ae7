"""The main stories in Firefox and in WebKit, where they are installed."""

from pathlib import Path

import pytest

from layers import Atlas
from tests.browser.bidi import FIREFOX, firefox
from tests.browser.led import Led
from tests.browser.webkit import DRIVER, SCREEN, webkit

pytestmark = pytest.mark.browser
TEXT = "document.querySelector({0!r})?.textContent.trim()"


def _main_stories(browser: Led, reader: str, atlas: Atlas) -> list[object]:
    """Read, click and share; return what the page says on the way."""
    browser.open(f"{reader}?v=2.0.0&date=2020-11-20&lang=az&feature=stepanakert")
    said = [browser.say(TEXT.format(".sheet h2 bdi")), browser.say(TEXT.format(".notice span"))[:33]]

    browser.say("document.querySelector('.notice a').click()")
    browser.wait("location.search.includes('correction=') && document.querySelector('#corrections').open")

    browser.say("document.querySelector('input[value=places]').click()")
    browser.wait("new URLSearchParams(location.search).get('layers')?.includes('places') === false")

    browser.say("document.querySelector('#tab-claims').click()")
    browser.wait("!document.querySelector('#room-claims').hidden")
    said += [browser.say("document.querySelectorAll('.claim').length")]

    browser.say("document.querySelector('#tab-share').click()")
    browser.wait("!document.querySelector('#room-share').hidden")
    shared = browser.say("document.querySelector('[name=link]').value")
    return [*said, f"v={atlas.descriptor['version']}" in shared]


def _expected(atlas: Atlas) -> list[object]:
    name = atlas.features["stepanakert"].name_in("az")
    return [name, "This link was made with version 2.0.0 of the data"[:33], len(atlas.claims), True]


@pytest.mark.skipif(not FIREFOX, reason="no Firefox is installed (apt: firefox-esr)")
def test_the_main_stories_run_in_firefox(tmp_path: Path, reader: str, atlas: Atlas) -> None:
    with firefox(tmp_path) as browser:
        assert _main_stories(browser, reader, atlas) == _expected(atlas)
        assert browser.errors == []


@pytest.mark.skipif(not (DRIVER and SCREEN), reason="no WebKit is installed (apt: webkit2gtk-driver xvfb)")
def test_the_main_stories_run_in_webkit(reader: str, atlas: Atlas) -> None:
    with webkit() as browser:
        assert _main_stories(browser, reader, atlas) == _expected(atlas)
