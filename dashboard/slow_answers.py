"""A bounded cache for slow renders: one is made at a time, each once for all who ask for it meanwhile.

Only a few wait for one of their own, and of each client only two: whoever asks for a hundred different
pictures keeps nobody from theirs.
"""

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import Generic, TypeVar

T = TypeVar("T")
_A_CLIENT = 2


class BusyError(Exception):
    """Too many readers wait already; the answer can be had a little later."""


class _GivenUpError(Exception):
    """Who was making an answer has gone."""


def awaited() -> "Future[T]":
    """Return a future that nobody can cancel: many wait for it, and some go away."""
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()
    return future


class SlowAnswers(Generic[T]):
    """Keeps the answers made last, as long as what `size_of` tells of them sums up to `kept` at most.

    At most `waiting` new ones are under way. Without `size_of` each counts as one.
    """

    def __init__(self, *, kept: int, waiting: int, size_of: Callable[[T], int] = lambda _: 1) -> None:
        self._kept, self._most_waiting, self._size_of = kept, waiting, size_of
        self._answers, self._waiting = OrderedDict[Hashable, Future[T]](), Counter[str]()
        self._lock = threading.Lock()
        self._making = threading.Semaphore()  # unlike a lock it is fair

    def get(self, key: Hashable, make: Callable[[], T], client: str = "") -> T:
        """Return the answer kept under a key, or make it. Raises BusyError, and what `make` raises.

        A `client` without a name is one of many, and may wait as long as there is room.
        """
        while True:
            future, is_new = self._place(key, client)
            if is_new:
                self._make(key, make, client, future)
            with suppress(_GivenUpError):
                return future.result()

    def begin(self, key: Hashable, make: Callable[[], T], client: str = "") -> "Future[T]":
        """Do the same in a thread of its own, and return the future. Raises BusyError."""
        future, is_new = self._place(key, client)
        if is_new:
            work = partial(copy_context().run, self._make, key, make, client, future)
            threading.Thread(target=work, name="slow answer", daemon=True).start()
        return future

    def _place(self, key: Hashable, client: str) -> "tuple[Future[T], bool]":
        """Return the answer kept or under way, or a place for a new one; and whether it is new."""
        with self._lock:
            if key in self._answers:
                return self._answers[key], False
            is_greedy = bool(client) and self._waiting[client] >= _A_CLIENT
            if is_greedy or self._waiting.total() >= self._most_waiting:
                raise BusyError
            self._waiting[client] += 1
            future = self._answers[key] = awaited()
            return future, True

    def _make(self, key: Hashable, make: Callable[[], T], client: str, future: "Future[T]") -> None:
        with self._making:
            try:
                future.set_result(make())
            except Exception as error:  # noqa: BLE001 - whoever waits for it gets it
                future.set_exception(error)
            except BaseException:  # a page that is left: others may still want what it was making
                future.set_exception(_GivenUpError())
                raise
            finally:
                self._leave(key, client, future)

    def _leave(self, key: Hashable, client: str, future: "Future[T]") -> None:
        """Give a place back, forget an answer that failed, and the oldest where there are too many."""
        with self._lock:
            self._waiting[client] -= 1
            self._waiting += Counter()  # without those that wait for nothing
            if future.exception():
                del self._answers[key]
            made = [key for key, answer in self._answers.items() if answer.done()]
            total = sum(self._size_of(self._answers[key].result()) for key in made)
            for oldest in made:
                if total <= self._kept:
                    break
                total -= self._size_of(self._answers.pop(oldest).result())
