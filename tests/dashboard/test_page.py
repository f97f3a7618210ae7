"""The page around the map, run without a browser; the map's reports are put in its mouth."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.content import Content
from dashboard.selection import Selection
from tests.dashboard.visits import address, asked_of_map, cards, html, link, notices, visit


@pytest.fixture(scope="module")
def plain_page(ready: Content) -> AppTest:
    """The page as it opens at its plain address."""
    assert ready.layers
    return visit()


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the map reports to the page from now on, under `state`."""
    reported: dict[str, Any] = {"state": None}
    monkeypatch.setattr("dashboard.bridge.show_map", lambda *_: reported["state"])
    return reported


def test_it_opens_with_the_map_and_without_a_warning(plain_page: AppTest) -> None:
    assert (list(plain_page.exception), notices(plain_page)) == ([], [])
    assert asked_of_map(plain_page)["src"].rstrip("?") == "/map"


def test_it_shows_a_card_for_each_layer_that_is_on_at_first(plain_page: AppTest, ready: Content) -> None:
    titles = [ready.atlas.layers[identifier].title for identifier in Selection().shown(ready.atlas)]
    assert [card.one("h3").text for card in cards(plain_page)] == titles != []


def test_the_card_of_each_layer_holds_its_quotes(ready: Content, layer_id: str) -> None:
    (card,) = cards(visit(layers=layer_id))
    quotes = ready.atlas.layers[layer_id].quotes
    assert [quote.raw for quote in card.all("blockquote")] == [quote.exact for quote in quotes] != []


def test_it_names_the_article(plain_page: AppTest, ready: Content) -> None:
    said = " ".join(tree.text for tree in html(plain_page))
    facts = ready.atlas.article.facts
    assert [facts[key] for key in ("author", "title", "publisher") if facts[key] not in said] == []


def test_only_the_layers_of_the_address_have_cards(ready: Content, layer_id: str) -> None:
    page = visit(layers=layer_id)
    assert [card.one("h3").text for card in cards(page)] == [ready.atlas.layers[layer_id].title]
    assert asked_of_map(page)["src"] == f"/map?layers={layer_id}"


def test_without_layers_there_are_no_cards() -> None:
    page = visit(layers="")
    assert (list(page.exception), cards(page), address(page)) == ([], [], {"layers": ""})


def test_the_feature_of_the_address_has_its_card(ready: Content, layer_id: str) -> None:
    row = ready.atlas.layers[layer_id].features.iloc[-1]
    (card,) = cards(visit(feature=row.id))
    assert (card.attributes["data-feature"], card.one("h3").text) == (row.id, row["name"])
    assert [quote.raw for quote in card.all("blockquote")] == [quote["exact"] for quote in row.quotes]


@pytest.mark.parametrize("key", ["layers", "date", "feature", "view", "lang"])
@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "*_`[x](y)$1$:red[z]\u202e"])
def test_an_unknown_value_is_named_and_not_passed_on(key: str, value: str) -> None:
    page = visit(**{key: value})
    assert not page.exception
    assert [value in notice for notice in notices(page)] == [True]
    assert asked_of_map(page)["src"].rstrip("?") == "/map"


def test_beside_unknown_values_the_rest_applies() -> None:
    page = visit(layers="places,atlantis", date="1066-10-14", feature="baku", view="9/39/46", lang="az")
    assert [card.attributes["data-feature"] for card in cards(page)] == ["baku"]
    assert len(notices(page)) == 2
    assert dict(parse_qsl(urlsplit(asked_of_map(page)["src"]).query)) == {
        "layers": "places",
        "feature": "baku",
        "view": "9/39/46",
        "lang": "az",
    }


@pytest.mark.parametrize("value", ["https://evil.example/x", "www.evil.example", "a@evil.example"])
def test_no_address_in_a_notice_becomes_a_link(value: str) -> None:
    page = visit(feature=value)
    markdown = [re.sub(r"(`+).*?\1", "", warning.value).replace("\\", "") for warning in page.warning]
    assert [value in notice for notice in notices(page)] == [True]
    assert [text for text in markdown if value in text] == []


def test_the_link_to_this_view_restores_it() -> None:
    query = {"layers": "places", "date": "2020-11-20", "feature": "baku", "view": "9/39/46", "lang": "hy"}
    assert link(visit(**query)) == query


def test_what_the_map_reports_is_shown_and_linked_to(report: dict[str, Any]) -> None:
    page = visit()
    report["state"] = {"layers": ["places"], "date": "2020-11-20", "feature": "baku", "view": "9/39/46"}
    page.run()
    query = {"layers": "places", "date": "2020-11-20", "feature": "baku", "view": "9/39/46"}
    assert [card.attributes.get("data-feature") for card in cards(page)] == ["baku"]
    assert link(page) == query


@pytest.mark.parametrize(
    "junk",
    ["x", 7, [], ["places"], {"layers": 3}, {"feature": {"a": 1}}, {"date": "<b>", "view": [], "lang": "x"}],
    ids=str,
)
def test_junk_from_the_browser_changes_nothing(report: dict[str, Any], ready: Content, junk: Any) -> None:  # noqa: ANN401
    page = visit()
    report["state"] = junk
    page.run()
    assert not page.exception
    assert len(cards(page)) == len(Selection().shown(ready.atlas))
    assert page.session_state["shown"] == Selection()


def test_from_a_feature_a_button_leads_back_to_the_layers(report: dict[str, Any], ready: Content) -> None:
    page = visit()
    report["state"] = {"feature": "baku"}
    page.run()
    assert len(cards(page)) == 1
    page.button[0].click().run()
    assert not page.exception
    assert len(cards(page)) == len(Selection().shown(ready.atlas)) > 1
