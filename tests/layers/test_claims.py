"""Claims: the article's words beside our own figure, and a verdict that follows from nothing else."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely

from layers import Atlas
from layers.data.folders import GEODATA
from layers.data.problems import Problem
from layers.geometry.measure import area_km2, distance_m, length_km, to_metres
from layers.text.claims import AGREES, CANNOT_BE_TOLD, DIFFERS, Claim, Range, check_claims
from layers.text.measurements import MEASURES, Measured, Shapes
from layers.text.quotes import Quote
from tests.layers.damage import CLAIMS, FACES, PLACES, at, damage, problems_of, say
from tests.layers.lookup import figure_of, shapes_of

Json = Any
ENTRIES = {entry["id"]: entry for entry in json.loads((GEODATA / CLAIMS).read_text(encoding="utf-8"))}
QUOTE = Quote(
    *("a-quote", "", "Twice two is four, and twice three is six.", "", 0, 1, "author", "describing"),
    ("enclave",),
    "see EDM",
)
A_FEATURE, ONCE = "the id of a feature on the map", f"words that are once in: {QUOTE.exact}"
AS_STATED = "as stated; if the new figure is right, write the claim anew"
VERDICTS: list[tuple[float, float, Range, str]] = [
    (30.0, 0.0, (20, 40), AGREES),  # within
    (20.0, 0.0, (20, 40), AGREES),  # on the lower edge
    (40.0, 0.0, (20, 40), AGREES),  # on the upper edge
    (21.0, 5.0, (20, 40), AGREES),  # within, and off by more than to the edge
    (19.9, 0.0, (20, 40), DIFFERS),  # below
    (40.1, 0.0, (20, 40), DIFFERS),  # above
    (19.0, 1.5, (20, 40), CANNOT_BE_TOLD),  # below by less than it may be off
    (19.0, 1.0, (20, 40), CANNOT_BE_TOLD),  # below by as much as it may be off
    (41.0, 1.5, (20, 40), CANNOT_BE_TOLD),  # above by less than it may be off
    (18.0, 1.5, (20, 40), DIFFERS),  # below by more than it may be off
    (42.0, 1.5, (20, 40), DIFFERS),  # above by more than it may be off
    (1e9, 0.0, (50, None), AGREES),  # no upper end
    (49.0, 0.5, (50, None), DIFFERS),  # below, no upper end
    (49.0, 2.0, (50, None), CANNOT_BE_TOLD),  # just below, no upper end
    (-1e9, 0.0, (None, 0.5), AGREES),  # no lower end
    (0.6, 0.0, (None, 0.5), DIFFERS),  # above, no lower end
    (2.0, 0.0, (2, 2), AGREES),  # a whole number
    (3.0, 0.0, (2, 2), DIFFERS),  # another whole number
]
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


@pytest.fixture(scope="module")
def shapes(atlas: Atlas) -> Shapes:
    """What the claims are held against: the features of the map, the countries, the coverage."""
    countries = atlas.basemap[atlas.basemap.kind == "country"]
    return Shapes(shapes_of(atlas), dict(zip(countries.id, countries.geometry, strict=True)), atlas.coverage)


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
    nearest = to_metres(shapes.countries["armenia"]).distance(to_metres(enclave)) / 1000
    airport = distance_m(shapes.features["stepanakert-airport"], shapes.features["stepanakert"]) / 1000
    return {
        "31.4 %": f"{100 * (1 - held / oblast.sum()):.1f} %",
        "36 km²": f"{pocket:.0f} km²",
        "14 km": f"{figure_of(atlas, 'lachin-corridor', 'road_km'):.0f} km",
        "7.6 km": f"{figure_of(atlas, 'lachin-corridor', 'crow_km'):.1f} km",
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


def test_claims_come_in_the_order_of_the_file(atlas: Atlas) -> None:
    assert [claim.id for claim in atlas.claims] == list(ENTRIES)
    assert len(ENTRIES) >= 18


def test_every_measure_is_held_against_some_claim() -> None:
    assert {entry["measure"] for entry in ENTRIES.values()} == set(MEASURES)


def test_no_figure_of_the_stated_range_would_have_another_verdict(atlas: Atlas) -> None:
    other = []
    for claim in atlas.claims:
        low, high = ENTRIES[claim.id]["stated"]
        ends = [replace(claim, measured=replace(claim.measured, value=value)) for value in (low, high)]
        inside = [edge for edge in claim.accepts if edge is not None and low < edge < high]
        if {end.verdict for end in ends} != {claim.verdict} or inside:
            other.append(claim.id)

    assert other == []


def test_figure_as_shown_has_the_verdict_of_the_figure_itself(atlas: Atlas) -> None:
    shown = [
        replace(x, measured=Measured(round(x.measured.value, x.decimals), x.measured.margin))
        for x in atlas.claims
    ]

    assert [claim.verdict for claim in shown] == [claim.verdict for claim in atlas.claims]


def test_ranges_have_their_lower_end_first() -> None:
    accepts = {key: [end for end in entry["accepts"] if end is not None] for key, entry in ENTRIES.items()}

    assert [key for key, ends in accepts.items() if not ends or ends != sorted(ends)] == []
    assert [key for key, entry in ENTRIES.items() if entry["stated"] != sorted(entry["stated"])] == []


def test_claim_is_about_what_its_quote_is_about(atlas: Atlas) -> None:
    about = {
        claim: [(x, layer.id) for x in claim.about if (layer := atlas.layer_of(x))] for claim in atlas.claims
    }

    assert [
        x.id for x, ids in about.items() if not {i for pair in ids for i in pair} & {*x.quote.about}
    ] == []


def test_claim_is_explained_in_whole_sentences() -> None:
    keys = ("claim", "tolerance", "explanation", "circular")
    texts = [(name, x[key]) for name, x in ENTRIES.items() for key in keys if x[key]]

    assert [(name, text) for name, text in texts if not text.endswith(".")] == []


def test_figures_in_the_explanations_are_those_of_the_map(said: dict[str, str]) -> None:
    assert [(claim, figure) for claim, figure in SAID if figure not in ENTRIES[claim]["explanation"]] == []
    assert {figure: said[figure] for _, figure in SAID} == {figure: figure for _, figure in SAID}


def test_verdict_follows_from_figure_margin_and_tolerance() -> None:
    said = [_claim(Measured(value, margin), accepts).verdict for value, margin, accepts, _ in VERDICTS]

    assert list(zip(VERDICTS, said, strict=True)) == [(case, case[-1]) for case in VERDICTS]


def test_what_was_drawn_after_the_claim_cannot_tell() -> None:
    claims = [_claim(Measured(value), (20, 40), circular="It was drawn later.") for value in (0.0, 30.0)]

    assert [claim.verdict for claim in claims] == [CANNOT_BE_TOLD] * 2


def test_figure_is_shown_with_unit_and_margin() -> None:
    shown = [
        replace(_claim(x), decimals=decimals, unit=unit).measured_text for x, decimals, unit in TEXTS.values()
    ]

    assert shown == list(TEXTS)


def test_claim_that_fits_is_measured_and_says_what_the_file_says(shapes: Shapes) -> None:
    entry = _entry()
    (claim,), problems = _check(shapes, entry)
    known = {key: entry[key] for key in entry if key not in ("measure", "stated")}

    assert problems == []
    assert vars(claim) == {
        **known,
        "quote": QUOTE,
        "about": ("baku",),
        "accepts": (2, 2),
        "measured": Measured(2.0),
    }
    assert claim.verdict == AGREES


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        ({"about": ["atlantis"]}, "about 'atlantis'", A_FEATURE),
        ({"about": ["places"]}, "about 'places'", A_FEATURE),
        ({"quote": "no-quote"}, "quote = 'no-quote'", "the id of a quote in quotes.json"),
        ({"measure": "by_eye"}, "measure = 'by_eye'", f"one of {', '.join(MEASURES)}"),
        ({"exact": "Twice two is five"}, "'Twice two is five', which is 0 times in the quote", ONCE),
        ({"exact": "EDM"}, "'EDM', which is 0 times in the quote", ONCE),  # words of the citation alone
        ({"exact": "is"}, "'is', which is 2 times in the quote", ONCE),
        ({"stated": [1, 1.9]}, "measured 2.000 of 2 ends", f"1 to 1.9 {AS_STATED}"),
        ({"stated": [2.1, 3]}, "measured 2.000 of 2 ends", f"2.1 to 3 {AS_STATED}"),
    ],
    ids=["feature", "layer", "quote", "measure", "no words", "citation", "words twice", "more", "less"],
)
def test_claim_that_does_not_fit_is_named(changes: Json, found: str, expected: str, shapes: Shapes) -> None:
    _, problems = _check(shapes, _entry(**changes))

    assert problems == [Problem("claims.json", "a-claim", found, expected)]


def test_country_that_is_missing_is_named_once(shapes: Shapes) -> None:
    claims, problems = _check(replace(shapes, countries={}), _entry(), _entry(id="other"))
    expected = "this country, which claims are held against"

    assert claims == ()
    assert problems == [
        Problem("context.geojson", country, "no such id", expected) for country in ("armenia", "azerbaijan")
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


def test_face_and_point_moved_make_the_build_fail(data_copy: Path) -> None:
    damage(data_copy, FACES, say("2020-12-31", "talish-sugovushan", "azerbaijani_since"))
    damage(data_copy, PLACES, at("emergency-ministry-camp", 46.9, 39.8))
    problems = problems_of(data_copy)
    moved = ("camp", "covering-the-rump", "larger-part", "one-third")

    assert [(problem.file, problem.feature) for problem in problems] == [(CLAIMS, claim) for claim in moved]
    assert [problem.found for problem in problems if not problem.found.startswith("measured ")] == []
