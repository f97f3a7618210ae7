"""Answers that take seconds: made once, kept, and never a reason for everybody to wait."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from starlette.requests import Request

from dashboard import routes
from dashboard.content import Content
from dashboard.slow_answers import BusyError, SlowAnswers


def test_an_answer_is_made_once_and_kept() -> None:
    answers, made = SlowAnswers[int](kept=2, waiting=1), list[int]()
    assert [answers.get("a", lambda: made.append(1) or 7) for _ in range(3)] == [7] * 3
    assert made == [1]


def test_the_oldest_answer_makes_room() -> None:
    answers = SlowAnswers[str](kept=2, waiting=1)
    for key in "abc":
        answers.get(key, lambda key=key: key)
    assert answers.get("a", lambda: "made again") == "made again"


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

    monkeypatch.setattr(Content, "picture", busy)
    scope = {"type": "http", "method": "GET", "path": "/map.png", "headers": [], "query_string": b""}
    answer = routes.picture(Request({**scope, "path_params": {"kind": "png"}}))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert json.dumps(bytes(answer.body).decode()).count("\\n") == 1
