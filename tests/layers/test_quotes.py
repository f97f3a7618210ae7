"""Quotes: exact words with the words around them, there once, or a fault that says which were meant."""

import json
from pathlib import Path
from typing import Any
from unicodedata import name

import pytest

from layers import Atlas
from layers.data.files import GEODATA, read_geodata
from layers.data.problems import Problem
from layers.text.article import Article, Paragraph
from layers.text.quotes import FEWEST_QUOTES, Quote, bind_quotes, quotes_about, too_few_quotes

TRUE = "Russia has become the security guarantor of this Armenian-inhabited territory of Azerbaijan"
BEFORE, AFTER = "Without making legal arrangements, ", " against reincorporation"
CURLY, STRAIGHT = "\N{RIGHT SINGLE QUOTATION MARK}", "'"
NO_BREAK_SPACE, EN_DASH = "\N{NO-BREAK SPACE}", "\N{EN DASH}"
WITH_APOSTROPHE = f"Azerbaijan{CURLY}s forces had, at that stage, regained four Armenian-occupied districts"
NOT_IN_THE_ARTICLE = {
    "straight quote": WITH_APOSTROPHE.replace(CURLY, STRAIGHT),
    "words left out": WITH_APOSTROPHE.replace(", at that stage,", " …"),
    "cut short within a word, with dots": f"{TRUE[:-4]}…",
    "other case": TRUE.upper(),
    "two spaces": TRUE.replace(" the ", "  the "),
    "words added": f"{TRUE} and Armenia",
    "heading": "Foundation of a Russian Protectorate",
    "leftover of the web page": "Please enter your comment!",
    "5,000 characters": "x" * 5_000,
}
OTHER_CHARACTERS = {
    "straight for curly": (CURLY, STRAIGHT, WITH_APOSTROPHE),
    "plain for no-break space": (
        *(NO_BREAK_SPACE, " "),
        f"the Russian “peacekeepers{CURLY}{NO_BREAK_SPACE}” areas of responsibility are situated entirely on",
    ),
    "hyphen for dash": (
        *(EN_DASH, "-"),
        f"Following its victorious 44-day war (September 27{EN_DASH}November 9)",
    ),
    "closing for opening": ("“", "”", "the swift insertion of Russian “peacekeeping“ troops has effectively"),
}
# What is quoted, between which prefix and suffix; each time one of the three is not as the article has it.
OUT_OF_CONTEXT = {
    "end cut off, suffix left as it was": (TRUE.removesuffix(" of Azerbaijan"), BEFORE, AFTER),
    "beginning cut off, prefix left as it was": (TRUE.removeprefix("Russia has "), BEFORE, AFTER),
    "wrong prefix": (TRUE, "With legal arrangements, ", AFTER),
    "wrong suffix": (TRUE, BEFORE, " for good"),
    "prefix without its space": (TRUE, BEFORE.rstrip(), AFTER),
    "prefix and suffix exchanged": (TRUE, AFTER, BEFORE),
    "prefix of the paragraph before": (TRUE, f"November 12, 13).\n\n{BEFORE}", AFTER),
}
CUT_WITHIN_A_WORD = {
    "end": (TRUE[:-4], BEFORE, f"{TRUE[-4:]}{AFTER}"),
    "beginning": (TRUE[3:], f"{BEFORE}{TRUE[:3]}", AFTER),
}
ENTRIES = {entry["id"]: entry for entry in json.loads((GEODATA / "quotes.json").read_text(encoding="utf-8"))}

each_entry = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)


class WithoutHelp(Article):
    """The article without its search for the nearest sentence, which takes its time."""

    def nearest(self, exact: str) -> str:
        """Return nothing, whatever was quoted."""
        return exact[:0]


def _entry(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a file may hold
    known = {"id": "a-quote", "prefix": BEFORE, "exact": TRUE, "suffix": AFTER}
    return {**known, "speaker": "author", "purpose": "describing", "about": ["enclave"], **changes}


def _at(article: Article, exact: str, identifier: str = "a-quote") -> dict[str, Any]:
    """Return an entry for words that are once in the article, between the right words."""
    (start,) = article.find(exact)
    paragraph = article.paragraph_at(start)
    before, _, after = paragraph.text.partition(exact)
    return _entry(id=identifier, prefix=before[-20:], exact=exact, suffix=after[:20])


def _bind(atlas: Atlas, *entries: dict[str, Any]) -> tuple[tuple[Quote, ...], list[Problem]]:
    problems: list[Problem] = []
    return bind_quotes(list(entries), atlas.article, {"enclave", "corridor"}, problems), problems


def _quotes(count: int, *about: str, purpose: str = "describing") -> tuple[Quote, ...]:
    words = [f"words {number}" for number in range(count)]
    return tuple(
        Quote(f"quote-{n}", "", exact, "", 10 * n, 1, "author", purpose, about)
        for n, exact in enumerate(words)
    )


def _other(text: str, place: int) -> str:
    """Return a text with another letter at one place."""
    return f"{text[:place]}{'a' if text[place] == 'e' else 'e'}{text[place + 1 :]}"


def test_exact_quote_is_bound_to_its_paragraph(atlas: Atlas) -> None:
    quotes, problems = _bind(atlas, _entry())
    start = atlas.article.paragraphs[2].start + len(BEFORE)

    assert problems == []
    assert quotes == (
        Quote("a-quote", BEFORE, TRUE, AFTER, start, 3, "author", "describing", ("enclave",), None),
    )
    assert quotes[0].end == start + len(TRUE)
    assert quotes[0].as_properties() == {"exact": TRUE, "paragraph": 3, "speaker": "author"}


def test_quotes_come_in_the_article_s_order(atlas: Atlas) -> None:
    later, earlier, first = (
        "The larger part remains",
        "approximately one third of the territory",
        "Azerbaijan controls",
    )
    quotes, problems = _bind(
        atlas, *(_at(atlas.article, exact, f"quote-{len(exact)}") for exact in (TRUE, later, earlier, first))
    )

    assert problems == []
    assert [quote.exact for quote in quotes] == [first, earlier, later, TRUE]


@pytest.mark.parametrize("exact", NOT_IN_THE_ARTICLE.values(), ids=NOT_IN_THE_ARTICLE)
def test_quote_that_is_not_in_the_article_is_refused(exact: str, atlas: Atlas) -> None:
    quotes, (problem,) = _bind(atlas, _entry(exact=exact))

    assert quotes == ()
    assert (problem.file, problem.feature) == ("quotes.json", "a-quote")
    assert problem.found.endswith(", which is not in the article")
    assert len(str(problem).splitlines()) == 1


def test_refused_quote_is_answered_with_the_true_sentence(atlas: Atlas) -> None:
    _, (problem,) = _bind(atlas, _entry(exact=WITH_APOSTROPHE.replace(CURLY, STRAIGHT)))

    assert problem.expected.startswith(f"its exact words, perhaps: {WITH_APOSTROPHE}")


@pytest.mark.parametrize(("theirs", "ours", "true"), OTHER_CHARACTERS.values(), ids=OTHER_CHARACTERS)
def test_character_that_looks_alike_is_refused_and_named(
    theirs: str, ours: str, true: str, atlas: Atlas
) -> None:
    sound, none = _bind(atlas, _at(atlas.article, true))
    exact = ours.join(true.rsplit(theirs, 1))
    quotes, (problem,) = _bind(atlas, _at(atlas.article, true) | {"exact": exact})

    assert (len(sound), none, quotes) == (1, [], ())
    assert (problem.file, problem.feature) == ("quotes.json", "a-quote")
    assert true in problem.expected
    assert f"(the article has {name(theirs)}, the quote {name(ours)})" in problem.expected


def test_quote_over_two_paragraphs_is_refused(atlas: Atlas) -> None:
    first, second, *_ = (paragraph.text for paragraph in atlas.article.paragraphs)
    _, (problem,) = _bind(atlas, _entry(exact=f"{first[-40:]}\n\n{second[:40]}"))

    assert problem.found.endswith(", which is not in the article")


@pytest.mark.parametrize(("exact", "prefix", "suffix"), OUT_OF_CONTEXT.values(), ids=OUT_OF_CONTEXT)
def test_quote_that_does_not_stand_between_its_prefix_and_suffix_is_refused(
    exact: str, prefix: str, suffix: str, atlas: Atlas
) -> None:
    quotes, (problem,) = _bind(atlas, _entry(exact=exact, prefix=prefix, suffix=suffix))
    (start,) = atlas.article.find(exact)
    text, place = atlas.article.paragraphs[2].text, start - atlas.article.paragraphs[2].start
    around = f"prefix {text[:place][-24:]!r} and suffix {text[place + len(exact) :][:24]!r}"

    assert quotes == ()
    assert (problem.file, problem.feature) == ("quotes.json", "a-quote")
    assert problem.found.startswith(f"{exact[:20]!r}"[:20])
    assert problem.found.endswith(", which is not in the article")
    assert problem.expected.startswith(f"{around}; if the quote was cut short: {BEFORE}{TRUE}")


@pytest.mark.parametrize(("exact", "prefix", "suffix"), CUT_WITHIN_A_WORD.values(), ids=CUT_WITHIN_A_WORD)
def test_quote_cut_within_a_word_is_refused(exact: str, prefix: str, suffix: str, atlas: Atlas) -> None:
    quotes, (problem,) = _bind(atlas, _entry(exact=exact, prefix=prefix, suffix=suffix))

    assert quotes == ()
    assert (problem.file, problem.feature) == ("quotes.json", "a-quote")
    assert problem.found.endswith(", which is cut within a word")
    assert problem.expected.startswith(f"whole words, perhaps: {BEFORE}{TRUE}")


@pytest.mark.parametrize(("exact", "times"), [("Lachin corridor", 2), ("Stepanakert", 3)])
def test_quote_cut_so_short_that_it_stands_in_several_places_is_refused(
    exact: str, times: int, atlas: Atlas
) -> None:
    _, problems = _bind(atlas, _entry(exact=exact, prefix="", suffix=""))

    assert problems == [
        Problem(
            *("quotes.json", "a-quote", f"'{exact}', which is {times} times in the article"),
            "a longer quote, prefix or suffix that is there once",
        )
    ]


def test_prefix_and_suffix_tell_which_of_several_places_is_meant(atlas: Atlas) -> None:
    first, second = ("(excepting the ", "—see below)"), ("Azerbaijani-controlled ", " (the 20-")
    bound = [
        _bind(atlas, _entry(exact="Lachin corridor", prefix=prefix, suffix=suffix))
        for prefix, suffix in (first, second)
    ]

    assert [problems for _, problems in bound] == [[], []]
    assert [quotes[0].paragraph for quotes, _ in bound] == [2, 5]
    assert [quotes[0].start for quotes, _ in bound] == atlas.article.find("Lachin corridor")


def test_quote_in_several_places_and_in_none_of_its_context_is_answered_with_each_place(atlas: Atlas) -> None:
    _, (problem,) = _bind(atlas, _entry(exact="Lachin corridor"))

    assert "troops (excepting the ' and suffix '—see below) and" in problem.expected
    assert "jani-controlled ' and suffix ' (the 20-kilometer-long," in problem.expected


@pytest.mark.parametrize("missing", ["prefix", "suffix"])
def test_quote_without_the_words_around_it_is_refused(missing: str, atlas: Atlas) -> None:
    quotes, problems = _bind(atlas, _entry(**{missing: ""}))

    assert quotes == ()
    assert problems == [
        Problem(
            *("quotes.json", "a-quote", "no prefix or no suffix"),
            f"prefix {BEFORE[-24:]!r} and suffix {' against reincorporation'!r}",
        )
    ]


def test_paragraph_quoted_whole_has_nothing_around_it(atlas: Atlas) -> None:
    paragraph = atlas.article.paragraphs[2]
    quotes, problems = _bind(atlas, _entry(exact=paragraph.text, prefix="", suffix=""))

    assert problems == []
    assert (quotes[0].start, quotes[0].end) == (paragraph.start, paragraph.start + len(paragraph.text))


def test_quotes_that_overlap_are_refused(atlas: Atlas) -> None:
    one, other = (
        _at(atlas.article, TRUE, "one"),
        _at(atlas.article, "territory of Azerbaijan against", "other"),
    )
    quotes, problems = _bind(atlas, other, one)

    assert [quote.id for quote in quotes] == ["one", "other"]
    assert problems == [
        Problem(
            *("quotes.json", "other"),
            "words that quote 'one' has too: 'territory of Azerbaijan against'",
            "passages that do not overlap",
        )
    ]


def test_quote_within_another_is_refused(atlas: Atlas) -> None:
    _, problems = _bind(
        atlas, _at(atlas.article, TRUE, "one"), _at(atlas.article, "security guarantor", "other")
    )

    assert [(problem.feature, problem.expected) for problem in problems] == [
        ("other", "passages that do not overlap")
    ]


def test_quotes_that_share_one_character_overlap(atlas: Atlas) -> None:
    _, problems = _bind(
        atlas, _at(atlas.article, f"{TRUE} ", "one"), _at(atlas.article, " against reincorporation", "other")
    )

    assert [problem.found for problem in problems] == [
        "words that quote 'one' has too: ' against reincorporation'"
    ]


def test_quotes_that_adjoin_do_not_overlap(atlas: Atlas) -> None:
    _, problems = _bind(
        atlas, _at(atlas.article, TRUE, "one"), _at(atlas.article, " against reincorporation", "other")
    )

    assert problems == []


def test_quote_about_an_unknown_feature_is_refused(atlas: Atlas) -> None:
    quotes, problems = _bind(atlas, _entry(about=["enclave", "atlantis"]))

    assert quotes == ()
    assert problems == [
        Problem("quotes.json", "a-quote", "about 'atlantis'", "the id of a layer or feature on the map")
    ]


def test_citation_that_is_not_in_the_quote_s_paragraph_is_refused(atlas: Atlas) -> None:
    quotes, problems = _bind(atlas, _entry(cites="TASS, December 7"))

    assert atlas.article.find("TASS, December 7") != []
    assert quotes == ()
    assert problems == [
        Problem(
            *("quotes.json", "a-quote", "cites = 'TASS, December 7', which is not in the paragraph"),
            "the citation as it stands in the quote's paragraph",
        )
    ]


def test_citation_in_the_quote_s_paragraph_is_kept(atlas: Atlas) -> None:
    ((quote,), problems) = _bind(atlas, _entry(cites="see EDM, November 12, 13"))

    assert problems == []
    assert quote.cites == "see EDM, November 12, 13"


def test_every_fault_of_a_quote_is_named_at_once(atlas: Atlas) -> None:
    _, problems = _bind(atlas, _entry(prefix="", about=["atlantis"], cites="TASS, December 7"))

    assert [problem.found.partition(" ")[0] for problem in problems] == ["no", "cites", "about"]


@each_entry
def test_every_quote_of_the_file_is_bound_where_it_stands(entry: dict[str, Any], atlas: Atlas) -> None:
    quote = next(quote for quote in atlas.annotations.quotes if quote.id == entry["id"])
    paragraph = atlas.article.paragraphs[quote.paragraph - 1]
    place = quote.start - paragraph.start

    assert paragraph.text[place : place + len(quote.exact)] == entry["exact"]
    assert paragraph.text[:place].endswith(entry["prefix"])
    assert paragraph.text[place + len(quote.exact) :].startswith(entry["suffix"])
    assert quote.cites == entry.get("cites")


@each_entry
def test_one_other_character_in_any_quote_is_a_fault(entry: dict[str, Any], atlas: Atlas) -> None:
    exact = entry["exact"]
    _, problems = _bind(atlas, entry | {"exact": _other(exact, len(exact) // 2), "about": ["enclave"]})

    assert [(problem.file, problem.feature) for problem in problems] == [("quotes.json", entry["id"])]
    assert problems[0].found.endswith(", which is not in the article")
    assert problems[0].expected.startswith("its exact words, perhaps: ")
    offered = problems[0].expected.removeprefix("its exact words, perhaps: ").partition(" (the article has ")
    (start,) = atlas.article.find(exact)
    assert offered[0] in atlas.article.paragraph_at(start).text


@each_entry
def test_one_other_or_lost_character_at_any_edge_of_a_quote_is_a_fault(
    entry: dict[str, Any], atlas: Atlas
) -> None:
    article = WithoutHelp(atlas.article.metadata, atlas.article.paragraphs)
    exact, last = entry["exact"], len(entry["exact"]) - 1
    texts = [("exact", text) for text in (_other(exact, 0), _other(exact, last), exact[1:], exact[:-1])]
    texts += [(key, _other(entry[key], edge)) for key, edge in (("prefix", -1), ("suffix", 0)) if entry[key]]
    known: list[Problem] = []
    bind_quotes([entry], article, entry["about"], known)
    faulty = []
    for key, text in texts:
        problems: list[Problem] = []
        bind_quotes([entry | {key: text}], article, entry["about"], problems)
        faulty.append({(problem.file, problem.feature) for problem in problems})

    assert known == []
    assert faulty == [{("quotes.json", entry["id"])}] * len(texts)


def test_unknown_speaker_is_refused(data_copy: Path) -> None:
    problems: list[Problem] = []
    path = data_copy / "geodata" / "quotes.json"
    path.write_text(json.dumps([_entry(speaker="somebody")]), encoding="utf-8")
    data = read_geodata(data_copy / "geodata", problems)

    assert data.quotes == []
    assert problems == [
        Problem(
            *("quotes.json", "a-quote", "speaker = 'somebody'"),
            "author, armistice, russian-military-maps, official or agency",
        )
    ]


@pytest.mark.parametrize(
    ("layer", "fewest"), [*FEWEST_QUOTES.items(), ("places", 1), ("demarcation-line", 1)]
)
def test_layer_with_too_few_quotes_is_named(layer: str, fewest: int) -> None:
    enough, too_few = _quotes(fewest, layer), _quotes(fewest - 1, layer)

    assert list(too_few_quotes(enough, layer, [])) == []
    assert list(too_few_quotes(too_few, layer, [])) == [
        Problem("quotes.json", layer, f"{fewest - 1} quotes that describe this layer", f"at least {fewest}")
    ]


def test_quote_of_a_feature_counts_for_its_layer_once() -> None:
    quotes = _quotes(2, "lachin-corridor", "mouth", "strip")

    assert len(quotes_about(quotes, "lachin-corridor", "mouth", "strip")) == 2
    assert [problem.found for problem in too_few_quotes(quotes, "lachin-corridor", ["mouth"])] == [
        "2 quotes that describe this layer"
    ]


def test_quote_that_only_names_a_layer_does_not_count_for_it() -> None:
    quotes = _quotes(2, "places", purpose="identifying")

    assert len(quotes_about(quotes, "places")) == 2
    assert quotes_about(quotes, "places", purpose="describing") == []
    assert [problem.found for problem in too_few_quotes(quotes, "places", [])] == [
        "0 quotes that describe this layer"
    ]


def test_place_in_the_file_counts_from_the_first_paragraph_on() -> None:
    article = Article({}, (Paragraph(1, 1, 100, "One two."), Paragraph(2, 1, 200, "Three four.")))
    entries = [_entry(id="b", prefix="Three ", exact="four", suffix="."), _at(article, "One", "a")]
    quotes = bind_quotes(entries, article, {"enclave"}, [])

    assert [(quote.id, quote.start, quote.end, quote.paragraph) for quote in quotes] == [
        ("a", 100, 103, 1),
        ("b", 206, 210, 2),
    ]
