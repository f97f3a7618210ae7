"""The cards: names in the chosen form, figures, who held how much on a day, what is left to the article."""

import json
from dataclasses import replace

from dashboard.cards import feature_card
from layers.data.folders import GEODATA
from layers.features import Feature
from layers.geometry.control import holdings_by_day
from layers.presentation import held_by_day
from layers.style.captions import LANGUAGES, captions
from tests.dashboard.conftest import Content
from tests.dashboard.html_tree import Node, parse

QUOTES = json.loads((GEODATA / "quotes.json").read_text(encoding="utf-8"))
CODES = {"article": "en", "en": "en", "az": "az", "hy": "hy", "ru": "ru"}


def rows(ready: Content) -> list[Feature]:
    """Return all features of the atlas."""
    return [feature for layer in ready.atlas.layers.values() for feature in layer.features]


def row_of(ready: Content, feature: str) -> Feature:
    """Return what the atlas holds of a feature."""
    return next(row for row in rows(ready) if row.id == feature)


def card_of(ready: Content, row: Feature, *args: str, **options: str) -> Node:
    """Return the card of a feature."""
    return parse(feature_card(ready.atlas, row, *args, **options)).one("article")


def sources_of(card: Node) -> list[str]:
    """Return the small lines at the foot of a card."""
    return [line.text for line in card.all("p", class_="sources")]


def cells(card: Node) -> list[tuple[str, ...]]:
    """Return the rows of the table of a card."""
    lines = card.one("table").all("tr")
    return [tuple(cell.raw for cell in line.children if isinstance(cell, Node)) for line in lines]


def unnamed(card: Node) -> list[Node]:
    """Return what a card holds below its names."""
    parts = [part for part in card.children if isinstance(part, Node)]
    return [part for part in parts if part.tag != "h3" and not part.has({"class_": "names"})]


def test_the_chosen_name_stands_first_and_the_others_after_each_in_its_language(ready: Content) -> None:
    failing = []
    for row in rows(ready):
        for lang in LANGUAGES:
            card, names = card_of(ready, row, lang=lang), row.names
            first = names.get(lang) or names.get("article") or names["en"]
            others = [(CODES[code], name) for code, name in names.items() if name != first]
            head, after = card.one("h3").one("bdi"), [bdi for p in card.all(class_="names") for bdi in p]
            told = [(bdi.attributes["lang"], bdi.raw) for bdi in after]
            language = CODES[lang] if lang in names else "en"
            if (head.attributes["lang"], head.raw, told) != (language, first, others):
                failing.append((row.id, lang))
    assert failing == []


def test_only_the_names_depend_on_the_form(ready: Content) -> None:
    failing = []
    for row in rows(ready):
        plain = card_of(ready, row)
        for lang in LANGUAGES:
            told = card_of(ready, row, lang=lang)
            if unnamed(told) != unnamed(plain) or (lang == "article" and told != plain):
                failing.append((row.id, lang))
    assert failing == []


def test_a_card_tells_measures_figures_uncertainty_and_sources(ready: Content) -> None:
    sources = {source["name"]: source["title"] for source in ready.atlas.descriptor["sources"]}
    failing = []
    for row in rows(ready):
        card = card_of(ready, row)
        off = ("position error up to", f"about {row.uncertainty_m:,} m", row.precision)
        whose = {"article": "the article", **sources}
        figures = [(each.label, each.value, whose[each.source]) for each in row.figures]
        drawn = "; ".join(sources[key] for key in row.digitized_after)
        if not {off, *figures} <= set(cells(card)) or sources_of(card)[-1] != f"Drawn after: {drawn}.":
            failing.append(row.id)
    assert failing == []


def test_a_card_holds_its_quotes_to_the_character(ready: Content) -> None:
    speakers = captions()["speakers"]
    failing = []
    for row in rows(ready):
        figures = card_of(ready, row).all("figure")
        told = [(each.one("blockquote").raw, each.one("figcaption").raw) for each in figures]
        if told != [
            (each.exact, f"{speakers[each.speaker]} · paragraph {each.paragraph}") for each in row.quotes
        ]:
            failing.append(row.id)
    assert failing == []


def test_what_was_held_on_a_day_is_told_with_that_day(ready: Content) -> None:
    row = row_of(ready, "district-aghdam")
    plain, told = card_of(ready, row, "nothing"), card_of(ready, row, "nothing", day="2020-11-20")
    assert ("Armenian-held on 8 December 2020", "nothing", "measured") in cells(plain)
    assert ("Armenian-held on 20 November 2020", "nothing", "measured") in cells(told)
    assert card_of(ready, row).all("tr", class_="held") == []


def test_what_was_held_is_told_of_areas_that_changed_hands_as_the_faces_say(ready: Content) -> None:
    atlas, told = ready.atlas, held_by_day(ready.atlas)
    held = holdings_by_day(atlas.coverage, atlas.areas_by_holder, atlas.days)
    assert list(told) == list(ready.atlas.areas_by_holder)
    assert told == {
        area: [f"{x.armenian_km2:,.0f} km² of {x.whole_km2:,.0f} km² ({x.armenian_percent} %)" for x in days]
        for area, days in held.items()
    }


def test_the_passages_that_only_name_a_feature_are_counted(ready: Content) -> None:
    """Counted here from the file itself."""
    failing = []
    for row in rows(ready):
        count = len([q for q in QUOTES if row.id in q["about"] and q["purpose"] == "identifying"])
        plural = count != 1
        sentence = f"{count} more passage{'s' * plural} of the article name{'s' * (not plural)} it."
        if sources_of(card_of(ready, row))[:-1] != ([sentence] if count else []):
            failing.append(row.id)
    assert failing == []


def test_one_passage_is_not_said_in_the_plural(ready: Content) -> None:
    naming = [quote for quote in ready.atlas.annotations.quotes if quote.purpose == "identifying"]
    last = next(quote for quote in naming if "upper-karabakh-armenian-held" in quote.about)
    alone = replace(ready.atlas, annotations=replace(ready.atlas.annotations, quotes=(last,)))
    card = parse(feature_card(alone, row_of(ready, "upper-karabakh-armenian-held")))
    assert sources_of(card.one("article"))[0] == "1 more passage of the article names it."
