"""Plain HTTP for tests: every header as it was sent, no path tidied up on the way."""

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """What the server sent."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    def header(self, name: str) -> str:
        """Return a header, or nothing at all."""
        return self.headers.get(name, "")


def ask(address: str, path: str, *, method: str = "GET", **headers: str) -> Answer:
    """Send one request; `if_none_match` stands for `If-None-Match`. Without `accept_encoding`: identity."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    try:
        connection.request(
            method, path, headers={key.replace("_", "-"): value for key, value in headers.items()}
        )
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()
