"""The page around the map, run without a browser; the map's reports are put in its mouth."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cards import feature_card
from dashboard.content import Content
from dashboard.selection import Selection
from layers.presentation import feature_rows, name_in
from layers.style.captions import LANGUAGES, long_date
from tests.dashboard.html_tree import parse
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
    assert asked_of_map(plain_page)["room"] == "/reading"


def test_it_shows_a_card_for_each_layer_that_is_on_at_first(plain_page: AppTest, ready: Content) -> None:
    titles = [ready.atlas.layers[identifier].title for identifier in Selection().shown(ready.atlas)]
    assert [card.one("h3").text for card in cards(plain_page)] == titles != []


def test_the_card_of_each_layer_holds_its_quotes(ready: Content, layer_id: str) -> None:
    (card,) = cards(visit(layers=layer_id))
    quotes = ready.atlas.layers[layer_id].quotes
    assert [quote.raw for quote in card.all("blockquote")] == [quote.exact for quote in quotes] != []


def test_it_names_the_article(plain_page: AppTest, ready: Content) -> None:
    said = " ".join(tree.text for tree in html(plain_page))
    facts = ready.atlas.article.metadata
    assert [facts[key] for key in ("author", "title", "publisher") if facts[key] not in said] == []


def test_only_the_layers_of_the_address_have_cards(ready: Content, layer_id: str) -> None:
    page = visit(layers=layer_id)
    assert [card.one("h3").text for card in cards(page)] == [ready.atlas.layers[layer_id].title]
    assert asked_of_map(page)["src"] == f"/map?layers={layer_id}"


def test_without_layers_there_are_no_cards() -> None:
    page = visit(layers="")
    assert (list(page.exception), cards(page), address(page)) == ([], [], {"layers": ""})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cards_of_the_layers_name_features_in_the_form_of_the_address(ready: Content, lang: str) -> None:
    (card,) = cards(visit(layers="places", lang=lang))
    names = ready.atlas.layers["places"].features.names
    assert [cell.raw for cell in card.one("table").all("th")] == [name_in(each, lang) for each in names]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_feature_is_chosen_by_its_name_in_the_form_of_the_address(ready: Content, lang: str) -> None:
    page = visit(layers="places", lang=lang)
    layer = ready.atlas.layers["places"]
    captions = [f"{name_in(each, lang)} ({layer.title})" for each in layer.features.names]
    assert page.selectbox[0].options == captions


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_of_a_feature_is_told_in_the_form_of_the_address(ready: Content, lang: str) -> None:
    (card,) = cards(visit(feature="district-kelbajar", lang=lang))
    (row,) = (r for r in feature_rows(ready.atlas.layers["returned-districts"]) if r["name"] == "Kelbajar")
    held = ready.held["district-kelbajar"][-1]
    assert card == parse(feature_card(ready.atlas, row, held, lang=lang)).one("article")
    assert card.one("h3").raw == row["names"][lang]


def test_the_card_of_a_feature_tells_who_held_it_on_the_day_of_the_address(ready: Content, day: str) -> None:
    (card,) = cards(visit(feature="district-kelbajar", date=day))
    place = [step["id"] for step in ready.atlas.annotations.days].index(day)
    cells = [cell.raw for cell in card.one("tr", class_="held")]
    assert cells[:2] == [f"Armenian-held on {long_date(day)}", ready.held["district-kelbajar"][place]]
    assert ("(100.0 %)" in cells[1]) is (day < "2020-11-25")
    assert ("(0.0 %)" in cells[1]) is (day >= "2020-11-25")


def test_a_feature_that_is_no_such_area_has_no_holdings(day: str) -> None:
    (card,) = cards(visit(feature="lachin-corridor", date=day))
    assert card.all("tr", class_="held") == []


def test_the_cards_stand_between_the_map_and_the_foot(plain_page: AppTest) -> None:
    marks = ("page-head", "bidi_component", 'class="cards"', "expander", "page-foot")
    told = [element.proto.body if element.type == "html" else element.type for element in plain_page.main]
    assert [mark for said in told for mark in marks if mark in (said or "")] == list(marks)


def test_the_feature_of_the_address_has_its_card(ready: Content, layer_id: str) -> None:
    row = ready.atlas.layers[layer_id].features.iloc[-1]
    (card,) = cards(visit(feature=row.id))
    assert (card.attributes["data-feature"], card.one("h3").text) == (row.id, row["name"])
    assert [quote.raw for quote in card.all("blockquote")] == [quote["exact"] for quote in row.quotes]


@pytest.mark.parametrize("key", ["layers", "date", "feature", "quote", "view", "lang"])
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


def test_an_unknown_quote_is_named_as_a_passage() -> None:
    assert notices(visit(quote="nobody-said-so")) == ["There is no passage “nobody-said-so”; it is ignored."]


@pytest.mark.parametrize("chosen", [{"feature": "baku"}, {"quote": "twenty-by-five"}], ids=str)
def test_the_link_to_this_view_restores_it(chosen: dict[str, str]) -> None:
    query = {"layers": "places", "date": "2020-11-20", "view": "9/39/46", "lang": "hy", **chosen}
    page = visit(**query)
    assert link(page) == query
    assert dict(parse_qsl(urlsplit(asked_of_map(page)["src"]).query)) == query


@pytest.mark.parametrize("quote", ["war-44-days", "twenty-by-five", "analogous"])
def test_a_quote_of_the_address_is_handed_to_the_map_and_leaves_the_cards_as_they_are(
    plain_page: AppTest, quote: str
) -> None:
    page = visit(quote=quote)
    assert (asked_of_map(page)["src"], link(page)) == (f"/map?quote={quote}", {"quote": quote})
    assert cards(page) == cards(plain_page)
    assert (list(page.exception), notices(page)) == ([], [])


def test_beside_a_feature_a_quote_is_given_up() -> None:
    page = visit(feature="baku", quote="twenty-by-five")
    assert (link(page), notices(page)) == ({"feature": "baku"}, [])
    assert asked_of_map(page)["src"] == "/map?feature=baku"


def test_choosing_a_feature_gives_up_the_quote() -> None:
    page = visit(layers="places", quote="twenty-by-five")
    page.selectbox[0].set_value("baku").run()
    assert link(page) == {"layers": "places", "feature": "baku"}
    assert asked_of_map(page)["command"] == {"n": 1, "query": "layers=places&feature=baku"}
    assert [card.attributes["data-feature"] for card in cards(page)] == ["baku"]


def test_a_quote_that_the_map_reports_is_linked_to(report: dict[str, Any], ready: Content) -> None:
    page = visit()
    report["state"] = {
        "layers": [*Selection().shown(ready.atlas)],
        "quote": "twenty-by-five",
        "feature": None,
    }
    page.run()
    assert link(page) == {"quote": "twenty-by-five"}


def test_what_the_map_reports_is_shown_and_linked_to(report: dict[str, Any]) -> None:
    page = visit()
    report["state"] = {"layers": ["places"], "date": "2020-11-20", "feature": "baku", "view": "9/39/46"}
    page.run()
    query = {"layers": "places", "date": "2020-11-20", "feature": "baku", "view": "9/39/46"}
    assert [card.attributes.get("data-feature") for card in cards(page)] == ["baku"]
    assert link(page) == query


@pytest.mark.parametrize(
    "junk",
    [
        "x",
        7,
        [],
        ["places"],
        {"layers": 3},
        {"feature": {"a": 1}},
        {"quote": ["camp"]},
        {"date": "<b>", "view": [], "lang": "x"},
    ],
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
