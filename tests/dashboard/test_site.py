"""The map without a server: a folder that any web host can serve, and the page in one file."""

import base64
import hashlib
import json
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from dashboard.__main__ import main
from dashboard.assets import SOURCES, assets, hashed_name, typeface_files, written_out
from dashboard.documents import documents, single_file
from dashboard.entries.pages import entry_files
from dashboard.other_drawings import FILE, drawings_script
from dashboard.site import reader_files
from dashboard.templating import HERE
from dashboard.typefaces import typefaces
from layers import Atlas
from layers.citation import citation
from layers.data.folders import ROOT
from layers.exports.corrections import corrections_feed
from layers.exports.formats import LAYER_FORMATS
from layers.language.speaking import speaking
from layers.text.quotes import shown_quotes
from layers.translated_atlas import translated_atlas
from tests.dashboard.html_tree import Node, parse
from tests.dashboard.web import Answer

ADDRESS = "https://a.example/maps/karabakh/"
NAME = "karabakh-2020"
WORDS = "in-words/index.html"
SINGLE = f"download/{NAME}.html"
ZIP = f"{NAME}.zip"
IN_LANGUAGES = [
    f"download/{NAME}.{language}.{kind}"
    for language in ("az", "hy", "ru")
    for kind in ("html", "gpkg", "kml")
]
PAGES = ("index.html", "map/index.html", "layers/index.html")
TRANSLATED = [f"{language}/{page}" for language in ("az", "hy", "ru") for page in (*PAGES[:2], WORDS)]
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
    kept = ("canonical", "alternate")
    only_named = [node.attributes["href"] for node in page.all("link") if node.attributes["rel"] in kept]
    return [address for address in [*sources, *links] if address not in only_named and address[:5] != "data:"]


def loaded_later(page: Node, name: str) -> Iterator[str]:
    """Yield the files of a page that its own script loads when a tool is first used."""
    for address in json.loads(page.one(id="later").code).values():
        yield resolved(name, address)


def resolved(name: str, address: str) -> str:
    """Return the file that an address in a file leads to."""
    there = unquote(urlsplit(address).path)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), there))
    return f"{path}/index.html".removeprefix("./") if there.endswith("/") or path == "." else path


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


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site that knows its address, as the command writes it in a process with a hash seed of its own."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-B", "-W", "error", "-m", "dashboard", "site", str(folder)]
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Baku"}
    done = subprocess.run(
        [*command, "--url", ADDRESS[:-1]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    files = (path for path in folder.rglob("*") if path.is_file())
    return site_of({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})


@pytest.fixture(scope="module")
def made_here(atlas: Atlas) -> dict[str, bytes]:
    """Most files of the site that knows its address, with one of the other languages."""
    with speaking("hy"):
        one_other = documents(translated_atlas(atlas), address=ADDRESS)
    return {
        **reader_files(atlas, address=ADDRESS),
        **one_other,
        **entry_files(atlas, address=ADDRESS),
        SINGLE: single_file(atlas, address=ADDRESS),
    }


@pytest.fixture(scope="module")
def site(atlas: Atlas) -> Site:
    """What a reader needs first of a site that does not know where it will be, and its page in one file."""
    return site_of({**reader_files(atlas), SINGLE: single_file(atlas)})


@pytest.fixture(scope="module")
def single(site: Site) -> Node:
    """The page in one file, without an address."""
    return site.pages[SINGLE]


@pytest.fixture(scope="module")
def with_whole_article(atlas: Atlas) -> Node:
    """The page in one file with the whole article."""
    return parse(single_file(atlas, full_article=True).decode())


def test_it_holds_pages_layers_files_pictures_and_assets(
    addressed: Site, atlas: Atlas, made_here: dict[str, bytes], downloads: dict[str, Answer]
) -> None:
    layers = {f"layers/{layer}.{extension}" for layer in atlas.layers for extension in LAYER_FORMATS}
    pictures = {f"map.{kind}" for kind in ("png", "svg", "pdf")}
    assert addressed.files.keys() == {
        *("index.html", "map/index.html", "annotations.jsonld", "card.png", "robots.txt", "sitemap.xml"),
        *("corrections.atom", "favicon.ico"),
        *("layers/index.html", "layers/index.json", WORDS, SINGLE, *TRANSLATED),
        *IN_LANGUAGES,
        *layers,
        *(f"download/{name}" for name in downloads),
        *pictures,
        *(f"assets/{hashed_name(name)}" for name in assets()),
        f"assets/{hashed_name(FILE, drawings_script(atlas))}",
        *(f"assets/{name}" for name in typeface_files()),
        *made_here,
    }
    assert [name for name in addressed.files if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9./-]*", name)] == []
    assert len({name.lower() for name in addressed.files}) == len(addressed.files)


def test_another_process_makes_the_same_bytes(
    addressed: Site, made_here: dict[str, bytes], downloads: dict[str, Answer]
) -> None:
    again = {**made_here, "map.png": downloads["pictures/map.png"].body}
    assert [name for name, body in again.items() if addressed.files[name] != body] == []
    others = {name: answer.body for name, answer in downloads.items()}  # of a server without an address
    naming_it = {name for name, body in others.items() if addressed.files[f"download/{name}"] != body}
    readmes = ("README.txt", "README.az.txt", "README.hy.txt", "README.ru.txt")
    assert naming_it == {*readmes, "datapackage.json", "SHA256SUMS", ZIP}


def test_each_layer_is_there_in_each_format(site: Site, atlas: Atlas) -> None:
    made = {
        f"layers/{layer.id}.{extension}": form.make(atlas, layer, "article")
        for layer in atlas.layers.values()
        for extension, form in LAYER_FORMATS.items()
    }
    assert [name for name, body in made.items() if site.files[name] != body] == []


def test_every_link_leads_to_a_file_of_the_site(addressed: Site, site: Site) -> None:
    wrong, counts = [], {}
    for page in (*PAGES, SINGLE):
        links = [link for link in linked(site.pages[page]) if not urlsplit(link).scheme]
        at_home = [urljoin(f"{ADDRESS}{page}", link) for link in linked(addressed.pages[page])]
        own = [link.removeprefix(ADDRESS) for link in at_home if link.startswith(ADDRESS)]
        wrong += [(page, link) for link in links if link.startswith("/")]
        wrong += [(page, link) for link in links if resolved(page, link) not in addressed.files]
        wrong += [(page, link) for link in own if resolved("", link or "./") not in addressed.files]
        counts[page] = (len(links) > 10, len(own) > 10)
    assert wrong == []
    assert counts == {**dict.fromkeys(PAGES, (True, True)), SINGLE: (False, True)}


def test_no_other_host_is_asked_for_anything(addressed: Site, site: Site) -> None:
    pages = (*addressed.pages.values(), *site.pages.values())
    assert len(pages) > 100
    asked = [source for page in pages for source in loaded(page) if urlsplit(source).netloc]
    assert asked == []


def test_each_document_has_all_scripts_and_styles_that_it_needs_in_order(site: Site, atlas: Atlas) -> None:
    every = [f"assets/{hashed_name(name)}" for name in assets()]
    rooms = [f"assets/{hashed_name(name)}" for name in ("reading.css", "reading.js")]
    whole, alone = (
        [file for one in loaded(site.pages[page]) if (file := resolved(page, one)) != "map.png"]
        for page in PAGES[:2]
    )
    later, later_alone = (list(loaded_later(site.pages[page], page)) for page in PAGES[:2])
    of_tools = len(later) - 1
    assert whole == sorted(every[:-of_tools], key=lambda file: file.endswith(".css"))
    drawings = f"assets/{hashed_name(FILE, drawings_script(atlas))}"
    assert later == later_alone == [*every[-of_tools:], drawings]
    assert alone == [file for file in whole if file not in rooms]


def test_every_style_sheet_and_script_of_ours_is_in_a_bundle_once() -> None:
    by_themselves = {
        "favicon.ico",
        "around.css",
        "around.js",
        "bridge.js",
        "fallback.css",
        "fallback.js",
        "in-words.css",
    }
    by_themselves |= {"entry.css", *(face.file for face in typefaces())}
    by_themselves |= {"copied.css", "copied.js", "line-map.js", "wipe.js"}  # of the workbench's components
    files = {path.name for path in (HERE / "assets").iterdir()} - by_themselves
    bundled = [name for names in SOURCES.values() for name in names]
    assert sorted(bundled) == sorted({*files, "symbols.css", "leaflet.css", "leaflet.js"})


def test_no_script_has_what_the_minifier_does_not_understand() -> None:
    """It takes a template within a template for the end of both, and leaves out blanks of its text."""
    texts = {name: (HERE / "assets" / name).read_text() for name in SOURCES["map.js"] + SOURCES["reading.js"]}
    code = {name: re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL) for name, text in texts.items()}
    assert [name for name, text in code.items() if re.search(r"`[^`]*\$\{[^}`]*`", text)] == []


def test_the_name_of_an_asset_holds_the_digest_of_its_bytes(site: Site) -> None:
    named = {name: body for name, body in site.files.items() if name.startswith("assets/")}
    told = {name: name.split(".")[-2] for name in named}
    assert told == {name: hashlib.sha256(body).hexdigest()[:12] for name, body in named.items()}
    assert len(named) == len(assets()) + len(typefaces()) + 1 > 5


def test_the_policy_of_a_document_lets_its_own_scripts_run_and_no_others(site: Site, addressed: Site) -> None:
    wrong = []
    for page in (*PAGES[:2], SINGLE):
        for tree in (site.pages[page], addressed.pages[page]):
            digests = [hashlib.sha256(script.encode()).digest() for script in running(tree)]
            hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
            meta = tree.one("meta", http_equiv="Content-Security-Policy")
            told = policy(tree)
            rules = (told["script-src"], told["object-src"], told["base-uri"])
            if rules != (["'self'", *hashes], ["'none'"], ["'none'"]) or tree.one("head").children[1] != meta:
                wrong.append(page)
    assert wrong == []


def test_no_script_changes_when_a_browser_reads_it() -> None:
    """A browser reads a carriage return in a page as a line feed, and then the checksum is another."""
    scripts = {name: body for name, body in assets().items() if name.endswith(".js")}
    assert [name for name, body in scripts.items() if b"\r" in body or b"\0" in body] == []


def test_scripts_and_styles_are_written_out_as_they_are_and_end_where_they_end() -> None:
    lettering, *nodes = parse(str(written_out({}))).all()
    assert lettering.code.startswith(":root")
    assert [node.code for node in nodes] == [body.decode() for body in assets().values()]


def test_the_single_file_loads_nothing(single: Node, with_whole_article: Node) -> None:
    for page in (single, with_whole_article):
        assert loaded(page) == []
        assert [code for code in running(page) if LOADED_BY_SCRIPTS.search(code)] == []
        assert page.all("iframe") + page.all("object") + page.all("embed") == []


def test_the_single_file_is_small(site: Site, addressed: Site) -> None:
    assert [len(one.files[SINGLE]) < 850_000 for one in (site, addressed)] == [True, True]


def test_without_an_address_the_single_file_links_only_to_pages_of_others(single: Node) -> None:
    links = {urlsplit(link).scheme for link in linked(single)}
    assert links == {"https"}
    assert (single.all("table", class_="files"), single.all("form", class_="share")) == ([], [])
    assert "data-base" not in single.one("section", class_="reading").attributes
    assert single.all("meta", property="og:image") == []


@pytest.mark.parametrize("page", ["index.html", SINGLE])
def test_with_an_address_files_and_the_code_to_embed_are_offered(addressed: Site, page: str) -> None:
    tree = addressed.pages[page]
    base = ADDRESS if page == SINGLE else ""
    files = [link for table in tree.all("table", class_="files") for link in linked(table)]
    assert [link for link in files if not link.startswith(base)] == []
    assert (
        len(tree.all("form", class_="share")),
        len(tree.all("table", class_="files")),
        len(files) > 40,
    ) == (1, 2, True)
    assert tree.one("section", class_="reading").attributes["data-base"] == base
    assert tree.one("section", class_="reading").attributes["data-map"] == "map/"


@pytest.mark.parametrize("page", ["index.html", SINGLE])
def test_every_describing_passage_is_there_exactly(site: Site, atlas: Atlas, page: str) -> None:
    article = site.pages[page].one("article", class_="text")
    passages = {link.attributes["data-quote"]: link.raw for link in article.all("a", class_="passage")}
    assert passages == {
        quote.id: quote.exact for quote in atlas.annotations.quotes if quote.purpose == "describing"
    }


def test_no_file_of_the_site_holds_another_sentence_of_the_article(addressed: Site, atlas: Atlas) -> None:
    texts = {
        name: words(body.decode())
        for name, body in addressed.files.items()
        if name.endswith((".html", ".js", ".json", ".jsonld", ".geojson", ".csv", ".kml", ".txt", ".svg"))
    }
    read = {f"{name}, as it is read": words(page.raw) for name, page in addressed.pages.items()}
    others = unshown(atlas)
    assert (len(texts) > 40, len(read) > 100, len(others) > 50) == (True, True, True)
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
    assert tree.one("b", id="as-of").text == "1–8 December 2020"  # noqa: RUF001
    assert facts["copyright"] in shown
    assert tree.one(class_="citation").text == words(citation(atlas))
    assert links


def test_addresses_for_crawlers_are_whole_where_the_sites_own_is_known(addressed: Site) -> None:
    (page, document) = (addressed.pages[name] for name in PAGES[:2])
    tags = {node.attributes.get("property"): node.attributes.get("content") for node in page.all("meta")}
    assert (tags["og:url"], tags["og:image"]) == (ADDRESS, f"{ADDRESS}card.png")
    assert page.one("link", rel="canonical").attributes["href"] == ADDRESS
    assert document.one("meta", property="og:image").attributes["content"] == f"{ADDRESS}card.png"
    assert addressed.files["robots.txt"].decode().splitlines()[-1] == f"Sitemap: {ADDRESS}sitemap.xml"


def test_each_page_that_has_a_site_leads_to_its_feed(addressed: Site, site: Site) -> None:
    kind = "application/atom+xml"
    pages = ("index.html", "map/index.html", SINGLE)
    found = {
        (known, name): [link.attributes["href"] for link in made.pages[name].all("link", type=kind)]
        for known, made in ((True, addressed), (False, site))
        for name in pages
    }
    assert found == {
        **{(True, name): [f"{ADDRESS}corrections.atom"] for name in pages},
        (False, "index.html"): ["corrections.atom"],
        (False, "map/index.html"): ["../corrections.atom"],
        (False, SINGLE): [],
    }


def test_the_feed_is_that_of_the_data_and_of_the_site(addressed: Site, site: Site, atlas: Atlas) -> None:
    assert addressed.files["corrections.atom"] == corrections_feed(atlas, ADDRESS)
    assert site.files["corrections.atom"] == corrections_feed(atlas)


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
    own = {
        name
        for name, page in addressed.pages.items()
        if page.all("main") and not name.startswith("download/")
    }
    assert (names[: len(PAGES)], set(names)) == (list(PAGES), own | set(PAGES))


def test_without_an_address_crawlers_are_promised_nothing(site: Site) -> None:
    page = site.pages["index.html"]
    properties = {node.attributes.get("property") for node in page.all("meta")}
    assert page.all("link", rel="canonical") == []
    assert "og:url" not in properties
    assert b"Sitemap" not in site.files["robots.txt"]
    root = ET.fromstring(site.files["sitemap.xml"])  # noqa: S314 - our own file
    assert root.tag == f"{SITEMAP}urlset"


@pytest.fixture
def quick(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command have the atlas that is built already, and a site of two files."""
    monkeypatch.setattr("layers.atlas.build_atlas", lambda *_: atlas)
    monkeypatch.setattr("dashboard.site.site_files", lambda *_, **__: {"index.html": b"new", "a/b": b"b"})


@pytest.mark.parametrize("url", ["a.example", 'https://a.example/"><b>', "x" * 5000, ""])
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
    monkeypatch.setattr("layers.atlas.build_atlas", lambda *_: atlas)
    monkeypatch.setattr("dashboard.site.site_files", lambda _, **options: asked.append(options) or {})
    main(["site", str(tmp_path), *(["--full-article"] if full_article else []), "--url", "http://a.example"])
    assert asked == [{"address": "http://a.example/", "full_article": full_article}]
