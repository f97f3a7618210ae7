"""The reading room: the article to the character, its passages, and what is made of them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise
from typing import Any

import pytest

from dashboard.content import Content, content
from dashboard.reading_room import reading_room
from dashboard.settings import ARTICLE
from dashboard.templating import HERE, render, words
from layers import Atlas, GeodataError
from layers.data.files import SEEDS
from layers.geometry.control import KINDS, holdings
from layers.style.captions import captions, long_date, short_date
from layers.text.article import Paragraph
from layers.text.claims import Claim
from layers.text.events import Event
from layers.text.quotes import Quote
from tests.dashboard.conftest import built_anew
from tests.dashboard.html_tree import Node, parse
from tests.dashboard.visits import downloads, html, visit

TABS = ("article", "claims", "timeline", "figures", "notes", "files")
SPEAKERS: dict[str, str] = captions()["speakers"]
TAGS: dict[str, str] = captions()["speaker_tags"]
PARTS = {1: range(1, 10), 2: range(10, 24)}
LEFT_OUT = " […] "


@pytest.fixture(scope="session")
def quotes_room(ready: Content) -> Node:
    """The reading room where only the quotes may be shown."""
    return parse(str(reading_room(ready.atlas, full_article=False, base="/", live=True)))


@pytest.fixture(params=["whole article", "quotes"])
def either_room(request: pytest.FixtureRequest, room: Node, quotes_room: Node) -> Node:
    """The reading room, first with the whole article, then with the quotes alone."""
    return room if request.param == "whole article" else quotes_room


@pytest.fixture
def shown(either_room: Node, quotes_room: Node, ready: Content) -> list[Quote]:
    """The quotes that may stand in the room: all, or without permission those that describe something."""
    every = ready.atlas.annotations.quotes
    return described(every) if either_room is quotes_room else list(every)


def described(quotes: tuple[Quote, ...]) -> list[Quote]:
    """Return the quotes that describe something on the map."""
    return [quote for quote in quotes if quote.purpose == "describing"]


@pytest.fixture
def built(ready: Content, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the content be built anew, but from the atlas that is there."""
    monkeypatch.setattr("dashboard.content.build_atlas", lambda *_: ready.atlas)
    with built_anew():
        yield


def quote_of(atlas: Atlas, identifier: str) -> Quote:
    """Return the quote of an id."""
    return next(quote for quote in atlas.annotations.quotes if quote.id == identifier)


def claim_of(atlas: Atlas, identifier: str) -> Claim:
    """Return the claim of an id."""
    return next(claim for claim in atlas.claims if claim.id == identifier)


def source_of(atlas: Atlas, key: str) -> dict[str, Any]:
    """Return the source of a key."""
    return next(source for source in atlas.descriptor["sources"] if source["name"] == key)


def panel(room: Node, name: str) -> Node:
    """Return what one of the tabs shows."""
    return room.one(role="tabpanel", id=f"room-{name}")


def passage(room: Node, quote: str) -> Node:
    """Return the only passage of a quote."""
    return room.one(class_="passage", data_quote=quote)


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
    texts = [paragraph.text[a:b] for a, b in zip(inside[::2], inside[1::2], strict=True)]
    return [text for text in texts if text]


def event_of(atlas: Atlas, identifier: str) -> Event:
    """Return the event of an id."""
    return next(event for event in atlas.annotations.events if event.id == identifier)


def row_of(room: Node, event: Event) -> Node:
    """Return the only row of the timeline with an event's day and words."""
    rows = [row for row in panel(room, "timeline").all("li") if row.all("summary")]
    (found,) = (
        row
        for row in rows
        if row.one("time").attributes["datetime"] == event.date
        and row.one("summary").raw.startswith(f"{event.what} ")
    )
    return found


def row_of_day(room: Node, day: str) -> Node:
    """Return the only row of the timeline that can show a day on the map."""
    (found,) = (row for row in room.all("li", class_="day") if row.all("button", data_date=day))
    return found


def is_the_quotation(figure: Node, quote: Quote) -> bool:
    """Tell whether a figure holds the quote to the character, its paragraph and who speaks."""
    told = f"{SPEAKERS[quote.speaker]} · paragraph {quote.paragraph}"
    return (figure.one("blockquote").raw, figure.one("figcaption").raw) == (quote.exact, told)


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


def test_the_article_has_23_paragraphs_in_two_parts(either_room: Node, ready: Content) -> None:
    article = panel(either_room, "article").one("article")
    parts: list[list[str]] = []
    for node in article.children:
        if isinstance(node, Node) and node.tag == "h3":
            parts.append([])
        elif isinstance(node, Node):
            parts[-1].append(node.attributes["id"])
    assert parts == [[f"paragraph-{number}" for number in numbers] for numbers in PARTS.values()]
    assert [p.number for p in ready.atlas.article.paragraphs] == [*PARTS[1], *PARTS[2]]


def test_each_part_is_headed_by_its_issue_and_date(either_room: Node, ready: Content) -> None:
    headings = [heading.text for heading in panel(either_room, "article").one("article").all("h3")]
    assert headings == [
        "Part 1 Eurasia Daily Monitor 17/174, 8 December 2020",
        "Part 2 Eurasia Daily Monitor 17/176, 10 December 2020",
    ]
    assert ready.atlas.article.metadata["series"] in headings[0]


def test_a_paragraph_is_that_of_the_article_to_the_character(room: Node, ready: Content, number: int) -> None:
    text = "".join(child.raw if isinstance(child, Node) else child for child in pieces(room, number))
    (expected,) = (p.text for p in ready.atlas.article.paragraphs if p.number == number)
    assert text == expected


def test_each_paragraph_shows_its_number(either_room: Node, number: int) -> None:
    shown = either_room.one("p", id=f"paragraph-{number}").one(class_="number")
    assert (shown.raw, shown.attributes["aria-hidden"]) == (str(number), "true")


def test_a_quote_is_one_link_with_its_id_what_it_is_about_and_who_speaks(
    either_room: Node, shown: list[Quote], ready: Content, quote_id: str
) -> None:
    quote = quote_of(ready.atlas, quote_id)
    if quote not in shown:
        assert either_room.all(class_="passage", data_quote=quote_id) == []
        return
    link = passage(either_room, quote_id)
    assert (link.tag, link.raw) == ("a", quote.exact)
    assert {key: value for key, value in link.attributes.items() if key not in ("class", "data-note")} == {
        "href": f"?quote={quote_id}",
        "id": f"passage-{quote_id}",
        "data-quote": quote_id,
        "data-about": " ".join(quote.about),
        "data-speaker": quote.speaker,
    }


def test_the_note_of_a_passage_says_who_speaks_and_of_what(room: Node, ready: Content, quote_id: str) -> None:
    atlas, quote = ready.atlas, quote_of(ready.atlas, quote_id)
    titles = {layer.id: layer.title for layer in atlas.layers.values()}
    for layer in atlas.layers.values():
        titles |= dict(zip(layer.features.id, layer.features.name, strict=True))
    on_the_map = ", ".join(dict.fromkeys(titles[identifier] for identifier in quote.about))
    cites = f" ({quote.cites.removeprefix(', ')})" if quote.cites else ""
    of_what = f"on the map: {on_the_map}" if quote.about else "nothing on the map"
    speaks = f"Paragraph {quote.paragraph}. Who speaks: {SPEAKERS[quote.speaker]}{cites}"
    assert passage(room, quote_id).attributes["data-note"] == f"{speaks}; {of_what}."


def test_the_passages_stand_side_by_side_in_the_order_of_the_article(
    either_room: Node, shown: list[Quote]
) -> None:
    numbers = [number for part in PARTS.values() for number in part]
    direct = [
        child.attributes["data-quote"]
        for number in numbers
        for child in pieces(either_room, number)
        if isinstance(child, Node) and child.has({"class_": "passage"})
    ]
    assert direct == [quote.id for quote in shown]
    assert len(either_room.all(class_="passage")) == len(direct)
    assert [link for link in either_room.all("a") if link.all("a")] == []


def test_each_passage_of_somebody_else_stands_behind_a_tag_and_no_other(
    either_room: Node, shown: list[Quote], number: int
) -> None:
    children = either_room.one("p", id=f"paragraph-{number}").children
    tags = [
        before.raw if isinstance(before, Node) and before.has({"class_": "who"}) else None
        for before, child in pairwise(children)
        if isinstance(child, Node) and child.has({"class_": "passage"})
    ]
    speakers = [quote.speaker for quote in shown if quote.paragraph == number]
    assert tags == [TAGS.get(speaker) for speaker in speakers]
    chips = [child for child in children if isinstance(child, Node) and child.has({"class_": "who"})]
    assert len(chips) == len(speakers) - speakers.count("author")


def test_everybody_but_the_author_has_a_tag(room: Node) -> None:
    assert set(TAGS) == set(SPEAKERS) - {"author"}
    assert {link.attributes["data-speaker"] for link in room.all(class_="passage")} == set(SPEAKERS)


def test_the_leftovers_of_the_web_page_are_absent(either_room: Node, ready: Content) -> None:
    facts = ready.atlas.article.metadata
    text = (SEEDS / facts["file"]).read_text(encoding="utf-8")
    around = text[: facts["body_starts_at"]] + text[facts["leftovers_start_at"] :]
    lines = [line.strip() for line in around.split("\n") if line.strip()]
    assert "Please enter your comment!" in lines
    assert [line for line in lines if line in either_room.raw] == []


# Where only the quotes may be shown.


def test_without_permission_only_ellipses_stand_between_the_quotes(quotes_room: Node, number: int) -> None:
    children = pieces(quotes_room, number)
    between_quotes = [child for child in children if isinstance(child, str)]
    assert [text for text in between_quotes if text != LEFT_OUT and re.search(r"\w", text)] == []
    assert [child for child in children if not isinstance(child, str)] == (
        quotes_room.one("p", id=f"paragraph-{number}").all(class_="passage")
    )


def test_without_permission_an_ellipsis_stands_where_words_are_left_out(
    quotes_room: Node, ready: Content, number: int
) -> None:
    (paragraph,) = (p for p in ready.atlas.article.paragraphs if p.number == number)
    left_out = between(paragraph, described(ready.atlas.annotations.quotes))
    in_words = [text for text in left_out if re.search(r"\w", text)]
    assert pieces(quotes_room, number).count(LEFT_OUT) == len(in_words)


def test_without_permission_no_other_words_of_the_article_are_sent(ready: Content) -> None:
    """Clauses only: in a word or a citation ours may be like the article's."""
    sent = unescape(reading_room(ready.atlas, full_article=False))
    clauses = [
        text.strip()
        for paragraph in ready.atlas.article.paragraphs
        for text in between(paragraph, described(ready.atlas.annotations.quotes))
        if text.count(" ") > 4
    ]
    assert len(clauses) > 10
    assert [clause for clause in clauses if clause in sent] == []


def test_without_permission_little_more_than_a_third_of_the_article_is_shown(
    quotes_room: Node, ready: Content
) -> None:
    whole = sum(len(paragraph.text) for paragraph in ready.atlas.article.paragraphs)
    sent = sum(len(link.raw) for link in panel(quotes_room, "article").all(class_="passage"))
    assert 0.2 < sent / whole < 0.4


def test_without_permission_a_link_leads_to_the_publisher(
    room: Node, quotes_room: Node, ready: Content
) -> None:
    facts = ready.atlas.article.metadata
    addresses = [part["url"] for part in facts["parts"] if "url" in part]
    (how,) = (p for p in panel(quotes_room, "article").all("p", class_="how") if p.all("a"))
    assert [link.attributes["href"] for link in how.all("a")] == addresses != []
    assert facts["publisher"] in how.text
    assert [link for link in room.all("a") if link.attributes["href"] in addresses] == []


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(("setting", "full"), [(None, True), ("full", True), ("quotes", False)])
def test_a_setting_says_whether_the_whole_article_may_be_shown(
    ready: Content,
    monkeypatch: pytest.MonkeyPatch,
    setting: str | None,
    full: bool,  # noqa: FBT001 - one of two cases
) -> None:
    monkeypatch.delenv(ARTICLE, raising=False)
    if setting:
        monkeypatch.setenv(ARTICLE, setting)
    assert content().reading.body.decode() == reading_room(
        ready.atlas, full_article=full, base="/", live=True
    )


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("setting", ["nonsense", "", "FULL", "<script>alert(1)</script>", "x" * 5000])
def test_any_other_setting_is_one_named_fault(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv(ARTICLE, setting)
    with pytest.raises(GeodataError) as caught:
        content()
    (problem,) = caught.value.problems
    assert (problem.feature, problem.expected) == (ARTICLE, "full or quotes")
    assert setting[:40] in problem.found
    assert len(problem.found) <= 60


@pytest.mark.usefixtures("built")
def test_the_page_names_a_wrong_setting_and_shows_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ARTICLE, "nonsense")
    page = visit()
    (fault,) = (item.text for tree in html(page) for item in tree.all("li"))
    assert not page.exception
    assert [word in fault for word in (ARTICLE, "nonsense", "full or quotes")] == [True] * 3
    assert (len(page.get("bidi_component")), downloads(page)) == (0, [])


# The claims.


def test_a_claim_shows_the_articles_figure_beside_ours_and_the_verdict(
    room: Node, ready: Content, claim_id: str
) -> None:
    claim, shown = claim_of(ready.atlas, claim_id), room.one("details", id=f"claim-{claim_id}")
    summary = shown.one("summary")
    figures = summary.one(class_="figures")
    verdict = summary.one(class_="verdict")
    assert summary.one(class_="said").raw == claim.claim
    assert figures.text == f"the article: {claim.figure} · measured: {claim.measured_text}"
    assert [bold.raw for bold in figures.all("b")] == [claim.figure, claim.measured_text]
    assert verdict.raw == claim.verdict
    assert verdict.has({"class_": words()["verdicts"][claim.verdict]})


def test_a_claim_explains_what_was_measured_and_what_would_agree(
    room: Node, ready: Content, claim_id: str
) -> None:
    claim, shown = claim_of(ready.atlas, claim_id), room.one("details", id=f"claim-{claim_id}")
    terms = [term.raw for term in shown.all("dt")]
    told = dict(zip(terms, (item.raw for item in shown.all("dd")), strict=True))
    expected = {"Measured": f"{claim.what}: {claim.measured_text}", "Agrees if": claim.tolerance}
    if claim.circular:
        expected["Why it cannot be told"] = claim.circular
    assert told == expected
    assert shown.all("p")[0].raw == claim.explanation


def test_a_claim_holds_its_quote_and_leads_to_it(room: Node, ready: Content, claim_id: str) -> None:
    claim, shown = claim_of(ready.atlas, claim_id), room.one("details", id=f"claim-{claim_id}")
    assert is_the_quotation(shown.one("figure", class_="quote"), claim.quote)
    assert leads_to(shown.one("a")) == (f"?quote={claim.quote.id}", claim.quote.id)
    assert shown.attributes["data-quote"] == claim.quote.id
    assert shown.attributes["data-about"].split() == list(claim.about)


def test_the_verdicts_are_counted(room: Node, ready: Content) -> None:
    claims = panel(room, "claims")
    each = Counter(details.one("summary").one(class_="verdict").raw for details in claims.all("details"))
    counted = [bold.raw.split(" ", 1) for bold in claims.all("p", class_="how")[0].all("b")]
    assert {verdict: int(count) for count, verdict in counted} == each
    assert sum(each.values()) == len(ready.atlas.claims)
    assert len(counted) == len(each) > 1


# The timeline.


def test_the_timeline_is_sorted_and_a_day_of_the_map_follows_its_events(room: Node, ready: Content) -> None:
    rows = panel(room, "timeline").all("li")
    order = [(row.one("time").attributes["datetime"], row.has({"class_": "day"})) for row in rows]
    days = [step["id"] for step in ready.atlas.annotations.days]
    events = [event.date for event in ready.atlas.annotations.events]
    assert order == sorted(order)
    assert [when for when, is_day in order if is_day] == days
    assert [when for when, is_day in order if not is_day] == sorted(events)


def test_an_event_has_its_day_its_words_and_its_quote(room: Node, ready: Content, event_id: str) -> None:
    event = event_of(ready.atlas, event_id)
    row = row_of(room, event)
    days = [short_date(day) for day in (event.date, event.until) if day]
    assert row.one("time").raw == "\N{EN DASH}".join(days)
    assert row.one("details").attributes["data-quote"] == event.quote.id
    assert is_the_quotation(row.one("figure"), event.quote)
    assert leads_to(row.one("a")) == (f"?quote={event.quote.id}", event.quote.id)
    assert (event.note or "") in row.raw


def test_an_event_says_whom_the_article_cites(room: Node, ready: Content, event_id: str) -> None:
    event = event_of(ready.atlas, event_id)
    expected = {
        ("event", False): "dated by the article",
        ("event", True): f"{event.reported_by}",
        ("report", False): "reported",
        ("report", True): f"reported by {event.reported_by}",
    }
    source = row_of(room, event).one("summary").one(class_="aside").raw
    assert source == expected[event.kind, event.reported_by is not None]


def test_an_event_about_nothing_on_the_map_says_so(room: Node, ready: Content) -> None:
    silent = {event.quote.id for event in ready.atlas.annotations.events if not event.quote.about}
    told = {
        details.attributes["data-quote"]
        for details in panel(room, "timeline").all("details")
        if "nothing on the map" in details.raw
    }
    assert told == silent != set()


def test_a_day_of_the_map_has_its_source(room: Node, ready: Content, day: str) -> None:
    (step,) = (step for step in ready.atlas.annotations.days if step["id"] == day)
    row = row_of_day(room, day)
    links = [(link.attributes["href"], link.raw) for link in row.all("a")]
    source = {} if step["source"] == "article" else source_of(ready.atlas, step["source"])
    assert row.one("time").attributes["datetime"] == day
    assert row.all("p")[0].text == " ".join(filter(None, (step["happened"], step["note"])))
    assert links == ([(source["path"], source["title"])] if source else [])
    assert ("Source: the article." in row.text) is not bool(source)


def test_a_day_of_the_map_says_who_held_how_much(room: Node, ready: Content, day: str) -> None:
    row = row_of_day(room, day)
    held = holdings(ready.atlas.coverage, date.fromisoformat(day)).values()
    told = [line.all("span")[-1].raw for line in row.all("p", class_="held")]
    assert told == [
        f"{each.armenian_km2:,.0f} km² ({each.armenian_percent} %) Armenian-held, "
        f"{each.azerbaijani_km2:,.0f} km² Azerbaijani-held"
        for each in held
    ]


def test_the_bars_of_a_day_are_full_and_agree_with_the_figures(room: Node, ready: Content, day: str) -> None:
    row = row_of_day(room, day)
    held = holdings(ready.atlas.coverage, date.fromisoformat(day)).values()
    bars = [
        {
            part.attributes["data-kind"]: float(part.attributes["style"].removeprefix("width: ").strip("%"))
            for part in bar
        }
        for bar in row.all(class_="bar")
    ]
    assert [sum(bar.values()) for bar in bars] == pytest.approx([100, 100], abs=0.2)
    assert [bar.get("armenian-held", 0) for bar in bars] == pytest.approx(
        [each.armenian_percent for each in held], abs=0.11
    )
    assert {kind for bar in bars for kind in bar} <= set(KINDS)


# Figures and notes.


def test_a_figure_stands_beside_what_it_counts_and_its_passage(
    room: Node, ready: Content, count_id: str
) -> None:
    counts = ready.atlas.annotations.counts
    (place,) = (place for place, count in enumerate(counts) if count.id == count_id)
    count, row = counts[place], panel(room, "figures").all("tr")[place]
    assert row.all("td")[0].raw == count.value
    assert row.one("th").text == " ".join(filter(None, (count.what, count.note)))
    assert leads_to(row.one("a")) == (f"?quote={count.quote.id}", count.quote.id)
    assert row.one("a").raw == f"paragraph {count.quote.paragraph}"


def test_there_is_a_row_for_each_figure_and_no_other(room: Node, ready: Content) -> None:
    assert len(panel(room, "figures").all("tr")) == len(ready.atlas.annotations.counts) > 10


def test_the_notes_say_what_the_article_does_not(room: Node, ready: Content) -> None:
    said = [item.raw for item in panel(room, "notes").all("ul")[0].all("li")]
    assert said == ready.atlas.annotations.notices["not_said"]


def test_each_sentence_of_what_came_later_has_its_sources(room: Node, ready: Content) -> None:
    notices = ready.atlas.annotations.notices
    (paragraph,) = (p for p in panel(room, "notes").all("p") if p.all("sup"))
    links = [item.one("a") for item in panel(room, "notes").one("ol").all("li")]
    told = [
        (text, [(links[n - 1].attributes["href"], links[n - 1].raw) for n in numbers])
        for text, numbers in footnoted(paragraph)
    ]
    sources = [[source_of(ready.atlas, key) for key in each["sources"]] for each in notices["afterwards"]]
    assert told == [
        (each["text"], [(source["path"], source["title"]) for source in own])
        for each, own in zip(notices["afterwards"], sources, strict=True)
    ]
    assert {n for _, numbers in footnoted(paragraph) for n in numbers} == set(range(1, len(links) + 1))


def test_a_source_that_is_named_again_keeps_its_number(room: Node, ready: Content) -> None:
    words_of = ready.atlas.words
    before = words_of.notices["afterwards"]
    notices = {**words_of.notices, "afterwards": [*before, {**before[0], "text": "Again."}]}
    atlas = replace(ready.atlas, words=replace(words_of, notices=notices))
    notes = panel(parse(reading_room(atlas, full_article=True)), "notes")
    (paragraph,) = (p for p in notes.all("p") if p.all("sup"))
    told = footnoted(paragraph)
    assert told[-1] == ("Again.", told[0][1])
    assert notes.one("ol").all("a") == panel(room, "notes").one("ol").all("a")


def test_what_came_later_is_dated_and_set_apart_from_the_article(room: Node, ready: Content) -> None:
    until = long_date(ready.atlas.annotations.notices["afterwards_as_of"])
    small = [heading.one("small").raw for heading in panel(room, "notes").all("h3") if heading.all("small")]
    assert small == [f"as of {until}; not from the article"]


def test_the_notes_list_everybody_who_speaks(room: Node) -> None:
    said = [item.text for item in panel(room, "notes").all("ul")[1].all("li")]
    assert said == [f"{TAGS.get(key, '')} {title}".strip() for key, title in SPEAKERS.items()]


@pytest.mark.parametrize("key", ["disclaimer", "attribution"])
def test_the_notes_hold_disclaimer_and_attribution(either_room: Node, ready: Content, key: str) -> None:
    assert ready.atlas.descriptor[key] in panel(either_room, "notes").raw


def test_the_article_is_credited(either_room: Node, ready: Content) -> None:
    credit = panel(either_room, "article").one(class_="copyright").raw
    assert credit.startswith(ready.atlas.article.metadata["copyright"])


# All that refers to something else.


def test_each_tab_controls_its_panel(either_room: Node) -> None:
    tabs = either_room.one(role="tablist").all("button", role="tab")
    panels = either_room.all(role="tabpanel")
    assert [tab.attributes["aria-controls"] for tab in tabs] == [f"room-{name}" for name in TABS]
    assert [each.attributes["id"] for each in panels] == [f"room-{name}" for name in TABS]
    assert [each.attributes["aria-labelledby"] for each in panels] == [tab.attributes["id"] for tab in tabs]


def test_one_tab_is_open_and_reached_by_the_keyboard(either_room: Node) -> None:
    tabs = either_room.all(role="tab")
    hidden = ["hidden" in each.attributes for each in either_room.all(role="tabpanel")]
    assert [tab.attributes["aria-selected"] for tab in tabs] == ["true", *["false"] * 5]
    assert [tab.attributes.get("tabindex") for tab in tabs] == [None, *["-1"] * 5]
    assert hidden == [False, *[True] * 5]


def test_each_link_to_a_passage_has_one(either_room: Node) -> None:
    asked = [node.attributes["data-quote"] for node in either_room if "data-quote" in node.attributes]
    links = [leads_to(link) for link in either_room.all("a") if "data-quote" in link.attributes]
    passages = {link.attributes["data-quote"] for link in either_room.all(class_="passage")}
    assert len(passages) > 30
    assert {quote for _, quote in links} == passages
    assert passages <= set(asked)
    assert [(href, quote) for href, quote in links if href != f"?quote={quote}"] == []


def test_whatever_something_is_about_is_on_the_map(either_room: Node, ready: Content) -> None:
    layers = ready.atlas.layers
    known = {*layers, *(feature for layer in layers.values() for feature in layer.features.id)}
    about = {one for node in either_room for one in node.attributes.get("data-about", "").split()}
    assert len(about) > 20
    assert about - known == set()


def test_each_day_that_can_be_shown_is_one_of_the_map(either_room: Node, ready: Content) -> None:
    asked = [node.attributes["data-date"] for node in either_room if "data-date" in node.attributes]
    assert asked == [step["id"] for step in ready.atlas.annotations.days]


def test_ids_are_used_once_also_with_the_frame_around(either_room: Node) -> None:
    around = parse(render("bridge.html"))
    ids = [
        node.attributes["id"] for tree in (around, either_room) for node in tree if "id" in node.attributes
    ]
    assert len(ids) > 80
    assert [one for one, times in Counter(ids).items() if times > 1] == []


def test_links_lead_to_a_passage_to_the_annotations_or_to_a_web_page(either_room: Node) -> None:
    addresses = {link.attributes["href"] for link in either_room.all("a")}
    files = r"/annotations\.jsonld|/map\.(png|svg|pdf)|/(download|layers)/[a-z0-9.-]+"
    ours = re.compile(rf"\?quote=[a-z0-9-]+|{files}|https?://[^\s\"]+")
    assert [address for address in addresses if not ours.fullmatch(address)] == []
    assert "/annotations.jsonld" in addresses


def test_nothing_in_it_runs_or_loads(either_room: Node) -> None:
    assert either_room.all("section", class_="reading") != []
    assert [
        node.tag for node in either_room if node.tag in ("script", "style", "link", "img", "iframe")
    ] == []
    assert [key for node in either_room for key in node.attributes if key.startswith("on")] == []


def test_it_is_small_enough_to_be_sent(ready: Content) -> None:
    assert 10_000 < len(ready.reading.compressed) < 40_000


def test_each_kind_of_mark_is_styled(either_room: Node) -> None:
    """The component keeps the styles of the page out: what the room does not bring has no look."""
    sheet = (HERE / "assets" / "reading.css").read_text(encoding="utf-8")
    classes = {one for node in either_room for one in node.attributes.get("class", "").split()}
    assert [one for one in sorted(classes - {"area"}) if f".{one}" not in sheet] == []
