"""The head of the page as a crawler gets it: our title, and a preview of the view that the address has."""

import gzip
import re
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
import streamlit
from markupsafe import escape
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from dashboard.on_request import OnRequest
from dashboard.page_head import PageHead
from dashboard.settings import ADDRESS
from layers import GeodataError, Problem
from layers.printed import view
from layers.style.captions import captions, picture_alt
from tests.dashboard.conftest import Content
from tests.dashboard.html_tree import Node, parse
from tests.dashboard.web import Answer, ask, ask_app

STATIC = Path(streamlit.__file__).parent / "static"
STREAMLIT_PAGE = (STATIC / "index.html").read_text(encoding="utf-8")
PUBLIC = "https://a.example/maps/"
VIEWS: dict[str, dict[str, str]] = {
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
ONLY_A_PART = (
    {"if_none_match": "*"},
    {"if_none_match": '"abc"'},
    {"if_modified_since": "Fri, 31 Dec 2100 23:59:59 GMT"},
    {"range": "bytes=0-99"},
)


def served_by(future: Future[OnRequest]) -> Callable[[], SimpleNamespace]:
    """Return what stands for the server's build in a test: what is made on request, or why it is not."""
    return lambda: SimpleNamespace(on_request=future)


@pytest.fixture
def app(ready: Content, monkeypatch: pytest.MonkeyPatch) -> PageHead:
    """The page's head around Streamlit's files, served as any server would: with tags, ranges and gzip."""
    built: Future[OnRequest] = Future()
    built.set_result(OnRequest(ready.atlas, "", {}))
    monkeypatch.setattr("dashboard.page_head.served", served_by(built))
    return PageHead(GZipMiddleware(StaticFiles(directory=STATIC, html=True)))


def head(answer: Answer) -> Node:
    """Return the head of the page as a tree; Streamlit's own page leaves elements open elsewhere."""
    (text,) = re.findall(r"<head>.*?</head>", answer.text, re.DOTALL)
    return parse(text)


def frame(answer: Answer) -> dict[str, str]:
    """Return the attributes of the reader's frame."""
    (found,) = re.findall(r"<iframe[^>]*></iframe>", answer.text)
    return parse(found).one("iframe").attributes


def tags(answer: Answer) -> dict[str, str]:
    """Return what the head tells other sites, by property; each but once."""
    metas = [node.attributes for node in head(answer).all("meta") if "property" in node.attributes]
    found = {each["property"]: each["content"] for each in metas}
    assert len(found) == len(metas)
    return found


def asked(address: str) -> dict[str, str]:
    """Return what the address of a picture asks for."""
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def test_the_server_sends_streamlits_page_with_our_title_and_description(server: str) -> None:
    answer = ask(server, "/")
    found = tags(answer)
    assert head(answer).one("title").text == captions()["title"]
    assert {key: found[f"og:{key}"] for key in ("title", "description", "image:alt", "type")} == {
        "title": captions()["title"],
        "description": captions()["description"],
        "image:alt": picture_alt(),
        "type": "website",
    }


def test_the_picture_is_there_and_of_the_size_that_is_told(server: str) -> None:
    found = tags(ask(server, "/"))
    parts = urlsplit(found["og:image"])
    answer = ask(server, f"{parts.path}?{parts.query}")
    size = [int.from_bytes(answer.body[start : start + 4]) for start in (16, 20)]
    assert f"{parts.scheme}://{parts.netloc}" == server
    assert (answer.status, answer.header("Content-Type")) == (200, found["og:image:type"])
    assert size == [int(found["og:image:width"]), int(found["og:image:height"])]


def test_what_is_no_page_is_untouched_and_nobody_can_write_there(server: str) -> None:
    health = ask(server, "/_stcore/health")
    assert (health.status, health.body) == (200, b"ok")
    assert [ask(server, "/", method=method).status for method in ("POST", "PUT", "DELETE")] == [405] * 3


def test_the_picture_is_of_the_view_in_the_address_and_can_be_drawn(app: PageHead, ready: Content) -> None:
    for query, shown in VIEWS.items():
        picture = tags(ask_app(app, f"/{query}"))["og:image"]
        drawn = view(ready.atlas, **dict.fromkeys(("layers", "date", "lang")) | shown)
        written, size = ("map.png", {"size": "card"}) if shown else ("card.png", {})
        assert urlsplit(picture)._replace(query="").geturl() == f"http://a.test/{written}", query
        assert asked(picture) == size | shown, query
        assert ",".join(drawn.layers) == shown.get("layers", ",".join(view(ready.atlas).layers)), query


def test_where_the_host_has_set_its_address_it_is_that_for_all_views(
    app: PageHead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS, PUBLIC[:-1])
    answer = ask_app(app, "/?layers=places&lang=az", host="elsewhere.example")
    found = tags(answer)
    assert head(answer).one("link", rel="canonical").attributes["href"] == found["og:url"] == PUBLIC
    assert found["og:image"] == f"{PUBLIC}map.png?size=card&layers=places&lang=az"
    feed = head(answer).one("link", type="application/atom+xml").attributes["href"]
    assert feed == f"{PUBLIC}corrections.atom"


def test_a_host_header_leads_to_a_picture_and_makes_no_canonical_address(app: PageHead) -> None:
    answer = ask_app(app, "/", host="maps.example:8080")
    assert tags(answer)["og:image"] == "http://maps.example:8080/card.png"
    assert ("og:url" in tags(answer), head(answer).all("link", rel="canonical")) == (False, [])


def test_what_is_unknown_in_the_address_is_not_repeated(app: PageHead) -> None:
    plain = ask_app(app, "/")
    repeated = []
    for key in ("layers", "date", "lang", "feature", "quote", "view", "anything"):
        for text in HOSTILE:
            answer = ask_app(app, f"/?{key}={quote(text)}")
            for_the_reader = escape(f"reader?{key}={quote(text)}")  # which names it in a notice
            if answer.text.replace(for_the_reader, "reader") != plain.text:
                repeated.append((key, text))
    assert repeated == []


def test_a_hostile_host_header_is_not_repeated(app: PageHead) -> None:
    scripts = len(head(ask_app(app, "/")).all("script"))
    for host in HOSTS:
        answer = ask_app(app, "/?date=2020-11-20", host=host)
        picture = tags(answer)["og:image"]
        assert (answer.status, len(head(answer).all("script"))) == (200, scripts), host
        assert asked(picture) == {"size": "card", "date": "2020-11-20"}, host
        assert re.match(r"http://[\w.:-]+/map\.png\?", picture), host


def test_head_agrees_with_get_and_nobody_gets_streamlits_own_page_or_a_part_of_ours(app: PageHead) -> None:
    plain = ask_app(app, "/?layers=places")
    assert b"og:title" in plain.body
    assert int(plain.header("Content-Length")) == len(plain.body)
    for headers in ({}, *ONLY_A_PART):
        answer = ask_app(app, "/?layers=places", **headers)
        told = ask_app(app, "/?layers=places", method="HEAD", **headers)
        assert (answer.status, answer.body) == (200, plain.body), headers
        assert (told.status, told.body, told.headers.items()) == (200, b"", plain.headers.items()), headers
        assert (answer.header("ETag"), answer.header("Last-Modified")) == ("", ""), headers


def test_with_faults_in_the_data_the_reader_who_tells_of_them_is_there(
    app: PageHead, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty: Future[OnRequest] = Future()
    faulty.set_exception(GeodataError([Problem("quotes.json", "rump", "nothing", "something")]))
    monkeypatch.setattr("dashboard.page_head.served", served_by(faulty))
    answer = ask_app(app, "/?layers=places")
    assert (answer.status, frame(answer)["src"]) == (200, "reader?layers=places")


def test_the_readers_frame_is_there_from_the_first_byte_and_streamlits_files_wait(app: PageHead) -> None:
    answer = ask_app(app, "/?date=2020-11-20&layers=atlantis")
    _, aside = answer.text.split('<template id="streamlit">')
    assert frame(answer)["src"] == "reader?date=2020-11-20&layers=atlantis"
    waiting = aside.partition("</template>")[0]
    for own in ('type="module"', 'rel="modulepreload"', 'rel="stylesheet"'):
        assert waiting.count(own) == answer.text.count(own) == STREAMLIT_PAGE.count(own) > 0, own
    assert "/static/media" not in answer.text


def test_without_scripts_or_frames_the_page_says_what_it_is_and_leads_to_picture_and_passages(
    app: PageHead,
) -> None:
    answer = ask_app(app, "/?date=2020-11-20&feature=shusha")
    (said,) = re.findall(r"<noscript>.*?</noscript>", answer.text, re.DOTALL)
    links = re.findall(r'href="([^"]*)"', said)
    assert captions()["description"].split(":")[0].replace("'", "&#39;") in said
    assert links == [
        "reader?date=2020-11-20&amp;feature=shusha",
        "map.png?date=2020-11-20",
        "annotations.jsonld",
    ]


def test_on_another_page_the_reader_waits_below_a_header_and_nothing_else_is_rewritten(app: PageHead) -> None:
    with_pages = PageHead(app.app, pages=("tables",))
    other, first = ask_app(with_pages, "/tables?date=2020-11-20"), ask_app(with_pages, "/")
    assert ("src" in frame(other), frame(other)["class"]) == (False, "away")
    assert 'class="under-header"' in other.text
    assert ("src" in frame(first), "class" in frame(first), 'class="under-header"' in first.text) == (
        True,
        False,
        True,
    )
    assert 'class="under-header"' not in ask_app(app, "/").text


def test_the_page_is_sent_compressed_to_whoever_accepts_that(app: PageHead) -> None:
    plain, packed = ask_app(app, "/"), ask_app(app, "/", accept_encoding="gzip, br")
    assert gzip.decompress(packed.body) == plain.body
    assert packed.header("Content-Encoding") == "gzip"
    assert packed.headers.get_all("Vary") == ["Accept-Encoding"]
    assert plain.headers.get_all("Vary") == ["Accept-Encoding"]
