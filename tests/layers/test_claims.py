"""Claims: the article's words beside our own figure, and a verdict that follows from nothing else."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely

from layers import Atlas
from layers.data.files import GEODATA
from layers.data.problems import Problem
from layers.geometry.measure import area_km2, distance_m, length_km, to_metres
from layers.text.claims import AGREES, CANNOT_BE_TOLD, DIFFERS, Claim, Range, check_claims
from layers.text.measurements import MEASURES, Measured, Shapes
from layers.text.quotes import Quote
from tests.layers.damage import CLAIMS, FACES, PLACES, are_lines, at, damage, problems_of, put, say

Json = Any
ENTRIES = {entry["id"]: entry for entry in json.loads((GEODATA / CLAIMS).read_text(encoding="utf-8"))}
QUOTE = Quote(
    *("a-quote", "", "Twice two is four, and twice three is six.", "", 0, 1, "author", "describing"),
    ("enclave",),
    "see EDM",
)
VERDICTS = {
    "within": (30.0, 0.0, (20, 40), AGREES),
    "on the lower edge": (20.0, 0.0, (20, 40), AGREES),
    "on the upper edge": (40.0, 0.0, (20, 40), AGREES),
    "within, and off by more than to the edge": (21.0, 5.0, (20, 40), AGREES),
    "below": (19.9, 0.0, (20, 40), DIFFERS),
    "above": (40.1, 0.0, (20, 40), DIFFERS),
    "below by less than it may be off": (19.0, 1.5, (20, 40), CANNOT_BE_TOLD),
    "below by as much as it may be off": (19.0, 1.0, (20, 40), CANNOT_BE_TOLD),
    "above by less than it may be off": (41.0, 1.5, (20, 40), CANNOT_BE_TOLD),
    "below by more than it may be off": (18.0, 1.5, (20, 40), DIFFERS),
    "above by more than it may be off": (42.0, 1.5, (20, 40), DIFFERS),
    "no upper end": (1e9, 0.0, (50, None), AGREES),
    "below, no upper end": (49.0, 0.5, (50, None), DIFFERS),
    "just below, no upper end": (49.0, 2.0, (50, None), CANNOT_BE_TOLD),
    "no lower end": (-1e9, 0.0, (None, 0.5), AGREES),
    "above, no lower end": (0.6, 0.0, (None, 0.5), DIFFERS),
    "a whole number": (2.0, 0.0, (2, 2), AGREES),
    "another whole number": (3.0, 0.0, (2, 2), DIFFERS),
}
TEXTS = {
    "2 of 2 ends": (Measured(2.0), 0, "of 2 ends"),
    "30.6 ± 1.6 %": (Measured(30.63, 1.62), 1, "%"),
    "1,234.57 km²": (Measured(1234.567), 2, "km²"),
    "-0.4 ± 2.0 km inside": (Measured(-0.4, 2.0), 1, "km inside"),
}
# What the explanations say beside the figure that is measured, each computed in its own way below.
SAID = (
    *(("one-third", "31.4 %"), ("covering-the-rump", "36 km²"), ("corridor-length", "14 km")),
    *(("corridor-length", "7.6 km"), ("four-districts-adjacent", "84 km"), ("overland", "5.5 km")),
    *(("four-districts-adjacent", "57 km"), ("four-districts-adjacent", "15 km"), ("airport", "10 km")),
    *(("four-districts-adjacent", "19.5 km"), ("demarcation-line", "9 km")),
)

each_entry = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)


@pytest.fixture(scope="module")
def shapes(atlas: Atlas) -> Shapes:
    """What the claims are held against: the features of the map, the countries, the coverage."""
    features = {
        identifier: shape
        for layer in atlas.layers.values()
        for identifier, shape in zip(layer.features.id, layer.features.geometry, strict=True)
    }
    countries = atlas.basemap[atlas.basemap.kind == "country"]
    return Shapes(features, dict(zip(countries.id, countries.geometry, strict=True)), atlas.coverage)


@pytest.fixture(scope="module")
def said(atlas: Atlas, shapes: Shapes) -> dict[str, str]:
    """The figures of `SAID` for the claims that say them, out of faces, borders and points."""
    faces = atlas.coverage.faces.set_index("id")
    oblast = faces[faces.oblast].geometry.map(area_km2)
    pocket = oblast["khtsaberd-pocket"]
    held = oblast[["oblast-north", "oblast-south"]].sum()
    whole = shapely.coverage_union_all(faces[faces.oblast].geometry.to_numpy())
    common = {
        district: length_km(shapes.features[f"district-{district}"].boundary & whole.boundary)
        for district in ("fuzuli", "jabrayil", "gubadli")
    }
    apart = to_metres(shapes.features["district-zangilan"]).distance(to_metres(whole)) / 1000
    enclave, corridor = (shapes.features[i] for i in ("upper-karabakh-armenian-held", "lachin-corridor"))
    corridor_row = atlas.layers["lachin-corridor"].features.iloc[0]
    nearest = to_metres(shapes.countries["armenia"]).distance(to_metres(enclave)) / 1000
    airport = distance_m(shapes.features["stepanakert-airport"], shapes.features["stepanakert"]) / 1000
    return {
        "31.4 %": f"{100 * (1 - held / oblast.sum()):.1f} %",
        "36 km²": f"{pocket:.0f} km²",
        "14 km": f"{corridor_row.road_km:.0f} km",
        "7.6 km": f"{corridor_row.crow_km:.1f} km",
        "84 km": f"{common['fuzuli']:.0f} km",
        "57 km": f"{common['jabrayil']:.0f} km",
        "15 km": f"{common['gubadli']:.0f} km",
        "19.5 km": f"{apart:.1f} km",
        "9 km": f"{length_km(enclave.boundary & corridor.boundary):.0f} km",
        "5.5 km": f"{nearest:.1f} km",
        "10 km": f"{airport:.0f} km",
    }


def _claim(measured: Measured, accepts: Range = (None, None), circular: str | None = None) -> Claim:
    return Claim(
        *("a-claim", "Twice two is four.", QUOTE, "four", ("enclave",), "twice two", "four"),
        *("km", 1, accepts, "Four.", circular, "It is.", measured),
    )


def _entry(**changes: Json) -> Json:
    """Return the entry of a claim that holds: one that needs no more than the shapes of the map."""
    known = {"id": "a-claim", "claim": "It is.", "quote": "a-quote", "exact": "is four", "about": ["baku"]}
    figure = {"what": "ends", "figure": "both", "unit": "of 2 ends", "decimals": 0, "tolerance": "Both."}
    ranges = {"measure": "corridor_ends_met", "accepts": [2, 2], "stated": [2, 2], "circular": None}
    return {**known, **figure, **ranges, "explanation": "It is.", **changes}


def _check(shapes: Shapes, *entries: Json) -> tuple[tuple[Claim, ...], list[Problem]]:
    problems: list[Problem] = []
    return check_claims(list(entries), (QUOTE,), shapes, problems), problems


def _of(atlas: Atlas, entry: Json) -> Claim:
    return next(claim for claim in atlas.claims if claim.id == entry["id"])


def test_claims_come_in_the_order_of_the_file(atlas: Atlas) -> None:
    assert [claim.id for claim in atlas.claims] == list(ENTRIES)
    assert len(ENTRIES) >= 18


def test_every_measure_is_held_against_some_claim() -> None:
    assert {entry["measure"] for entry in ENTRIES.values()} == set(MEASURES)


@each_entry
def test_claim_says_what_the_file_says(entry: Json, atlas: Atlas) -> None:
    claim = _of(atlas, entry)
    plain = ("claim", "exact", "what", "figure", "unit", "decimals", "tolerance", "circular", "explanation")

    assert {key: getattr(claim, key) for key in plain} == {key: entry[key] for key in plain}
    assert (list(claim.about), list(claim.accepts)) == (entry["about"], entry["accepts"])
    assert claim.quote.id == entry["quote"]


@each_entry
def test_figure_lies_where_it_is_stated_to_lie(entry: Json, atlas: Atlas) -> None:
    low, high = entry["stated"]

    assert low <= _of(atlas, entry).measured.value <= high


@each_entry
def test_no_figure_of_the_stated_range_would_have_another_verdict(entry: Json, atlas: Atlas) -> None:
    claim = _of(atlas, entry)
    ends = [replace(claim, measured=replace(claim.measured, value=value)) for value in entry["stated"]]
    edges = [edge for edge in entry["accepts"] if edge is not None]
    inside = [edge for edge in edges if entry["stated"][0] < edge < entry["stated"][1]]

    assert {end.verdict for end in ends} == {claim.verdict}
    assert inside == []


@each_entry
def test_figure_as_shown_has_the_verdict_of_the_figure_itself(entry: Json, atlas: Atlas) -> None:
    claim = _of(atlas, entry)
    shown = round(claim.measured.value, claim.decimals)

    assert replace(claim, measured=Measured(shown, claim.measured.margin)).verdict == claim.verdict


@each_entry
def test_ranges_have_their_lower_end_first(entry: Json) -> None:
    accepts = [edge for edge in entry["accepts"] if edge is not None]

    assert accepts == sorted(accepts)
    assert len(accepts) >= 1
    assert entry["stated"] == sorted(entry["stated"])


@each_entry
def test_claim_is_about_what_its_quote_is_about(entry: Json, atlas: Atlas) -> None:
    spoken_of = set(_of(atlas, entry).quote.about)
    layers = {layer.id for feature in entry["about"] if (layer := atlas.layer_of(feature))}

    assert (set(entry["about"]) | layers) & spoken_of != set()


@each_entry
def test_claim_is_explained_in_whole_sentences_and_a_circular_one_tells_nothing(
    entry: Json, atlas: Atlas
) -> None:
    texts = [entry[key] for key in ("claim", "tolerance", "explanation", "circular") if entry[key]]

    assert [text for text in texts if not text.endswith(".")] == []
    assert entry["circular"] is None or _of(atlas, entry).verdict == CANNOT_BE_TOLD


@pytest.mark.parametrize(("claim", "figure"), SAID)
def test_figure_in_an_explanation_is_that_of_the_map(claim: str, figure: str, said: dict[str, str]) -> None:
    assert figure in ENTRIES[claim]["explanation"]
    assert said[figure] == figure


@pytest.mark.parametrize(("value", "margin", "accepts", "verdict"), VERDICTS.values(), ids=VERDICTS)
def test_verdict_follows_from_figure_margin_and_tolerance(
    value: float, margin: float, accepts: Range, verdict: str
) -> None:
    assert _claim(Measured(value, margin), accepts).verdict == verdict


@pytest.mark.parametrize("value", [0.0, 30.0])
def test_what_was_drawn_after_the_claim_cannot_tell(value: float) -> None:
    claim = _claim(Measured(value), (20, 40), circular="It was drawn after the claim.")

    assert claim.verdict == CANNOT_BE_TOLD


@pytest.mark.parametrize(("text", "figure"), TEXTS.items(), ids=TEXTS)
def test_figure_is_shown_with_unit_and_margin(text: str, figure: tuple[Measured, int, str]) -> None:
    measured, decimals, unit = figure

    assert replace(_claim(measured), decimals=decimals, unit=unit).measured_text == text


def test_claim_that_fits_is_measured(shapes: Shapes) -> None:
    (claim,), problems = _check(shapes, _entry())

    assert problems == []
    assert (claim.measured, claim.verdict, claim.quote) == (Measured(2.0), AGREES, QUOTE)


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        ({"about": ["atlantis"]}, "about 'atlantis'", "the id of a feature on the map"),
        ({"about": ["places"]}, "about 'places'", "the id of a feature on the map"),
        ({"quote": "no-quote"}, "quote = 'no-quote'", "the id of a quote in quotes.json"),
        ({"measure": "by_eye"}, "measure = 'by_eye'", f"one of {', '.join(MEASURES)}"),
        (
            {"exact": "Twice two is five"},
            "'Twice two is five', which is 0 times in the quote",
            f"words that are once in: {QUOTE.exact}",
        ),
        (
            {"exact": "is"},
            "'is', which is 2 times in the quote",
            f"words that are once in: {QUOTE.exact}",
        ),
        (
            {"stated": [1, 1.9]},
            "measured 2.000 of 2 ends",
            "1 to 1.9 as stated; if the new figure is right, write the claim anew",
        ),
        (
            {"stated": [2.1, 3]},
            "measured 2.000 of 2 ends",
            "2.1 to 3 as stated; if the new figure is right, write the claim anew",
        ),
    ],
    ids=["feature", "layer", "quote", "measure", "no words", "words twice", "more", "less"],
)
def test_claim_that_does_not_fit_is_named(changes: Json, found: str, expected: str, shapes: Shapes) -> None:
    _, problems = _check(shapes, _entry(**changes))

    assert problems == [Problem("claims.json", "a-claim", found, expected)]


def test_words_of_the_citation_alone_are_no_claim(shapes: Shapes) -> None:
    _, (problem,) = _check(shapes, _entry(exact="EDM"))

    assert problem.found == "'EDM', which is 0 times in the quote"


@pytest.mark.parametrize("country", ["armenia", "azerbaijan"])
def test_country_that_is_missing_is_named_once(country: str, shapes: Shapes) -> None:
    left = {identifier: shape for identifier, shape in shapes.countries.items() if identifier != country}
    claims, problems = _check(replace(shapes, countries=left), _entry(), _entry(id="other"))

    assert claims == ()
    assert problems == [
        Problem("context.geojson", country, "no such id", "this country, which claims are held against")
    ]


def test_every_fault_of_every_claim_is_named_at_once(shapes: Shapes) -> None:
    one = _entry(about=["atlantis", "baku"], measure="by_eye")
    other = _entry(id="other", quote="no-quote")
    third = _entry(id="third", stated=[0, 1])
    claims, problems = _check(shapes, one, other, _entry(id="sound"), third)

    assert [(problem.feature, problem.found) for problem in problems] == [
        ("a-claim", "about 'atlantis'"),
        ("a-claim", "measure = 'by_eye'"),
        ("other", "quote = 'no-quote'"),
        ("third", "measured 2.000 of 2 ends"),
    ]
    assert claims[0].id == "sound"


@each_entry
def test_stated_range_that_the_figure_has_left_is_a_fault(entry: Json, atlas: Atlas, shapes: Shapes) -> None:
    problems: list[Problem] = []
    low, high = entry["stated"]
    check_claims([entry | {"stated": [high + 1, high + 2]}], atlas.annotations.quotes, shapes, problems)
    check_claims([entry | {"stated": [low - 2, low - 1]}], atlas.annotations.quotes, shapes, problems)

    assert [(problem.file, problem.feature) for problem in problems] == [("claims.json", entry["id"])] * 2
    assert all(problem.found.startswith("measured ") for problem in problems)


def test_face_moved_to_the_other_side_makes_the_build_fail(data_copy: Path) -> None:
    damage(data_copy, FACES, say("2020-12-31", "talish-sugovushan", "azerbaijani_since"))
    problems = problems_of(data_copy)
    moved = ("covering-the-rump", "larger-part", "one-third")

    assert [(problem.file, problem.feature) for problem in problems] == [(CLAIMS, claim) for claim in moved]
    assert all(problem.found.startswith("measured ") for problem in problems)
    assert are_lines(problems)


def test_point_moved_makes_the_build_fail(data_copy: Path) -> None:
    damage(data_copy, PLACES, at("emergency-ministry-camp", 46.9, 39.8))

    assert [(problem.file, problem.feature) for problem in problems_of(data_copy)] == [(CLAIMS, "camp")]


def test_stated_range_edited_makes_the_build_fail(data_copy: Path) -> None:
    damage(data_copy, CLAIMS, put([33.3, 33.4], "one-third", "stated"))
    (problem,) = problems_of(data_copy)

    assert (problem.file, problem.feature) == (CLAIMS, "one-third")
    assert problem.found.startswith("measured 30.")
    assert problem.expected.startswith("33.3 to 33.4 as stated")
