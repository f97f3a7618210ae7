"""The sheets: names in the chosen form, quotes, how sure, figures, sources, what is left to the article."""

import json
from collections.abc import Mapping
from dataclasses import replace

from dashboard.sheets import feature_sheet, layer_sheet, quotation, sheets
from layers import Layer
from layers.data.folders import GEODATA
from layers.exports.formats import LAYER_FORMATS
from layers.features import Feature
from layers.presentation import feature_text, layer_measures, voice_of
from layers.style.captions import LANGUAGES
from tests.dashboard.conftest import Content
from tests.dashboard.html_tree import Node, parse

QUOTES = json.loads((GEODATA / "quotes.json").read_text(encoding="utf-8"))
CODES = {"article": "en", "en": "en", "az": "az", "hy": "hy", "ru": "ru"}
IN_FULL = 2  # quotes that stand in a sheet before the rest is folded
FILES = "../"


def rows(ready: Content) -> list[Feature]:
    """Return all features of the atlas."""
    return [feature for layer in ready.atlas.layers.values() for feature in layer.features]


def sheet_of(ready: Content, row: Feature, *, lang: str = "article") -> Node:
    """Return the sheet of a feature."""
    return parse(feature_sheet(ready.atlas, row, lang=lang)).one("article")


def layer_sheets(ready: Content, files: str | None = FILES) -> list[tuple[Layer, Node]]:
    """Return each layer with its sheet."""
    layers = ready.atlas.layers.values()
    return [(layer, parse(layer_sheet(ready.atlas, layer, files)).one("article")) for layer in layers]


def cells(sheet: Node) -> list[tuple[str, ...]]:
    """Return the rows of the table of a sheet, if it has one."""
    lines = [line for table in sheet.all("table") for line in table.all("tr")]
    return [tuple(cell.raw for cell in line.children if isinstance(cell, Node)) for line in lines]


def quotes_of(part: Node) -> list[str]:
    """Return the ids of the quotes in a part of a sheet, in order."""
    return [quote.attributes["data-quote"] for quote in part.all(class_="quote")]


def folded(sheet: Node) -> list[Node]:
    """Return what a sheet unfolds of the article, one element or none."""
    return sheet.all("details", class_="more")


def other_forms(sheet: Node) -> list[tuple[str, str]]:
    """Return the other forms of the name, each with its language."""
    return [(bdi.attributes["lang"], bdi.raw) for line in sheet.all(class_="names") for bdi in line]


def unnamed(sheet: Node) -> list[Node]:
    """Return what a sheet holds below its names."""
    parts = [part for part in sheet.children if isinstance(part, Node)]
    return [part for part in parts if part.tag != "h2" and not part.has({"class_": "names"})]


def figures_of(ready: Content, told: Layer | Feature) -> list[tuple[str, str, str]]:
    """Return the published figures of a layer or feature, each with whose it is."""
    whose = {"article": "the article", **{key: each["title"] for key, each in ready.atlas.sources.items()}}
    return [(each.label, each.value, whose[each.source]) for each in told.figures]


def others(names: Mapping[str, str], first: str) -> list[tuple[str, str]]:
    """Return the forms of a name but for the one that stands first, each with its language."""
    return [(CODES[code], name) for code, name in names.items() if name != first]


# Of a feature.


def test_the_chosen_name_stands_first_and_the_others_after_each_in_its_language(ready: Content) -> None:
    failing = []
    for row in rows(ready):
        for lang in LANGUAGES:
            sheet, names = sheet_of(ready, row, lang=lang), row.names
            first = names.get(lang) or names.get("article") or names["en"]
            head = sheet.one("h2").one("bdi")
            language = CODES[lang] if lang in names else "en"
            if (
                (head.attributes["lang"], head.raw) != (language, first)
                or head.attributes["translate"] != "no"
                or other_forms(sheet) != others(names, first)
            ):
                failing.append((row.id, lang))
    assert failing == []


def test_only_the_names_depend_on_the_form(ready: Content) -> None:
    plain = {row.id: sheet_of(ready, row) for row in rows(ready)}
    assert [
        (row.id, lang)
        for row in rows(ready)
        for lang in LANGUAGES
        if unnamed(sheet_of(ready, row, lang=lang)) != unnamed(plain[row.id])
    ] == []


def test_a_sheet_says_what_its_feature_is_and_leaves_room_for_who_held_it(ready: Content) -> None:
    failing = []
    for row in rows(ready):
        sheet = sheet_of(ready, row)
        holder, what = sheet.one("p", class_="holder"), sheet.one("p", class_="what")
        if (sheet.attributes["data-feature"], what.raw) != (row.id, row.summary):
            failing.append(row.id)
        if (holder.raw, "hidden" in holder.attributes) != ("", True):
            failing.append(row.id)
    assert failing == []


def test_two_quotes_stand_in_a_sheet_and_the_rest_is_folded(ready: Content) -> None:
    failing = []
    for row in rows(ready):
        sheet, ids = sheet_of(ready, row), [quote.id for quote in row.quotes]
        rest = [identifier for part in folded(sheet) for identifier in quotes_of(part)]
        if (quotes_of(sheet), rest) != (ids, ids[IN_FULL:]):
            failing.append(row.id)
    assert failing == []


def test_the_passages_that_only_name_a_feature_are_counted(ready: Content) -> None:
    """Counted here from the file itself."""
    failing = []
    for row in rows(ready):
        count = len([q for q in QUOTES if row.id in q["about"] and q["purpose"] == "identifying"])
        sentence = f"{count} more passage{'s' * (count != 1)} name{'s' * (count == 1)} it in passing."
        told = [line.text for part in folded(sheet_of(ready, row)) for line in part.all("p")]
        if told != ([sentence] if count else []):
            failing.append(row.id)
    assert failing == []


def test_one_passage_is_not_said_in_the_plural(ready: Content) -> None:
    naming = [quote for quote in ready.atlas.annotations.quotes if quote.purpose == "identifying"]
    last = next(quote for quote in naming if "upper-karabakh-armenian-held" in quote.about)
    alone = replace(ready.atlas, annotations=replace(ready.atlas.annotations, quotes=(last,)))
    sheet = parse(feature_sheet(alone, alone.features["upper-karabakh-armenian-held"]))
    (more,) = folded(sheet)
    assert "1 more passage names it in passing." in [line.text for line in more.all("p")]


def test_nothing_is_folded_where_the_article_says_no_more(ready: Content) -> None:
    row = ready.atlas.features["lachin-corridor"]
    silent = replace(ready.atlas, annotations=replace(ready.atlas.annotations, quotes=()))
    sheet = parse(feature_sheet(silent, replace(row, quotes=row.quotes[:IN_FULL])))
    assert (folded(sheet), len(quotes_of(sheet))) == ([], IN_FULL)


def test_a_sheet_says_how_sure_its_feature_is(ready: Content) -> None:
    failing = []
    for row in rows(ready):
        share = " (at 19 of 20 points of a line)" if row.made_of else ""
        off = f"How sure: {row.precision}; position error up to about {row.uncertainty_m:,} m{share}."
        why = f"Its least certain line: {row.uncertainty_basis}" if row.uncertainty_basis else ""
        told = sheet_of(ready, row).one("p", class_="sure")
        if told.text != " ".join([off, *why.split(), *(row.note or "").split()]):
            failing.append(row.id)
    assert failing == []


def test_what_limits_a_feature_is_told_as_a_text_of_its_own(ready: Content) -> None:
    noted = [row for row in rows(ready) if row.note]
    told = {row.id: sheet_of(ready, row).one("p", class_="sure").one("bdi").raw for row in noted}
    assert told == {row.id: row.note for row in noted}


def test_a_sheet_tells_measures_then_published_figures_each_with_whose_it_is(ready: Content) -> None:
    failing = []
    for row in rows(ready):
        measured = [(*each, "measured") for each in feature_text(row).measures]
        if cells(sheet_of(ready, row)) != [*measured, *figures_of(ready, row)]:
            failing.append(row.id)
    assert failing == []


def test_a_sheet_names_what_its_feature_was_drawn_after(ready: Content) -> None:
    failing = []
    for row in rows(ready):
        drawn = "; ".join(ready.atlas.sources[key]["title"] for key in row.digitized_after)
        if sheet_of(ready, row).one("details", class_="sources").one("p").text != f"Drawn after: {drawn}.":
            failing.append(row.id)
    assert failing == []


def test_a_sheet_leads_to_its_layer_and_to_itself(ready: Content) -> None:
    layers, told = ready.atlas.layers, {}
    for row in rows(ready):
        links = sheet_of(ready, row).one("p", class_="links")
        button = links.one("button")
        told[row.id] = (button.attributes["data-about"], button.text, links.one("a").attributes["href"])
    assert told == {
        row.id: (row.layer, f"Layer: {layers[row.layer].title}", f"?feature={row.id}") for row in rows(ready)
    }


def test_a_quote_stands_to_the_character_with_its_speaker_and_leads_to_its_paragraph(ready: Content) -> None:
    failing = []
    for quote in ready.atlas.annotations.quotes:
        told = parse(quotation(quote)).one("figure", data_quote=quote.id)
        caption, link = told.one("figcaption"), told.one("figcaption").one("a")
        if (told.one("blockquote").raw, caption.raw, link.attributes["href"]) != (
            quote.exact,
            f"{voice_of(quote).text} · paragraph {quote.paragraph}",
            f"?quote={quote.id}",
        ):
            failing.append(quote.id)
    assert failing == []


def test_what_would_be_markup_stays_text(ready: Content) -> None:
    text = "</article><script>alert(1)</script>{{7*7}}"
    row = replace(
        ready.atlas.features["shusha"], names={"article": text}, summary=text, note=text, precision=text
    )
    sheet = sheet_of(ready, row)
    assert (sheet.one("h2").raw, sheet.one("p", class_="what").raw, sheet.all("script")) == (text, text, [])
    assert sheet.one("p", class_="sure").raw.count(text) == 2


# Of a layer.


def test_the_sheet_of_a_layer_has_its_title_forms_of_its_name_and_summary(ready: Content) -> None:
    told = {
        layer.id: (sheet.one("h2").text, other_forms(sheet), sheet.one("p", class_="what").raw)
        for layer, sheet in layer_sheets(ready)
    }
    layers = ready.atlas.layers
    assert told == {
        key: (layer.title, others(layer.own_names, layer.title), layer.summary)
        for key, layer in layers.items()
    }
    assert [key for key, (_, forms, _) in told.items() if forms] == [
        *("upper-karabakh", "lachin-corridor", "line-of-contact-1994")
    ]


def test_the_sheet_of_a_layer_tells_its_classes_apart_by_swatches(ready: Content) -> None:
    failing = []
    for layer, sheet in layer_sheets(ready):
        items = sheet.all(class_="key-item")
        drawn = [
            tuple(part.attributes["class"] for part in item.one("svg", class_="swatch")) for item in items
        ]
        titles = [each.title for each in layer.classes] if len(layer.classes) > 1 else []
        if [item.text for item in items] != titles or len({*drawn}) != len(titles):
            failing.append(layer.id)
    assert failing == []


def test_the_sheet_of_a_layer_tells_measures_then_published_figures(ready: Content) -> None:
    expected = {
        layer.id: [*((*each, "measured") for each in layer_measures(layer)), *figures_of(ready, layer)]
        for layer in ready.atlas.layers.values()
    }
    sheets_by_id = {layer.id: sheet for layer, sheet in layer_sheets(ready)}
    assert {key: cells(sheet) for key, sheet in sheets_by_id.items()} == expected
    assert [key for key, sheet in sheets_by_id.items() if sheet.all("table") and not expected[key]] == []


def test_two_quotes_stand_in_the_sheet_of_a_layer_and_the_rest_is_folded_and_counted(ready: Content) -> None:
    told, expected = {}, {}
    for layer, sheet in layer_sheets(ready):
        ids = [quote.id for quote in layer.quotes]
        rest = [(part.one("summary").text, quotes_of(part)) for part in folded(sheet)]
        told[layer.id] = (quotes_of(sheet), rest)
        count = len(ids) - IN_FULL
        sentence = f"{count} more passage{'s' * (count != 1)} describe{'s' * (count == 1)} it"
        expected[layer.id] = (ids, [(sentence, ids[IN_FULL:])] if count > 0 else [])
    assert told == expected


def test_the_sheet_of_a_layer_leads_to_each_of_its_features_if_it_has_several(ready: Content) -> None:
    told = {
        layer.id: [(each.attributes["data-feature"], each.text) for each in sheet.all("button")]
        for layer, sheet in layer_sheets(ready)
    }
    assert told == {
        key: [(each.id, each.name_in()) for each in layer.features] if len(layer.features) > 1 else []
        for key, layer in ready.atlas.layers.items()
    }


def test_files_are_offered_in_every_format_where_there_are_files(ready: Content) -> None:
    offered = {
        layer.id: [link.attributes["href"] for link in sheet.all("a") if "download" in link.attributes]
        for layer, sheet in layer_sheets(ready)
    }
    assert offered == {
        key: [f"{FILES}layers/{key}.{extension}" for extension in LAYER_FORMATS] for key in ready.atlas.layers
    }


def test_no_file_is_offered_where_there_is_none(ready: Content) -> None:
    links = [link.attributes for _, sheet in layer_sheets(ready, None) for link in sheet.all("a")]
    assert [each for each in links if "download" in each] == []


# Of all.


def test_each_layer_and_feature_and_what_is_least_certain_has_one_sheet(ready: Content) -> None:
    layers = [f"layer-{layer}" for layer in ready.atlas.layers]
    told = [identifier for identifier, _ in sheets(ready.atlas, FILES)]
    assert sorted(told) == sorted(["how-sure", *layers, *ready.atlas.features])
