"""A bounded cache for slow renders: made once for all, kept, and never a reason for everybody to wait."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace

import pytest
from starlette.requests import Request

from dashboard import routes
from dashboard.slow_answers import BusyError, SlowAnswers
from layers.language.speaking import speaking, spoken
from tests.dashboard.web import run


def test_an_answer_is_made_once_and_the_oldest_makes_room() -> None:
    answers, made = SlowAnswers[str](kept=2, waiting=1), list[str]()
    for key in "aabca":
        answers.get(key, lambda key=key: made.append(key) or key)
    assert made == ["a", "b", "c", "a"]


def test_what_is_kept_is_bounded_by_its_size_and_one_that_is_larger_than_all_is_not_kept() -> None:
    answers, made = SlowAnswers[str](kept=5, waiting=1, size_of=len), list[str]()
    for key in ("aa", "bbb", "aa", "c", "bbb", "aa", "dddddd", "dddddd"):
        answers.get(key, lambda key=key: made.append(key) or key)
    assert made == ["aa", "bbb", "c", "aa", "dddddd", "dddddd"]


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


def test_of_one_client_two_wait_and_others_have_room_beside_it() -> None:
    answers, done = SlowAnswers[str](kept=3, waiting=4), Event()

    def wanted(key: str, client: str) -> Future[str]:
        return answers.begin(key, lambda: str(done.wait(timeout=10) and key), client)

    begun = [wanted("a", "one"), wanted("b", "one")]
    with pytest.raises(BusyError):
        wanted("c", "one")
    joined, other = wanted("a", "one"), wanted("d", "another")  # what is being made anyway takes no place
    done.set()
    assert [each.result(timeout=10) for each in (*begun, joined, other)] == ["a", "b", "a", "d"]
    assert wanted("c", "one").result(timeout=10) == "c"


def test_a_hundred_who_ask_for_one_answer_get_it_made_once_and_in_their_language() -> None:
    answers, made, done = SlowAnswers[str](kept=1, waiting=1), list[str](), Event()

    def slowly() -> str:
        done.wait(timeout=10)
        made.append(spoken())
        return spoken()

    with speaking("ru"):
        asked = [answers.begin("key", slowly, str(client)) for client in range(100)]
    done.set()
    assert {each.result(timeout=10) for each in asked} == {"ru"}
    assert made == ["ru"]


def test_what_one_gives_up_is_made_for_those_who_wait_for_it() -> None:
    answers, begun, left = SlowAnswers[str](kept=1, waiting=1), Event(), Event()

    def given_up() -> str:
        begun.set()
        left.wait(timeout=10)
        raise KeyboardInterrupt  # as Streamlit ends the run of a page: no Exception

    with ThreadPoolExecutor() as pool:
        first = pool.submit(answers.get, "key", given_up)
        begun.wait(timeout=10)
        second = pool.submit(answers.get, "key", lambda: "made")
        left.set()
        assert second.result(timeout=10) == "made"
        assert isinstance(first.exception(timeout=10), KeyboardInterrupt)


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
