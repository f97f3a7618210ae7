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
from tests.browser.led import LONGEST_S, Led

DRIVER, SCREEN = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")


@dataclass
class WebKit(Led):
    """One window; `session` is its address at the driver."""

    session: str

    def go(self, address: str) -> None:
        """Go to an address, and wait until that is loaded."""
        _post(f"{self.session}/url", url=address)

    def say(self, script: str) -> Any:  # noqa: ANN401 - whatever a script returns
        """Return what the expression is worth in the page."""
        return _post(f"{self.session}/execute/sync", script=f"return {script}", args=[])


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
                requests.delete(session, timeout=LONGEST_S)
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
    until = time.monotonic() + LONGEST_S
    while True:
        try:
            requests.get(f"{driver}/status", timeout=LONGEST_S)
        except requests.ConnectionError:
            assert time.monotonic() < until, "WebKitWebDriver does not answer"
            time.sleep(0.05)
        else:
            return


def _post(address: str, /, **body: Any) -> Any:  # noqa: ANN401 - as the protocol has it
    """Return what a command gave. Raises AssertionError if it failed."""
    answer = requests.post(address, json=body, timeout=LONGEST_S)
    assert answer.ok, answer.text
    return answer.json()["value"]
