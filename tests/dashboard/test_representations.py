"""One resource, ready to be sent: compressed or not, and not at all to whoever has it."""

import gzip

import pytest
from starlette.requests import Request
from starlette.responses import Response

from dashboard.assets import assets, served_address
from dashboard.content import Content
from dashboard.representations import Representation

BODY = b"Shusha, " * 500


def respond(max_age: int = 0, **headers: str) -> Response:
    """Return the answer to a request with these headers."""
    pairs = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    request = Request({"type": "http", "method": "GET", "headers": pairs})
    return Representation(BODY, "text/plain").respond(request, max_age=max_age)


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "deflate,gzip"])
def test_who_accepts_gzip_gets_it(accepted: str) -> None:
    answer = respond(accept_encoding=accepted)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.body) == BODY
    assert len(answer.body) < len(BODY) / 10


@pytest.mark.parametrize("accepted", ["", "identity", "br, deflate", "*;q=0"])
def test_who_does_not_gets_the_bytes_as_they_are(accepted: str) -> None:
    answer = respond(accept_encoding=accepted)
    assert ("Content-Encoding" in answer.headers, answer.body) == (False, BODY)


def test_the_two_forms_have_tags_of_their_own() -> None:
    plain, zipped = respond(), respond(accept_encoding="gzip")
    assert plain.headers["ETag"] != zipped.headers["ETag"]
    assert {plain.headers["Vary"], zipped.headers["Vary"]} == {"Accept-Encoding"}


def test_the_tag_of_one_form_does_not_vouch_for_the_other() -> None:
    tag = respond().headers["ETag"]
    assert respond(if_none_match=tag).status_code == 304
    assert respond(if_none_match=tag, accept_encoding="gzip").status_code == 200


def test_compressing_twice_gives_the_same_bytes() -> None:
    first, second = (Representation(BODY, "text/plain").compressed for _ in range(2))
    assert first == second


def test_another_body_has_another_tag() -> None:
    request = Request({"type": "http", "method": "GET", "headers": []})
    other = Representation(BODY + b".", "text/plain").respond(request)
    assert other.headers["ETag"] != respond().headers["ETag"]


@pytest.mark.parametrize(("max_age", "kept"), [(0, False), (60, True)])
def test_only_what_never_changes_is_kept_without_asking(max_age: int, kept: bool) -> None:  # noqa: FBT001
    caching = respond(max_age=max_age).headers["Cache-Control"]
    assert ("immutable" in caching, f"max-age={max_age}" in caching) == (kept, kept)
    assert ("no-cache" in caching) is not kept


def test_the_address_of_an_asset_is_the_address_of_its_content(ready: Content) -> None:
    addresses = [served_address(name) for name in assets()]
    used = [address for address in addresses if address.encode() in ready.map.body]
    assert len(set(addresses)) == len(addresses)
    assert [
        name for name in ("leaflet.js", "leaflet.css", "map.js") if served_address(name) not in used
    ] == []
