"""A WebKit led by WebDriver: GTK's, in the small browser that comes with it, on a screen of its own."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from tests.browser.harness import free_port

DRIVER, SCREEN = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
_LONGEST_S = 20.0


@dataclass
class WebKit:
    """One window; `session` is its address at the driver."""

    session: str

    def open(self, address: str) -> None:
        """Go to a map and wait for it."""
        _post(f"{self.session}/url", url=address)
        self.wait("document.documentElement.dataset.ready === 'yes'")

    def say(self, script: str) -> Any:  # noqa: ANN401 - whatever a script returns
        """Return the value of an expression in the page, a text, number or truth."""
        return _post(f"{self.session}/execute/sync", script=f"return {script}", args=[])

    def wait(self, script: str) -> None:
        """Wait until an expression is true in the page."""
        until = time.monotonic() + _LONGEST_S
        while not self.say(script):
            assert time.monotonic() < until, script
            time.sleep(0.05)


@contextmanager
def webkit() -> Iterator[WebKit]:
    """Start a WebKit that keeps nothing, and end it."""
    driver = f"http://127.0.0.1:{(port := free_port())}"
    with _screen() as display:
        command = [DRIVER or "", f"--port={port}"]
        with subprocess.Popen(command, env={**os.environ, "DISPLAY": display}) as process:
            try:
                _wait_for(driver)
                session = f"{driver}/session/{_post(f'{driver}/session', capabilities={})['sessionId']}"
                yield WebKit(session)
                requests.delete(session, timeout=_LONGEST_S)
            finally:
                process.terminate()


@contextmanager
def _screen() -> Iterator[str]:
    """Start a screen that nobody sees; it chooses its number itself."""
    reading, writing = os.pipe()
    command = [SCREEN or "", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        try:
            with os.fdopen(reading, encoding="ascii") as said:
                yield f":{said.readline().strip()}"
        finally:
            process.terminate()


def _wait_for(driver: str) -> None:
    until = time.monotonic() + _LONGEST_S
    while True:
        try:
            requests.get(f"{driver}/status", timeout=_LONGEST_S)
        except requests.ConnectionError:
            assert time.monotonic() < until, "WebKitWebDriver does not answer"
            time.sleep(0.05)
        else:
            return


def _post(address: str, /, **body: Any) -> Any:  # noqa: ANN401 - as the protocol has it
    """Return what a command gave. Raises AssertionError if it failed."""
    answer = requests.post(address, json=body, timeout=_LONGEST_S)
    assert answer.ok, answer.text
    return answer.json()["value"]
