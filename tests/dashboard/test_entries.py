"""The pages for one thing: one for each, whole without scripts, linked, described to programs, safe."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest

from dashboard.entries.catalogue import Catalogue
from dashboard.entries.pages import entry_files, entry_pages
from dashboard.headers import ENTRY_POLICY, file_headers
from dashboard.speaking import folder_of
from layers import Atlas, build_atlas
from layers.in_words import entries
from layers.language.speaking import ENGLISH, SPOKEN
from layers.style.captions import captions
from layers.text.quotes import shown_quotes
from tests.dashboard.conftest import Content, copy_data
from tests.dashboard.html_tree import Node, parse
from tests.dashboard.test_hostile_text import TEXT
from tests.dashboard.test_site import linked, resolved
from tests.dashboard.web import ask

ADDRESS = "https://a.example/maps/karabakh/"
TYPES = {"feature": "Place", "place": "Place", "claim": "ClaimReview", "passage": "Quotation"}
Pages = dict[str, Node]
WORD = re.compile(r"[A-Za-z]{3}")
NAMES = {"Hadrut", "Donbas"}  # which are written alike in English and Azerbaijani


def trees(files: dict[str, bytes]) -> Pages:
    return {name: parse(body.decode()) for name, body in files.items() if name.endswith(".html")}


@pytest.fixture(scope="module")
def files(atlas: Atlas) -> dict[str, bytes]:
    """The pages of a site that may show passages only, and does not know its address."""
    return entry_files(atlas)


@pytest.fixture(scope="module")
def every(files: dict[str, bytes]) -> dict[str, Pages]:
    """The pages of each language, by their names below its folder."""
    every: dict[str, Pages] = {language: {} for language in SPOKEN}
    for name, page in trees(files).items():
        language = name.partition("/")[0]
        every[language if language in SPOKEN else ENGLISH][
            name.removeprefix(f"{language}/") if language in SPOKEN else name
        ] = page
    return every


@pytest.fixture(scope="module")
def pages(every: dict[str, Pages]) -> Pages:
    return every[ENGLISH]


def english(atlas: Atlas, *, address: str = "", full_article: bool = False) -> Pages:
    """Return the English pages alone."""
    return trees(entry_pages(Catalogue(atlas, address, full_article)))


def data_of(page: Node) -> dict[str, Any]:
    """Return what a page says for programs."""
    found: dict[str, Any] = json.loads(page.one("script", type="application/ld+json").code)
    return found


def values(data: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    """Yield every key with its value, however deep."""
    yield from data.items() if isinstance(data, dict) else ()
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from values(each)


def things(pages: Pages) -> Iterator[tuple[str, str, Node]]:
    """Yield kind, id and page of everything that has one, but those that only lead on."""
    for name, page in pages.items():
        kind, _, identifier = name.removesuffix("/index.html").partition("/")
        if identifier and page.all("main"):
            yield kind, identifier, page


def test_everything_has_one_page(pages: Pages, atlas: Atlas) -> None:
    places = {feature.id for feature in atlas.layers["places"].features}
    shown = shown_quotes(atlas.annotations.quotes, full_article=False)
    assert sorted((kind, identifier) for kind, identifier, _ in things(pages)) == sorted(
        [
            *(("feature", identifier) for identifier in atlas.features.keys() - places),
            *(("place", identifier) for identifier in places),
            *(("claim", claim.id) for claim in atlas.claims),
            *(("passage", quote.id) for quote in shown),
        ]
    )


def test_a_place_asked_for_as_a_feature_leads_to_its_page(pages: Pages) -> None:
    page = pages["feature/shusha/index.html"]
    refresh = page.one("meta", http_equiv="refresh").attributes["content"]
    canonical = page.one("link", rel="canonical").attributes["href"]
    assert (refresh, canonical) == ("0; url=../../place/shusha/", "../../place/shusha/")


def test_every_link_of_every_page_leads_to_a_file_and_every_page_is_whole(
    files: dict[str, bytes], every: dict[str, Pages], ready: Content
) -> None:
    homes = {f"{language}/{page}index.html" for language in SPOKEN for page in ("", "in-words/")}
    site = files.keys() | ready.files.keys() | homes | {"card.png"}
    failing: list[object] = []
    whole = {
        f"{folder_of(language)}{name}": page for language in SPOKEN for name, page in every[language].items()
    }
    for name, page in whole.items():
        links = [re.split("[?#]", link)[0] for link in linked(page) if not link.startswith("http")]
        failing += [(name, link) for link in links if resolved(name, link) not in site]
        ids = [node.attributes["id"] for node in page if "id" in node.attributes]
        if len(set(ids)) < len(ids):
            failing.append((name, "an id twice"))
        if "main" not in {node.tag for node in page}:
            continue
        if len(page.all("h1")) != 1 or page.one("meta", property="og:title").attributes["content"] == "":
            failing.append((name, "no heading or preview"))
        failing += [(name, "a script") for each in page.all("script") if "type" not in each.attributes]
        failing += [(name, "a style") for node in page if node.tag == "style" or "style" in node.attributes]
        failing += [(name, "a picture without words") for svg in page.all("svg") if not svg.one("desc").text]
    assert failing == []


def test_what_pages_tell_programs_is_of_the_right_type_name_and_rights(pages: Pages, atlas: Atlas) -> None:
    names = {
        **{("place", key): feature.name_in() for key, feature in atlas.features.items()},
        **{("feature", key): feature.name_in() for key, feature in atlas.features.items()},
        **{("claim", claim.id): claim.claim for claim in atlas.claims},
        **{("passage", quote.id): quote.exact for quote in atlas.annotations.quotes},
    }
    failing = []
    for kind, identifier, page in things(pages):
        data = data_of(page)
        thing = data["mainEntity"]
        named = thing.get("name") or thing.get("claimReviewed") or thing["text"]
        told = (thing["@type"], named, data["license"], data["@context"])
        licence = atlas.descriptor["licenses"][0]["path"]
        if told != (TYPES[kind], names[kind, identifier], licence, "https://schema.org"):
            failing.append((kind, identifier, told))
    assert failing == []


def test_a_verdict_is_told_in_words_without_a_number_and_nobody_owns_a_place(
    pages: Pages, atlas: Atlas
) -> None:
    verdicts = {claim.id: claim.verdict_text for claim in atlas.claims}
    ratings = {key: data_of(page)["mainEntity"] for kind, key, page in things(pages) if kind == "claim"}
    assert {key: review["reviewRating"] for key, review in ratings.items()} == {
        key: {"@type": "Rating", "alternateName": verdict} for key, verdict in verdicts.items()
    }
    keys = {key for _, _, page in things(pages) for key, _ in values(data_of(page))}
    assert keys & {"containedInPlace", "containsPlace", "owner", "addressCountry", "ratingValue"} == set()


def test_the_list_of_features_is_the_dataset_with_its_files(pages: Pages, ready: Content) -> None:
    data = data_of(pages["feature/index.html"])
    files = [each["contentUrl"].removeprefix("../") for each in data["distribution"]]
    assert (data["@type"], data["temporalCoverage"]) == ("Dataset", "2020-09-26/2020-12-08")
    assert [name for name in files if name not in ready.files] == []
    assert data_of(ready.page("layers/index.html"))["distribution"] == data["distribution"]


def test_a_page_says_who_held_it_by_date_and_what_lies_beside_it(pages: Pages) -> None:
    kelbajar, shusha = pages["feature/district-kelbajar/index.html"], pages["place/shusha/index.html"]
    held = [row.all("td")[0].text for row in kelbajar.one("table", class_="held").one("tbody").all("tr")]
    texts = captions()["holders"]
    assert held == [texts["armenian-held"]] * 3 + [texts["handed-over"]] * 2
    measured = [[cell.text for cell in row.all("td")] for row in kelbajar.all("tr")]
    rows = (*rows_of(kelbajar), *rows_of(shusha))
    beside = {row.one("th", scope="row").text: row.all("td") for row in rows}
    assert ["1,994 km² ± 89 km²", "measured"] in measured
    assert [cell.text for cell in beside["Armenia"]] == ["120 km", "west"]
    assert [cell.text for cell in beside["Stepanakert (Khankendi)"]] == ["6.2 ± 0.7 km", "north"]


def test_the_places_nearest_to_one_are_those_that_the_map_in_words_tells(pages: Pages, atlas: Atlas) -> None:
    near = [
        row.one("th").text for row in pages["place/lachin/index.html"].all("table")[-1].one("tbody").all("tr")
    ][:3]
    told = next(entry for group in entries(atlas) for entry in group.entries if entry.id == "lachin")
    words = next(each for each in told.sentences if each.startswith("Nearest places: "))

    assert near == re.findall(r"(?:: |; )([^;]+?), [\d,]+ km", words)[:3]


def test_a_place_that_only_orients_leads_to_what_the_map_in_words_says_of_it(
    pages: Pages, ready: Content
) -> None:
    link = pages["place/askeran/index.html"].one("a").attributes["href"]
    there = {node.attributes.get("id") for node in ready.page("in-words/index.html")}

    assert (link, "places-askeran" in there) == ("../../in-words/#places-askeran", True)


def rows_of(page: Node) -> list[Node]:
    """Return the rows of the tables of what lies beside something."""
    return [row for table in page.all("table")[-2:] for row in table.one("tbody").all("tr")]


def test_where_the_site_is_known_pages_and_previews_name_it(atlas: Atlas) -> None:
    page = english(atlas, address=ADDRESS)["place/shusha/index.html"]
    tags = {node.attributes.get("property"): node.attributes.get("content") for node in page.all("meta")}
    assert tags["og:url"] == f"{ADDRESS}place/shusha/" == page.one("link", rel="canonical").attributes["href"]
    assert tags["og:image"] == f"{ADDRESS}card.png?feature=shusha"
    assert (tags["og:title"], tags["og:description"]) == ("Shusha", atlas.features["shusha"].summary)
    assert data_of(page)["mainEntity"]["@id"] == f"{ADDRESS}place/shusha/#it"
    assert {
        link.attributes["hreflang"]: link.attributes["href"]
        for link in page.one("head").all("link", rel="alternate")
        if "hreflang" in link.attributes
    } == {
        "en": f"{ADDRESS}place/shusha/",
        **{language: f"{ADDRESS}{language}/place/shusha/" for language in ("az", "hy", "ru")},
        "x-default": f"{ADDRESS}place/shusha/",
    }


def test_with_permission_every_passage_has_a_page(atlas: Atlas, pages: Pages) -> None:
    more = english(atlas, full_article=True).keys() - pages.keys()
    hidden = [quote.id for quote in atlas.annotations.quotes if quote.purpose == "identifying"]
    assert more == {f"passage/{identifier}/index.html" for identifier in hidden}


def test_the_guide_for_programs_names_every_page_and_the_cautions(
    files: dict[str, bytes], pages: Pages, atlas: Atlas
) -> None:
    text = files["llms.txt"].decode()
    listed = {f"{address}index.html" for address in re.findall(r"\]\(([a-z]+/[^)]*/|[a-z]+/)\)", text)}
    own = {name for name, page in pages.items() if page.all("main")}
    others = {f"{language}/{page}index.html" for language in ("az", "hy", "ru") for page in ("", "in-words/")}
    assert listed == own | others
    assert [line for line in (atlas.descriptor["disclaimer"], "## To cite") if line not in text] == []
    assert "&#39;" not in text


def test_pages_of_a_language_are_the_same_ones_and_lead_to_each_other(every: dict[str, Pages]) -> None:
    failing: list[object] = []
    for language in ("az", "hy", "ru"):
        if every[language].keys() != every[ENGLISH].keys():
            failing.append((language, every[language].keys() ^ every[ENGLISH].keys()))
        for name, page in every[language].items():
            main = [link.partition("?")[0] for node in page.all("main") for link in linked(node)]
            ours = [resolved(f"{language}/{name}", link) for link in main if not link.startswith("http")]
            failing += [(name, link) for link in ours if not link.startswith((f"{language}/", "layers/"))]
    assert failing == []


def test_a_page_of_a_language_says_in_it_all_but_the_words_of_the_article(every: dict[str, Pages]) -> None:
    failing: list[object] = []
    for language in ("az", "hy", "ru"):
        for name, page in every[language].items():
            same = said(page) & said(every[ENGLISH][name]) - NAMES
            failing += [(language, name, text) for text in same if page.all("main")]
            if page.one("html").attributes["lang"] != language:
                failing.append((language, name, "lang"))
            failing += [
                (language, name, "a quote")
                for each in page.all("blockquote")
                if each.attributes["lang"] != "en"
            ]
    assert failing == []


def said(node: Node) -> set[str]:
    """Return the texts of a page in its own language that have words, without names."""
    texts: set[str] = set()
    for child in node.children:
        if isinstance(child, str):
            texts |= {" ".join(child.split())} if WORD.search(child) else set()
        elif child.tag == "html" or child.attributes.get("lang") != "en":
            is_words = child.tag not in ("script", "style") and "translate" not in child.attributes
            texts |= said(child) if is_words else set()
    return texts


def test_hostile_text_stays_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = copy_data(tmp_path_factory.mktemp("hostile"))
    for name in ("layers", "claims"):
        path = folder / "geodata" / f"{name}.json"
        entries = json.loads(path.read_text(encoding="utf-8"))
        for entry in entries:
            for feature in entry.get("features", {}).values():
                feature["summary"] = TEXT
                feature["names"] = dict.fromkeys(feature["names"], TEXT)
            entry.update({"claim": TEXT, "tolerance": TEXT} if name == "claims" else {})
        path.write_text(json.dumps(entries), encoding="utf-8")
    made = english(build_atlas(folder / "geodata", folder / "seeds"))
    page, claim = made["feature/district-lachin/index.html"], made["claim/camp/index.html"]
    assert page.one("h1").raw == claim.one("h1").raw == TEXT
    assert page.one("head").one("title").raw.startswith(TEXT)
    assert data_of(page)["mainEntity"]["description"] == data_of(claim)["mainEntity"]["claimReviewed"] == TEXT
    nodes = [node for each in made.values() for node in each]
    assert [node for node in nodes if node.tag == "img" or "onfocus" in node.attributes] == []


def test_a_page_runs_nothing_and_loads_nothing_from_elsewhere(pages: Pages) -> None:
    names = ("place/shusha/index.html", "ru/place/shusha/index.html", "ru/claim/index.html")
    sent = {file_headers(name, "text/html", b"")["Content-Security-Policy"] for name in names}
    policies = [page.one("meta", http_equiv="Content-Security-Policy") for page in pages.values()]
    assert sent == {each.attributes["content"] for each in policies}
    assert "default-src 'none'; style-src 'self'; img-src 'self'" in ENTRY_POLICY


def test_the_server_sends_them_with_and_without_a_slash_and_names_close_ids(server: str) -> None:
    with_slash, without = (ask(server, f"/feature/district-lachin{end}") for end in ("/", ""))
    page = parse(without.text)
    style = urljoin("/feature/district-lachin", page.one("link", rel="stylesheet").attributes["href"])
    unknown = ask(server, "/place/stepanakrt")
    assert (with_slash.status, without.status) == (200, 200)
    assert ask(server, style).status == 200
    assert ENTRY_POLICY in with_slash.header("Content-Security-Policy")
    others = ("/claim", "/claim/", "/llms.txt")
    assert [ask(server, path).status for path in others] == [200] * len(others)
    capitals = ask(server, "/Place/SHUSHA?date=2020-11-20")
    assert (capitals.status, capitals.header("Location")) == (308, "../place/shusha?date=2020-11-20")
    assert unknown.status == 404
    assert unknown.text == (
        "There is no place “stepanakrt”; close to it: stepanakert, stepanakert-airport, tartar. "
        "/place/ lists those there are.\n"
    )


def test_the_server_sends_them_in_the_language_of_the_address(server: str) -> None:
    told = {}
    for path in ("/claim/airport?ui=ru", "/claim/airport/?ui=ru", "/ru/claim/airport", "/ru/claim/airport/"):
        page = parse(ask(server, path, accept_language="hy").text)
        links = [urljoin(path, link) for link in linked(page) if not link.startswith("http")]
        ours = sorted({link for link in links if "claim/" in link and not link.startswith("/ru/")})
        style = urljoin(path, page.one("link", rel="stylesheet").attributes["href"])
        told[path] = page.one("html").attributes["lang"], ours, ask(server, style).status
    others = [f"/{folder}claim/airport/" for folder in ("az/", "", "hy/")]
    assert told == dict.fromkeys(told, ("ru", sorted(others), 200))


def test_an_address_that_says_two_languages_or_none_that_there_is(server: str) -> None:
    two, moved = (ask(server, f"/ru/{page}/?ui=az") for page in ("claim/airport", "feature/shusha"))
    none = parse(ask(server, "/claim/airport/?ui=klingon", accept_language="ru").text)
    assert (two.status, two.header("Location")) == (307, "../../../claim/airport/?ui=az")
    assert (moved.status, moved.header("Location")) == (307, "../../place/shusha/?ui=az")
    assert none.one("html").attributes["lang"] == "en"
    assert none.one(class_="notice").text == "There is no language “klingon”; it is ignored."
