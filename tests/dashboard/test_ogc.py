"""The OGC API below /ogc/: GDAL reads what is in the files, and nothing is claimed that is not there."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pyogrio
import pytest
import shapely
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from dashboard.content import Content
from dashboard.ogc import NOT_INSTALLED, ROUTES
from layers.atlas import ROOT
from tests.dashboard.web import ask

PAGES = (
    "/ogc",
    "/ogc/",
    "/ogc/conformance",
    "/ogc/openapi",
    "/ogc/collections",
    "/ogc/collections/places",
    "/ogc/collections/places/items",
    "/ogc/collections/places/items?limit=4&offset=4",
    "/ogc/collections/places/items/shusha",
)
MISSING = (
    "/ogc/nonsense",
    "/ogc/collections/nonsense",
    "/ogc/collections/nonsense/items",
    "/ogc/collections/places/items/nonsense",
    "/ogc/collections/places/schema",
)
BAD_BOXES = (
    "",
    "1,2",
    "a,b,c,d",
    "nan,nan,nan,nan",
    "-inf,0,inf,1",
    "1,2,3,4,5,6",
    "48,40,46,41",
    "46,41,48,40",
)
BAD_QUERIES = (
    "limit=0",
    "limit=x",
    "offset=-1",
    "datetime=x",
    "datetime=" + "9" * 20,
    "crs=x",
    "bbox=46,39,47,41&bbox-crs=x",
    "filter=name%3D1",
    "name=Shusha",
    "<b>=1",
)
SPECIFICATIONS = {"schemas.opengis.net", "www.opengis.net"}
LICENCES = {"opendatacommons.org"}
each_page = pytest.mark.parametrize("path", PAGES)
asked_by = pytest.mark.parametrize(
    "accept", ["", "application/json", "text/html,application/xhtml+xml;q=0.9,*/*"]
)


def read(server: str, path: str) -> dict[str, Any]:
    """Return an answer as the server sends it."""
    return dict(json.loads(ask(server, path).body))


def of_file(ready: Content, layer_id: str) -> list[dict[str, Any]]:
    """Return the features as they are in the file of the layer."""
    return list(json.loads(ready.layers["article"][layer_id].body)["features"])


def ids(features: list[dict[str, Any]]) -> list[str]:
    """Return the ids of features."""
    return [feature["id"] for feature in features]


def addresses(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield every web address in an answer."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from addresses(each)
    elif isinstance(value, str):
        yield from re.findall(r"https?://[^\s\"'<>)]+", value)


def in_process(served: list[Route], path: str) -> Response:
    """Return what a route answers, without a server."""
    headers = [(b"host", b"asked.example")]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "root_path": "",
        "query_string": b"",
        "scheme": "https",
    }
    for route in served:
        match, found = route.matches({**scope, "headers": headers})
        if match is Match.FULL:
            answer: Response = route.endpoint(Request({**scope, "headers": headers, **found}))
            return answer
    raise LookupError(path)


def test_gdal_lists_the_layers(server: str, ready: Content) -> None:
    names = pyogrio.list_layers(f"OAPIF:{server}/ogc")[:, 0]
    assert list(names) == list(ready.atlas.layers)


def test_gdal_reads_every_layer_as_it_is_in_its_file(server: str, ready: Content, layer_id: str) -> None:
    features = of_file(ready, layer_id)
    frame = pyogrio.read_dataframe(f"OAPIF:{server}/ogc", layer=layer_id)
    drawn = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    apart = [one.hausdorff_distance(other) for one, other in zip(frame.geometry, drawn, strict=True)]
    assert list(frame["id"]) == ids(features)
    assert list(frame["name"]) == [feature["properties"]["name"] for feature in features]
    assert max(apart) < 1e-5


def test_features_are_those_of_the_file(server: str, ready: Content, layer_id: str) -> None:
    assert read(server, f"/ogc/collections/{layer_id}/items")["features"] == of_file(ready, layer_id)


def test_one_feature_is_that_of_the_file(server: str, ready: Content, layer_id: str) -> None:
    feature = of_file(ready, layer_id)[-1]
    answer = read(server, f"/ogc/collections/{layer_id}/items/{feature['id']}")
    assert {key: answer[key] for key in feature} == feature
    assert set(answer) - set(feature) == {"links", "attribution"}


@pytest.mark.parametrize("part", [0.0, 0.3, 0.45])
def test_a_box_chooses_as_shapely_does(server: str, ready: Content, layer_id: str, part: float) -> None:
    features = ready.atlas.layers[layer_id].features
    west, south, east, north = features.total_bounds
    wide, high = part * (east - west), part * (north - south)
    edges = (west + wide, south + high, east - wide, north - high)
    answer = read(server, f"/ogc/collections/{layer_id}/items?bbox={','.join(map(str, edges))}")
    assert ids(answer["features"]) == list(features[features.intersects(shapely.box(*edges))].id)
    assert "bbox" not in answer


def test_gdal_asks_for_a_box(server: str) -> None:
    frame = pyogrio.read_dataframe(f"OAPIF:{server}/ogc", layer="places", bbox=(46.7, 39.8, 46.8, 39.9))
    assert "stepanakert" in set(frame["id"])
    assert len(frame) < 5


def test_a_layer_can_be_read_page_by_page(server: str, ready: Content) -> None:
    path, pages = "/ogc/collections/places/items?limit=4", []
    while path:
        pages.append(read(server, path))
        links = {link["rel"]: link["href"] for link in pages[-1]["links"]}
        assert links["self"] == f"{server}{path}"
        path = links.get("next", "").removeprefix(server)
    assert [len(page["features"]) for page in pages] == [4, 4, 4, 3]
    assert {page["numberMatched"] for page in pages} == {15}
    assert [each for page in pages for each in page["features"]] == of_file(ready, "places")


def test_a_collection_says_what_it_is(server: str, ready: Content, layer_id: str) -> None:
    told, layer = ready.atlas.descriptor, ready.atlas.layers[layer_id]
    answer = read(server, f"/ogc/collections/{layer_id}")
    links = {link["rel"]: link["href"] for link in answer["links"]}
    assert (answer["id"], answer["title"]) == (layer.id, layer.title)
    assert answer["description"] == f"{layer.summary} {told['disclaimer']}"
    assert answer["attribution"] == told["attribution"]
    assert answer["extent"]["spatial"]["bbox"] == [list(layer.features.total_bounds)]
    assert {edge[:10] for edge in answer["extent"]["temporal"]["interval"][0]} == {told["as_of"]}
    assert links["license"] == told["licenses"][0]["path"]
    assert links["alternate"] == f"{server}/layers/{layer_id}.geojson"


def test_the_list_has_every_collection_as_it_says_itself(server: str, ready: Content) -> None:
    listed = read(server, "/ogc/collections")["collections"]
    assert listed == [read(server, f"/ogc/collections/{layer_id}") for layer_id in ready.atlas.layers]


def test_nothing_is_claimed_that_is_not_served(server: str) -> None:
    specification = "http://www.opengis.net/spec/ogcapi-"
    assert read(server, "/ogc/conformance")["conformsTo"] == [
        f"{specification}common-1/1.0/conf/core",
        f"{specification}common-1/1.0/conf/json",
        f"{specification}common-1/1.0/conf/landing-page",
        f"{specification}common-1/1.0/conf/oas30",
        f"{specification}common-2/1.0/conf/collections",
        f"{specification}features-1/1.0/conf/core",
        f"{specification}features-1/1.0/conf/geojson",
        f"{specification}features-1/1.0/conf/oas30",
        f"{specification}features-2/1.0/conf/crs",
    ]


def test_the_openapi_document_has_what_is_served_and_no_more(server: str, ready: Content) -> None:
    document = read(server, "/ogc/openapi")
    layers = [f"/collections/{layer_id}" for layer_id in ready.atlas.layers]
    items = [f"{layer}/items{item}" for layer in layers for item in ("", "/{featureId}")]
    refs = re.findall(r'"#/components/(\w+)/([\w-]+)"', json.dumps(document))
    assert set(document["paths"]) == {"/", "/conformance", "/openapi", "/collections", *layers, *items}
    assert {method for path in document["paths"].values() for method in path} == {"get"}
    assert [ref for ref in refs if ref[1] not in document["components"][ref[0]]] == []
    assert set(document["components"]["parameters"]) == {"bbox", "bbox-crs", "crs", "f", "offset"}
    assert document["components"]["parameters"]["f"]["schema"]["enum"] == ["json"]


@each_page
def test_no_address_leads_elsewhere_but_to_the_licence_and_the_specification(server: str, path: str) -> None:
    hosts = {urlsplit(address).netloc for address in addresses(read(server, path))}
    assert hosts - {urlsplit(server).netloc} <= SPECIFICATIONS | LICENCES


@each_page
def test_every_link_to_us_is_answered_as_it_says(server: str, path: str) -> None:
    links = [link for link in read(server, path).get("links", []) if link["href"].startswith(server)]
    answers = [ask(server, link["href"].removeprefix(server)) for link in links]
    types = [answer.header("Content-Type").partition("; charset")[0] for answer in answers]
    assert {answer.status for answer in answers} <= {200}
    assert types == [link["type"] for link in links]


@each_page
@asked_by
def test_every_answer_is_json_for_scripts_of_any_page(server: str, path: str, accept: str) -> None:
    answer = ask(server, path, accept=accept, accept_language="hy")
    assert (answer.status, answer.header("Access-Control-Allow-Origin")) == (200, "*")
    assert re.fullmatch(r"application/(.+\+)?json(;version=3\.0)?", answer.header("Content-Type"))
    assert answer.header("X-Powered-By") == ""
    assert json.loads(answer.body)


@each_page
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_it_gets_a_304_and_head_the_same_headers(server: str, path: str, encoding: str) -> None:
    get = ask(server, path, accept_encoding=encoding)
    head = ask(server, path, method="HEAD", accept_encoding=encoding)
    again = ask(server, path, accept_encoding=encoding, if_none_match=get.header("ETag"))
    assert (again.status, again.body, head.status, head.body) == (304, b"", 200, b"")
    assert head.header("ETag") == get.header("ETag")


@each_page
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_can_write(server: str, path: str, method: str) -> None:
    assert ask(server, path, method=method).status in (308, 405)


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_a_404(server: str, path: str) -> None:
    answer = ask(server, path)
    assert (answer.status, json.loads(answer.body)["code"]) == (404, "NotFound")


@pytest.mark.parametrize("box", BAD_BOXES)
def test_a_box_that_is_none_is_refused(server: str, box: str) -> None:
    answer = ask(server, f"/ogc/collections/places/items?bbox={box}")
    assert answer.status == 400
    assert answer.text == "bbox is west,south,east,north in degrees, such as 46,39,47,40.\n"


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_what_cannot_be_answered_is_refused(server: str, query: str) -> None:
    answer = ask(server, f"/ogc/collections/places/items?{query}")
    assert (answer.status, answer.header("Access-Control-Allow-Origin")) == (400, "*")


@each_page
@pytest.mark.parametrize("form", ["html", "jsonld", "csv"])
def test_any_other_form_is_refused_in_one_line(server: str, path: str, form: str) -> None:
    answer = ask(server, f"{path}{'&' if '?' in path else '?'}f={form}")
    assert (answer.status, answer.text) == (400, "f can only be json.\n")


def test_faults_in_the_data_are_told_in_one_line(broken_server: str) -> None:
    answer = ask(broken_server, "/ogc/collections")
    assert (answer.status, answer.text) == (503, "The data has faults; the page lists them.\n")


@pytest.mark.parametrize("path", [*PAGES[:-2], *MISSING])
def test_where_it_is_not_installed_one_line_says_how(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setitem(sys.modules, "pygeoapi", None)
    monkeypatch.setitem(sys.modules, "pygeoapi.api", None)
    answer = in_process(ROUTES, path)
    assert (answer.status_code, bytes(answer.body).decode()) == (404, NOT_INSTALLED)
    assert answer.media_type == "text/plain"


@pytest.mark.filterwarnings("ignore:Support for class-based `config`")  # pygeoapi 0.24, of its own models
@pytest.mark.parametrize(
    ("address", "expected"),
    [("", "https://asked.example/ogc"), ("https://set.example/a/", "https://set.example/a/ogc")],
)
def test_links_begin_with_the_address_set_or_else_the_one_asked(
    monkeypatch: pytest.MonkeyPatch, address: str, expected: str
) -> None:
    monkeypatch.setenv("KARABAKH_URL", address)
    answer = json.loads(bytes(in_process(ROUTES, "/ogc/collections/places").body))
    links = [link for link in answer["links"] if link["rel"] in ("self", "root", "items")]
    assert [link["href"].removeprefix(expected).partition("?")[0] for link in links] == [
        "",
        "/collections/places",
        "/collections/places/items",
    ]


def test_it_is_imported_when_first_asked_for_and_leaves_the_logging_alone() -> None:
    script = """
import logging, sys
from dashboard import ogc
from starlette.requests import Request
print("pygeoapi" in sys.modules)
scope = {"type": "http", "method": "GET", "path": "/ogc/collections/x", "headers": [], "query_string": b""}
scope |= {"scheme": "http", "server": ("a.example", 80), "path_params": {"id": "x"}}
(route,) = [route for route in ogc.ROUTES if route.path == "/ogc/collections/{id}"]
print(route.endpoint(Request(scope)).status_code)
print("pygeoapi" in sys.modules, logging.root.handlers, logging.root.level == logging.WARNING)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.splitlines(), done.stderr) == (["False", "404", "True [] True"], "")
