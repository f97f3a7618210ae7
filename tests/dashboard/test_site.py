"""The map without a server: a folder that any web host can serve, and the page in one file."""

import base64
import hashlib
import json
import os
import posixpath
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from dashboard.__main__ import main
from dashboard.assets import PAGE_SCRIPTS, PAGE_STYLES, assets, hashed_name, written_out
from dashboard.site import single_file, site_files
from layers import Atlas
from layers.citation import citation
from layers.data.folders import ROOT
from layers.exports.everything import all_files, archive
from layers.exports.formats import LAYER_FORMATS
from layers.text.quotes import shown_quotes
from tests.dashboard.html_tree import Node, parse

ADDRESS = "https://a.example/maps/karabakh/"
NAME = "karabakh-2020"
SINGLE = f"download/{NAME}.html"
PAGES = ("index.html", "map/index.html", "layers/index.html")
LOADING = ("src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href")
# What a browser is asked for although it stands in no src and no href.
LOADED_BY_SCRIPTS = re.compile(r"\b(?:fetch|import|importScripts|XMLHttpRequest|WebSocket|EventSource)\s*\(")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Site(NamedTuple):
    """A site: its files by name, and its pages as trees."""

    files: dict[str, bytes]
    pages: dict[str, Node]


def site_of(files: dict[str, bytes]) -> Site:
    """Return the site of these files."""
    return Site(files, {name: parse(body.decode()) for name, body in files.items() if name.endswith(".html")})


def linked(page: Node) -> list[str]:
    """Return every address in a page that is followed or loaded, but those of the same page and of data."""
    addresses = [
        value
        for node in page
        for key, value in node.attributes.items()
        if key == "href"
        or key in LOADING
        or (key == "content" and node.attributes.get("property") == "og:image")
    ]
    return [address for address in addresses if not address.startswith(("#", "?", "data:"))]


def loaded(page: Node) -> list[str]:
    """Return every address in a page that a browser asks for by itself."""
    sources = [node.attributes[key] for node in page for key in LOADING if key in node.attributes]
    links = [node.attributes["href"] for node in page.all("link") if "href" in node.attributes]
    kept = ("canonical",)
    canonical = [node.attributes["href"] for node in page.all("link") if node.attributes["rel"] in kept]
    return [address for address in [*sources, *links] if address not in canonical and address[:5] != "data:"]


def resolved(name: str, address: str) -> str:
    """Return the file that an address in a file leads to."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(urlsplit(address).path)))
    return f"{path}/index.html".removeprefix("./") if address.endswith("/") or path == "." else path


def policy(page: Node) -> dict[str, list[str]]:
    """Return the content policy that a page brings along."""
    (text,) = (node.attributes["content"] for node in page.all("meta", http_equiv="Content-Security-Policy"))
    parts = text.split(";")
    return {part.split()[0]: part.split()[1:] for part in parts if part.strip()}


def running(page: Node) -> list[str]:
    """Return the scripts that run and stand in the page itself."""
    return [script.code for script in page.all("script") if not script.attributes]


def words(text: str) -> str:
    """Return a text with single blanks, to be compared."""
    return " ".join(text.split())


def unshown(atlas: Atlas) -> list[str]:
    """Return the sentences, and long parts of sentences, of the article outside the passages that are shown.

    What a passage cites is said of it too, wherever the passage is spoken of.
    """
    quotes = shown_quotes(atlas.annotations.quotes, full_article=False)
    rest = []
    for paragraph in atlas.article.paragraphs:
        place = 0
        for quote in (quote for quote in quotes if quote.paragraph == paragraph.number):
            start = quote.start - paragraph.start
            rest.append(paragraph.text[place:start])
            place = start + len(quote.exact)
        rest.append(paragraph.text[place:])
    cited = words(" ".join(quote.cites or "" for quote in atlas.annotations.quotes))
    parts = [words(part) for text in rest for part in re.split(r"(?<=[.;:?!”])\s+", text)]
    return [part for part in parts if len(part) > 40 and part.strip("( ;)") not in cited]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the command writes for an address, in a process of its own with a seed of its own."""
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-B",
        "-W",
        "error",
        "-m",
        "dashboard",
        "site",
        str(folder),
        "--url",
        ADDRESS[:-1],
    ]
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="session")
def addressed(written: dict[str, bytes]) -> Site:
    """The site that knows its address."""
    return site_of(written)


@pytest.fixture(scope="session")
def site(atlas: Atlas, pictures: dict[str, bytes]) -> Site:
    """The site that does not know where it will be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboard.site.drawn", lambda _: pictures)
        return site_of(site_files(atlas))


@pytest.fixture(scope="session")
def single(site: Site) -> Node:
    """The page in one file, without an address."""
    return site.pages[SINGLE]


@pytest.fixture(scope="session")
def with_whole_article(atlas: Atlas) -> Node:
    """The page in one file with the whole article."""
    return parse(single_file(atlas, full_article=True).decode())


def test_it_holds_pages_layers_files_pictures_and_assets(site: Site, atlas: Atlas) -> None:
    layers = {f"layers/{layer}.{extension}" for layer in atlas.layers for extension in LAYER_FORMATS}
    downloads = {f"download/{name}" for name in all_files(atlas)}
    pictures = {f"map.{kind}" for kind in ("png", "svg", "pdf")}
    assert site.files.keys() == {
        *("index.html", "map/index.html", "annotations.jsonld", "card.png", "robots.txt", "sitemap.xml"),
        *("layers/index.html", "layers/index.json", SINGLE, f"download/{NAME}.zip"),
        *layers,
        *downloads,
        *pictures,
        *(f"download/pictures/{picture}" for picture in pictures),
        *(f"assets/{hashed_name(name)}" for name in assets()),
    }


def test_it_holds_the_same_bytes_as_the_library_makes(
    site: Site, atlas: Atlas, pictures: dict[str, bytes]
) -> None:
    files = all_files(atlas, pictures=pictures)
    assert [name for name, body in files.items() if site.files[f"download/{name}"] != body] == []
    assert site.files[f"download/{NAME}.zip"] == archive(files)
    assert site.files["map.png"] == pictures["pictures/map.png"]


def test_each_layer_is_there_in_each_format(site: Site, atlas: Atlas, layer_id: str) -> None:
    made = {name: one.make(atlas, atlas.layers[layer_id], "article") for name, one in LAYER_FORMATS.items()}
    assert {name: site.files[f"layers/{layer_id}.{name}"] for name in LAYER_FORMATS} == made


def test_names_of_files_are_safe_on_every_host(site: Site) -> None:
    assert [name for name in site.files if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9./-]*", name)] == []
    assert len({name.lower() for name in site.files}) == len(site.files)


def test_two_processes_write_the_same_bytes(
    written: dict[str, bytes], atlas: Atlas, pictures: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.site.drawn", lambda _: pictures)
    again = site_files(atlas, address=ADDRESS)
    assert again.keys() == written.keys()
    assert [name for name in again if again[name] != written[name]] == []


@pytest.mark.parametrize("page", [*PAGES, SINGLE])
def test_every_relative_link_leads_to_a_file_of_the_site(site: Site, page: str) -> None:
    links = [link for link in linked(site.pages[page]) if not urlsplit(link).scheme]
    assert [link for link in links if link.startswith("/")] == []
    assert [link for link in links if resolved(page, link) not in site.files] == []
    assert [link for link in links if resolved(page, link).startswith("..")] == []
    assert len(links) > 10 or page == SINGLE


@pytest.mark.parametrize("page", [*PAGES, SINGLE])
def test_every_link_of_a_site_with_an_address_leads_to_one_of_its_files(addressed: Site, page: str) -> None:
    links = [urljoin(f"{ADDRESS}{page}", link) for link in linked(addressed.pages[page])]
    own = [link.removeprefix(ADDRESS) for link in links if link.startswith(ADDRESS)]
    assert [link for link in own if resolved("", link or "./") not in addressed.files] == []
    assert len(own) > 10


@pytest.mark.parametrize("page", [*PAGES, SINGLE])
def test_no_other_host_is_asked_for_anything(addressed: Site, site: Site, page: str) -> None:
    sources = [*loaded(addressed.pages[page]), *loaded(site.pages[page])]
    assert [source for source in sources if urlsplit(source).netloc] == []


@pytest.mark.parametrize("page", PAGES[:2])
def test_each_page_runs_all_scripts_and_styles_that_it_needs(site: Site, page: str) -> None:
    files = [resolved(page, source) for source in loaded(site.pages[page])]
    scripts = [f"assets/{hashed_name(name)}" for name in PAGE_SCRIPTS]
    styles = [f"assets/{hashed_name(name)}" for name in PAGE_STYLES]
    assert [file for file in scripts if file in files] == [file for file in files if file.endswith(".js")]
    assert [file for file in styles if file in files] == [file for file in files if file.endswith(".css")]
    assert {*scripts, *styles} == {*files} or page == "map/index.html"


@pytest.mark.parametrize("name", sorted(assets()))
def test_the_name_of_an_asset_holds_the_digest_of_its_bytes(site: Site, name: str) -> None:
    digest = hashlib.sha256(assets()[name].body).hexdigest()[:12]
    stem, dot, extension = name.rpartition(".")
    assert site.files[f"assets/{stem}.{digest}{dot}{extension}"] == assets()[name].body


@pytest.mark.parametrize("page", [*PAGES[:2], SINGLE])
def test_the_policy_of_a_page_lets_its_own_scripts_run_and_no_others(
    site: Site, addressed: Site, page: str
) -> None:
    for tree in (site.pages[page], addressed.pages[page]):
        digests = [hashlib.sha256(script.encode()).digest() for script in running(tree)]
        hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
        assert policy(tree)["script-src"] == ["'self'", *hashes]
        assert policy(tree)["object-src"] == policy(tree)["base-uri"] == ["'none'"]
        assert tree.one("head").children[1] == tree.one("meta", http_equiv="Content-Security-Policy")


def test_no_script_changes_when_a_browser_reads_it() -> None:
    """A browser reads a carriage return in a page as a line feed, and then the checksum is another."""
    scripts = {name: one.body for name, one in assets().items() if name.endswith(".js")}
    assert [name for name, body in scripts.items() if b"\r" in body or b"\0" in body] == []


def test_scripts_and_styles_are_written_out_as_they_are_and_end_where_they_end() -> None:
    names = (*PAGE_STYLES, *PAGE_SCRIPTS)
    nodes = parse(str(written_out(names))).all()
    assert [node.code for node in nodes] == [assets()[name].body.decode() for name in names]


def test_the_single_file_loads_nothing(single: Node, with_whole_article: Node) -> None:
    for page in (single, with_whole_article):
        assert loaded(page) == []
        assert [code for code in running(page) if LOADED_BY_SCRIPTS.search(code)] == []
        assert page.all("iframe") + page.all("object") + page.all("embed") == []


def test_the_single_file_is_small(site: Site, addressed: Site) -> None:
    assert [len(one.files[SINGLE]) < 600_000 for one in (site, addressed)] == [True, True]


def test_without_an_address_the_single_file_links_only_to_pages_of_others(single: Node) -> None:
    links = {urlsplit(link).scheme for link in linked(single)}
    assert links == {"https"}
    assert (single.all("table", class_="files"), single.all("dialog"), single.all(class_="open-share")) == (
        [],
        [],
        [],
    )
    assert "data-base" not in single.one("section", class_="reading").attributes
    assert single.all("meta", property="og:image") == []


@pytest.mark.parametrize("page", ["index.html", SINGLE])
def test_with_an_address_files_and_the_code_to_embed_are_offered(addressed: Site, page: str) -> None:
    tree = addressed.pages[page]
    base = ADDRESS if page == SINGLE else ""
    files = [link for table in tree.all("table", class_="files") for link in linked(table)]
    assert [link for link in files if not link.startswith(base)] == []
    assert (len(tree.all("dialog")), len(tree.all("table", class_="files")), len(files) > 40) == (1, 2, True)
    assert tree.one("section", class_="reading").attributes["data-base"] == base
    assert tree.one("section", class_="reading").attributes["data-map"] == "map/"


@pytest.mark.parametrize("page", ["index.html", SINGLE])
def test_every_describing_passage_is_there_exactly(site: Site, atlas: Atlas, page: str) -> None:
    article = site.pages[page].one("article", class_="text")
    passages = {link.attributes["data-quote"]: link.raw for link in article.all("a", class_="passage")}
    assert passages == {
        quote.id: quote.exact for quote in atlas.annotations.quotes if quote.purpose == "describing"
    }


def test_no_file_of_the_site_holds_another_sentence_of_the_article(site: Site, atlas: Atlas) -> None:
    texts = {
        name: words(body.decode())
        for name, body in site.files.items()
        if name.endswith((".html", ".js", ".json", ".jsonld", ".geojson", ".csv", ".kml", ".txt", ".svg"))
    }
    read = {f"{name}, as it is read": words(page.raw) for name, page in site.pages.items()}
    others = unshown(atlas)
    assert (len(texts) > 40, len(read), len(others) > 50) == (True, 4, True)
    assert [(name, part) for name, text in (texts | read).items() for part in others if part in text] == []


def test_with_permission_the_whole_article_is_there(with_whole_article: Node, atlas: Atlas) -> None:
    article = with_whole_article.one("article", class_="text")
    for span in [*article.all("span", class_="who"), *article.all("span", class_="number")]:
        span.children.clear()
    paragraphs = {node.attributes["id"]: words(node.raw) for node in article.all("p")}
    assert paragraphs == {f"paragraph-{each.number}": words(each.text) for each in atlas.article.paragraphs}


@pytest.mark.parametrize("page", ["index.html", SINGLE])
def test_it_says_whose_all_this_is_and_where_the_article_is(site: Site, atlas: Atlas, page: str) -> None:
    tree, facts = site.pages[page], atlas.article.metadata
    shown = tree.text
    links = [part["url"] for part in facts["parts"] if "url" in part]
    assert [link for link in links if link not in linked(tree)] == []
    assert [key for key in ("disclaimer", "attribution") if atlas.descriptor[key] not in shown] == []
    assert "Layers as of 8 December 2020." in shown
    assert facts["copyright"] in shown
    assert tree.one("p", class_="citation").text == words(citation(atlas))
    assert links


def test_addresses_for_crawlers_are_whole_where_the_sites_own_is_known(addressed: Site) -> None:
    (page, document) = (addressed.pages[name] for name in PAGES[:2])
    tags = {node.attributes.get("property"): node.attributes.get("content") for node in page.all("meta")}
    assert (tags["og:url"], tags["og:image"]) == (ADDRESS, f"{ADDRESS}card.png")
    assert page.one("link", rel="canonical").attributes["href"] == ADDRESS
    assert document.one("meta", property="og:image").attributes["content"] == f"{ADDRESS}card.png"
    assert addressed.files["robots.txt"].decode().splitlines()[-1] == f"Sitemap: {ADDRESS}sitemap.xml"


def test_the_single_file_names_the_site_as_its_better_self(addressed: Site) -> None:
    page = addressed.pages[SINGLE]
    assert page.one("link", rel="canonical").attributes["href"] == ADDRESS
    assert page.one("meta", property="og:image").attributes["content"] == f"{ADDRESS}card.png"


def test_the_site_map_names_every_page(addressed: Site, atlas: Atlas) -> None:
    root = ET.fromstring(addressed.files["sitemap.xml"])  # noqa: S314 - our own file
    places = [place.text or "" for place in root.iter(f"{SITEMAP}loc")]
    days = {day.text for day in root.iter(f"{SITEMAP}lastmod")}
    names = [f"{place.removeprefix(ADDRESS)}index.html" for place in places]
    assert (root.tag, days) == (f"{SITEMAP}urlset", {atlas.descriptor["created"]})
    assert names == list(PAGES)


def test_without_an_address_crawlers_are_promised_nothing(site: Site) -> None:
    page = site.pages["index.html"]
    properties = {node.attributes.get("property") for node in page.all("meta")}
    assert page.all("link", rel="canonical") == []
    assert "og:url" not in properties
    assert b"Sitemap" not in site.files["robots.txt"]
    root = ET.fromstring(site.files["sitemap.xml"])  # noqa: S314 - our own file
    assert root.tag == f"{SITEMAP}urlset"


def test_the_index_of_the_layers_agrees_with_the_files(site: Site, atlas: Atlas) -> None:
    index = json.loads(site.files["layers/index.json"])
    links = [
        (resolved("layers/index.json", link["href"]), each)
        for each in index["layers"]
        for link in each["links"]
    ]
    assert [name for name, _ in links] == [
        f"layers/{layer}.{extension}" for layer in atlas.layers for extension in LAYER_FORMATS
    ]
    for name, entry in links:
        if name.endswith(".geojson"):
            body = site.files[name]
            assert (entry["bytes"], entry["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())


def test_what_an_annotation_is_about_is_in_the_folder(site: Site) -> None:
    items = json.loads(site.files["annotations.jsonld"])["first"]["items"]
    sources = {body["source"] for item in items for body in item["body"] if "source" in body}
    assert len(sources) > 20
    assert [source for source in sources if resolved("", source) not in site.files] == []


@pytest.fixture
def quick(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command have the atlas that is built already, and a site of two files."""
    monkeypatch.setattr("dashboard.__main__.build_atlas", lambda *_: atlas)
    monkeypatch.setattr("dashboard.__main__.site_files", lambda *_, **__: {"index.html": b"new", "a/b": b"b"})


@pytest.mark.parametrize(
    "url",
    ["a.example", "ftp://a.example/", 'https://a.example/"><b>', "https://a.example/?x", "x" * 5000, ""],
)
def test_what_is_no_address_is_answered_with_the_usage_and_the_value(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["site", str(tmp_path / "site"), "--url", url])
    *usage, last = capsys.readouterr().err.splitlines()
    assert usage[0].startswith("usage: python -m dashboard site")
    assert f"argument --url: {url[:60]!r} is not an address such as https://a.example/map/" in last
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("folder", "reason"),
    [("file", "File exists"), ("file/below", "Not a directory"), ("site", "Is a directory")],
)
def test_a_site_that_cannot_be_written_is_said_in_one_line_and_the_old_one_stays(
    folder: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"precious")
    (tmp_path / "site" / "a" / "b").mkdir(parents=True)
    (tmp_path / "site" / "index.html").write_bytes(b"old")
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}

    assert main(["site", str(tmp_path / folder)]) == 1
    assert capsys.readouterr() == ("", f"cannot write to {tmp_path / folder}: {reason}\n")
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")} == before


@pytest.mark.usefixtures("quick")
def test_a_new_site_takes_the_place_of_the_old_one_and_leaves_other_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.html").write_bytes(b"old")
    (tmp_path / "CNAME").write_bytes(b"a.example")
    status = main(["site", str(tmp_path)])
    first, second = capsys.readouterr().out.splitlines()
    files = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    assert (status, files) == (0, {"index.html": b"new", "b": b"b", "CNAME": b"a.example"})
    assert first == f"{tmp_path}: 2 files, 0.0 MB; start with index.html"
    assert second.startswith("No --url was given")


def test_a_site_of_broken_data_is_the_list_of_faults(
    broken_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--geodata", str(broken_data / "geodata"), "--seeds", str(broken_data / "seeds")]
    status = main([*data, "site", str(tmp_path / "site")])
    output, error = capsys.readouterr()
    assert (status, output, list(tmp_path.iterdir())) == (1, "", [])
    assert re.fullmatch(r"quotes\.json, .*found .*, expected .*\n1 fault\n", error)


@pytest.mark.parametrize("full_article", [True, False])
def test_the_command_asks_for_the_whole_article_only_if_it_is_told_to(
    full_article: bool,  # noqa: FBT001 - a parameter of the test
    atlas: Atlas,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    monkeypatch.setattr("dashboard.__main__.build_atlas", lambda *_: atlas)
    monkeypatch.setattr("dashboard.__main__.site_files", lambda _, **options: asked.append(options) or {})
    main(["site", str(tmp_path), *(["--full-article"] if full_article else []), "--url", "http://a.example"])
    assert asked == [{"address": "http://a.example/", "full_article": full_article}]
