"""HTTP by the book: methods, encodings, ranges and paths, each with each, and a few hundred odd requests."""

import gzip
import itertools
import re
import subprocess

import pytest

from dashboard.addresses import Addresses
from dashboard.headers import SecurityHeaders
from tests.dashboard.fuzz import faults_of, requests_of
from tests.dashboard.web import Answer, ask, ask_app, wait_until_ready

SMALL, MADE, LARGE = (
    "/layers/places.fgb",
    "/layers/places.csv?bbox=46,39,47,40",
    "/download/karabakh-2020.zip",
)
PATHS = (SMALL, MADE, LARGE, "/layers/places.parquet", "/map", "/reader", "/map.svg", "/download/README.txt")
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# What is sent for an `Accept-Encoding`: of what has a gzip form, and of what has none.
ENCODINGS = {
    "": ("", ""),
    "gzip": ("gzip", ""),
    "GZIP;q=1.0, br": ("gzip", ""),
    "*": ("gzip", ""),
    "gzip;q=0.001": ("gzip", ""),
    "gzip;q=0": ("", ""),
    "gzip ; q=0.000, *": ("", ""),
    "identity, gzip;q=0.5": ("", ""),
    "gzip;q=2": ("", ""),
    "br": ("", ""),
    "identity;q=0, gzip": ("gzip", "406"),
    "*;q=0, gzip;q=1": ("gzip", "406"),
    "*;q=0": ("406", "406"),
    "identity;q=0": ("406", "406"),
}
NOT_OURS = (
    *("/layers//x", "/.git/config", "/LAYERS/nonsense", "/app.py", "/admin"),
    *(
        "/_stcore/nonsense",
        "/_stcore/stream",
        "/static/x.js",
        "/app/static/x",
        "/auth/login",
        "//evil.example",
    ),
    *(
        "/_stcore/upload_file/a/b",
        "/_stcore/metrics",
        "/layers/a/b.geojson",
        "/%00",
        "/map.png/x",
        "/tables/x",
    ),
)
UPLOAD_METHODS = ("PUT", "DELETE", "POST", "OPTIONS")


@pytest.fixture(scope="module")
def whole(server: str) -> dict[str, Answer]:
    """What is at each path, uncompressed, once all is built."""
    wait_until_ready(server)
    return {path: ask(server, path) for path in PATHS}


def ranges(size: int) -> dict[str, tuple[int, int, int]]:
    """Return what is sent for a `Range` of `size` bytes: its status, and from where to where."""
    return {
        "bytes=0-99": (206, 0, 100),
        "Bytes = 5-5": (206, 5, 6),
        "bytes=-50": (206, size - 50, size),
        f"bytes=-{size + 9}": (206, 0, size),
        "bytes=9-": (206, 9, size),
        f"bytes={size - 9}-{'9' * 30}": (206, size - 9, size),
        f"bytes={size}-": (416, 0, 0),
        "bytes=-0": (416, 0, 0),
        "bytes=0-9,20-29": (200, 0, size),
        "bytes=9-5": (200, 0, size),
        "bytes=1_0-20": (200, 0, size),
        "bytes=٣-٩": (200, 0, size),
        "bytes=": (200, 0, size),
        "lines=0-9": (200, 0, size),
        "0-9": (200, 0, size),
    }


def test_a_part_is_sent_of_whatever_there_is_in_its_identity_form(
    server: str, whole: dict[str, Answer]
) -> None:
    wrong = []
    for path, all_of_it in whole.items():
        size = len(all_of_it.body)
        for text, (status, start, stop) in ranges(size).items():
            for encoding in ("identity", "gzip"):
                got = ask(server, path, range=text.encode().decode("latin-1"), accept_encoding=encoding)
                part = {206: f"bytes {start}-{stop - 1}/{size}", 416: f"bytes */{size}"}.get(status, "")
                told = (got.status, got.header("Content-Range"))
                body = gzip.decompress(got.body) if got.header("Content-Encoding") else got.body
                if told != (status, part) or (status != 416 and body != all_of_it.body[start:stop]):
                    wrong.append((path, text, encoding, *told))
        if all_of_it.header("Accept-Ranges") != "bytes":
            wrong.append((path, "Accept-Ranges"))
    assert wrong == []


def test_a_download_is_resumed_only_if_nothing_has_changed(server: str, whole: dict[str, Answer]) -> None:
    wrong = []
    for path, all_of_it in whole.items():
        tag, date = all_of_it.header("ETag"), all_of_it.header("Last-Modified")
        known = {tag: 206, date: 206, f"W/{tag}": 200, f'{tag[:-1]}-gzip"': 200, '"other"': 200, "x": 200}
        for condition, status in known.items():
            got = ask(server, path, range="bytes=0-9", if_range=condition)
            if (got.status, got.body) != (status, all_of_it.body[: 10 if status == 206 else None]):
                wrong.append((path, condition))
        same = ask(server, path, range="bytes=0-9", if_none_match=tag)
        head = ask(server, path, range="bytes=0-9", method="HEAD")
        if (same.status, head.status, head.header("Content-Length")) != (304, 200, str(len(all_of_it.body))):
            wrong.append((path, "conditional or HEAD"))
    assert wrong == []


def test_each_method_and_encoding_gets_the_form_that_it_accepts(
    server: str, whole: dict[str, Answer]
) -> None:
    wrong = []
    for (path, all_of_it), method, (asked, forms) in itertools.product(
        whole.items(), ("GET", "HEAD"), ENCODINGS.items()
    ):
        got = ask(server, path, method=method, accept_encoding=asked)
        form = forms[path in (LARGE, "/layers/places.parquet")]
        encoding = "" if form == "406" else form
        body = gzip.decompress(got.body) if encoding and got.body else got.body
        told = (got.status, got.header("Content-Encoding"), got.headers.get_all("Vary"))
        by_language = ", Accept-Language" if path in ("/map", "/reader") else ""
        if told != (406 if form == "406" else 200, encoding, ["Accept-Encoding" + by_language]):
            wrong.append((path, method, asked, *told))
        elif method == "GET" and got.status == 200 and body != all_of_it.body:
            wrong.append((path, asked, "body"))
    assert wrong == []


def test_who_asks_beforehand_is_told_what_is_allowed_and_nothing_else_is(server: str) -> None:
    wrong = []
    methods = "GET, HEAD, OPTIONS"
    for path in (*PATHS, "/", "/tables", "/favicon.ico", "/healthz"):
        told = ask(server, path, method="OPTIONS", origin="https://elsewhere.example")
        allowed = {name: told.header(f"Access-Control-Allow-{name}") for name in ("Origin", "Methods")}
        if (told.status, told.header("Allow"), allowed) != (
            204,
            methods,
            {"Origin": "*", "Methods": methods},
        ):
            wrong.append((path, "OPTIONS"))
        if "Range" not in told.header("Access-Control-Allow-Headers").split(", "):
            wrong.append((path, "headers"))
        for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "get", "FOO"):
            refused = ask(server, path, method=method)
            if (refused.status, refused.header("Allow")) != (405, methods):
                wrong.append((path, method))
    assert wrong == []


def test_what_is_no_page_of_ours_is_not_there(server: str) -> None:
    answers = {
        (path, method): ask(server, path, method=method) for path in NOT_OURS for method in ("GET", "HEAD")
    }
    assert {key: one.status for key, one in answers.items() if one.status != 404} == {}
    assert {one.text for (_, method), one in answers.items() if method == "GET"} == {
        "There is nothing at this address.\n"
    }
    uploads = {method: ask(server, "/_stcore/upload_file/a/b", method=method) for method in UPLOAD_METHODS}
    assert {method: one.status for method, one in uploads.items()} == dict.fromkeys(UPLOAD_METHODS, 404)
    page = ask(server, "/layers/a/b", accept="text/html,*/*")
    told = page.status, 'href="../../"' in page.text, page.header("Vary"), page.header("Content-Language")
    assert told == (404, True, "Accept, Accept-Language", "en")


# By address, method and what the browser accepts: status, language and words of the answer.
REFUSED = {
    ("/nonsense", "GET", "ru"): (404, "ru", "По этому адресу ничего нет."),
    ("/nonsense?ui=az", "GET", "ru"): (404, "az", "Bu ünvanda heç nə yoxdur."),
    ("/hy/nonsense", "GET", "ru"): (404, "hy", "Այս հասցեում ոչինչ չկա"),
    ("/nonsense?ui=klingon", "GET", "ru"): (404, "en", "There is nothing at this address."),
    ("/map", "POST", "ru, en;q=0.5"): (405, "ru", "GET, HEAD, OPTIONS"),
    ("/layers/places.csv?bbox=x", "GET", "ru"): (400, "ru", "46,39,47,40"),
    ("/layers/places.csv?ui=klingon", "GET", "de"): (
        400,
        "en",
        "“klingon”; there are en, az, hy, ru",
    ),
    ("/map.png?size=x", "GET", "hy"): (400, "hy", "x"),
    ("/map.png?feature=nowhere", "GET", "ru"): (400, "ru", "/download/features.csv"),
    ("/map.png?ui=x", "GET", "de"): (400, "en", "language “x”"),
    ("/download/README.txt?ui=x", "GET", ""): (400, "en", "language “x”"),
    ("/ru/claim/nonsense", "GET", "hy"): (404, "ru", "nonsense"),
}


def test_a_refusal_is_in_the_readers_language_as_a_line_and_as_a_page(server: str) -> None:
    wrong = []
    for (path, method, accepted), (status, language, words) in REFUSED.items():
        for kind in ("*/*", "text/html"):
            got = ask(server, path, method=method, accept=kind, accept_language=accepted)
            is_page = got.text.startswith(f'<!DOCTYPE html><html lang="{language}">') == (kind == "text/html")
            varies = "Accept-Language" in got.header("Vary")
            told = got.status, got.header("Content-Language"), words in got.text, is_page, varies
            by_address = "ui=" in path or path[:4] in ("/hy/", "/ru/")
            if told != (status, language, True, True, not by_address):
                wrong.append((path, kind, told))
    assert wrong == []


def test_capitals_in_an_address_lead_to_it_as_it_is_written(server: str) -> None:
    asked = ("/In-Words?ui=ru", "/layers/PLACES.GeoJSON", "/Download/README.txt", "/Tables", "/nonSense")
    assert [(one.status, one.header("Location")) for one in (ask(server, path) for path in asked)] == [
        (308, "./in-words?ui=ru"),
        (308, "../layers/places.geojson"),
        (308, "../download/README.txt"),
        (308, "./tables"),
        (404, ""),
    ]


@pytest.mark.usefixtures("whole")
def test_a_download_is_that_of_the_language_if_there_is_one(server: str) -> None:
    pairs = [
        ("README.txt?ui=ru", "README.ru.txt"),
        ("claims.csv?ui=ru", "claims.csv"),
        ("karabakh-2020.kml?ui=hy", "karabakh-2020.hy.kml"),
    ]
    bodies = [[ask(server, f"/download/{name}").body for name in pair] for pair in pairs]
    assert [asked == kept for asked, kept in bodies] == [True, True, True]
    assert "Как это открыть".encode() in bodies[0][0]


def test_the_map_in_words_names_what_its_address_says_and_is_unknown(server: str) -> None:
    page = ask(server, "/in-words?ui=xx&date=2020-13-01&layers=places,atlantis&lang=hy")
    told = re.findall(r"<bdi>(There is no [^<]*)</bdi>", page.text)
    assert told == [
        "There is no language “xx”; it is ignored.",
        "There is no date “2020-13-01”; it is ignored.",
        "There is no layer “atlantis”; it is ignored.",
    ]
    assert 'class="notice"' not in ask(server, "/in-words?ui=ru&date=2020-11-20").text


def test_an_address_with_one_slash_too_many_leads_to_the_one_without(server: str) -> None:
    told = {
        path: ask(server, path) for path in ("/reader/?date=2020-11-20", "/tables/", "/layers/places.csv/")
    }
    assert {path: (one.status, one.header("Location")) for path, one in told.items()} == {
        "/reader/?date=2020-11-20": (308, "../reader?date=2020-11-20"),
        "/tables/": (308, "../tables"),
        "/layers/places.csv/": (308, "../places.csv"),
    }


@pytest.mark.usefixtures("whole")  # which waits for all that is built
def test_a_load_balancer_is_told_that_all_is_built(server: str) -> None:
    told = {path: ask(server, path) for path in ("/healthz", "/readyz")}
    assert {path: (one.status, one.text) for path, one in told.items()} == {
        "/healthz": (200, "ok\n"),
        "/readyz": (200, "ready\n"),
    }


@pytest.mark.usefixtures("whole")
def test_a_few_hundred_odd_requests_find_no_fault(server: str) -> None:
    faults = [fault for request in requests_of(seed=2020, count=400) if (fault := faults_of(server, request))]
    assert faults == []


def test_what_fails_unforeseen_is_told_in_one_line_with_every_header(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def failing(*_: object) -> None:
        raise ZeroDivisionError

    answer = ask_app(SecurityHeaders(Addresses(failing, routes=())), "/")
    assert (answer.status, answer.text) == (500, "The server failed at this; its log says why.\n")
    expected = {**ALWAYS, "Access-Control-Allow-Origin": "*"}
    assert {name: answer.header(name) for name in expected} == expected
    assert "ZeroDivisionError" in caplog.text


# Programs that read from afar.


def test_gdal_reads_parts_of_every_file_by_its_address(server: str) -> None:
    sources = (
        f"/vsicurl/{server}/download/karabakh-2020.gpkg",
        f"/vsicurl/{server}/download/karabakh-2020.kml",
        f"/vsizip//vsicurl/{server}/download/karabakh-2020.zip/karabakh-2020/places.geojson",
        f"/vsicurl/{server}/layers/places.fgb",
    )
    failing = []
    for source in sources:
        command = ["ogrinfo", "-ro", "-so", "-al", source]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode or "Feature Count: " not in done.stdout:
            failing.append((source, done.stdout[-300:], done.stderr[-300:]))
    assert failing == []
