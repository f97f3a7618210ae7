"""Odd requests, the same for the same seed, and what must hold of every answer."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from urllib.parse import quote, urlsplit

_PATHS = (
    *("/", "/map", "/map/", "/reader", "/layers", "/layers/", "/layers/index.json", "/layers/places.geojson"),
    *("/layers/upper-karabakh.csv", "/layers/places.parquet", "/layers/places.fgb", "/annotations.jsonld"),
    *("/corrections.atom", "/card.png", "/map.png", "/map.svg", "/map.pdf", "/download/README.txt"),
    *("/download/karabakh-2020.zip", "/download/karabakh-2020.gpkg", "/assets/map.js", "/favicon.ico"),
    *("/healthz", "/readyz", "/tables", "/test-the-claims", "/robots.txt", "/sitemap.xml"),
    *(
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/stream",
        "/static/x.js",
        "/media/x",
        "/component/x",
    ),
    *("/manifest.json", "/favicon.png", "/_stcore/bidi-components/x", "/.git/config", "/index.html"),
)
_KEYS = (
    "layers",
    "date",
    "lang",
    "bbox",
    "size",
    "view",
    "feature",
    "title",
    "key",
    "compare",
    "qr",
    "v",
    "x",
)
_VALUES = (
    *("", "places", "2020-11-20", "AZ", "hy", "46,39,47,40", "nan,0,1,1", "4_6,39,47,40", "0", "1", "-1"),
    *("9/39.8/46.8", "99/0/0", "shusha", "<b>", "{{7*7}}", "x" * 3000, "\0", "\r\nX-Evil: 1", "٤٦", "\u202e"),
    *("..%2f..", "a" * 70, "1e999", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")),
)
_HEADERS = {
    "Accept-Encoding": (
        "gzip",
        "gzip;q=0",
        "*;q=0",
        "identity;q=0",
        ";;q=,",
        "gzip;q=nan",
        "br, *;q=0.1",
        "x" * 999,
    ),
    "Range": (
        "bytes=0-9",
        "bytes=-1",
        "bytes=9-1",
        "bytes=0-1,3-4",
        "bytes=" + "0-," * 300,
        "bytes=-" + "9" * 5000,
        "x",
    ),
    "If-Range": ('"x"', "W/", "Thu, 01 Jan 99999999999 00:00:00 GMT", ""),
    "If-Modified-Since": (
        "Thu, 01 Jan 99999999999 00:00:00 GMT",
        "Thu, 01 Jan 2099 00:00:00 +" + "9" * 20,
        "0",
        "",
    ),
    "If-None-Match": ("*", '"', 'W/"x"', "," * 500),
    "Accept": ("text/html", "*/*", "\xff", ""),
    "Host": ("[", "a b", "a.example:x", "[::1", "a@b", "xn--", "\xff"),
    "Origin": ("null", "https://elsewhere.example"),
    "X-Forwarded-Host": ("evil.example", "["),
    "Cookie": ("_streamlit_xsrf=x", "a" * 3000),
    "Content-Length": ("0",),
}
_METHODS = ("GET",) * 8 + ("HEAD", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "FOO")
_STRANGE = "/.%\\?;:@&=+$,~*'()!_-[]{}|^`\"<>\x7f\xe9 \tabcXYZ019"
_FREE_SIZES = ("200x200", "card", "b4", "0x0", "A4x", "99999x9")


_ALWAYS = (
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Content-Security-Policy",
)


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]


def requests_of(seed: int, count: int) -> Iterator[Asked]:
    """Yield `count` requests, the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - no secret
    for _ in range(count):
        path = chance.choice(_PATHS) if chance.random() < 0.75 else _spoiled(chance, chance.choice(_PATHS))
        names = chance.sample(list(_HEADERS), chance.choice((0, 1, 1, 2, 3)))
        headers = tuple((name, chance.choice(_HEADERS[name])) for name in names)
        yield Asked(chance.choice(_METHODS), path + _query(chance, path), headers)


def _spoiled(chance: Random, path: str) -> str:
    place = chance.randrange(len(path) + 1)
    added = "".join(chance.choice(_STRANGE) for _ in range(chance.choice((1, 2, 5, 40))))
    return "/" + quote((path[:place] + added + path[place:]).removeprefix("/"), safe="/%;:@&=+$,~*'()!")


def _query(chance: Random, path: str) -> str:
    if chance.random() < 0.5:
        return ""
    pairs = [(chance.choice(_KEYS), chance.choice(_VALUES)) for _ in range(chance.choice((1, 1, 2, 4)))]
    if path.startswith("/map."):
        pairs.append(("size", chance.choice(_FREE_SIZES)))  # or each would take a second to draw
    return "?" + "&".join(f"{key}={quote(value, safe='%')}" for key, value in pairs)


def faults_of(address: str, asked: Asked) -> str:
    """Send a request and return what is wrong with the answer, or nothing."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        given = dict(asked.headers)
        connection.putrequest(asked.method, asked.path, skip_host="Host" in given, skip_accept_encoding=True)
        for name, value in given.items():
            connection.putheader(name, value.encode("latin-1"))
        connection.endheaders()
        response = connection.getresponse()
        response.read()
    except (http.client.HTTPException, OSError) as error:
        return f"{asked}: {error!r}"
    finally:
        connection.close()
    return "".join(f"{asked}: {fault}; " for fault in _faults(response))


def _faults(response: http.client.HTTPResponse) -> Iterator[str]:
    told = {name: response.headers.get_all(name, []) for name in ("Vary", *_ALWAYS)}
    if response.status >= 500:
        yield f"status {response.status}"
    for name in _ALWAYS:
        if len(told[name]) != 1:
            yield f"{name} {told[name]}"
    if response.status >= 400 and not response.headers.get("Access-Control-Allow-Origin"):
        yield "CORS"
    if len(told["Vary"]) > 1:
        yield f"Vary {told['Vary']}"
    if response.headers.get("X-Evil"):
        yield "a header from the request"
