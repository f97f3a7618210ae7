"""The head of the page as a crawler gets it: our title, and a preview of the view that the address has."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
import streamlit

from dashboard.content import Content
from dashboard.settings import ADDRESS
from layers.printed import view
from layers.style.captions import captions
from tests.browser.harness import serve
from tests.dashboard.html_tree import Node, parse
from tests.dashboard.web import Answer, ask

STREAMLIT_PAGE = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
PUBLIC = "https://a.example/maps/"
VIEWS = {
    "": {},
    "?layers=places": {"layers": "places"},
    "?layers=places,upper-karabakh&date=2020-11-20&lang=hy": {
        "layers": "upper-karabakh,places",
        "date": "2020-11-20",
        "lang": "hy",
    },
    "?date=2020-09-26&feature=stepanakert&view=9/39.8/46.7&quote=nix": {"date": "2020-09-26"},
    "?layers=nonsense&date=tomorrow&lang=xx": {},
    "?layers=places,nonsense": {"layers": "places"},
    "?utm_source=elsewhere&size=a3": {},
    "?date=2020-11-20&date=2020-12-01": {"date": "2020-12-01"},
}
HOSTILE = (
    '"><script>alert(1)</script>',
    "</title><img src=x onerror=alert(1)>",
    "{{7*7}}",
    "&lt;b&gt;",
    "\u202e\0\r\nSet-Cookie: a=b",
    "x" * 5000,
)
HOSTS = (
    '"><script>alert(1)</script>',
    "a.example/?x=",
    "a b",
    "[",
    "[::1",
    "a@b",
    "{{7*7}}",
    "a.example:x",
    "",
)


def head(answer: Answer) -> Node:
    """Return the head of the page as a tree; Streamlit's own page leaves elements open elsewhere."""
    (text,) = re.findall(r"<head>.*?</head>", answer.text, re.DOTALL)
    return parse(text)


def tags(answer: Answer) -> dict[str, str]:
    """Return what the head tells other sites, by property; each but once."""
    metas = [node.attributes for node in head(answer).all("meta") if "property" in node.attributes]
    found = {each["property"]: each["content"] for each in metas}
    assert len(found) == len(metas)
    return found


def asked(address: str) -> dict[str, str]:
    """Return what the address of a picture asks for."""
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


@pytest.fixture(scope="module")
def public_server() -> Iterator[str]:
    """The address of a dashboard that the world finds elsewhere."""
    with serve(**{ADDRESS: PUBLIC[:-1]}) as address:
        yield address


def test_it_has_our_title_and_describes_itself(server: str) -> None:
    answer = ask(server, "/")
    found = tags(answer)
    assert head(answer).one("title").text == captions()["title"]
    assert {key: found[f"og:{key}"] for key in ("title", "description", "image:alt", "type")} == {
        "title": captions()["title"],
        "description": captions()["description"],
        "image:alt": captions()["picture_alt"],
        "type": "website",
    }


def test_all_else_of_the_page_is_as_streamlit_has_it(server: str) -> None:
    text = ask(server, "/").text
    start, end = text.index("<title>"), text.index("\n", text.index('name="twitter:card"'))
    before, after = STREAMLIT_PAGE.split("<title>Streamlit</title>")
    assert text[:start] == before
    assert text[end:].strip() == after.strip()


@pytest.mark.parametrize(("query", "shown"), VIEWS.items())
def test_the_picture_is_of_the_view_in_the_address(server: str, query: str, shown: dict[str, str]) -> None:
    picture = tags(ask(server, f"/{query}"))["og:image"]
    assert picture.startswith(f"{server}/map.png?")
    assert asked(picture) == {"size": "card", **shown}


@pytest.mark.parametrize(("query", "shown"), VIEWS.items())
def test_every_picture_that_is_told_of_can_be_drawn(
    ready: Content, query: str, shown: dict[str, str]
) -> None:
    drawn = view(ready.atlas, layers=shown.get("layers"), date=shown.get("date"), lang=shown.get("lang"))
    assert [layer for layer in shown.get("layers", "").split(",") if layer] in ([*drawn.layers], [])
    assert query.startswith("?") or not shown


def test_the_picture_is_there_and_of_the_size_that_is_told(server: str) -> None:
    found = tags(ask(server, "/"))
    parts = urlsplit(found["og:image"])
    answer = ask(server, f"{parts.path}?{parts.query}")
    size = [int.from_bytes(answer.body[start : start + 4]) for start in (16, 20)]
    assert (answer.status, answer.header("Content-Type")) == (200, found["og:image:type"])
    assert size == [int(found["og:image:width"]), int(found["og:image:height"])]


def test_one_address_stands_for_all_views(public_server: str) -> None:
    answer = ask(public_server, "/?layers=places&date=2020-11-20")
    link = head(answer).one("link", rel="canonical")
    assert link.attributes["href"] == tags(answer)["og:url"] == PUBLIC


@pytest.mark.parametrize("query", ["", "?layers=places&lang=az"])
def test_where_the_host_has_set_its_address_it_is_that(public_server: str, query: str) -> None:
    found = tags(ask(public_server, f"/{query}", host="elsewhere.example"))
    assert found["og:url"] == PUBLIC
    assert found["og:image"].startswith(f"{PUBLIC}map.png?size=card")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("key", ["layers", "date", "lang", "feature", "quote", "view", "anything"])
def test_what_is_unknown_in_the_address_is_not_repeated(server: str, key: str, text: str) -> None:
    answer = ask(server, f"/?{key}={quote(text)}")
    assert answer.body == ask(server, "/").body
    assert answer.header("Set-Cookie") == ask(server, "/").header("Set-Cookie")


@pytest.mark.parametrize("host", HOSTS)
def test_a_hostile_host_header_is_not_repeated(server: str, host: str) -> None:
    answer = ask(server, "/?date=2020-11-20", host=host)
    found = tags(answer)
    assert answer.status == 200
    assert len(head(answer).all("script")) == len(
        re.findall("<script", STREAMLIT_PAGE.partition("</head>")[0])
    )
    assert asked(found["og:image"]) == {"size": "card", "date": "2020-11-20"}
    assert re.match(r"http://[\w.:-]+/map\.png\?", found["og:image"])


def test_a_host_header_leads_to_a_picture_and_makes_no_canonical_address(server: str) -> None:
    answer = ask(server, "/", host="maps.example:8080")
    assert tags(answer)["og:image"].startswith("http://maps.example:8080/map.png")
    assert ("og:url" in tags(answer), head(answer).all("link", rel="canonical")) == (False, [])


@pytest.mark.parametrize("query", ["", "?layers=places&date=2020-11-20"])
@pytest.mark.parametrize("encoding", ["gzip, br", "identity"])
def test_head_agrees_with_get_compressed_or_not(server: str, query: str, encoding: str) -> None:
    get, told = (
        ask(server, f"/{query}", method=method, accept_encoding=encoding) for method in ("GET", "HEAD")
    )
    names = ("Content-Type", "Content-Length", "Content-Encoding", "Cache-Control", "Content-Security-Policy")
    body = gzip.decompress(get.body) if get.header("Content-Encoding") == "gzip" else get.body
    assert (get.status, told.status, told.body) == (200, 200, b"")
    assert [told.header(name) for name in names] == [get.header(name) for name in names]
    assert int(get.header("Content-Length")) == len(get.body)
    assert body == ask(server, f"/{query}").body


@pytest.mark.parametrize(
    "headers",
    [
        {"if_none_match": "*"},
        {"if_none_match": '"abc"'},
        {"if_modified_since": "Fri, 31 Dec 2100 23:59:59 GMT"},
        {"range": "bytes=0-99"},
    ],
    ids=str,
)
def test_nobody_gets_streamlits_own_page_or_a_part_of_ours(server: str, headers: dict[str, str]) -> None:
    answer = ask(server, "/", **headers)
    assert (answer.status, answer.body) == (200, ask(server, "/").body)
    assert (answer.header("ETag"), answer.header("Last-Modified")) == ("", "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_can_write_there(server: str, method: str) -> None:
    assert ask(server, "/", method=method).status == 405


def test_what_is_no_page_is_untouched(server: str) -> None:
    health, script = ask(server, "/_stcore/health"), ask(server, "/assets/map.js")
    assert (health.status, health.body) == (200, b"ok")
    assert b"og:title" not in health.body + script.body


def test_with_faults_in_the_data_the_page_is_streamlits_own(broken_server: str) -> None:
    answer = ask(broken_server, "/?layers=places")
    assert (answer.status, answer.text) == (200, STREAMLIT_PAGE)
