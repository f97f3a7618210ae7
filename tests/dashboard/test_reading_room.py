"""The reading room: the article to the character, its passages, and what is made of them."""

import re
from collections import Counter
from dataclasses import replace
from html import unescape
from itertools import pairwise
from typing import Any

import pytest

from dashboard.reading_room import reading_room
from dashboard.templating import HERE
from layers import Atlas
from layers.__main__ import main
from layers.data.folders import SEEDS
from layers.geometry.control import holdings
from layers.language.written import long_date, short_date
from layers.presentation import kinds_of_voices, voice_of
from layers.steps import steps
from layers.style.captions import captions, counted
from layers.text.article import Paragraph
from layers.text.quotes import Quote
from layers.text.verdicts import Claim
from tests.dashboard.conftest import Content
from tests.dashboard.html_tree import Node, parse

TABS = ("article", "claims", "timeline", "words", "about", "share")
VERDICTS: dict[str, Any] = captions()["reader"]["verdicts"]
LEFT_OUT = " […] "


@pytest.fixture(scope="module")
def quotes_room(atlas: Atlas) -> Node:
    """The reading room where only the quotes may be shown."""
    return parse(str(reading_room(atlas, full_article=False, base="")))


@pytest.fixture(params=["whole article", "quotes"])
def either_room(request: pytest.FixtureRequest, room: Node, quotes_room: Node) -> Node:
    """The reading room, first with the whole article, then with the quotes alone."""
    return room if request.param == "whole article" else quotes_room


@pytest.fixture
def shown(either_room: Node, quotes_room: Node, atlas: Atlas) -> list[Quote]:
    """The quotes that may stand in the room: all, or without permission those that describe something."""
    return described(atlas) if either_room is quotes_room else list(atlas.annotations.quotes)


def described(atlas: Atlas) -> list[Quote]:
    """Return the quotes that describe something on the map."""
    return [quote for quote in atlas.annotations.quotes if quote.purpose == "describing"]


def panel(room: Node, name: str) -> Node:
    """Return what one of the tabs shows."""
    return room.one(role="tabpanel", id=f"room-{name}")


def pieces(room: Node, number: int) -> list[Node | str]:
    """Return what is in a paragraph, without its number and the tags of who speaks."""
    return [
        child
        for child in room.one("p", id=f"paragraph-{number}").children
        if isinstance(child, str) or not (child.has({"class_": "who"}) or child.has({"class_": "number"}))
    ]


def between(paragraph: Paragraph, quotes: list[Quote]) -> list[str]:
    """Return the article's words in a paragraph that no quote holds, piece by piece."""
    own = [quote for quote in quotes if quote.paragraph == paragraph.number]
    edges = [paragraph.start, *(edge for quote in own for edge in (quote.start, quote.end))]
    edges.append(paragraph.start + len(paragraph.text))
    inside = [edge - paragraph.start for edge in edges]
    return [paragraph.text[a:b] for a, b in zip(inside[::2], inside[1::2], strict=True) if a < b]


def quotation(figure: Node) -> tuple[str, str]:
    """Return the words of a quote, and who speaks where."""
    return figure.one("blockquote").raw, figure.one("figcaption").raw


def quoted(quote: Quote) -> tuple[str, str]:
    """Return what a quotation of it must say."""
    return quote.exact, f"{voice_of(quote).text} · paragraph {quote.paragraph} · page"


def leads_to(link: Node) -> tuple[str, str]:
    """Return where a link to a passage leads, without a script and with one."""
    return link.attributes["href"], link.attributes["data-quote"]


def footnoted(paragraph: Node) -> list[tuple[str, list[int]]]:
    """Return the sentences of a paragraph, each with the numbers behind it."""
    sentences: list[tuple[str, list[int]]] = []
    for child in paragraph.children:
        if isinstance(child, Node):
            sentences[-1][1].append(int(child.text.strip("[]")))
        elif child.strip():
            sentences.append((child.strip(), []))
    return sentences


# The article.


def test_the_article_is_there_to_the_character_in_two_parts(room: Node, atlas: Atlas) -> None:
    article = panel(room, "article").one("article")
    kinds = [node.attributes.get("id", "heading") for node in article.children if isinstance(node, Node)]
    wrong = [
        paragraph.number
        for paragraph in atlas.article.paragraphs
        if "".join(each.raw if isinstance(each, Node) else each for each in pieces(room, paragraph.number))
        != paragraph.text
    ]
    first, second = ([f"paragraph-{n}" for n in numbers] for numbers in (range(1, 10), range(10, 24)))
    assert kinds == ["heading", *first, "heading", *second]
    assert wrong == []
    assert [heading.text for heading in article.all("h3")] == [
        "Part 1 Eurasia Daily Monitor 17/174, 8 December 2020",
        "Part 2 Eurasia Daily Monitor 17/176, 10 December 2020",
    ]


def test_each_quote_is_one_link_with_its_id_what_it_is_about_and_who_speaks(
    either_room: Node, shown: list[Quote], atlas: Atlas
) -> None:
    links = panel(either_room, "article").one("article").all("a", class_="passage")
    titles = {layer.id: layer.title for layer in atlas.layers.values()}
    for layer in atlas.layers.values():
        titles |= {each.id: each.name_in() for each in layer.features}
    expected = []
    for quote in shown:
        on_the_map = ", ".join(dict.fromkeys(titles[identifier] for identifier in quote.about))
        cites = f" ({quote.cites.removeprefix(', ')})" if quote.cites else ""
        of_what = f"on the map: {on_the_map}" if quote.about else "nothing on the map"
        note = f"Paragraph {quote.paragraph}, {voice_of(quote).text}{cites}; {of_what}."
        attributes = {
            "class": "passage",
            "href": f"?quote={quote.id}",
            "id": f"passage-{quote.id}",
            "data-quote": quote.id,
            "data-about": " ".join(quote.about),
            "data-note": note,
        }
        expected.append((quote.exact, attributes))
    assert [(link.raw, link.attributes) for link in links] == expected
    assert [link for link in either_room.all("a") if link.all("a")] == []


def test_each_paragraph_shows_its_number_and_who_speaks_before_each_passage_of_somebody_else(
    either_room: Node, shown: list[Quote], atlas: Atlas
) -> None:
    wrong = []
    for number in (paragraph.number for paragraph in atlas.article.paragraphs):
        children = either_room.one("p", id=f"paragraph-{number}").children
        tags = [
            before.raw if isinstance(before, Node) and before.has({"class_": "who"}) else None
            for before, child in pairwise(children)
            if isinstance(child, Node) and child.has({"class_": "passage"})
        ]
        spans = [child.raw for child in children if isinstance(child, Node) and child.tag == "span"]
        expected = [voice_of(quote).tag or None for quote in shown if quote.paragraph == number]
        if tags != expected or spans != [str(number), *filter(None, tags)]:
            wrong.append(number)
    assert wrong == []


def test_only_words_that_name_a_place_or_a_relation_are_underlined(room: Node, atlas: Atlas) -> None:
    links = room.all("a", class_="passage")
    named = {
        link.attributes["data-quote"]: [word.raw for word in link.all("span", class_="named")]
        for link in links
    }
    whole = sum(len(paragraph.text) for paragraph in atlas.article.paragraphs)
    assert named["center-stepanakert"] == [
        *("larger part", "Upper Karabakh", "administrative center", "Stepanakert", "Khankendi"),
    ]
    assert [
        quote.id for quote in atlas.annotations.quotes if bool(quote.about) != bool(named[quote.id])
    ] == []
    assert 0.1 < sum(len(word) for words in named.values() for word in words) / whole < 0.2


def test_a_name_stays_as_it_is_where_the_page_is_translated(room: Node) -> None:
    words = room.one("a", id="passage-center-stepanakert").all("span", class_="named")
    kept = [word.raw for word in words if word.attributes.get("translate") == "no"]
    fields = [
        *room.one("form", class_="share").all("input"),
        *room.one("form", class_="share").all("textarea"),
    ]
    copied = {each.attributes.get("name"): each.attributes.get("translate") for each in fields}
    assert kept == ["Upper Karabakh", "Stepanakert", "Khankendi"]
    assert {name: copied[name] for name in ("link", "cite", "code")} == dict.fromkeys(
        ("link", "cite", "code"), "no"
    )


def test_above_the_article_stands_whose_it_is_and_how_its_claims_fare(room: Node, atlas: Atlas) -> None:
    facts, article = atlas.article.metadata, panel(room, "article")
    numbers = [(b.raw, b.attributes["data-verdict"]) for b in article.one("p", class_="lead").all("button")]
    each = Counter(claim.verdict for claim in atlas.claims)
    assert article.one("h2").raw == facts["title"]
    byline = article.one("p", class_="byline").text
    assert [facts[key] for key in ("author", "series", "publisher") if facts[key] not in byline] == []
    assert [long_date(part["date"]) for part in facts["parts"] if long_date(part["date"]) not in byline] == []
    assert numbers == [
        (f"{len(atlas.claims)} spatial claims", ""),
        *(
            (counted(texts["counted"], each[verdict]), texts["style"])
            for verdict, texts in VERDICTS.items()
            if each[verdict]
        ),
    ]


def test_the_leftovers_of_the_web_page_are_absent(either_room: Node, atlas: Atlas) -> None:
    facts = atlas.article.metadata
    text = (SEEDS / facts["file"]).read_text(encoding="utf-8")
    around = text[: facts["body_starts_at"]] + text[facts["leftovers_start_at"] :]
    lines = [line.strip() for line in around.split("\n") if line.strip()]
    assert "Please enter your comment!" in lines
    assert [line for line in lines if line in either_room.raw] == []


def test_without_permission_an_ellipsis_stands_where_words_are_left_out(
    quotes_room: Node, atlas: Atlas
) -> None:
    wrong = []
    for paragraph in atlas.article.paragraphs:
        texts = [child for child in pieces(quotes_room, paragraph.number) if isinstance(child, str)]
        left_out = [text for text in between(paragraph, described(atlas)) if re.search(r"\w", text)]
        others = [text for text in texts if text != LEFT_OUT and re.search(r"\w", text)]
        if texts.count(LEFT_OUT) != len(left_out) or others:
            wrong.append(paragraph.number)
    assert wrong == []


def test_without_permission_no_other_words_of_the_article_are_sent(quotes_room: Node, atlas: Atlas) -> None:
    """Clauses only: in a word or a citation ours may be like the article's."""
    sent = unescape(reading_room(atlas, full_article=False))
    clauses = [
        text.strip()
        for paragraph in atlas.article.paragraphs
        for text in between(paragraph, described(atlas))
        if text.count(" ") > 4
    ]
    whole = sum(len(paragraph.text) for paragraph in atlas.article.paragraphs)
    shown = sum(len(link.raw) for link in panel(quotes_room, "article").all(class_="passage"))
    assert len(clauses) > 10
    assert [clause for clause in clauses if clause in sent] == []
    assert 0.2 < shown / whole < 0.4


def test_without_permission_a_link_leads_to_the_publisher(
    room: Node, quotes_room: Node, atlas: Atlas
) -> None:
    facts = atlas.article.metadata
    addresses = [part["url"] for part in facts["parts"] if "url" in part]
    (how,) = (p for p in panel(quotes_room, "article").all("p", class_="how") if p.all("a"))
    assert [link.attributes["href"] for link in how.all("a")] == addresses != []
    assert facts["publisher"] in how.text
    assert [link for link in room.all("a") if link.attributes.get("href") in addresses] == []


# Claims, timeline, about.


def test_about_says_who_translated_and_that_no_native_speaker_has_read_it(room: Node) -> None:
    said = room.one("p", id="not-read").text
    assert "An AI system translated" in said
    assert "not yet read by a native speaker" in said


def terms_of(claim: Claim, atlas: Atlas) -> list[tuple[str, str]]:
    """Return what a claim's list must tell: each reading, the tolerance, figures beside, what it rests on."""
    own = [f" ({each.verdict_text})" if len(claim.readings) > 1 else "" for each in claim.readings]
    measured = [
        f"{each.what}: {each.measured_text}{said}" for each, said in zip(claim.readings, own, strict=True)
    ]
    return [
        *zip(("Measured", *["Or measured"] * (len(measured) - 1)), measured, strict=True),
        ("Agrees if", claim.tolerance),
        *(
            ("Beside it", f"{x['label']}: {x['value']} ({atlas.sources[x['source']]['title']})")
            for x in claim.beside
        ),
        ("Rests on", claim.basis),
    ]


def test_each_claim_shows_the_articles_figure_beside_ours_the_verdict_and_the_quote(
    room: Node, atlas: Atlas
) -> None:
    wrong = []
    for claim in atlas.claims:
        shown = room.one("details", id=f"claim-{claim.id}")
        summary = shown.one("summary")
        verdict = summary.one(class_="verdict")
        told = (
            summary.one(class_="said").raw,
            summary.one(class_="figures").text,
            (verdict.raw, verdict.attributes["class"]),
            [p.raw for p in shown.all("p")[:2]],
            list(zip((e.raw for e in shown.all("dt")), (e.raw for e in shown.all("dd")), strict=True)),
            quotation(shown.one("figure", class_="quote")),
            leads_to(shown.one("figcaption").all("a")[0]),
            (shown.attributes["data-quote"], shown.attributes["data-about"].split()),
            [link.attributes["href"] for link in shown.one("p", class_="permalink").all("a")],
        )
        expected = (
            claim.claim,
            f"the article: {claim.figure} · measured: {claim.measured_text}",
            (claim.verdict_text, f"verdict {VERDICTS[claim.verdict]['style']}"),
            [claim.plain, claim.explanation],
            terms_of(claim, atlas),
            quoted(claim.quote),
            (f"?quote={claim.quote.id}", claim.quote.id),
            (claim.quote.id, list(claim.about)),
            [f"?claim={claim.id}", f"claim/{claim.id}/"],
        )
        if told != expected:
            wrong.append(claim.id)
    assert wrong == []


def test_each_filter_of_the_claims_keeps_as_many_as_it_says(room: Node, atlas: Atlas) -> None:
    claims, each = panel(room, "claims"), Counter(claim.verdict for claim in atlas.claims)
    kept = Counter(shown.attributes["data-kept-by"] for shown in claims.all("details"))
    filters = claims.one(class_="filters").all("button")
    assert {button.attributes["data-filter"]: button.raw for button in filters} == {
        texts["style"]: counted(texts["counted"], each[verdict])
        for verdict, texts in VERDICTS.items()
        if each[verdict]
    }
    assert kept == {VERDICTS[verdict]["style"]: number for verdict, number in each.items()}
    assert {button.attributes["aria-pressed"] for button in filters} == {"false"}


def test_rule_of_the_verdicts_stands_in_the_room(room: Node) -> None:
    rule = [item.raw for item in panel(room, "claims").one("ul", class_="how").all("li")]
    assert rule == captions()["reader"]["claims_rule"]


@pytest.mark.usefixtures("built")
def test_room_and_command_tell_the_same_of_each_claim(
    room: Node, atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims"]) == 0
    printed = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    other = []
    for claim in atlas.claims:
        summary = room.one("details", id=f"claim-{claim.id}").one("summary")
        figures = [figure.raw for figure in summary.one(class_="figures").all("b")]
        row = " ".join([claim.id, *figures, summary.one(class_="verdict").raw, claim.tolerance])
        if printed.count(" ".join(row.split())) != 1:
            other.append(row)
    assert other == []


def test_the_timeline_has_an_entry_a_day_and_the_map_s_day_comes_after_its_events(
    room: Node, atlas: Atlas
) -> None:
    dates = panel(room, "timeline").all("li", class_="date")
    order = [date.one("time").attributes["datetime"] for date in dates]
    boxed = [date for date in dates if date.all(class_="day")]
    first = {event.date for event in atlas.annotations.events}
    assert order == sorted(set(order))
    assert [date.one("time").attributes["datetime"] for date in boxed] == [
        d.id for d in atlas.annotations.days
    ]
    assert set(order) <= first | {day.id for day in atlas.annotations.days}
    assert [date.text for date in boxed if date.all("details") and not follows(date)] == []


def follows(date: Node) -> bool:
    """Tell whether the box of the map's day is the last thing in a day's entry."""
    (rest,) = (child for child in date.children if isinstance(child, Node) and child.tag == "div")
    return [child for child in rest.children if isinstance(child, Node)][-1].has({"class_": "day"})


def test_what_is_reported_on_several_days_is_one_row_with_all_of_them(room: Node, atlas: Atlas) -> None:
    rows = [row.one("summary").text for row in panel(room, "timeline").all("details")]
    (camp,) = (row for row in rows if "its camp and its supplies" in row)
    assert camp.endswith("its supplies reported by TASS; again 23 Nov, 24 Nov, 6 Dec")
    days = sum(1 + row.partition("; again ")[2].count(",") + ("; again " in row) for row in rows)
    assert (len(rows), days) == (len(set(rows)), len(atlas.annotations.events))


def test_each_event_has_its_words_whom_the_article_cites_and_its_quote(room: Node, atlas: Atlas) -> None:
    rows = {
        row.one("summary").text.partition("; again ")[0]: row
        for row in panel(room, "timeline").all("details")
    }
    wrong = []
    for event in atlas.annotations.events:
        sources = {
            ("event", False): "dated by the article",
            ("event", True): f"{event.reported_by}",
            ("report", False): "reported",
            ("report", True): f"reported by {event.reported_by}",
        }
        source = sources[event.kind, event.reported_by is not None]
        until = f", until {short_date(event.until)}" if event.until else ""
        row = rows[f"{event.what}{until} {source}"]
        told = (
            quotation(row.one("figure")),
            leads_to(row.all("a")[0]),
            (event.note or "") in row.raw,
            "nothing on the map" in row.raw,
        )
        if told != (
            quoted(event.quote),
            (f"?quote={event.quote.id}", event.quote.id),
            True,
            not event.quote.about,
        ):
            wrong.append(event.id)
    assert wrong == []


def test_the_timeline_is_filtered_by_the_officials_and_publications_cited(room: Node) -> None:
    timeline = panel(room, "timeline")
    filters = {
        b.one("bdi").raw: b.attributes["data-filter"] for b in timeline.one(class_="filters").all("button")
    }
    kept = {
        name: [
            row.one("summary").raw
            for row in timeline.all("details")
            if one in row.attributes["data-kept-by"].split()
        ]
        for name, one in filters.items()
    }
    assert list(kept) == [
        *("Aliyev", "Guterres", "Lavrov", "Peskov", "Putin", "Shoigu"),
        *("Armenpress", "Azertag", "Eurasia Daily Monitor", "Kavkazsky Uzel", "TASS"),
    ]
    assert [row.partition(" ")[0] for row in kept["Lavrov"]] == ["Lavrov:", "Lavrov"]
    assert kept["TASS"] == [row for row in kept["TASS"] if "by TASS" in row] != []


def test_each_day_of_the_map_has_its_source_and_a_button_for_its_step(room: Node, atlas: Atlas) -> None:
    sources = {source["name"]: source for source in atlas.descriptor["sources"]}
    last = {day.id: step for step in steps(atlas) for day in step.days}
    told, expected = [], []
    for box, day in zip(panel(room, "timeline").all(class_="day"), atlas.annotations.days, strict=True):
        cited, step = [sources[key] for key in day.sources], last[day.id]
        told.append(
            (
                box.all("p")[0].text,
                [(link.attributes["href"], link.raw) for link in box.all("a")],
                "Source: the article." in box.text,
                (box.one("button").raw, box.one("button").attributes["data-date"]),
            )
        )
        expected.append(
            (
                " ".join(filter(None, (day.happened, day.note))),
                [(source["path"], source["title"]) for source in cited],
                not cited,
                ("Show this day" if len(step.days) == 1 else f"Show {step.short}", step.id),
            )
        )
    assert told == expected


def test_each_state_of_the_map_says_who_held_how_much(room: Node, atlas: Atlas) -> None:
    boxes = panel(room, "timeline").all(class_="day")
    days = {day.id: box for day, box in zip(atlas.annotations.days, boxes, strict=True)}
    wrong = []
    for step in steps(atlas):
        box, held = days[step.days[0].id], list(holdings(atlas.coverage, step.days[0].date).values())
        bars = [
            {
                part.attributes["data-kind"]: float(part.attributes["style"][len("width: ") : -1])
                for part in bar
            }
            for bar in box.all(class_="shares")
        ]
        told = [line.all("span")[-1].raw for line in box.all("p", class_="held")]
        expected = [
            f"{each.armenian_km2:,.0f} km² ({each.armenian_percent} %) Armenian-held, "
            f"{each.azerbaijani_km2:,.0f} km² Azerbaijani-held"
            for each in held
        ]
        shares = [bar.get("armenian-held", 0) for bar in bars]
        if (
            told != expected
            or [sum(bar.values()) for bar in bars] != pytest.approx([100, 100], abs=0.2)
            or shares != pytest.approx([each.armenian_percent for each in held], abs=0.11)
        ):
            wrong.append(step.id)
    later = [days[day.id] for step in steps(atlas) for day in step.days[1:]]
    assert wrong == []
    assert [(box.all("p")[1].raw, box.all(class_="held")) for box in later] == [
        ("On the map as on 1 Dec: nothing changed hands in between.", [])
    ]


def test_each_figure_stands_beside_what_it_counts_and_its_passage(room: Node, atlas: Atlas) -> None:
    told = [
        (row.all("td")[0].raw, row.one("th").text, leads_to(row.all("a")[0]), row.one("a").raw)
        for row in panel(room, "about").one("table", class_="counts").all("tr")[1:]  # after the headings
    ]
    assert told == [
        (
            count.value,
            " ".join(filter(None, (count.what, count.note))),
            (f"?quote={count.quote.id}", count.quote.id),
            f"paragraph {count.quote.paragraph}",
        )
        for count in atlas.annotations.counts
    ]
    assert len(told) > 10


def test_the_notes_say_what_the_article_does_not_and_who_speaks(room: Node, atlas: Atlas) -> None:
    about = panel(room, "about")
    said, speakers = (
        [item.text for item in about.one("ul", class_=each).all("li")] for each in ("not-said", "speakers")
    )
    assert said == atlas.annotations.notices["not_said"]
    kinds = kinds_of_voices(atlas.annotations.quotes)
    assert speakers == [f"{kind.tag} {kind.text}".strip() for kind in kinds]
    assert speakers[0] == "Vladimir Socor, the article's author"
    assert "reported: Russian military maps the author, reporting Russian military maps" in speakers


def test_each_correction_is_folded_has_an_address_and_says_what_was_and_is(room: Node, atlas: Atlas) -> None:
    listed = panel(room, "about").one("details", id="corrections")
    entries = listed.all("details", class_="correction")
    told = [
        (
            entry.attributes["id"],
            [paragraph.text for paragraph in entry.all("p")[:2]],
            entry.one("p", class_="permalink").one("a").attributes["href"],
        )
        for entry in entries
    ]
    assert told == [
        (f"correction-{x.id}", [f"Was: {x.was}", f"Now: {x.now}"], f"?correction={x.id}")
        for x in atlas.annotations.corrections
    ]
    assert [entry for entry in (listed, *entries) if "open" in entry.attributes] == []


def test_each_sentence_of_what_came_later_has_its_sources(room: Node, atlas: Atlas) -> None:
    notices, notes = atlas.annotations.notices, panel(room, "about")
    sources: dict[str, dict[str, Any]] = {each["name"]: each for each in atlas.descriptor["sources"]}
    (paragraph,) = (p for p in notes.all("p") if p.all("sup"))
    links = [(link.attributes["href"], link.raw) for link in notes.one("ol").all("a")]
    small = [heading.one("small").raw for heading in notes.all("h3") if heading.all("small")]
    assert [(text, [links[n - 1] for n in numbers]) for text, numbers in footnoted(paragraph)] == [
        (each["text"], [(sources[key]["path"], sources[key]["title"]) for key in each["sources"]])
        for each in notices["afterwards"]
    ]
    assert {n for _, numbers in footnoted(paragraph) for n in numbers} == set(range(1, len(links) + 1))
    assert small == [f"as of {long_date(notices['afterwards_as_of'])}; not from the article"]


def test_a_source_that_is_named_again_keeps_its_number(room: Node, atlas: Atlas) -> None:
    before = atlas.annotations.notices["afterwards"]
    notices = {**atlas.annotations.notices, "afterwards": [*before, {**before[0], "text": "Again."}]}
    changed = replace(atlas, annotations=replace(atlas.annotations, notices=notices))
    notes = panel(parse(reading_room(changed, full_article=True)), "about")
    (paragraph,) = (p for p in notes.all("p") if p.all("sup"))
    told = footnoted(paragraph)
    assert told[-1] == ("Again.", told[0][1])
    assert notes.one("ol").all("a") == panel(room, "about").one("ol").all("a")


# All that refers to something else.


def test_each_tab_controls_its_panel_and_one_is_open(either_room: Node) -> None:
    tabs = either_room.one(role="tablist").all("button", role="tab")
    panels = either_room.all(role="tabpanel")
    rooms = [f"room-{name}" for name in TABS]
    assert [tab.attributes["aria-controls"] for tab in tabs] == rooms
    assert [each.attributes["id"] for each in panels] == rooms
    assert [each.attributes["aria-labelledby"] for each in panels] == [tab.attributes["id"] for tab in tabs]
    assert [tab.attributes["aria-selected"] for tab in tabs] == ["true", *["false"] * (len(TABS) - 1)]
    assert [tab.attributes.get("tabindex") for tab in tabs] == [None, *["-1"] * (len(TABS) - 1)]
    assert ["hidden" in each.attributes for each in panels] == [False, *[True] * (len(TABS) - 1)]


def test_whatever_is_referred_to_is_there(either_room: Node, atlas: Atlas) -> None:
    on_the_map = {*atlas.layers, *atlas.features}
    about = {one for node in either_room for one in node.attributes.get("data-about", "").split()}
    links = [leads_to(link) for link in either_room.all("a") if "data-quote" in link.attributes]
    passages = {link.attributes["data-quote"] for link in either_room.all(class_="passage")}
    assert (len(about) > 20, about - on_the_map) == (True, set())
    assert (len(passages) > 30, {quote for _, quote in links} - passages) == (True, set())
    assert [(href, quote) for href, quote in links if href != f"?quote={quote}"] == []


def test_headings_go_down_one_step_at_a_time(either_room: Node) -> None:
    levels = {
        name: [int(node.tag[1]) for node in panel(either_room, name) if node.tag in ("h1", "h2", "h3", "h4")]
        for name in TABS
    }
    assert [name for name, each in levels.items() if each[0] != 2 or set(each) - {2, 3}] == []
    assert [name for name, each in levels.items() if each.count(2) != 1] == []


def test_links_are_relative_or_to_a_web_page(either_room: Node) -> None:
    addresses = {link.attributes["href"] for link in either_room.all("a") if "href" in link.attributes}
    files = r"annotations\.jsonld|corrections\.atom|map\.(png|svg|pdf)|(download|layers)/[a-z0-9.-]+"
    files += r"|(feature|place|claim|passage)/([a-z0-9-]+/)?"
    ours = re.compile(
        rf"\?(quote|claim|correction)=[a-z0-9-]+|in-words/index\.html|{files}|https?://[^\s\"]+"
    )
    assert [address for address in addresses if not ours.fullmatch(address)] == []
    assert "annotations.jsonld" in addresses


def test_it_credits_the_article_and_disclaims(either_room: Node, atlas: Atlas) -> None:
    credit = panel(either_room, "article").one(class_="copyright").raw
    notes = panel(either_room, "about").raw
    assert credit.startswith(atlas.article.metadata["copyright"])
    assert [key for key in ("disclaimer", "attribution") if atlas.descriptor[key] not in notes] == []


def test_nothing_in_it_runs_or_loads_and_ids_are_used_once(either_room: Node, ready: Content) -> None:
    loading = ("script", "style", "link", "img", "iframe")
    ids = Counter(node.attributes["id"] for node in ready.page("index.html") if "id" in node.attributes)
    assert [node.tag for node in either_room if node.tag in loading] == []
    assert [key for node in either_room for key in node.attributes if key.startswith("on")] == []
    assert (len(ids) > 80, [one for one, times in ids.items() if times > 1]) == (True, [])


def test_each_kind_of_mark_is_styled(either_room: Node) -> None:
    sheet = (HERE / "assets" / "reading.css").read_text(encoding="utf-8")
    classes = {one for node in either_room for one in node.attributes.get("class", "").split()}
    assert [one for one in sorted(classes - {"sr"}) if f".{one}" not in sheet] == []
