"""A Firefox led by WebDriver BiDi, its own protocol: nothing is needed but the browser."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.led import LONGEST_S, Led

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


@dataclass
class Firefox(Led):
    """One tab; `errors` are what its pages wrote to the console as errors."""

    socket: ClientConnection
    tab: str = ""
    errors: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401 - as the protocol has it
        """Return the result of a command. Raises AssertionError if it failed."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self.socket.recv(timeout=LONGEST_S))
            if told.get("method") == "log.entryAdded" and told["params"]["level"] == "error":
                self.errors.append(told["params"]["text"])
            if told.get("id") == number:
                assert told["type"] == "success", told
                return dict(told["result"])

    def go(self, address: str) -> None:
        """Go to an address, and wait until that is loaded."""
        self.call("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def say(self, script: str) -> Any:  # noqa: ANN401 - whatever a script returns
        """Return what the expression is worth in the page."""
        said = self.call(
            "script.evaluate", expression=script, target={"context": self.tab}, awaitPromise=True
        )
        assert said["type"] == "success", said
        return said["result"].get("value")


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """Start a Firefox without a window, with a profile of its own, and end it."""
    command = [
        FIREFOX or "",
        "--headless",
        "--no-remote",
        "--profile",
        str(profile),
        "--remote-debugging-port",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            found = (_LISTENING.search(line) for line in process.stderr or ())
            address = next(each[1] for each in found if each)
            with connect(f"{address}/session", max_size=None) as socket:
                browser = Firefox(socket)
                browser.call("session.new", capabilities={})
                browser.call("session.subscribe", events=["log.entryAdded"])
                browser.tab = browser.call("browsingContext.getTree")["contexts"][0]["context"]
                yield browser
        finally:
            process.kill()
