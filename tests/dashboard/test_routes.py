"""The addresses beside the page, asked over real HTTP: types, tags, compression, policies."""

import base64
import gzip
import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
import streamlit

from dashboard.assets import assets, served_address
from dashboard.content import Content
from dashboard.settings import ADDRESS
from layers import Atlas
from layers.data.files import SEEDS
from layers.data.problems import UnknownChoiceError
from layers.exports.data_package import media_type
from layers.exports.everything import all_files, archive
from layers.exports.fields import fields
from layers.exports.formats import LAYER_FORMATS, layer_format
from layers.exports.geojson import geojson_bytes
from layers.presentation import name_in
from layers.printed import PICTURE_TYPES, picture_bytes, view
from layers.style.captions import LANGUAGES
from tests.browser.harness import serve
from tests.dashboard.html_tree import Node
from tests.dashboard.web import Answer, ask

TYPES = {
    "/map": "text/html; charset=utf-8",
    "/map/": "text/html; charset=utf-8",
    "/reading": "text/html; charset=utf-8",
    "/annotations.jsonld": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    "/layers/": "application/json",
    "/layers": "application/json",
    "/layers/places.geojson": "application/geo+json",
    "/layers/places.geojson?lang=hy": "application/geo+json",
    "/assets/map.css": "text/css; charset=utf-8",
    "/assets/leaflet.css": "text/css; charset=utf-8",
    "/assets/map.js": "text/javascript; charset=utf-8",
    "/assets/leaflet.js": "text/javascript; charset=utf-8",
}
PUBLIC = ("/annotations.jsonld", "/layers/", "/layers", "/layers/places.geojson?lang=az")
UNKNOWN_LANGUAGES = ("en", "xx", "AZ", "az,hy", "az ", "../az", "<b>az</b>", "\u0561", "x" * 5000)
MISSING = ("/layers/nonsense.geojson", "/assets/nonsense.js")
TRAVERSAL = (
    "/assets/../app.py",
    "/assets/..%2fapp.py",
    "/assets/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%5capp.py",
    "/assets//etc/passwd",
    "/assets/%2fetc%2fpasswd",
    "/assets/....//app.py",
    "/assets/map.css%00.js",
    "/layers/../geodata/places.geojson",
    "/layers/..%2f..%2fgeodata%2fplaces.geojson",
    "/layers/%2e%2e/geodata/places.geojson",
)
FORMATS = {
    "fgb": "application/vnd.flatgeobuf",
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv; charset=utf-8",
}
PART = "/layers/places.geojson?bbox=46,39,47,40"
SMALL = "size=400x400"
PICTURE = f"/map.png?{SMALL}"
TAKEN_AWAY = ("/layers/places.csv", "/layers/places.fgb", "/layers/places.parquet", PART, PICTURE)
DOWNLOAD = "/download/README.txt"
REFUSED = ("/layers/places.shp", "/layers/places.csv?bbox=x", "/map.gif", "/map.png?date=x", "/layers/x.csv")
BOXES = (
    "46,39,47,40",
    "46.7,39.7,46.8,39.9",
    "-180,-90,180,90",
    "46.75,39.82,46.75,39.82",
    " 44 , 39 ,45,41",
)
EMPTY_BOX = "0,0,1,1"
NO_BOXES = (
    "a,b,c,d",
    "46,39,47",
    "46,39,47,40,41",
    ",,,",
    "nan,nan,nan,nan",
    "46,39,nan,40",
    "-inf,-inf,inf,inf",
    "47,39,46,40",
    "46,40,47,39",
    "-181,39,47,40",
    "46,39,47,91",
    "1e400,39,47,40",
    "46,39,47,40\r\nX-Evil: 1",
    "46\x1b[31m,39,47,40",
    "4" * 5000,
    '"><script>alert(1)</script>',
    "{{7*7}}",
)
UNKNOWN_VIEWS = (
    {"layers": "roads"},
    {"layers": "places,<b>roads</b>"},
    {"date": "2020-11-21"},
    {"date": "x" * 5000},
    {"lang": "xx"},
    {"lang": "\r\nSet-Cookie: a=b"},
)
UNKNOWN_SIZES = ("b4", "0x0", "99999x99999", "4000x400", "-1x5", "<b>", "x" * 5000, "a4\nb")
PUBLIC_ADDRESS = "https://a.example/maps/"
STREAMLIT_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
every_route = pytest.mark.parametrize("path", TYPES)


def read_table(path: Path) -> pd.DataFrame:
    """Return the rows of a table in any format."""
    if path.suffix == ".parquet":
        return gpd.read_parquet(path)
    return pd.read_csv(path) if path.suffix == ".csv" else pyogrio.read_dataframe(path)


def directives(answer: Answer) -> dict[str, list[str]]:
    """Return the content policy of an answer: its directives and their sources."""
    parts = answer.header("Content-Security-Policy").split(";")
    return {part.split()[0]: part.split()[1:] for part in parts}


def annotations(server: str) -> dict[str, Any]:
    """Return the collection of annotations as the server sends it."""
    return dict(json.loads(ask(server, "/annotations.jsonld").body))


@every_route
def test_it_is_there_with_its_type_and_a_strong_tag(server: str, path: str) -> None:
    answer = ask(server, path)
    assert (answer.status, answer.header("Content-Type")) == (200, TYPES[path])
    assert re.fullmatch(r'"[^"]+"', answer.header("ETag"))
    assert int(answer.header("Content-Length")) == len(answer.body) > 1000


@every_route
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', 'W/"other" ,W/{} , "third"', "*"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_it_gets_nothing_but_a_304(server: str, path: str, form: str, encoding: str) -> None:
    tag = ask(server, path, accept_encoding=encoding).header("ETag")
    answer = ask(server, path, accept_encoding=encoding, if_none_match=form.format(tag))
    assert (answer.status, answer.body, answer.header("ETag")) == (304, b"", tag)


@every_route
@pytest.mark.parametrize("form", ['"other"', "{}x", "", "W/", '"*"'])
def test_who_has_something_else_gets_it_whole(server: str, path: str, form: str) -> None:
    tag = ask(server, path).header("ETag").strip('"')
    assert ask(server, path, if_none_match=form.format(tag)).status == 200


@every_route
def test_gzip_for_those_who_accept_it_is_the_same_content(server: str, path: str) -> None:
    plain, zipped = ask(server, path), ask(server, path, accept_encoding="gzip, br")
    assert (plain.header("Content-Encoding"), zipped.header("Content-Encoding")) == ("", "gzip")
    assert gzip.decompress(zipped.body) == plain.body
    assert len(zipped.body) < len(plain.body) / 1.5
    assert "accept-encoding" in zipped.header("Vary").lower()


@every_route
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_head_tells_the_same_without_the_body(server: str, path: str, encoding: str) -> None:
    get = ask(server, path, accept_encoding=encoding)
    head = ask(server, path, method="HEAD", accept_encoding=encoding)
    told = ("ETag", "Content-Type", "Content-Length", "Content-Encoding", "Content-Security-Policy")
    assert (head.status, head.body) == (200, b"")
    assert [head.header(name) for name in told] == [get.header(name) for name in told]


@every_route
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_can_write(server: str, path: str, method: str) -> None:
    assert ask(server, path.rstrip("/"), method=method).status == 405
    assert ask(server, path, method=method).status in (308, 405)


@pytest.mark.parametrize("path", [*TYPES, *MISSING, TRAVERSAL[0], "/", "/_stcore/health"])
def test_every_answer_carries_the_security_headers(server: str, path: str) -> None:
    answer = ask(server, path)
    policy = directives(answer)
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert answer.header("Referrer-Policy") == "strict-origin-when-cross-origin"
    assert (policy["default-src"], policy["object-src"], policy["base-uri"]) == (
        ["'self'"],
        ["'none'"],
        ["'none'"],
    )
    assert len(answer.headers.get_all("Content-Security-Policy", [])) == 1


def test_the_map_runs_its_own_scripts_and_nothing_else_inline(server: str, document: Node) -> None:
    (script,) = (node.code for node in document.all("script") if not node.attributes)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert directives(ask(server, "/map"))["script-src"] == ["'self'", f"'sha256-{digest}'"]


def test_the_map_may_be_embedded_anywhere_and_the_page_only_at_home(server: str) -> None:
    map_policy, page_policy = (directives(ask(server, path)) for path in ("/map", "/"))
    assert (map_policy["frame-ancestors"], page_policy["frame-ancestors"]) == (["*"], ["'self'"])


@pytest.mark.parametrize("query", ["", "?layers=places", "?layers=%3Cscript%3E&view=x", "?" + "x" * 5000])
def test_the_query_is_read_in_the_browser_so_the_map_is_one_document(
    server: str, ready: Content, query: str
) -> None:
    answer = ask(server, f"/map{query}")
    assert (answer.status, answer.body) == (200, ready.map.body)


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_scripts_of_any_page_may_read_what_is_public(server: str, path: str, encoding: str) -> None:
    answer = ask(server, path, accept_encoding=encoding)
    again = ask(server, path, accept_encoding=encoding, if_none_match=answer.header("ETag"))
    assert [one.header("Access-Control-Allow-Origin") for one in (answer, again)] == ["*", "*"]
    assert (answer.status, again.status) == (200, 304)


@pytest.mark.parametrize("path", ["/reading", "/map", "/"])
def test_scripts_of_other_pages_may_not_read_the_pages(server: str, path: str) -> None:
    answer = ask(server, path, origin="https://elsewhere.example")
    assert (answer.status, answer.header("Access-Control-Allow-Origin")) == (200, "")


def test_the_reading_room_is_what_was_built(server: str, ready: Content) -> None:
    answer = ask(server, "/reading")
    assert answer.body == ready.reading.body
    assert answer.text.startswith('<section class="reading"')


def test_the_annotations_are_json_with_one_for_each_quote_and_claim(server: str, ready: Content) -> None:
    collection = annotations(server)
    items = collection["first"]["items"]
    ids = [item["id"].partition("#")[2] for item in items]
    assert ids == [
        *(each.id for each in ready.atlas.annotations.quotes),
        *(f"claim-{each.id}" for each in ready.atlas.claims),
    ]
    assert collection["total"] == len(items) == len(set(ids))
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"


def test_what_an_annotation_is_about_is_served(server: str) -> None:
    bodies = [body for item in annotations(server)["first"]["items"] for body in item["body"]]
    sources = {urljoin("/annotations.jsonld", body["source"]) for body in bodies if "source" in body}
    files = {urlsplit(source).path: ask(server, urlsplit(source).path) for source in sources}
    ids = {
        path: {feature["id"] for feature in json.loads(answer.body)["features"]}
        for path, answer in files.items()
        if answer.status == 200
    }
    parts = [urlsplit(source) for source in sources]
    assert len(sources) > 20
    assert [part for part in parts if part.fragment and part.fragment not in ids[part.path]] == []


def test_an_annotation_points_at_its_words_in_the_article_as_received(server: str, ready: Content) -> None:
    text = (SEEDS / ready.atlas.article.metadata["file"]).read_text(encoding="utf-8")
    targets = [item["target"] for item in annotations(server)["first"]["items"]]
    pairs = [{selector["type"]: selector for selector in target["selector"]} for target in targets]
    wrong = [
        pair
        for pair in pairs
        if text[pair["TextPositionSelector"]["start"] : pair["TextPositionSelector"]["end"]]
        != pair["TextQuoteSelector"]["exact"]
    ]
    assert len(pairs) > 80
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lang_chooses_the_form_of_each_name_and_nothing_else(
    server: str, ready: Content, layer_id: str, lang: str
) -> None:
    answer = ask(server, f"/layers/{layer_id}.geojson?lang={lang}")
    told, plain = json.loads(answer.body), json.loads(ready.layers["article"][layer_id].body)
    assert answer.body == geojson_bytes(ready.atlas, ready.atlas.layers[layer_id], lang)
    for feature in told["features"]:
        properties = feature["properties"]
        assert properties.pop("name") == name_in(properties["names"], lang)
    for feature in plain["features"]:
        feature["properties"].pop("name")
    assert told == plain


def test_the_forms_of_names_differ(server: str) -> None:
    paths = [f"/layers/places.geojson?lang={lang}" for lang in LANGUAGES]
    answers = [ask(server, path) for path in paths]
    names = [
        tuple(feature["properties"]["name"] for feature in json.loads(answer.body)["features"])
        for answer in answers
    ]
    assert len(set(names)) == len({answer.header("ETag") for answer in answers}) == len(LANGUAGES)
    assert "Ստեփանակերտ" in names[LANGUAGES.index("hy")]


def test_without_lang_names_are_as_in_the_article(server: str, layer_id: str) -> None:
    plain, article = (ask(server, f"/layers/{layer_id}.geojson{query}") for query in ("", "?lang=article"))
    assert plain.body == article.body


@pytest.mark.parametrize("lang", UNKNOWN_LANGUAGES)
@pytest.mark.parametrize("layer", ["places", "nonsense"])
def test_an_unknown_form_of_names_is_refused_in_one_plain_sentence(
    server: str, layer: str, lang: str
) -> None:
    answer = ask(server, f"/layers/{layer}.geojson?lang={quote(lang)}")
    assert (answer.status, answer.header("Content-Type")) == (400, "text/plain; charset=utf-8")
    assert answer.text == f"There is no form of names “{lang[:60]}”; there are article, az, hy, ru.\n"


def test_a_layer_is_the_same_as_its_export(server: str, ready: Content, layer_id: str) -> None:
    answer = ask(server, f"/layers/{layer_id}.geojson")
    assert answer.body == geojson_bytes(ready.atlas, ready.atlas.layers[layer_id])


def test_the_index_agrees_with_the_file_of_each_layer(server: str, layer_id: str) -> None:
    index = json.loads(ask(server, "/layers/").body)
    (entry,) = (entry for entry in index["layers"] if entry["id"] == layer_id)
    (link,) = (link for link in entry["links"] if link["rel"] == "item")
    file = ask(server, link["href"])
    collection = json.loads(file.body)
    assert (file.status, file.header("Content-Type")) == (200, link["type"])
    assert entry["bytes"] == len(file.body)
    assert entry["sha256"] == hashlib.sha256(file.body).hexdigest()
    assert (entry["features"], entry["title"]) == (len(collection["features"]), collection["title"])


def test_the_index_lists_the_layers_in_the_order_of_the_legend(server: str, ready: Content) -> None:
    index = json.loads(ask(server, "/layers/").body)
    assert [entry["id"] for entry in index["layers"]] == list(ready.atlas.layers)
    assert {"title", "as_of", "attribution", "license", "disclaimer"} <= {key for key in index if index[key]}


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_a_404_in_plain_text(server: str, path: str) -> None:
    answer = ask(server, path)
    assert (answer.status, answer.header("Content-Type")) == (404, "text/plain; charset=utf-8")
    assert "nonsense" not in answer.text


@pytest.mark.parametrize("path", TRAVERSAL)
def test_no_path_leads_out_of_the_house(server: str, path: str) -> None:
    answer = ask(server, path)
    told = answer.body.replace(STREAMLIT_PAGE.read_bytes(), b"Streamlit's own page")
    assert not [secret for secret in (b"root:", b"import ", b"FeatureCollection") if secret in told]
    assert answer.status in (400, 404) or told == b"Streamlit's own page"


@pytest.mark.parametrize("name", sorted(assets()))
def test_an_asset_is_kept_for_good_under_the_address_of_its_content(server: str, name: str) -> None:
    answer = ask(server, served_address(name))
    assert answer.body == assets()[name].body
    assert "immutable" in answer.header("Cache-Control")


@pytest.mark.parametrize("query", ["", "?v=", "?v=0123456789ab", "?w={digest}", "?v={digest}0"])
def test_an_asset_is_asked_for_again_under_any_other_address(server: str, query: str) -> None:
    digest = assets()["map.css"].digest[:12]
    answer = ask(server, "/assets/map.css" + query.format(digest=digest))
    assert (answer.status, answer.header("Cache-Control")) == (200, "no-cache")


@pytest.fixture(scope="module")
def public_server() -> Iterator[str]:
    """The address of a dashboard that the world finds elsewhere."""
    with serve(**{ADDRESS: PUBLIC_ADDRESS}) as address:
        yield address


@pytest.fixture(scope="session")
def files(atlas: Atlas, pictures: dict[str, bytes]) -> dict[str, bytes]:
    """What may be downloaded, as the library makes it, but for the page in one file."""
    made = all_files(atlas, pictures=pictures)
    return {**made, "karabakh-2020.zip": archive(made)}


def is_one_plain_line(answer: Answer) -> bool:
    """Tell whether an answer is a sentence of a bounded length without anything unprintable in it."""
    line = answer.text.removesuffix("\n")
    plain = answer.header("Content-Type") == "text/plain; charset=utf-8"
    return plain and answer.text.endswith("\n") and line.isprintable() and 10 < len(line) < 4000


def ids(answer: Answer) -> list[str]:
    """Return the ids of the features in an answer."""
    return [feature["id"] for feature in json.loads(answer.body)["features"]]


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("query", ["", "?lang=hy"])
def test_a_layer_in_another_format_is_what_the_library_makes(
    server: str, ready: Content, layer_id: str, extension: str, query: str
) -> None:
    answer = ask(server, f"/layers/{layer_id}.{extension}{query}")
    made = layer_format(extension).make(ready.atlas, ready.atlas.layers[layer_id], query[6:] or "article")
    assert (answer.status, answer.header("Content-Type")) == (200, FORMATS[extension])
    assert answer.body == made


@pytest.mark.parametrize("extension", ["shp", "json", "GEOJSON", "geojson ", "<b>", "x" * 5000, "%0d%0aa"])
def test_an_unknown_format_is_refused_in_one_plain_sentence(server: str, extension: str) -> None:
    answer = ask(server, f"/layers/places.{quote(extension, safe='%')}")
    assert (answer.status, is_one_plain_line(answer)) == (400, True)
    assert answer.text == f"{UnknownChoiceError('format', unquote(extension), LAYER_FORMATS)}\n"


@pytest.mark.parametrize("box", BOXES)
def test_a_box_leaves_the_features_that_touch_it(
    server: str, ready: Content, layer_id: str, box: str
) -> None:
    answer = ask(server, f"/layers/{layer_id}.geojson?bbox={quote(box)}")
    frame = ready.atlas.layers[layer_id].features
    area = shapely.box(*map(float, box.split(",")))
    touching = [
        i for i, shape in zip(frame.id, frame.geometry, strict=True) if shapely.intersects(shape, area)
    ]
    assert (answer.status, ids(answer)) == (200, touching)


def test_a_box_of_the_world_leaves_the_whole_layer(server: str, ready: Content, layer_id: str) -> None:
    answer = ask(server, f"/layers/{layer_id}.geojson?bbox=-180,-90,180,90")
    assert answer.body == ready.layers["article"][layer_id].body


def test_the_bounds_told_are_of_what_is_left(server: str) -> None:
    told = json.loads(ask(server, PART).body)
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in told["features"]]
    assert told["bbox"] == list(shapely.total_bounds(shapes))


def test_a_box_that_touches_nothing_leaves_a_collection_without_features_and_bounds(
    server: str, layer_id: str
) -> None:
    told = json.loads(ask(server, f"/layers/{layer_id}.geojson?bbox={EMPTY_BOX}").body)
    assert (told["type"], told["features"], "bbox" in told) == ("FeatureCollection", [], False)


@pytest.mark.parametrize("extension", FORMATS)
def test_a_box_that_touches_nothing_leaves_a_table_without_rows(
    server: str, layer_id: str, extension: str, tmp_path: Path
) -> None:
    answer = ask(server, f"/layers/{layer_id}.{extension}?bbox={EMPTY_BOX}")
    path = tmp_path / f"{layer_id}.{extension}"
    path.write_bytes(answer.body)
    table = read_table(path)
    names = {field["name"] for field in fields()}
    assert (answer.status, answer.header("Content-Type"), len(table)) == (200, FORMATS[extension], 0)
    assert names - {*table.columns} == set()


@pytest.mark.parametrize("extension", FORMATS)
def test_a_box_leaves_the_same_features_in_every_format(server: str, extension: str, tmp_path: Path) -> None:
    path = tmp_path / f"places.{extension}"
    path.write_bytes(ask(server, PART.replace("geojson", extension)).body)
    assert list(read_table(path).id) == ids(ask(server, PART))


@pytest.mark.parametrize("box", NO_BOXES)
@pytest.mark.parametrize("extension", ["geojson", "csv"])
def test_what_is_no_box_is_refused_in_one_plain_line(server: str, extension: str, box: str) -> None:
    answer = ask(server, f"/layers/places.{extension}?bbox={quote(box)}")
    assert (answer.status, is_one_plain_line(answer), len(answer.text) < 200) == (400, True, True)
    assert answer.text.startswith("A bounding box is west,south,east,north in degrees, such as ")
    assert not answer.headers.get_all("X-Evil")


@pytest.mark.parametrize("path", ["/annotations.jsonld", "/layers/", "/layers/places.geojson", *TAKEN_AWAY])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_date_tells_who_has_it_already(server: str, path: str, encoding: str) -> None:
    answer = ask(server, path, accept_encoding=encoding)
    modified = parsedate_to_datetime(answer.header("Last-Modified"))
    second = timedelta(seconds=1)
    days = {modified: 304, modified + second: 304, modified - second: 200, modified - 9999 * second: 200}
    since = {day: format_datetime(day, usegmt=True) for day in days}
    found = {day: ask(server, path, accept_encoding=encoding, if_modified_since=since[day]) for day in days}
    assert modified <= datetime.now(UTC)
    assert {day: one.status for day, one in found.items()} == days
    assert {one.body for one in found.values()} == {b"", answer.body}


@pytest.mark.parametrize(
    "since", ["", "yesterday", "x" * 5000, "2100-01-01", "Fri, 31 Dec 2100 23:59:59", "0", "Fri, 99 Foo 2100"]
)
def test_what_is_no_date_is_as_none(server: str, since: str) -> None:
    answer = ask(server, "/layers/places.geojson", if_modified_since=since)
    assert (answer.status, len(answer.body) > 1000) == (200, True)


@pytest.mark.parametrize(("tag", "status"), [('"other"', 200), ("{}", 304), ("*", 304)])
def test_with_a_tag_the_date_does_not_count(server: str, tag: str, status: int) -> None:
    path = "/layers/places.geojson"
    own = ask(server, path).header("ETag")
    dates = ("Fri, 31 Dec 2100 23:59:59 GMT", "Mon, 01 Jan 1990 00:00:00 GMT", "yesterday")
    answers = [ask(server, path, if_none_match=tag.format(own), if_modified_since=date) for date in dates]
    assert [answer.status for answer in answers] == [status] * 3


@pytest.mark.parametrize("path", [*TAKEN_AWAY, DOWNLOAD])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_is_taken_away_has_a_tag_and_head_agrees_and_who_has_it_gets_a_304(
    server: str, path: str, encoding: str
) -> None:
    get = ask(server, path, accept_encoding=encoding)
    head = ask(server, path, method="HEAD", accept_encoding=encoding)
    again = ask(server, path, accept_encoding=encoding, if_none_match=get.header("ETag"))
    names = (
        "ETag",
        "Last-Modified",
        "Content-Type",
        "Content-Length",
        "Content-Encoding",
        "Content-Disposition",
    )
    assert (get.status, head.status, head.body, again.status, again.body) == (200, 200, b"", 304, b"")
    assert [head.header(name) for name in names] == [get.header(name) for name in names]
    assert int(get.header("Content-Length")) == len(get.body) > 0


@pytest.mark.parametrize("path", [*TAKEN_AWAY, DOWNLOAD, *REFUSED, "/download/nonsense"])
def test_scripts_of_any_page_may_read_what_is_taken_away_and_why_not(server: str, path: str) -> None:
    for method in ("GET", "HEAD"):
        answer = ask(server, path, method=method, origin="https://elsewhere.example")
        assert answer.header("Access-Control-Allow-Origin") == "*"
        assert {*answer.header("Access-Control-Expose-Headers").split(", ")} == {"ETag", "Last-Modified"}


@pytest.mark.parametrize(
    "path", [*TAKEN_AWAY, DOWNLOAD, *REFUSED, "/download/nonsense", "/download/karabakh-2020.html"]
)
def test_what_is_taken_away_carries_the_security_headers(server: str, path: str) -> None:
    answer = ask(server, path)
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert answer.header("Referrer-Policy") == "strict-origin-when-cross-origin"
    assert directives(answer)["default-src"] == ["'self'"]


@pytest.mark.parametrize("path", [*TAKEN_AWAY, DOWNLOAD])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_can_change_what_is_taken_away(server: str, path: str, method: str) -> None:
    assert ask(server, path, method=method).status == 405


def test_every_link_of_the_index_leads_to_a_file_of_the_type_it_tells(server: str) -> None:
    index = json.loads(ask(server, "/layers/").body)
    links = [link for entry in index["layers"] for link in entry["links"]]
    told = [ask(server, urljoin("/layers/", link["href"]), method="HEAD") for link in links]
    assert len(links) == len(index["layers"]) * len(LAYER_FORMATS)
    assert [answer.status for answer in told] == [200] * len(links)
    assert [answer.header("Content-Type").partition(";")[0] for answer in told] == [
        link["type"] for link in links
    ]


def test_the_schema_of_the_index_describes_every_property_and_no_other(server: str) -> None:
    index = json.loads(ask(server, "/layers/").body)
    schema = {field["name"]: field for field in index["schema"]["fields"]}
    occurring: dict[str, set[str]] = {}
    for entry in index["layers"]:
        for feature in json.loads(ask(server, entry["links"][0]["href"]).body)["features"]:
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


def test_every_file_may_be_downloaded_as_the_library_makes_it(server: str, files: dict[str, bytes]) -> None:
    answers = {name: ask(server, f"/download/{name}") for name in files}
    assert {one.status for one in answers.values()} == {200}
    assert [name for name, one in answers.items() if one.body != files[name]] == []
    assert [
        name
        for name, one in answers.items()
        if one.header("Content-Type").partition("; charset")[0] != media_type(name)
        or one.header("Content-Disposition") != f'attachment; filename="{name.rpartition("/")[2]}"'
    ] == []


def test_the_page_in_one_file_may_be_downloaded(server: str) -> None:
    answer = ask(server, "/download/karabakh-2020.html")
    assert (answer.status, answer.header("Content-Type")) == (200, "text/html; charset=utf-8")
    assert answer.header("Content-Disposition") == 'attachment; filename="karabakh-2020.html"'
    assert len(answer.body) < 600_000


def test_the_archive_holds_the_files_that_may_be_downloaded(server: str, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(ask(server, "/download/karabakh-2020.zip").body)) as folder:
        names = {name.removeprefix("karabakh-2020/") for name in folder.namelist()}
    assert names == files.keys() - {"karabakh-2020.zip"}


def test_every_file_that_the_reading_room_offers_is_there(server: str, room: Node) -> None:
    links = [
        link.attributes["href"] for table in room.all("table", class_="files") for link in table.all("a")
    ]
    told = {link: ask(server, link, method="HEAD").status for link in links}
    assert len(told) > 40
    assert {link: status for link, status in told.items() if status != 200} == {}


@pytest.mark.parametrize("name", ["nonsense", "", "README", "README.txt/", "x" * 5000, "<b>", "a\x1b[31m"])
def test_what_cannot_be_downloaded_is_refused_in_one_plain_sentence(server: str, name: str) -> None:
    answer = ask(server, f"/download/{quote(name)}")
    assert (answer.status, is_one_plain_line(answer)) == (400, True)
    assert answer.text.startswith("There is no file “")
    assert "README.txt" in answer.text


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "%00", "%0d%0aX-Evil:%201", "%2fetc%2fpasswd"])
def test_no_download_leads_out_of_the_house(server: str, name: str) -> None:
    answer = ask(server, f"/download/{name}")
    assert answer.status in (400, 404)
    assert (answer.headers.get_all("X-Evil"), b"import " in answer.body, b"root:" in answer.body) == (
        None,
        False,
        False,
    )


@pytest.mark.parametrize("kind", PICTURE_TYPES)
def test_a_picture_is_what_the_library_draws(server: str, ready: Content, kind: str) -> None:
    answer = ask(server, f"/map.{kind}?{SMALL}")
    drawn = picture_bytes(ready.atlas, view(ready.atlas), format=kind, size="400x400")
    assert (answer.status, answer.header("Content-Type")) == (200, PICTURE_TYPES[kind])
    assert answer.body == drawn


def test_a_picture_shows_the_layers_the_date_and_the_names_asked_for(server: str, ready: Content) -> None:
    asked = {"layers": "places,returned-districts", "date": "2020-11-20", "lang": "hy"}
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    answer = ask(server, f"/map.png?{query}&size=400x500")
    size = tuple(int.from_bytes(answer.body[start : start + 4]) for start in (16, 20))
    assert size == (400, 500)
    assert answer.body == picture_bytes(ready.atlas, view(ready.atlas, **asked), size="400x500")


@pytest.mark.parametrize("asked", UNKNOWN_VIEWS, ids=lambda asked: str(asked)[:40])
@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_picture_of_what_there_is_not_is_refused_in_the_same_words(
    server: str, ready: Content, kind: str, asked: dict[str, str]
) -> None:
    query = "&".join(f"{key}={quote(value)}" for key, value in asked.items())
    answer = ask(server, f"/map.{kind}?{query}&{SMALL}")
    with pytest.raises(UnknownChoiceError) as caught:
        view(ready.atlas, **asked)
    assert (answer.status, is_one_plain_line(answer)) == (400, True)
    assert answer.text == f"{caught.value}\n"


@pytest.mark.parametrize("size", UNKNOWN_SIZES)
def test_a_picture_of_an_unknown_size_is_refused_in_the_same_words(
    server: str, ready: Content, size: str
) -> None:
    answer = ask(server, f"/map.svg?size={quote(size)}")
    with pytest.raises(UnknownChoiceError) as caught:
        picture_bytes(ready.atlas, view(ready.atlas), size=size)
    assert (answer.status, is_one_plain_line(answer)) == (400, True)
    assert answer.text == f"{caught.value}\n"


@pytest.mark.parametrize("kind", ["gif", "PNG", "<b>", "x" * 5000])
def test_a_picture_of_an_unknown_format_is_refused_in_the_same_words(server: str, kind: str) -> None:
    answer = ask(server, f"/map.{quote(kind)}")
    assert (answer.status, is_one_plain_line(answer)) == (400, True)
    assert answer.text == f"{UnknownChoiceError('format', kind, PICTURE_TYPES)}\n"


@pytest.mark.parametrize(
    "query",
    ["", "&date=2020-12-08&lang=article", "&date=&lang=", "&utm_source=elsewhere"],
)
def test_one_view_is_one_picture_however_it_is_asked_for(server: str, query: str) -> None:
    assert ask(server, f"{PICTURE}{query}").header("ETag") == ask(server, PICTURE).header("ETag")


def test_a_picture_is_drawn_once(ready: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr("dashboard.content.picture_bytes", lambda *_, **how: drawn.append(how) or b"picture")
    shown = view(ready.atlas, layers="places")
    first, second = (ready.picture(shown, "png", "401x402", "") for _ in range(2))
    assert (len(drawn), first is second, first.modified) == (1, True, ready.modified)


def test_a_picture_bears_the_link_to_its_own_view_and_nothing_else_of_the_address(
    public_server: str, ready: Content
) -> None:
    asked = {"layers": "places,upper-karabakh", "date": "2020-11-20", "lang": "hy"}
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    shown = view(ready.atlas, **asked)
    address = f"{PUBLIC_ADDRESS}?layers=upper-karabakh,places&date=2020-11-20&lang=hy"
    plain, odd = (
        ask(public_server, f"/map.svg?size=slide&{query}{more}").body for more in ("", f"&x={'y' * 3000}")
    )
    assert plain == odd
    assert plain == picture_bytes(ready.atlas, shown, format="svg", size="slide", address=address)


def test_a_picture_as_first_shown_bears_the_plain_address(public_server: str, ready: Content) -> None:
    answer = ask(public_server, "/map.svg?size=slide&utm_source=elsewhere")
    shown = view(ready.atlas)
    assert answer.body == picture_bytes(
        ready.atlas, shown, format="svg", size="slide", address=PUBLIC_ADDRESS
    )


def test_streamlit_run_serves_the_same(ready: Content) -> None:
    with serve(sys.executable, "-m", "streamlit", "run", "app.py") as address:
        assert ask(address, "/map").body == ready.map.body


@pytest.mark.parametrize(("path", "start"), [("/robots.txt", "User-agent: *"), ("/sitemap.xml", "<?xml ")])
def test_crawlers_are_told_where_to_look(server: str, path: str, start: str) -> None:
    answer = ask(server, path)
    assert (answer.status, answer.text[: len(start)]) == (200, start)


def test_a_picture_of_no_layer_is_another_than_that_of_the_first_view(server: str) -> None:
    none, usual = (ask(server, f"/map.svg?size=card{query}").body for query in ("&layers=", ""))
    assert len(none) < len(usual)
