"""Quotes: exact words with the words around them, there once, or a fault that says which were meant."""

from typing import Any
from unicodedata import name

import pytest

from layers import Atlas
from layers.data.folders import ROOT
from layers.data.problems import Problem, shortened
from layers.presentation import voice_of
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
    "over two paragraphs": "Karabakh.\n\nStrategically",
    "5,000 characters": "x" * 5_000,
}
OTHER_CHARACTERS = [
    (CURLY, STRAIGHT, WITH_APOSTROPHE),
    (
        *(NO_BREAK_SPACE, " "),
        f"the Russian “peacekeepers{CURLY}{NO_BREAK_SPACE}” areas of responsibility are situated entirely on",
    ),
    (EN_DASH, "-", f"Following its victorious 44-day war (September 27{EN_DASH}November 9)"),
    ("“", "”", "the swift insertion of Russian “peacekeeping“ troops has effectively"),
]
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
NOWHERE = "which is not in the article"
NO_CONTEXT = ("no prefix or no suffix", f"prefix {BEFORE[-24:]!r} and suffix {AFTER!r}")
A_LONGER_ONE = "a longer quote, prefix or suffix that is there once"
CUT = (
    f"{shortened(TRUE[:-4])}, which is cut within a word",
    f"{shortened(TRUE[3:])}, which is cut within a word",
)
WHOLE_WORDS = f"whole words, perhaps: {BEFORE}{TRUE}"


def _around(exact: str) -> str:
    before, _, after = f"{BEFORE}{TRUE}{AFTER}".partition(exact)
    return f"prefix {before[-24:]!r} and suffix {after[:24]!r}; if the quote was cut short: {BEFORE}{TRUE}"


# What an entry has instead of what is right, what is found of it, and how begins what is expected.
REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    **{
        case: (
            {"exact": exact},
            f"{shortened(exact)}, {NOWHERE}",
            "its exact words, perhaps: ",
        )
        for case, exact in NOT_IN_THE_ARTICLE.items()
    },
    **{
        case: (
            {"exact": exact, "prefix": prefix, "suffix": suffix},
            f"{shortened(exact)} between {shortened(prefix)} and {shortened(suffix)}, {NOWHERE}",
            _around(exact),
        )
        for case, (exact, prefix, suffix) in OUT_OF_CONTEXT.items()
    },
    "end within a word": ({"exact": TRUE[:-4], "suffix": f"{TRUE[-4:]}{AFTER}"}, CUT[0], WHOLE_WORDS),
    "beginning within a word": ({"exact": TRUE[3:], "prefix": f"{BEFORE}{TRUE[:3]}"}, CUT[1], WHOLE_WORDS),
    "in several places": (
        {"exact": "Stepanakert", "prefix": "", "suffix": ""},
        *("'Stepanakert', which is 3 times in the article", A_LONGER_ONE),
    ),
    "no prefix": ({"prefix": ""}, *NO_CONTEXT),
    "no suffix": ({"suffix": ""}, *NO_CONTEXT),
    "about an unknown feature": (
        {"about": ["enclave", "atlantis"]},
        *("about 'atlantis'", "the id of a layer or feature on the map"),
    ),
    "citation of another paragraph": (
        {"cites": "TASS, December 7"},
        "cites = 'TASS, December 7', which is not in the paragraph",
        "the citation as it stands in the quote's paragraph",
    ),
    "somebody whom the paragraph does not name": (
        {"who": "Lavrov"},
        "who = 'Lavrov', which is not in the paragraph",
        "the name as it stands in the quote's paragraph",
    ),
    "own words that it has not": (
        {"reports": "armistice", "own_words": ["rump"]},
        "own_words 'rump', which are not in the quote",
        f"words of: {shortened(TRUE)}",
    ),
    "somebody else's words without quotation marks": (
        {"speaker": "official"},
        f"speaker = official of {shortened(TRUE)}",
        "author, or a passage that is wholly in quotation marks",
    ),
}
# What is Socor's wording, though he reports a map, a statement or an official around it.
HIS_OWN = {
    "self-arrogated": "self-arrogated",
    "no-helicopters": "no mention of helicopters",
    "stationed-where": "the Armenian-controlled part",
}


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


def test_exact_quote_is_bound_to_its_paragraph(atlas: Atlas) -> None:
    quotes, problems = _bind(atlas, _entry())
    start = atlas.article.paragraphs[2].start + len(BEFORE)

    assert problems == []
    assert quotes == (
        Quote("a-quote", BEFORE, TRUE, AFTER, start, 3, "author", "describing", ("enclave",), None),
    )
    assert quotes[0].end == start + len(TRUE)
    assert quotes[0].as_properties() == {"exact": TRUE, "paragraph": 3, "speaker": "author", "reports": None}


def test_quotes_come_in_the_article_s_order(atlas: Atlas) -> None:
    words = [
        "Azerbaijan controls",
        "approximately one third of the territory",
        "The larger part remains",
        TRUE,
    ]
    quotes, problems = _bind(
        atlas, *(_at(atlas.article, exact, f"quote-{len(exact)}") for exact in words[::-1])
    )

    assert problems == []
    assert [quote.exact for quote in quotes] == words


@pytest.mark.parametrize(("changes", "found", "expected"), REFUSED.values(), ids=REFUSED)
def test_quote_that_does_not_fit_is_refused(
    changes: dict[str, Any], found: str, expected: str, atlas: Atlas
) -> None:
    quotes, problems = _bind(atlas, _entry(**changes))

    assert quotes == ()
    assert [(x.file, x.feature, x.found) for x in problems] == [("quotes.json", "a-quote", found)]
    assert problems[0].expected.startswith(expected)


def test_character_that_looks_alike_is_refused_and_named(atlas: Atlas) -> None:
    accepted = []
    for theirs, ours, true in OTHER_CHARACTERS:
        quotes, problems = _bind(
            atlas, _at(atlas.article, true) | {"exact": ours.join(true.rsplit(theirs, 1))}
        )
        named = f"(the article has {name(theirs)}, the quote {name(ours)})"
        if quotes or not all(true in x.expected and named in x.expected for x in problems):
            accepted.append(true)

    assert accepted == []


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


def test_paragraph_quoted_whole_has_nothing_around_it(atlas: Atlas) -> None:
    paragraph = atlas.article.paragraphs[2]
    quotes, problems = _bind(atlas, _entry(exact=paragraph.text, prefix="", suffix=""))

    assert problems == []
    assert (quotes[0].start, quotes[0].end) == (paragraph.start, paragraph.start + len(paragraph.text))


@pytest.mark.parametrize("words", ["territory of Azerbaijan against", "security guarantor"])
def test_quotes_that_overlap_are_refused(words: str, atlas: Atlas) -> None:
    quotes, problems = _bind(atlas, _at(atlas.article, words, "other"), _at(atlas.article, TRUE, "one"))
    found = f"words that quote 'one' has too: {words!r}"

    assert [quote.id for quote in quotes] == ["one", "other"]
    assert problems == [Problem("quotes.json", "other", found, "passages that do not overlap")]


def test_quotes_that_share_one_character_overlap(atlas: Atlas) -> None:
    _, problems = _bind(atlas, _at(atlas.article, f"{TRUE} ", "one"), _at(atlas.article, AFTER, "other"))

    assert [problem.found for problem in problems] == [f"words that quote 'one' has too: {AFTER!r}"]


def test_quotes_that_adjoin_do_not_overlap(atlas: Atlas) -> None:
    _, problems = _bind(atlas, _at(atlas.article, TRUE, "one"), _at(atlas.article, AFTER, "other"))

    assert problems == []


def test_citation_in_the_quote_s_paragraph_is_kept(atlas: Atlas) -> None:
    ((quote,), problems) = _bind(atlas, _entry(cites="see EDM, November 12, 13"))

    assert problems == []
    assert quote.cites == "see EDM, November 12, 13"


def test_every_fault_of_a_quote_is_named_at_once(atlas: Atlas) -> None:
    _, problems = _bind(atlas, _entry(prefix="", about=["atlantis"], cites="TASS, December 7"))

    assert [problem.found.partition(" ")[0] for problem in problems] == ["no", "cites", "about"]


def test_layer_with_too_few_quotes_is_named() -> None:
    fewest = {**FEWEST_QUOTES, "places": 1, "demarcation-line": 1}
    enough = [list(too_few_quotes(_quotes(count, layer), layer, [])) for layer, count in fewest.items()]
    too_few = [list(too_few_quotes(_quotes(n - 1, layer), layer, [])) for layer, n in fewest.items()]

    assert enough == [[]] * len(fewest)
    assert too_few == [
        [Problem("quotes.json", layer, f"{n - 1} quotes that describe this layer", f"at least {n}")]
        for layer, n in fewest.items()
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


def test_speaker_is_who_utters_the_words(atlas: Atlas) -> None:
    quotes = {quote.id: quote for quote in atlas.annotations.quotes}
    quoted = {quote.id for quote in quotes.values() if quote.exact[0] == "“" and quote.exact[-1] == "”"}

    assert {key for key, quote in quotes.items() if quote.speaker != "author"} == quoted
    assert [quote.id for quote in quotes.values() if quote.reports and quote.speaker != "author"] == []
    assert [key for key, words in HIS_OWN.items() if words not in quotes[key].exact] == []
    assert [key for key in HIS_OWN if quotes[key].reports or quotes[key].speaker != "author"] == []


def test_reader_sees_whom_the_author_reports_and_which_words_are_his_own(atlas: Atlas) -> None:
    voices = {quote.id: voice_of(quote) for quote in atlas.annotations.quotes}

    assert voices["russian-maps"].text == (
        "the author, reporting Russian military maps; the author's own words: “rump-Karabakh”"
    )
    assert voices["lavrov-legal-implications"].text == "Lavrov, quoted by the author"
    assert voices["de-mining-troops"].tag == "cited: TASS"
    assert voices["self-arrogated"].tag == ""


def test_readme_states_how_many_passages_there_are(atlas: Atlas) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert f"{len(atlas.annotations.quotes)} passages" in readme
