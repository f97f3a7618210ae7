"""Below a path: with the prefix and where a proxy strips it, the same page, and addresses that hold it."""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, Router
from streamlit import config

from dashboard.base_path import BasePath
from dashboard.page_head import PageHead
from dashboard.serve import parts
from dashboard.settings import ADDRESS, MOUNTED
from tests.dashboard.web import ask_app

PAGE = "<title>Streamlit</title><body></body>"


def _found(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.url} {request.base_url}")


ROUTED = Router([Route("/", lambda _: PlainTextResponse(PAGE)), Route("/x", _found)])


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what the machine may have set."""
    for name in (ADDRESS, MOUNTED):
        monkeypatch.delenv(name, raising=False)


def test_a_request_is_the_same_whether_the_prefix_is_stripped_or_not() -> None:
    app = BasePath(ROUTED, path="/maps/karabakh")
    answers = {
        path: ask_app(app, path).text for path in ("/x?y=1", "/maps/karabakh/x?y=1", "/maps/karabakhx")
    }
    whole = "http://a.test/maps/karabakh/x?y=1 http://a.test/maps/karabakh/"
    assert answers == {"/x?y=1": whole, "/maps/karabakh/x?y=1": whole, "/maps/karabakhx": "Not Found"}


def test_previews_hold_the_path_and_the_folder_without_its_slash_leads_to_the_page() -> None:
    app = BasePath(PageHead(ROUTED, pages=("tables",)), path="/karabakh")
    for path in ("/", "/karabakh/", "/karabakh/tables", "/tables"):
        assert 'property="og:image" content="http://a.test/karabakh/card.png"' in ask_app(app, path).text, (
            path
        )
    answer = ask_app(app, "/karabakh?date=2020-11-20")
    assert (answer.status, answer.header("Location")) == (308, "/karabakh/?date=2020-11-20")


def test_the_server_follows_streamlits_setting_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MOUNTED, "/karabakh/")
    served_below = next(each.kwargs["path"] for each in parts()["middleware"] if each.cls is BasePath)
    assert (served_below, config.get_option("server.baseUrlPath")) == ("/karabakh", "")


def test_two_settings_that_differ_end_the_start_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS, "https://a.example/maps/")
    monkeypatch.setenv(MOUNTED, "karabakh")
    with pytest.raises(SystemExit) as ended:
        parts()
    assert ended.value.code == (
        f"environment, \"{MOUNTED}\": found 'karabakh', expected the path of {ADDRESS}, '/maps', or nothing"
    )
