"""The addresses beside the page, asked over real HTTP: types, tags, compression, policies."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
import streamlit

from dashboard.assets import assets, served_address
from dashboard.content import Content
from layers.atlas import SEEDS
from layers.captions import LANGUAGES
from layers.exports.geojson import geojson_bytes
from layers.facts import name_in
from tests.dashboard.html_tree import Node
from tests.dashboard.web import Answer, ask

TYPES = {
    "/map": "text/html; charset=utf-8",
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
STREAMLIT_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
every_route = pytest.mark.parametrize("path", TYPES)


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
        *(each.id for each in ready.atlas.words.quotes),
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
    text = (SEEDS / ready.atlas.article.facts["file"]).read_text(encoding="utf-8")
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
