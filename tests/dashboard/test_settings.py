"""What a host may set: good values are read, bad ones are named and never acted on."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Router

from dashboard.file_maker import FileMaker
from dashboard.headers import SecurityHeaders
from dashboard.routes import ROUTES
from dashboard.served import Served
from dashboard.settings import (
    ADDRESS,
    ARTICLE,
    CACHE,
    FRAMERS,
    PORT,
    base_path,
    settings,
    with_slash,
)
from layers import GeodataError
from layers.data.folders import ROOT
from layers.data.web_address import is_web_address
from tests.dashboard.html_tree import parse
from tests.dashboard.web import Answer, ask_app

ADDRESSES = {
    "": "",
    "https://a.example": "https://a.example/",
    "https://a.example/": "https://a.example/",
    "http://127.0.0.1:8501": "http://127.0.0.1:8501/",
    "https://a.example:8443/maps/karabakh": "https://a.example:8443/maps/karabakh/",
    "https://a.example/maps//": "https://a.example/maps/",
    "https://xn--nxasmq6b.example/~me/a_b-c.d/": "https://xn--nxasmq6b.example/~me/a_b-c.d/",
}
NO_ADDRESSES = (
    "a.example",
    "//a.example/",
    "ftp://a.example/",
    "javascript:alert(1)",
    "https://",
    "https://a.example/?x=1",
    "https://a.example/#x",
    "https://a.example/ b",
    "https://a.example/\n",
    " https://a.example/",
    'https://a.example/"><script>alert(1)</script>',
    "https://user:secret@a.example/",
    "https://a.example:port/",
    "https://a.example//b.example/",
    "https://a.example/{{7*7}}",
    "https://é.example/",
    "x" * 5000,
)
ORIGINS = {
    "": (),
    "  ": (),
    "https://a.example": ("https://a.example",),
    "https://a.example http://b.example:8080": ("https://a.example", "http://b.example:8080"),
    " https://*.a.example\t\n https://b.example ": ("https://*.a.example", "https://b.example"),
}
# KARABAKH_URL and Streamlit's baseUrlPath: below which path, or None where the start is refused.
PATHS = {
    ("", ""): "",
    ("", "/"): "",
    ("", "karabakh"): "/karabakh",
    ("", "/maps/karabakh/"): "/maps/karabakh",
    ("https://a.example", ""): "",
    ("https://a.example/karabakh/", ""): "/karabakh",
    ("https://a.example/maps/karabakh", "maps/karabakh"): "/maps/karabakh",
    ("https://a.example/maps/", "karabakh"): None,
    ("https://a.example/", "karabakh"): None,
    ("", "kara bakh"): None,
    ("", "a//b"): None,
    ("", "%2e%2e"): None,
    ("a.example/<b>", ""): "",  # the page names it
}
NO_ORIGINS = (
    "*",
    "a.example",
    "'none'",
    "https:",
    "https://a.example/",
    "https://a.example;script-src",
    "https://a.example,https://b.example",
    "data:",
    "https://a.example:*",
    "https://é.example",
)


def framers(answer: Answer) -> list[str]:
    """Return who may frame what was answered."""
    (directive,) = (
        part.split()[1:]
        for part in answer.header("Content-Security-Policy").split(";")
        if part.split()[0] == "frame-ancestors"
    )
    return directive


def faults() -> list[tuple[str, str]]:
    """Return which settings are faulty, and what was found."""
    with pytest.raises(GeodataError) as caught:
        settings()
    return [(problem.feature, problem.found) for problem in caught.value.problems]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what the machine may have set."""
    for name in (ARTICLE, ADDRESS, FRAMERS):
        monkeypatch.delenv(name, raising=False)


def test_with_nothing_set_the_whole_article_is_shown_and_nobody_frames_the_page() -> None:
    found = settings()
    assert (found.full_article, found.address, found.framers) == (True, "", ())


def test_an_address_is_read_as_that_of_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    read = {}
    for text in ADDRESSES:
        monkeypatch.setenv(ADDRESS, text)
        read[text] = settings().address
    assert read == ADDRESSES == {text: with_slash(text) for text in ADDRESSES}


def test_the_path_is_that_of_the_address_or_else_of_streamlit_and_never_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: dict[tuple[str, str], str | None] = dict.fromkeys(PATHS)
    for address, mounted in PATHS:
        monkeypatch.setenv(ADDRESS, address)
        with suppress(GeodataError):
            found[address, mounted] = base_path(mounted)
    assert found == PATHS


def test_what_is_no_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in NO_ADDRESSES:
        monkeypatch.setenv(ADDRESS, text)
        ((setting, found),) = faults()
        assert (setting, is_web_address(text)) == (ADDRESS, False), text
        assert (found[:50], len(found) <= 60) == (repr(text)[:50], True), text


def test_origins_are_read_with_any_blanks_between(monkeypatch: pytest.MonkeyPatch) -> None:
    read = {}
    for text in ORIGINS:
        monkeypatch.setenv(FRAMERS, text)
        read[text] = settings().framers
    assert read == ORIGINS


def test_what_is_no_origin_is_named_and_none_may_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in NO_ORIGINS:
        monkeypatch.setenv(FRAMERS, f"https://good.example {text}")
        assert faults() == [(FRAMERS, repr(text))]
        assert framers(ask_app(SecurityHeaders(PlainTextResponse()), "/")) == ["'self'"], text


def test_the_article_is_shown_whole_or_in_quotes_and_any_other_word_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for text, full in (("full", True), ("quotes", False)):
        monkeypatch.setenv(ARTICLE, text)
        assert settings().full_article is full
    for text in ("", "Full", "quote", "full ", "none", "<b>full</b>"):
        monkeypatch.setenv(ARTICLE, text)
        assert faults() == [(ARTICLE, repr(text))]


def test_what_is_answered_may_be_framed_by_the_sites_that_are_set_but_for_what_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(FRAMERS, "https://a.example https://*.b.example:8443")
    own = {"Content-Security-Policy": "frame-ancestors *"}
    page, document = (
        framers(ask_app(SecurityHeaders(PlainTextResponse(headers=headers)), "/")) for headers in (None, own)
    )
    assert (page, document) == (["'self'", "https://a.example", "https://*.b.example:8443"], ["*"])


def test_all_bad_settings_are_named_in_one_list_of_faults_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {FRAMERS: "https://a.example *", ADDRESS: "a.example/<b>", ARTICLE: "<i>some</i>", PORT: "80a"}
    for name, value in bad.items():
        monkeypatch.setenv(name, value)
    built = Served(FileMaker())  # not what is built already
    built.build()
    monkeypatch.setattr("dashboard.routes.served", lambda: built)
    answer = ask_app(Router(ROUTES), "/map")
    tree = parse(answer.text)
    named = {item.all("b")[1].text for item in tree.all("li")}
    assert (answer.status, named, tree.all("i")) == (503, bad.keys(), [])


def test_a_server_with_bad_settings_does_not_start_and_names_each_on_a_line(tmp_path: Path) -> None:
    bad = {PORT: "65536", ARTICLE: "some", CACHE: str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, **bad},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = done.stderr.splitlines()
    assert (done.returncode, len(lines), "Traceback" in done.stderr) == (1, 2, False)
    assert ["some" in lines[0], "65536" in lines[1]] == [True, True]
