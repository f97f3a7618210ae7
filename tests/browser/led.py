"""What leading another browser than Chromium comes down to, whatever its protocol."""

import time
from abc import ABC, abstractmethod
from typing import Any

LONGEST_S = 20.0  # for an answer of the browser, and for what is awaited in a page


class Led(ABC):
    """One page of a browser."""

    @abstractmethod
    def go(self, address: str) -> None:
        """Go to an address."""

    @abstractmethod
    def say(self, script: str) -> Any:  # noqa: ANN401 - whatever a script returns
        """Return the value of an expression in the page, a text, number or truth."""

    def open(self, address: str) -> None:
        """Go to a map and wait for it."""
        self.go(address)
        self.wait("document.documentElement.dataset.ready === 'yes'")

    def wait(self, script: str) -> None:
        """Wait until an expression is true in the page."""
        until = time.monotonic() + LONGEST_S
        while not self.say(script):
            assert time.monotonic() < until, script
            time.sleep(0.05)
