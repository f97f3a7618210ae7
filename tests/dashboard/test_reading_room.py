"""The reading room: the article to the character, its passages, and what is made of them."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise
from typing import Any

import pytest

from dashboard.reading_room import reading_room
from dashboard.templating import HERE
from layers import Atlas
from layers.data.folders import SEEDS
from layers.geometry.control import holdings
from layers.style.captions import captions, long_date, short_date
from layers.text.article import Paragraph
from layers.text.quotes import Quote
from tests.dashboard.conftest import Content
from tests.dashboard.html_tree import Node, parse

TABS = ("article", "claims", "timeline", "figures", "notes", "files")
SPEAKERS: dict[str, str] = captions()["speakers"]
TAGS: dict[str, str] = captions()["speaker_tags"]
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
    return quote.exact, f"{SPEAKERS[quote.speaker]} · paragraph {quote.paragraph}"


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
        note = f"Paragraph {quote.paragraph}. Who speaks: {SPEAKERS[quote.speaker]}{cites}; {of_what}."
        attributes = {
            "class": "passage",
            "href": f"?quote={quote.id}",
            "id": f"passage-{quote.id}",
            "data-quote": quote.id,
            "data-about": " ".join(quote.about),
            "data-speaker": quote.speaker,
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
        speakers = [quote.speaker for quote in shown if quote.paragraph == number]
        if tags != [TAGS.get(speaker) for speaker in speakers] or spans != [str(number), *filter(None, tags)]:
            wrong.append(number)
    assert wrong == []
    assert set(TAGS) == set(SPEAKERS) - {"author"}


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
    assert [link for link in room.all("a") if link.attributes["href"] in addresses] == []


# Claims, timeline, figures, notes.


def test_each_claim_shows_the_articles_figure_beside_ours_the_verdict_and_the_quote(
    room: Node, atlas: Atlas
) -> None:
    wrong = []
    for claim in atlas.claims:
        shown = room.one("details", id=f"claim-{claim.id}")
        summary = shown.one("summary")
        verdict = summary.one(class_="verdict")
        terms = {"Measured": f"{claim.what}: {claim.measured_text}", "Agrees if": claim.tolerance}
        if claim.circular:
            terms["Why it cannot be told"] = claim.circular
        told = (
            summary.one(class_="said").raw,
            summary.one(class_="figures").text,
            (verdict.raw, verdict.attributes["class"]),
            shown.all("p")[0].raw,
            dict(zip((e.raw for e in shown.all("dt")), (e.raw for e in shown.all("dd")), strict=True)),
            quotation(shown.one("figure", class_="quote")),
            leads_to(shown.one("a")),
            (shown.attributes["data-quote"], shown.attributes["data-about"].split()),
        )
        expected = (
            claim.claim,
            f"the article: {claim.figure} · measured: {claim.measured_text}",
            (claim.verdict, f"verdict {captions()['reader']['verdict_classes'][claim.verdict]}"),
            claim.explanation,
            terms,
            quoted(claim.quote),
            (f"?quote={claim.quote.id}", claim.quote.id),
            (claim.quote.id, list(claim.about)),
        )
        if told != expected:
            wrong.append(claim.id)
    assert wrong == []


def test_the_verdicts_are_counted(room: Node, atlas: Atlas) -> None:
    each = Counter(claim.verdict for claim in atlas.claims)
    counted = [bold.raw.split(" ", 1) for bold in panel(room, "claims").all("p", class_="how")[0].all("b")]
    assert {verdict: int(count) for count, verdict in counted} == each
    assert len(counted) == len(each) > 1


def test_the_timeline_is_sorted_and_a_day_of_the_map_follows_its_events(room: Node, atlas: Atlas) -> None:
    rows = panel(room, "timeline").all("li")
    order = [(row.one("time").attributes["datetime"], row.has({"class_": "day"})) for row in rows]
    assert order == sorted(order)
    assert [when for when, is_day in order if is_day] == [step.id for step in atlas.annotations.days]
    assert [when for when, is_day in order if not is_day] == sorted(e.date for e in atlas.annotations.events)


def test_each_event_has_its_day_its_words_whom_the_article_cites_and_its_quote(
    room: Node, atlas: Atlas
) -> None:
    rows = [row for row in panel(room, "timeline").all("li") if row.all("summary")]
    events = sorted(atlas.annotations.events, key=lambda event: event.date)
    wrong = []
    for row, event in zip(rows, events, strict=True):
        sources = {
            ("event", False): "dated by the article",
            ("event", True): f"{event.reported_by}",
            ("report", False): "reported",
            ("report", True): f"reported by {event.reported_by}",
        }
        source = sources[event.kind, event.reported_by is not None]
        told = (
            row.one("time").raw,
            row.one("summary").text,
            quotation(row.one("figure")),
            leads_to(row.one("a")),
            (event.note or "") in row.raw,
            "nothing on the map" in row.raw,
        )
        expected = (
            "\N{EN DASH}".join(short_date(day) for day in (event.date, event.until) if day),
            f"{event.what} {source}",
            quoted(event.quote),
            (f"?quote={event.quote.id}", event.quote.id),
            True,
            not event.quote.about,
        )
        if told != expected:
            wrong.append(event.id)
    assert wrong == []


def test_each_day_of_the_map_has_its_source_and_says_who_held_how_much(room: Node, atlas: Atlas) -> None:
    sources = {source["name"]: source for source in atlas.descriptor["sources"]}
    wrong = []
    for row, step in zip(
        panel(room, "timeline").all("li", class_="day"), atlas.annotations.days, strict=True
    ):
        held = holdings(atlas.coverage, date.fromisoformat(step.id)).values()
        source = sources.get(step.source)
        bars = [
            {
                part.attributes["data-kind"]: float(
                    part.attributes["style"].removeprefix("width: ").strip("%")
                )
                for part in bar
            }
            for bar in row.all(class_="bar")
        ]
        told = (
            row.all("p")[0].text,
            [(link.attributes["href"], link.raw) for link in row.all("a")],
            "Source: the article." in row.text,
            [line.all("span")[-1].raw for line in row.all("p", class_="held")],
            row.one("button").attributes["data-date"],
        )
        expected = (
            " ".join(filter(None, (step.happened, step.note))),
            [(source["path"], source["title"])] if source else [],
            source is None,
            [
                f"{each.armenian_km2:,.0f} km² ({each.armenian_percent} %) Armenian-held, "
                f"{each.azerbaijani_km2:,.0f} km² Azerbaijani-held"
                for each in held
            ],
            step.id,
        )
        shares = [bar.get("armenian-held", 0) for bar in bars]
        full = [sum(bar.values()) for bar in bars]
        if (
            told != expected
            or full != pytest.approx([100, 100], abs=0.2)
            or shares != pytest.approx([each.armenian_percent for each in held], abs=0.11)
        ):
            wrong.append(step.id)
    assert wrong == []


def test_each_figure_stands_beside_what_it_counts_and_its_passage(room: Node, atlas: Atlas) -> None:
    told = [
        (row.all("td")[0].raw, row.one("th").text, leads_to(row.one("a")), row.one("a").raw)
        for row in panel(room, "figures").all("tr")
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
    notes = panel(room, "notes")
    said, speakers = ([item.text for item in each.all("li")] for each in notes.all("ul"))
    assert said == atlas.annotations.notices["not_said"]
    assert speakers == [f"{TAGS.get(key, '')} {title}".strip() for key, title in SPEAKERS.items()]


def test_each_sentence_of_what_came_later_has_its_sources(room: Node, atlas: Atlas) -> None:
    notices, notes = atlas.annotations.notices, panel(room, "notes")
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
    notes = panel(parse(reading_room(changed, full_article=True)), "notes")
    (paragraph,) = (p for p in notes.all("p") if p.all("sup"))
    told = footnoted(paragraph)
    assert told[-1] == ("Again.", told[0][1])
    assert notes.one("ol").all("a") == panel(room, "notes").one("ol").all("a")


# All that refers to something else.


def test_each_tab_controls_its_panel_and_one_is_open(either_room: Node) -> None:
    tabs = either_room.one(role="tablist").all("button", role="tab")
    panels = either_room.all(role="tabpanel")
    rooms = [f"room-{name}" for name in TABS]
    assert [tab.attributes["aria-controls"] for tab in tabs] == rooms
    assert [each.attributes["id"] for each in panels] == rooms
    assert [each.attributes["aria-labelledby"] for each in panels] == [tab.attributes["id"] for tab in tabs]
    assert [tab.attributes["aria-selected"] for tab in tabs] == ["true", *["false"] * 5]
    assert [tab.attributes.get("tabindex") for tab in tabs] == [None, *["-1"] * 5]
    assert ["hidden" in each.attributes for each in panels] == [False, *[True] * 5]


def test_whatever_is_referred_to_is_there(either_room: Node, atlas: Atlas) -> None:
    on_the_map = {*atlas.layers, *atlas.features}
    about = {one for node in either_room for one in node.attributes.get("data-about", "").split()}
    links = [leads_to(link) for link in either_room.all("a") if "data-quote" in link.attributes]
    passages = {link.attributes["data-quote"] for link in either_room.all(class_="passage")}
    assert (len(about) > 20, about - on_the_map) == (True, set())
    assert (len(passages) > 30, {quote for _, quote in links} - passages) == (True, set())
    assert [(href, quote) for href, quote in links if href != f"?quote={quote}"] == []


def test_links_are_relative_or_to_a_web_page(either_room: Node) -> None:
    addresses = {link.attributes["href"] for link in either_room.all("a")}
    files = r"annotations\.jsonld|map\.(png|svg|pdf)|(download|layers)/[a-z0-9.-]+"
    ours = re.compile(rf"\?quote=[a-z0-9-]+|{files}|https?://[^\s\"]+")
    assert [address for address in addresses if not ours.fullmatch(address)] == []
    assert "annotations.jsonld" in addresses


def test_it_credits_the_article_and_disclaims(either_room: Node, atlas: Atlas) -> None:
    credit = panel(either_room, "article").one(class_="copyright").raw
    notes = panel(either_room, "notes").raw
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
    assert [one for one in sorted(classes - {"area"}) if f".{one}" not in sheet] == []
