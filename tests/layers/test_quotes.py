"""Quotes: exact words or a fault that says which words were meant."""

import json
from pathlib import Path
from typing import Any

import pytest

from layers import Atlas
from layers.problems import Problem
from layers.quotes import FEWEST_QUOTES, Quote, bind_quotes, quotes_about, too_few_quotes
from layers.reading import read_geodata

TRUE = "Russia has become the security guarantor of this Armenian-inhabited territory of Azerbaijan"
CURLY, STRAIGHT = "\N{RIGHT SINGLE QUOTATION MARK}", "'"
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


def _entry(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a file may hold
    return {"id": "a-quote", "exact": TRUE, "speaker": "author", "about": ["enclave"], **changes}


def _bind(atlas: Atlas, *entries: dict[str, Any]) -> tuple[tuple[Quote, ...], list[Problem]]:
    problems: list[Problem] = []
    return bind_quotes(list(entries), atlas.article, {"enclave", "corridor"}, problems), problems


def _quotes(count: int, *about: str) -> tuple[Quote, ...]:
    return tuple(Quote(f"words {number}", 1, "author", about) for number in range(count))


def test_exact_quote_is_bound_to_its_paragraph(atlas: Atlas) -> None:
    quotes, problems = _bind(atlas, _entry())

    assert problems == []
    assert quotes == (Quote(TRUE, 3, "author", ("enclave",)),)
    assert quotes[0].as_properties() == {"exact": TRUE, "paragraph": 3, "speaker": "author"}


def test_quotes_come_in_the_article_s_order(atlas: Atlas) -> None:
    later, earlier, first = (
        "The larger part remains",
        "approximately one third of the territory",
        "Azerbaijan controls",
    )
    quotes, _ = _bind(atlas, *(_entry(exact=exact) for exact in (TRUE, later, earlier, first)))

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


def test_quote_over_two_paragraphs_is_refused(atlas: Atlas) -> None:
    first, second, *_ = (paragraph.text for paragraph in atlas.article.paragraphs)
    _, (problem,) = _bind(atlas, _entry(exact=f"{first[-40:]}\n\n{second[:40]}"))

    assert problem.found.endswith(", which is not in the article")


@pytest.mark.parametrize(("exact", "times"), [("Lachin corridor", 2), ("Stepanakert", 3)])
def test_quote_cut_so_short_that_it_stands_in_several_places_is_refused(
    exact: str, times: int, atlas: Atlas
) -> None:
    _, problems = _bind(atlas, _entry(exact=exact))

    assert problems == [
        Problem(
            *("quotes.json", "a-quote", f"'{exact}', which is {times} times in the article"),
            "a longer quote that is there once",
        )
    ]


def test_quote_about_an_unknown_feature_is_refused(atlas: Atlas) -> None:
    quotes, problems = _bind(atlas, _entry(about=["enclave", "atlantis"]))

    assert quotes == ()
    assert problems == [
        Problem("quotes.json", "a-quote", "about 'atlantis'", "the id of a layer or feature on the map")
    ]


def test_unknown_speaker_is_refused(data_copy: Path) -> None:
    problems: list[Problem] = []
    path = data_copy / "geodata" / "quotes.json"
    path.write_text(json.dumps([_entry(speaker="somebody")]), encoding="utf-8")
    data = read_geodata(data_copy / "geodata", problems)

    assert data.quotes == []
    assert problems == [
        Problem(
            *("quotes.json", "a-quote", "speaker = 'somebody'"),
            "author, armistice, russian-military-maps or official",
        )
    ]


@pytest.mark.parametrize(
    ("layer", "fewest"), [*FEWEST_QUOTES.items(), ("places", 1), ("demarcation-line", 1)]
)
def test_layer_with_too_few_quotes_is_named(layer: str, fewest: int) -> None:
    enough, too_few = _quotes(fewest, layer), _quotes(fewest - 1, layer)

    assert list(too_few_quotes(enough, layer, [])) == []
    assert list(too_few_quotes(too_few, layer, [])) == [
        Problem("quotes.json", layer, f"{fewest - 1} quotes bound to this layer", f"at least {fewest}")
    ]


def test_quote_of_a_feature_counts_for_its_layer_once() -> None:
    quotes = _quotes(2, "lachin-corridor", "mouth", "strip")

    assert len(quotes_about(quotes, "lachin-corridor", "mouth", "strip")) == 2
    assert [problem.found for problem in too_few_quotes(quotes, "lachin-corridor", ["mouth"])] == [
        "2 quotes bound to this layer"
    ]
