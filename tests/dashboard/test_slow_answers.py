"""A bounded cache for slow renders: made once, kept, and never a reason for everybody to wait."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace

import pytest
from starlette.requests import Request

from dashboard import routes
from dashboard.slow_answers import BusyError, SlowAnswers
from tests.dashboard.web import run


def test_an_answer_is_made_once_and_the_oldest_makes_room() -> None:
    answers, made = SlowAnswers[str](kept=2, waiting=1), list[str]()
    for key in "aabca":
        answers.get(key, lambda key=key: made.append(key) or key)
    assert made == ["a", "b", "c", "a"]


def test_who_would_wait_too_long_is_told_so_and_what_is_kept_is_had_at_once() -> None:
    answers, begun, done = SlowAnswers[str](kept=3, waiting=1), Event(), Event()
    answers.get("kept", lambda: "kept")

    def slowly() -> str:
        begun.set()
        done.wait(timeout=10)
        return "slow"

    with ThreadPoolExecutor() as pool:
        first = pool.submit(answers.get, "slow", slowly)
        begun.wait(timeout=10)
        with pytest.raises(BusyError):
            answers.get("other", lambda: "other")
        assert answers.get("kept", lambda: "made again") == "kept"
        done.set()
        assert first.result(timeout=10) == "slow"


def test_a_failure_takes_no_place_away() -> None:
    answers = SlowAnswers[float](kept=1, waiting=1)
    with pytest.raises(ZeroDivisionError):
        answers.get("a", lambda: 1 / 0)
    assert answers.get("a", lambda: 1.0) == 1.0


def test_a_busy_server_says_when_to_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise BusyError

    ready: Future[object] = Future()
    ready.set_result(SimpleNamespace(picture=busy))
    monkeypatch.setattr(routes, "served", lambda: SimpleNamespace(on_request=ready))
    scope = {"type": "http", "method": "GET", "path": "/map.png", "headers": [], "query_string": b"date=x"}
    answer = run(routes.picture(Request({**scope, "path_params": {"kind": "png"}})))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert bytes(answer.body) == b"The server is busy; retry in a few seconds.\n"
