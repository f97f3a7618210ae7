"""In which language a request is answered, and what its document says of the others."""

import re
from urllib.parse import urljoin

from dashboard.speaking import language_asked
from tests.dashboard.html_tree import parse
from tests.dashboard.web import ask

# By what an address asks for and a browser accepts: the language of the answer.
ASKED = {
    ("", ""): "en",
    ("ui=az", ""): "az",
    ("UI=RU", "hy"): "ru",
    ("ui=klingon", "hy"): "en",
    ("", "de, hy;q=0.8, ru;q=0.9, en;q=0.1"): "ru",
    ("", "hy-AM"): "hy",
    ("", "az;q=0, ru;q=nonsense, *"): "en",
}


def test_the_address_chooses_the_language_or_else_the_browser(server: str) -> None:
    wrong = {}
    for (query, accepted), language in ASKED.items():
        for path in ("/", "/reader", "/map"):
            got = ask(server, f"{path}?{query}", accept_language=accepted)
            told = re.search(r'<html lang="(\w+)"', got.text)
            varies = "accept-language" in got.header("Vary").lower()
            if (told and told[1], varies) != (language, not query):
                wrong[path, query, accepted] = (told, varies)
    assert wrong == {}


def test_weights_that_are_none_are_not_wanted() -> None:
    assert language_asked({}, "az;q=x, ru;q=-1, hy;q=0.2") == "hy"
    assert language_asked({}, "ru;q=9, az; q = 0.10, hy;q=0.2") == "hy"


def test_each_language_has_a_tag_of_its_own(server: str) -> None:
    tags = [ask(server, f"/reader?ui={language}").header("ETag") for language in ("en", "az", "hy", "ru")]
    assert len(set(tags)) == 4


def test_a_folder_of_a_static_site_leads_to_its_document_also_without_a_slash(server: str) -> None:
    for language in ("az", "hy", "ru"):
        for page in ("", "/map", "/in-words"):
            for place in (f"/{language}{page}", f"/{language}{page}/"):
                got = ask(server, f"{place}?date=2020-11-20")
                told = got.status, urljoin(place, got.header("Location"))
                assert told == (307, f"{page or '/'}?date=2020-11-20&ui={language}"), place


def test_a_document_leads_to_itself_in_each_language(server: str) -> None:
    links = parse(ask(server, "/reader?ui=hy").text).one("nav", class_="languages").all("a")
    told = {link.attributes["hreflang"]: link.attributes["href"] for link in links}
    answers = {code: ask(server, f"/{href.removeprefix('./')}") for code, href in told.items()}
    assert list(told) == ["en", "az", "hy", "ru"]
    assert {code: (one.status, one.header("Location")) for code, one in answers.items()} == {
        "en": (307, "./reader?ui=en"),
        **{code: (307, f"../reader?ui={code}") for code in ("az", "hy", "ru")},
    }
