"""The cards: names in the chosen form, who held how much on a day, and what is left to the article."""

import json
from dataclasses import replace
from typing import Any

import pytest

from dashboard.cards import feature_card, layer_card
from dashboard.content import Content
from layers.data.files import GEODATA
from layers.geometry.control import Holding, features_by_date
from layers.presentation import feature_rows, held_by_day, name_in
from layers.style.captions import LANGUAGES, captions, long_date
from tests.dashboard.html_tree import Node, parse

QUOTES = json.loads((GEODATA / "quotes.json").read_text(encoding="utf-8"))
in_each_form = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def holdings(ready: Content) -> dict[str, list[Holding]]:
    """Who held how much of each area on each day, as the geometry says."""
    return dict(features_by_date(ready.atlas))


def row_of(ready: Content, feature: str) -> dict[str, Any]:
    """Return what the atlas holds of a feature."""
    layer = ready.atlas.layer_of(feature)
    assert layer is not None
    return next(row for row in feature_rows(layer) if row["id"] == feature)


def card_of(ready: Content, feature: str, *args: str, **options: str) -> Node:
    """Return the card of a feature."""
    return parse(feature_card(ready.atlas, row_of(ready, feature), *args, **options)).one("article")


@in_each_form
def test_the_chosen_name_stands_first_and_the_others_after(
    ready: Content, feature_id: str, lang: str
) -> None:
    names, card = row_of(ready, feature_id)["names"], card_of(ready, feature_id, lang=lang)
    first = names.get(lang) or names.get("article") or names["en"]
    others = [other.raw for line in card.all(class_="names") for other in line.all("bdi")]
    assert card.one("h3").raw == first
    assert others == [name for name in names.values() if name != first]


@in_each_form
def test_a_name_in_another_language_says_which(ready: Content, feature_id: str, lang: str) -> None:
    names, card = row_of(ready, feature_id)["names"], card_of(ready, feature_id, lang=lang)
    others = [other for line in card.all(class_="names") for other in line.all("bdi")]
    said = {(other.attributes["lang"], other.raw) for other in others}
    translated = {(code, names[code]) for code in ("az", "hy", "ru") if code in names}
    assert {pair for pair in said if pair[0] in ("az", "hy", "ru")} == {
        pair for pair in translated if pair[1] != card.one("h3").raw
    }


def test_no_name_claims_a_language_that_there_is_not(ready: Content) -> None:
    card = card_of(ready, "district-aghdam", lang="az")
    assert {each.attributes["lang"] for each in card if "lang" in each.attributes} <= {"en", "az", "hy", "ru"}


def test_without_a_choice_the_form_is_that_of_the_article(ready: Content, feature_id: str) -> None:
    assert card_of(ready, feature_id) == card_of(ready, feature_id, lang="article")


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_only_the_names_depend_on_the_form(ready: Content, feature_id: str, lang: str) -> None:
    plain, told = card_of(ready, feature_id), card_of(ready, feature_id, lang=lang)
    assert told.one("table") == plain.one("table")
    assert told.all("figure") == plain.all("figure")
    assert [p.raw for p in told.all("p", class_="sources")] == [
        p.raw for p in plain.all("p", class_="sources")
    ]


def test_held_on_a_day_agrees_with_the_faces(
    ready: Content, holdings: dict[str, list[Holding]], area_id: str, day: str
) -> None:
    place = [step["id"] for step in ready.atlas.annotations.days].index(day)
    holding = holdings[area_id][place]
    row = card_of(ready, area_id, ready.held[area_id][place], day=day).one("tr", class_="held")
    assert row.one("th").raw == f"Armenian-held on {long_date(day)}"
    assert [cell.raw for cell in row.all("td")] == [
        f"{holding.armenian_km2:,.0f} km² of {holding.whole_km2:,.0f} km² ({holding.armenian_percent} %)",
        "measured",
    ]


def test_without_a_day_it_is_that_of_the_layers(ready: Content) -> None:
    row = card_of(ready, "district-aghdam", "nothing").one("tr", class_="held")
    assert [cell.raw for cell in row][:2] == ["Armenian-held on 8 December 2020", "nothing"]


def test_only_areas_that_changed_hands_say_who_held_them(ready: Content) -> None:
    assert set(held_by_day(ready.atlas)) == {
        *("upper-karabakh-armenian-held", "upper-karabakh-azerbaijani-held"),
        *(f"district-{name}" for name in ("aghdam", "fuzuli", "gubadli", "jabrayil", "kelbajar")),
        *("district-lachin", "district-zangilan"),
    }
    assert card_of(ready, "lachin-corridor").all("tr", class_="held") == []


def test_the_passages_that_only_name_a_feature_are_counted(ready: Content, feature_id: str) -> None:
    """Counted here from the file itself."""
    naming = [q for q in QUOTES if feature_id in q["about"] and q["purpose"] == "identifying"]
    lines = [
        p.text for p in card_of(ready, feature_id).all("p", class_="sources") if "more passage" in p.text
    ]
    count, plural = len(naming), len(naming) != 1
    sentence = f"{count} more passage{'s' * plural} of the article name{'s' * (not plural)} it."
    assert lines == ([sentence] if count else [])


def test_one_passage_is_not_said_in_the_plural(ready: Content) -> None:
    naming = [quote for quote in ready.atlas.annotations.quotes if quote.purpose == "identifying"]
    last = next(quote for quote in naming if "upper-karabakh-armenian-held" in quote.about)
    alone = replace(ready.atlas, words=replace(ready.atlas.words, quotes=(last,)))
    card = parse(feature_card(alone, row_of(ready, "upper-karabakh-armenian-held")))
    assert card.all("p", class_="sources")[0].text == "1 more passage of the article names it."


@in_each_form
def test_the_card_of_a_layer_names_its_features_in_the_chosen_form(
    ready: Content, layer_id: str, lang: str
) -> None:
    layer = ready.atlas.layers[layer_id]
    rows = parse(layer_card(layer, lang=lang)).one("table").all("tr")
    assert [row.one("th").raw for row in rows] == [name_in(names, lang) for names in layer.features.names]


def test_the_card_of_a_layer_says_how_large_and_how_sure_its_features_are(
    ready: Content, layer_id: str
) -> None:
    layer = ready.atlas.layers[layer_id]
    told = [[cell.raw for cell in row.all("td")] for row in parse(layer_card(layer)).one("table").all("tr")]
    rows = feature_rows(layer)
    assert [sure for _, sure in told] == [f"± {r['uncertainty_m']:,} m, {r['precision']}" for r in rows]
    for (size, _), row in zip(told, rows, strict=True):
        measured = row.get("area_km2") or row.get("length_km")
        assert size == (f"{measured:,.0f} {'km²' if row.get('area_km2') else 'km'}" if measured else "")


def test_the_card_of_a_layer_counts_and_holds_its_passages(ready: Content, layer_id: str) -> None:
    layer = ready.atlas.layers[layer_id]
    details = parse(layer_card(layer)).one("details")
    count = int(details.one("summary").text.split()[0])
    told = [(quote.one("blockquote").raw, quote.one("figcaption").raw) for quote in details.all("figure")]
    assert told == [
        (quote.exact, f"{captions()['speakers'][quote.speaker]} · paragraph {quote.paragraph}")
        for quote in layer.quotes
    ]
    assert count == len(told) > 0
