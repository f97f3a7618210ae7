"""A bounded cache for slow renders: one is made at a time, and only a few requests wait for one.

Starlette has some forty threads; if all of them waited for a picture, nobody would get anything else.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class BusyError(Exception):
    """Too many readers wait already; the answer can be had a little later."""


class SlowAnswers(Generic[T]):
    """Keeps the answers made last, at most `kept` of them; at most `waiting` readers wait for new ones."""

    def __init__(self, *, kept: int, waiting: int) -> None:
        self._kept, self._answers = kept, OrderedDict[Hashable, T]()
        self._making, self._places = threading.Lock(), threading.BoundedSemaphore(waiting)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the answer kept under a key, or make it. Raises BusyError, and what `make` raises."""
        if (answer := self._answers.get(key)) is not None:
            return answer
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            with self._making:
                if key not in self._answers:
                    self._answers[key] = make()
                    while len(self._answers) > self._kept:
                        self._answers.popitem(last=False)
                return self._answers[key]
        finally:
            self._places.release()
