"""What a host may set: good values are read, bad ones are named on the page and never acted on."""

from collections.abc import Iterator

import pytest

from dashboard.headers import SecurityHeaders
from dashboard.settings import ADDRESS, ARTICLE, FRAMERS, is_web_address, settings, with_slash
from layers import GeodataError
from tests.browser.harness import serve
from tests.dashboard.html_tree import parse
from tests.dashboard.web import Answer, ask

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


@pytest.fixture(scope="module")
def framed_server() -> Iterator[str]:
    """The address of a dashboard that two sites may frame."""
    with serve(**{FRAMERS: "https://a.example https://*.b.example:8443"}) as address:
        yield address


@pytest.fixture(scope="module")
def badly_set_server() -> Iterator[str]:
    """The address of a dashboard with a bad setting of each kind."""
    bad = {FRAMERS: "https://a.example *", ADDRESS: "a.example/<b>", ARTICLE: "<i>some</i>"}
    with serve(**bad) as address:
        yield address


def test_with_nothing_set_the_whole_article_is_shown_and_nobody_frames_the_page() -> None:
    found = settings()
    assert (found.full_article, found.address, found.framers) == (True, "", ())


@pytest.mark.parametrize(("text", "address"), ADDRESSES.items())
def test_an_address_is_read_as_that_of_a_folder(
    text: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS, text)
    assert settings().address == with_slash(text) == address


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address_is_named(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS, text)
    ((setting, found),) = faults()
    assert (setting, is_web_address(text)) == (ADDRESS, False)
    assert found.startswith(repr(text)[:50])
    assert len(found) <= 60


@pytest.mark.parametrize(("text", "origins"), ORIGINS.items())
def test_origins_are_read_with_any_blanks_between(
    text: str, origins: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FRAMERS, text)
    assert settings().framers == origins


@pytest.mark.parametrize("text", NO_ORIGINS)
def test_what_is_no_origin_is_named_and_none_may_frame(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FRAMERS, f"https://good.example {text}")
    policy = SecurityHeaders(lambda *_: None).page_policy  # type: ignore[arg-type, return-value]
    assert faults() == [(FRAMERS, repr(text))]
    assert policy.endswith("; frame-ancestors 'self'")


@pytest.mark.parametrize(("text", "full"), [("full", True), ("quotes", False)])
def test_the_article_is_shown_whole_or_in_quotes(
    text: str,
    full: bool,  # noqa: FBT001 - a parameter of the test
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ARTICLE, text)
    assert settings().full_article is full


@pytest.mark.parametrize("text", ["", "Full", "quote", "full ", "none", "<b>full</b>"])
def test_any_other_word_for_the_article_is_named(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ARTICLE, text)
    assert faults() == [(ARTICLE, repr(text))]


def test_every_bad_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (ARTICLE, ADDRESS, FRAMERS):
        monkeypatch.setenv(name, "bad")
    assert faults() == sorted((name, "'bad'") for name in (ARTICLE, ADDRESS, FRAMERS))


def test_the_page_may_be_framed_by_the_sites_that_are_set_and_the_map_by_any(framed_server: str) -> None:
    page, document, layer = (
        framers(ask(framed_server, path)) for path in ("/", "/map", "/layers/places.geojson")
    )
    assert page == layer == ["'self'", "https://a.example", "https://*.b.example:8443"]
    assert document == ["*"]


def test_bad_settings_are_named_in_the_list_of_faults_as_text(badly_set_server: str) -> None:
    answer = ask(badly_set_server, "/map")
    tree = parse(answer.text)
    named = {item.all("b")[1].text for item in tree.all("li")}
    assert (answer.status, named) == (503, {FRAMERS, ADDRESS, ARTICLE})
    assert tree.all("i") == []


def test_with_a_bad_setting_the_page_is_there_and_nobody_frames_it(badly_set_server: str) -> None:
    answer = ask(badly_set_server, "/")
    assert (answer.status, framers(answer)) == (200, ["'self'"])
