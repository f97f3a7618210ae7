"""The addresses beside the page, asked over real HTTP: what is sent, to whom, and what is refused."""

import base64
import gzip
import hashlib
import io
import json
import re
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
import streamlit

from dashboard.on_request import OnRequest
from layers import Atlas
from layers.data.folders import SEEDS
from layers.data.problems import RequestError, UnknownChoiceError
from layers.exports.data_package import media_type
from layers.exports.fields import fields
from layers.exports.formats import LAYER_FORMATS
from layers.features import name_in
from layers.printed import PICTURE_TYPES, picture_bytes, view
from layers.style.captions import LANGUAGES
from tests.browser.harness import serve
from tests.dashboard.conftest import Content
from tests.dashboard.html_tree import Node, parse
from tests.dashboard.web import Answer, ask

JSON_LD = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
DOCUMENTS = {"/map": "map/index.html", "/map/": "map/index.html", "/reader": "index.html"}
PART = "/layers/places.geojson?bbox=46,39,47,40"
PICTURE = "/map.png?size=400x400"
PUBLIC = {
    "/annotations.jsonld": JSON_LD,
    "/corrections.atom": "application/atom+xml; charset=utf-8",
    "/layers/": "application/json",
    "/layers": "application/json",
    "/layers/index.json": "application/json",
    "/layers/places.geojson": "application/geo+json",
    "/layers/places.geojson?lang=hy": "application/geo+json",
    PART: "application/geo+json",
    "/layers/places.csv": "text/csv; charset=utf-8",
    "/layers/places.fgb": "application/vnd.flatgeobuf",
    "/layers/places.parquet": "application/vnd.apache.parquet",
    "/map.svg": "image/svg+xml",
    "/map.pdf": "application/pdf",
    "/card.png": "image/png",
    PICTURE: "image/png",
    "/download/README.txt": "text/plain; charset=utf-8",
    "/download/karabakh-2020.gpkg": "application/geopackage+sqlite3",
    "/download/karabakh-2020.html": "text/html; charset=utf-8",
    "/download/karabakh-2020.zip": "application/zip",
}
PACKED = ("/card.png", "/favicon.ico", PICTURE, "/layers/places.parquet", "/download/karabakh-2020.zip")
CRAWLERS = {
    "/robots.txt": "text/plain; charset=utf-8",
    "/sitemap.xml": "application/xml",
    "/favicon.ico": "image/x-icon",
}
TYPES = {**dict.fromkeys(DOCUMENTS, "text/html; charset=utf-8"), **PUBLIC, **CRAWLERS}
REFUSED = {
    "/assets/nonsense.js": 404,
    "/layers/nonsense.geojson": 404,
    "/layers/places.shp": 404,
    "/layers/places.csv?bbox=x": 400,
    "/layers/places.csv?box=46,39,47,40": 400,
    "/layers/?lang=az": 400,
    "/map.gif": 404,
    "/map.png?date=x": 400,
    "/map.png?datum=2020-11-20": 400,
    "/download/nonsense": 404,
}
TRAVERSAL = (
    "/assets/../app.py",
    "/assets/..%2fapp.py",
    "/assets/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%5capp.py",
    "/assets//etc/passwd",
    "/assets/%2fetc%2fpasswd",
    "/assets/map.css%00.js",
    "/layers/../geodata/places.geojson",
    "/layers/..%2f..%2fgeodata%2fplaces.geojson",
    *(
        f"/download/{name}"
        for name in ("../app.py", "..%2fapp.py", "%00", "%2fetc%2fpasswd", "../files.json")
    ),
)
STRANGE = ("<b>", "x" * 5000, "a\x1b[31m", "\r\nX-Evil: 1", "{{7*7}}", "..%2f")
BOXES = (
    "46,39,47,40",
    "46.7,39.7,46.8,39.9",
    "-180,-90,180,90",
    "46.75,39.82,46.75,39.82",
    " 44 , 39 ,45,41",
)
NO_BOXES = (
    *("a,b,c,d", "46,39,47", "46,39,47,40,41", ",,,", "nan,nan,nan,nan", "-inf,-inf,inf,inf"),
    *("4_6,39,47,40", "٤٦,39,47,40", "+46,39,47,4 0", "0x2e,39,47,40"),
    *("47,39,46,40", "46,40,47,39", "-181,39,47,40", "46,39,47,91", "1e400,39,47,40", *STRANGE),
)
BEYOND = ("Thu, 01 Jan 99999999999 00:00:00 GMT", "Thu, 01 Jan 2099 00:00:00 +99999999999999999999")
PUBLIC_ADDRESS = "https://a.example/maps/"
STREAMLIT_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"


@pytest.fixture(scope="module")
def plain(server: str) -> dict[str, Answer]:
    """What is answered at each address, uncompressed."""
    return {path: ask(server, path) for path in TYPES}


@pytest.fixture(scope="module")
def zipped(server: str) -> dict[str, Answer]:
    """What is answered at each address to a browser."""
    return {path: ask(server, path, accept_encoding="gzip, br") for path in TYPES}


def policy(answer: Answer) -> dict[str, list[str]]:
    """Return the content policy of an answer: its directives and their sources."""
    (text,) = answer.headers.get_all("Content-Security-Policy", [])
    return {part.split()[0]: part.split()[1:] for part in text.split(";")}


def is_one_line(answer: Answer, status: int = 400) -> bool:
    """Tell whether something is refused in a sentence of a bounded length, with nothing unprintable in it."""
    line = answer.text.removesuffix("\n")
    is_plain = answer.header("Content-Type") == "text/plain; charset=utf-8"
    one = answer.text.endswith("\n") and line.isprintable() and 10 < len(line) < 4000
    return is_plain and one and answer.status == status and not answer.headers.get_all("X-Evil")


def ids(answer: Answer) -> list[str]:
    """Return the ids of the features in an answer."""
    return [feature["id"] for feature in json.loads(answer.body)["features"]]


def read_table(body: bytes, path: Path) -> pd.DataFrame:
    """Return the rows of a table in any format."""
    path.write_bytes(body)
    if path.suffix == ".parquet":
        return gpd.read_parquet(path)
    return pd.read_csv(path) if path.suffix == ".csv" else pyogrio.read_dataframe(path)


# Whatever is sent.


def test_everything_is_there_with_its_type_a_strong_tag_and_a_date(plain: dict[str, Answer]) -> None:
    now = datetime.now(UTC)
    assert {path: (one.status, one.header("Content-Type")) for path, one in plain.items()} == {
        path: (200, kind) for path, kind in TYPES.items()
    }
    assert [path for path, one in plain.items() if not re.fullmatch(r'"\w+"', one.header("ETag"))] == []
    assert [p for p, one in plain.items() if int(one.header("Content-Length")) != len(one.body)] == []
    assert [p for p, one in plain.items() if parsedate_to_datetime(one.header("Last-Modified")) > now] == []
    assert {one.header("Cache-Control") for one in plain.values()} == {"no-cache"}


def test_gzip_for_who_accepts_it_is_the_same_content_with_a_tag_of_its_own(
    plain: dict[str, Answer], zipped: dict[str, Answer]
) -> None:
    forms = {path: one.header("Content-Encoding") for path, one in zipped.items()}
    assert forms == {path: "" if path in PACKED else "gzip" for path in TYPES}
    assert {one.header("Content-Encoding") for one in plain.values()} == {""}
    varying = {
        name.strip()
        for one in (*plain.values(), *zipped.values())
        for name in one.header("Vary").lower().split(",")
    }
    assert varying == {"accept-encoding", "accept-language"}  # the latter of documents
    small = [path for path in TYPES if path not in PACKED]
    assert [path for path in small if gzip.decompress(zipped[path].body) != plain[path].body] == []
    assert [path for path in small if zipped[path].header("ETag") == plain[path].header("ETag")] == []
    assert [path for path in PACKED if zipped[path].body != plain[path].body] == []


def test_who_has_it_gets_a_304_and_who_has_something_else_gets_it_whole(
    server: str, plain: dict[str, Answer], zipped: dict[str, Answer]
) -> None:
    forms = {
        "{}": 304,
        "W/{}": 304,
        '"other", {}': 304,
        "*": 304,
        '"other"': 200,
        "{}x": 200,
        "W/": 200,
    }
    wrong = []
    for encoding, answers in (("identity", plain), ("gzip", zipped)):
        for path, have in answers.items():
            for form, status in forms.items():
                tag = form.format(have.header("ETag"))
                got = ask(server, path, accept_encoding=encoding, if_none_match=tag)
                expected = (status, b"" if status == 304 else have.body, have.header("ETag"))
                if (got.status, got.body, got.header("ETag")) != expected:
                    wrong.append((encoding, path, form))
    crossed = ask(server, "/map", accept_encoding="gzip", if_none_match=plain["/map"].header("ETag"))
    assert (wrong, crossed.status) == ([], 200)


def test_a_date_tells_who_has_it_already_unless_there_is_a_tag(server: str, plain: dict[str, Answer]) -> None:
    wrong = []
    for path in ("/map", "/layers/places.geojson", PART, "/download/karabakh-2020.zip"):
        modified = parsedate_to_datetime(plain[path].header("Last-Modified"))
        for seconds, status in ((0, 304), (1, 304), (-1, 200), (-9999, 200)):
            since = format_datetime(modified + timedelta(seconds=seconds), usegmt=True)
            told = [
                ask(server, path, if_modified_since=since).status,
                ask(server, path, if_modified_since=since, if_none_match='"other"').status,
            ]
            if told != [status, 200]:
                wrong.append((path, seconds, told))
        no_dates = ("", "yesterday", "x" * 5000, "2100-01-01", "0", "Thu, 99 Foo 2100", *BEYOND)
        told = [ask(server, path, if_modified_since=text).status for text in no_dates]
        if told != [200] * len(no_dates):
            wrong.append((path, told))
    assert wrong == []


def test_head_tells_the_same_without_the_body(server: str, zipped: dict[str, Answer]) -> None:
    left_out = ("date", "server")
    wrong = []
    for path, get in zipped.items():
        head = ask(server, path, method="HEAD", accept_encoding="gzip, br")
        told, expected = (
            {k: v for k, v in one.headers.items() if k.lower() not in left_out} for one in (head, get)
        )
        if (head.status, head.body, told) != (200, b"", expected):
            wrong.append(path)
    assert wrong == []


def test_every_answer_carries_the_security_headers(server: str, zipped: dict[str, Answer]) -> None:
    more = (*REFUSED, *TRAVERSAL[:1], "/", "/_stcore/health")
    answers = {**zipped, **{path: ask(server, path) for path in more}}
    expected = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert [path for path, one in answers.items() if {k: one.header(k) for k in expected} != expected] == []
    code = {"default-src": ["'self'"], "object-src": ["'none'"], "base-uri": ["'none'"]}
    data = {"default-src": ["'none'"], "base-uri": ["'none'"]}
    wrong = []
    for path, one in answers.items():
        sent_as, told = one.header("Content-Type"), policy(one)
        rules = code if sent_as.startswith(("text/html", "text/javascript")) else data
        is_boxed = rules is data and sent_as != "application/pdf"
        if not rules.items() <= told.items() or ("sandbox" in told) != is_boxed or "unsafe-eval" in str(told):
            wrong.append((path, sent_as, told))
    assert wrong == []


def test_scripts_of_any_page_may_read_what_is_public_and_why_not_and_no_page(
    server: str, plain: dict[str, Answer]
) -> None:
    allowed = {}
    for path in (*TYPES, *REFUSED, "/"):
        headers = {"if_none_match": plain[path].header("ETag")} if path in plain else {}
        answers = (ask(server, path, origin="https://elsewhere.example"), ask(server, path, **headers))
        allowed[path] = {answer.header("Access-Control-Allow-Origin") for answer in answers}
    assert [path for path in (*PUBLIC, *REFUSED) if allowed[path] != {"*"}] == []
    assert [path for path in (*DOCUMENTS, *CRAWLERS, "/") if allowed[path] != {""}] == []
    exposed = {plain[path].header("Access-Control-Expose-Headers") for path in PUBLIC}
    assert exposed == {"Accept-Ranges, Content-Range, ETag, Last-Modified, Retry-After"}


# Documents and assets.


def test_the_documents_and_layers_are_the_files_of_the_site(plain: dict[str, Answer], ready: Content) -> None:
    layers = {
        path: path[1:] for path in ("/layers/places.geojson", "/layers/places.fgb", "/layers/index.json")
    }
    names = {
        **DOCUMENTS,
        **layers,
        "/layers/": "layers/index.json",
        "/annotations.jsonld": "annotations.jsonld",
        "/corrections.atom": "corrections.atom",
    }
    without_slash = plain["/map"].body.replace(b'"./', b'"../')  # one folder higher, below any path
    sent = {path: answer.body for path, answer in plain.items()} | {"/map": without_slash}
    assert [path for path, name in names.items() if sent[path] != ready.files[name]] == []
    assert b'"../' not in plain["/map"].body


def test_every_file_of_every_layer_is_that_of_the_site(server: str, ready: Content) -> None:
    names = [name for name in ready.files if name.startswith("layers/")]
    assert [name for name in names if ask(server, f"/{name}").body != ready.files[name]] == []
    assert len(names) == len(ready.atlas.layers) * len(LAYER_FORMATS) + 2


def test_the_picture_in_place_of_a_map_is_of_the_view_asked_for(server: str) -> None:
    ask(server, "/map.png?size=card&date=2020-11-20")  # what draws it is loaded
    for path in DOCUMENTS:
        text = ask(server, f"{path}?date=2020-11-20&lang=az&layers=atlantis&view=9/39.8/46.7").text
        part = text.partition('<section class="fallback">')[2].partition("</section>")[0]
        assert re.findall(r'"[./]*map\.png([^"]*)"', part) == ["?date=2020-11-20&amp;lang=az"] * 2, path


def test_what_else_a_query_says_is_read_in_the_browser(server: str, plain: dict[str, Answer]) -> None:
    queries = ("?feature=shusha", "?layers=%3Cscript%3E&view=x", "?" + "x" * 5000)
    wrong = [
        (path, query)
        for path in DOCUMENTS
        for query in queries
        if ask(server, path + query).body != plain[path].body
    ]
    assert wrong == []


def test_a_document_runs_its_own_scripts_and_nothing_else_inline(
    plain: dict[str, Answer], document: Node
) -> None:
    scripts = [node.code for node in document.all("script") if not node.attributes]
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    told = [policy(plain[path])["script-src"] for path in DOCUMENTS]
    assert len(scripts) == 2
    assert told == [["'self'", *(f"'sha256-{digest}'" for digest in digests)]] * len(DOCUMENTS)


def test_streamlits_page_runs_the_scripts_that_are_written_into_it_and_evaluates_nothing(server: str) -> None:
    page = ask(server, "/")
    inline = [node.code for node in parse(page.text).all("script") if not node.attributes]
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    assert policy(page)["script-src"] == ["'self'", *(f"'sha256-{digest}'" for digest in digests), "blob:"]


def test_the_map_may_be_embedded_anywhere_and_the_reader_only_at_home(
    server: str, plain: dict[str, Answer]
) -> None:
    told = {path: policy(ask(server, path))["frame-ancestors"] for path in (*DOCUMENTS, "/", *PUBLIC)}
    assert {path for path, framers in told.items() if framers == ["*"]} == {"/map", "/map/"}
    assert {path for path, framers in told.items() if framers != ["'self'"]} == {"/map", "/map/"}
    assert plain["/map"].status == 200


def test_the_assets_of_the_documents_are_there_and_kept_for_good(server: str, ready: Content) -> None:
    names = [name for name in ready.files if name.startswith("assets/")]
    answers = {name: ask(server, f"/{name}") for name in names}
    assert [name for name, one in answers.items() if one.body != ready.files[name]] == []
    assert {one.header("Cache-Control") for one in answers.values()} == {
        "public, max-age=31536000, immutable"
    }
    types = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "woff2": "font/woff2"}
    assert [n for n, one in answers.items() if one.header("Content-Type") != types[n.split(".")[-1]]] == []


def test_no_path_leads_out_of_the_house(server: str) -> None:
    wrong = []
    for path in TRAVERSAL:
        answer = ask(server, path)
        told = answer.body.replace(STREAMLIT_PAGE.read_bytes(), b"Streamlit's own page")
        found = [
            secret for secret in (b"root:", b"import ", b"FeatureCollection", b"sizes") if secret in told
        ]
        if found or not (answer.status in (400, 404) or told == b"Streamlit's own page"):
            wrong.append(path)
    assert wrong == []


def test_what_is_not_there_is_refused_in_one_line(server: str) -> None:
    answers = {path: ask(server, path) for path in REFUSED}
    assert [path for path, status in REFUSED.items() if not is_one_line(answers[path], status)] == []


@pytest.mark.parametrize(
    "command",
    [("-m", "streamlit", "run", "app.py"), ("-m", "dashboard", "serve")],
    ids=["streamlit", "dashboard"],
)
def test_other_commands_serve_the_same(server: str, command: tuple[str, ...]) -> None:
    with serve(sys.executable, *command) as address:
        assert ask(address, "/map").body == ask(server, "/map").body


# Annotations, layers, and their index.


def test_an_annotation_for_each_quote_and_claim_points_at_its_words(server: str, ready: Content) -> None:
    collection = json.loads(ask(server, "/annotations.jsonld").body)
    items = collection["first"]["items"]
    quotes, claims = ready.atlas.annotations.quotes, ready.atlas.claims
    expected = [*(each.id for each in quotes), *(f"claim-{each.id}" for each in claims)]
    text = (SEEDS / ready.atlas.article.metadata["file"]).read_text(encoding="utf-8")
    wrong = []
    for item in items:
        by_type = {each["type"]: each for each in item["target"]["selector"]}
        place = by_type["TextPositionSelector"]
        if text[place["start"] : place["end"]] != by_type["TextQuoteSelector"]["exact"]:
            wrong.append(item["id"])
    assert [item["id"].partition("#")[2] for item in items] == expected
    assert (collection["total"], wrong) == (len(expected), [])


def test_what_an_annotation_is_about_is_served(server: str) -> None:
    items = json.loads(ask(server, "/annotations.jsonld").body)["first"]["items"]
    sources = {body["source"] for item in items for body in item["body"] if "source" in body}
    parts = [urlsplit(urljoin("/annotations.jsonld", source)) for source in sources]
    answers = {path: ask(server, path) for path in {part.path for part in parts}}
    known = {path: ids(answer) for path, answer in answers.items() if answer.status == 200}
    assert len(sources) > 20
    assert [part for part in parts if part.fragment and part.fragment not in known.get(part.path, [])] == []


def test_the_index_agrees_with_the_files_in_the_order_of_the_legend(server: str, ready: Content) -> None:
    index = json.loads(ask(server, "/layers/").body)
    wrong = []
    for entry in index["layers"]:
        links = {link["title"]: ask(server, urljoin("/layers/", link["href"])) for link in entry["links"]}
        body = links["GeoJSON"].body
        told = json.loads(body)
        size = (len(told["features"]), len(body), hashlib.sha256(body).hexdigest(), told["title"])
        types = [one.header("Content-Type").partition(";")[0] for one in links.values()]
        if (
            size != (entry["features"], entry["bytes"], entry["sha256"], entry["title"])
            or types != [link["type"] for link in entry["links"]]
            or len(links) != len(LAYER_FORMATS)
        ):
            wrong.append(entry["id"])
    assert wrong == []
    assert [entry["id"] for entry in index["layers"]] == list(ready.atlas.layers)
    assert {"title", "as_of", "attribution", "license", "disclaimer"} <= {key for key in index if index[key]}


def test_the_schema_of_the_index_describes_every_property_and_no_other(ready: Content) -> None:
    index = json.loads(ready.files["layers/index.json"])
    schema = {field["name"]: field for field in index["schema"]["fields"]}
    occurring: dict[str, set[str]] = {}
    for layer in ready.atlas.layers:
        for feature in json.loads(ready.files[f"layers/{layer}.geojson"])["features"]:
            properties = feature["properties"]
            forms = {f"name_{code}": name for code, name in properties.pop("names").items()}
            for name, value in (properties | forms).items():
                occurring.setdefault(name, set()).add(type(value).__name__)
    types = {"string": {"str"}, "date": {"str"}, "number": {"float"}, "integer": {"int"}}
    lists = {name for name, kinds in occurring.items() if kinds == {"list"}}
    assert occurring.keys() == schema.keys()
    assert [name for name in schema.keys() - lists if occurring[name] != types[schema[name]["type"]]] == []
    assert [name for name in (*lists, "names") if name not in index["schema"]["description"]] == []
    assert [name for name in schema if not (schema[name]["title"] and schema[name]["description"])] == []


def test_lang_chooses_the_form_of_each_name_and_nothing_else(server: str, ready: Content) -> None:
    wrong = []
    for layer in ready.atlas.layers:
        plain = json.loads(ready.files[f"layers/{layer}.geojson"])
        for lang in LANGUAGES:
            told = json.loads(ask(server, f"/layers/{layer}.geojson?lang={lang}").body)
            names = [feature["properties"].pop("name") for feature in told["features"]]
            expected = [name_in(feature["properties"]["names"], lang) for feature in told["features"]]
            for feature in plain["features"]:
                feature["properties"].pop("name", None)
            if told != plain or names != expected:
                wrong.append((layer, lang))
    assert wrong == []
    shouted = ask(server, "/layers/places.csv?lang=az&LANG=HY&utm_source=elsewhere&v=3.0.0").text
    assert "Ստեփանակերտ" in shouted


def test_what_is_no_form_of_names_or_format_is_refused_in_one_line(server: str) -> None:
    wrong = []
    for lang in ("en", "az,hy", "az ", "\u0561", *STRANGE):
        answer = ask(server, f"/layers/places.geojson?lang={quote(lang)}")
        if not is_one_line(answer) or not answer.text.endswith("; there are article, az, hy, ru.\n"):
            wrong.append(lang)
    for extension in ("shp", "json", "kml", "geojson ", "<b>", "x" * 5000, "%0d%0aa"):
        answer = ask(server, f"/layers/places.{quote(extension, safe='%')}")
        expected = f"{UnknownChoiceError('format', unquote(extension), LAYER_FORMATS)}\n"
        if not is_one_line(answer, 404) or answer.text != expected:
            wrong.append(extension)
    assert wrong == []


def test_a_box_leaves_the_features_that_touch_it_in_every_format(
    server: str, ready: Content, tmp_path: Path
) -> None:
    wrong = []
    for layer in ready.atlas.layers.values():
        shapes = {each.id: each.geometry for each in layer.features}
        for box in BOXES:
            area = shapely.box(*map(float, box.split(",")))
            touching = [key for key, shape in shapes.items() if shape.intersects(area)]
            if ids(ask(server, f"/layers/{layer.id}.geojson?bbox={quote(box)}")) != touching:
                wrong.append((layer.id, box))
    for extension in ("fgb", "parquet", "csv"):
        body = ask(server, PART.replace("geojson", extension)).body
        table = read_table(body, tmp_path / f"a.{extension}")
        if "number" in table:  # FlatGeobuf's index has an order of its own
            table = table.sort_values("number")
        if list(table.id) != ids(ask(server, PART)):
            wrong.append((extension, PART))
    told = json.loads(ask(server, PART).body)
    left = [shapely.geometry.shape(feature["geometry"]) for feature in told["features"]]
    assert (wrong, told["bbox"]) == ([], list(shapely.total_bounds(left)))


def test_a_box_that_touches_nothing_leaves_a_file_without_features(
    server: str, ready: Content, tmp_path: Path
) -> None:
    wrong, names = [], {field["name"] for field in fields()}
    for layer in ready.atlas.layers:
        told = json.loads(ask(server, f"/layers/{layer}.geojson?bbox=0,0,1,1").body)
        if (told["type"], told["features"], "bbox" in told) != ("FeatureCollection", [], False):
            wrong.append((layer, "geojson"))
        for extension in ("fgb", "parquet", "csv"):
            body = ask(server, f"/layers/{layer}.{extension}?bbox=0,0,1,1").body
            table = read_table(body, tmp_path / f"{layer}.{extension}")
            if len(table) or names - {*table.columns}:
                wrong.append((layer, extension))
    assert wrong == []


def test_what_is_no_box_is_refused_in_one_line(server: str) -> None:
    wrong = []
    for box in NO_BOXES:
        for extension in ("geojson", "csv"):
            answer = ask(server, f"/layers/places.{extension}?bbox={quote(box)}")
            start = "A bounding box is west,south,east,north in degrees, such as "
            if not is_one_line(answer) or not answer.text.startswith(start) or len(answer.text) > 200:
                wrong.append((box, extension))
    assert wrong == []


# Downloads and pictures.


def test_every_file_of_the_archive_may_be_downloaded(downloads: dict[str, Answer]) -> None:
    bodies = {name: answer.body for name, answer in downloads.items()}
    sums = [f"{hashlib.sha256(body).hexdigest()}  {name}" for name, body in bodies.items()]
    assert bodies["SHA256SUMS"].decode().splitlines() == sums[:-2]
    assert [
        name
        for name, answer in downloads.items()
        if answer.header("Content-Type").partition("; charset")[0] != media_type(name)
        or answer.header("Content-Disposition") != f'attachment; filename="{name.rpartition("/")[2]}"'
    ] == []
    with zipfile.ZipFile(io.BytesIO(bodies.pop("karabakh-2020.zip"))) as folder:
        held = {name.removeprefix("karabakh-2020/"): folder.read(name) for name in folder.namelist()}
    assert held == bodies


def test_every_file_that_the_reading_room_offers_is_there(server: str, room: Node) -> None:
    links = [
        link.attributes["href"] for table in room.all("table", class_="files") for link in table.all("a")
    ]
    told = {link: ask(server, f"/{link}", method="HEAD").status for link in links}
    assert len(told) > 40
    assert {link: status for link, status in told.items() if status != 200} == {}


def test_what_cannot_be_downloaded_is_refused_in_one_line(server: str) -> None:
    answers = {
        name: ask(server, f"/download/{quote(name)}")
        for name in ("", "README", "README.txt/", "<b>", "x" * 5000, "a\x1b[31m", "{{7*7}}")
    }
    assert [
        name for name, one in answers.items() if not is_one_line(one, 404) or "README.txt" not in one.text
    ] == []
    assert is_one_line(ask(server, "/download/features.csv?lang=hy"), 400)  # a download has no other names


def test_a_picture_is_what_the_library_draws_of_the_view_asked_for(server: str, atlas: Atlas) -> None:
    asked = {"layers": "places,returned-districts", "date": "2020-11-20", "lang": "hy", "uncertainty": "1"}
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    answer = ask(server, f"/map.png?{query}&size=400x500")
    none, usual = (ask(server, f"/map.svg?size=400X400{more}").body for more in ("&layers=", ""))
    assert answer.body == picture_bytes(atlas, view(atlas, **asked), size="400x500")
    assert usual == picture_bytes(atlas, view(atlas), format="svg", size="400x400")
    assert len(none) < len(usual)


def test_whatever_may_be_chosen_of_a_picture_is_drawn_by_its_address(server: str, atlas: Atlas) -> None:
    asked = {"view": "9/39.8/46.8", "title": "Mine & <b>", "key": "0", "small": "short", "dark": "1"}
    answer = ask(server, f"/map.png?{urlencode(asked)}&size=400x400")
    coded, plain = (ask(server, f"/map.svg?size=400x400&qr={qr}") for qr in "10")

    assert answer.body == picture_bytes(atlas, view(atlas, **asked), size="400x400")
    assert len(coded.body) > len(plain.body)


def test_a_picture_without_a_query_is_the_file_of_the_archive(
    server: str, downloads: dict[str, Answer]
) -> None:
    paths = {kind: (f"/map.{kind}", f"/map.{kind}?utm_source=elsewhere") for kind in PICTURE_TYPES}
    told = {kind: {ask(server, path).body for path in both} for kind, both in paths.items()}
    assert told == {kind: {downloads[f"pictures/map.{kind}"].body} for kind in PICTURE_TYPES}


def test_a_picture_of_what_there_is_not_is_refused_in_the_librarys_words(server: str, atlas: Atlas) -> None:
    views: tuple[dict[str, str], ...] = (
        {"layers": "roads"},
        {"layers": "places,<b>roads</b>"},
        {"date": "2020-11-21"},
        {"date": "x" * 5000},
        {"lang": "xx"},
        {"uncertainty": "yes"},
        {"lang": "\r\nset-cookie: a=b"},
        {"title": "x" * 121},
        {"view": "99/0/0"},
        {"feature": "<b>"},
        {"key": "2"},
    )
    cases: list[tuple[str, int, Any]] = []
    for asked in views:
        query = "&".join(f"{key}={quote(value)}" for key, value in asked.items())
        cases.append((f"/map.pdf?size=400x400&{query}", 400, lambda asked=asked: view(atlas, **asked)))
    sizes = ("b4", "0x0", "99999x99999", "4000x400", "-1x5", "<b>", "x" * 5000, "a4\nb")
    cases.extend(
        (
            f"/map.svg?size={quote(size)}",
            400,
            lambda size=size: picture_bytes(atlas, view(atlas), size=size),
        )
        for size in sizes
    )
    cases.extend(
        (f"/map.{quote(kind)}", 404, lambda kind=kind: picture_bytes(atlas, view(atlas), format=kind))
        for kind in ("gif", "png8", "<b>", "x" * 5000)
    )
    wrong = []
    for path, status, refuse in cases:
        with pytest.raises(RequestError) as caught:
            refuse()
        answer = ask(server, path)
        if not is_one_line(answer, status) or answer.text != f"{caught.value}\n":
            wrong.append(path)
    assert wrong == []


def test_a_picture_is_drawn_once_however_it_is_asked_for(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    monkeypatch.setattr("dashboard.on_request.picture_bytes", lambda *_, **how: drawn.append(how) or b"")
    ready = OnRequest(atlas, "", {})
    same = (
        {},
        {"date": "2020-12-08", "lang": "article"},
        {"date": "", "lang": ""},
        {"size": "a4"},
    )
    assert len({id(ready.picture("png", asked).result()) for asked in same}) == len(drawn) == 1
    ready.picture("png", {"date": "2020-11-20"}).result()
    assert len(drawn) == 2


def test_a_picture_bears_the_link_to_its_own_view_and_nothing_else_of_the_address(atlas: Atlas) -> None:
    ready, more = OnRequest(atlas, PUBLIC_ADDRESS, {}), {"size": "slide", "utm_source": "x" * 3000}
    asked = {"layers": "places,upper-karabakh", "date": "2020-11-20", "lang": "hy"}
    version = f"v={atlas.descriptor['version']}"
    link = f"{PUBLIC_ADDRESS}?layers=upper-karabakh,places&date=2020-11-20&lang=hy&{version}"
    expected = [
        picture_bytes(atlas, view(atlas, **each), format="svg", size="slide", address=address)
        for each, address in ((asked, link), ({}, f"{PUBLIC_ADDRESS}?{version}"))
    ]
    assert [ready.picture("svg", {**each, **more}).result().body for each in (asked, {})] == expected
