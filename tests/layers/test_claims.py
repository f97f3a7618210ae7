"""Claims: the article's words beside our own figure, and a verdict that follows from nothing else."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely

from dashboard.reading_room import verdicts
from layers import Atlas
from layers.data.folders import GEODATA, ROOT
from layers.data.problems import Problem
from layers.geometry.measure import area_km2, distance_m, length_km, to_metres
from layers.style.captions import captions
from layers.text.claim_sentences import fill, unknown_gaps, values
from layers.text.claims import check_claims
from layers.text.measured import Measured, Shapes
from layers.text.measurements import MEASURES
from layers.text.quotes import Quote
from layers.text.verdicts import AGREES, CANNOT_BE_TOLD, DIFFERS, Claim, Range, Reading
from tests.layers.damage import CLAIMS, FACES, PLACES, at, damage, problems_of, say
from tests.layers.lookup import shapes_of

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
    (30.0, 10.0, (20, 40), AGREES),  # within, up to both edges with all it may be off
    (21.0, 5.0, (20, 40), CANNOT_BE_TOLD),  # within, and off by more than to the lower edge
    (39.0, 1.5, (20, 40), CANNOT_BE_TOLD),  # within, and off by more than to the upper edge
    (30.0, 50.0, (20, 40), CANNOT_BE_TOLD),  # beyond both edges with what it may be off
    (10.0, 50.0, (20, 40), CANNOT_BE_TOLD),  # below, and above with what it may be off
    (51.0, 0.5, (50, None), AGREES),  # above the only end, whatever the lines do
    (51.0, 2.0, (50, None), CANNOT_BE_TOLD),  # above the only end, but by less than it may be off
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
    "100.0 ± less than 0.1 %": (Measured(100.0, 0.04), 1, "%"),
    "more than 99.9 %": (Measured(100.0, 0.04, 0, 100), 1, "%"),
    "99.5 ± 1.5 %": (Measured(99.5, 1.5, 0, 100), 1, "%"),
    "0.0 to 40.0 %": (Measured(0.0, 40.03, 0, 100), 1, "%"),
    "100.0 %": (Measured(100.0, 0.0, 0, 100), 1, "%"),
    "3 ± less than 1 of 4": (Measured(3.0, 0.4), 0, "of 4"),
    "-0.4 ± 2.0 km inside": (Measured(-0.4, 2.0), 1, "km inside"),
}


@pytest.fixture(scope="module")
def shapes(atlas: Atlas) -> Shapes:
    """What the claims are held against: the features of the map, the countries, the coverage."""
    countries = atlas.basemap[atlas.basemap.kind == "country"]
    return Shapes(shapes_of(atlas), dict(zip(countries.id, countries.geometry, strict=True)), atlas.coverage)


@pytest.fixture(scope="module")
def known(atlas: Atlas, shapes: Shapes) -> dict[tuple[str, str], float]:
    """Values that sentences name, by claim, out of faces, borders and points."""
    faces = atlas.coverage.faces.set_index("id")
    oblast = faces[faces.oblast].geometry.map(area_km2)
    held = oblast[["oblast-north", "oblast-south"]].sum()
    whole = shapely.coverage_union_all(faces[faces.oblast].geometry.to_numpy())
    enclave, corridor = (shapes.features[i] for i in ("upper-karabakh-armenian-held", "lachin-corridor"))
    airport = distance_m(shapes.features["stepanakert-airport"], shapes.features["stepanakert"]) / 1000
    common = {
        ("four-districts-adjacent", f"{district}_km"): length_km(
            shapes.features[f"district-{district}"].boundary & whole.boundary
        )
        for district in ("fuzuli", "jabrayil", "gubadli")
    }
    zangilan = to_metres(shapes.features["district-zangilan"])
    return common | {
        ("one-third", "with_pocket"): 100 * (1 - held / oblast.sum()),
        ("covering-the-rump", "outside_km2"): oblast["khtsaberd-pocket"],
        ("four-districts-adjacent", "zangilan_apart_km"): zangilan.distance(to_metres(whole)) / 1000,
        ("demarcation-line", "mouth_km"): length_km(enclave.boundary & corridor.boundary),
        ("airport", "from_town_km"): airport,
    }


def _reading(
    measured: Measured, accepts: Range = (None, None), decimals: int = 1, unit: str = "km"
) -> Reading:
    return Reading("twice two", measured, unit, decimals, accepts)


def _claim(*readings: Reading, evidence: str = "independent") -> Claim:
    sentences = {verdict: f"It is {verdict}." for verdict in (AGREES, DIFFERS, CANNOT_BE_TOLD)}
    return Claim(
        *("a-claim", "Twice two is four.", QUOTE, "four", ("enclave",), "four", "Four.", readings),
        *(evidence, "It was drawn.", sentences, "It is."),
    )


def _entry(**changes: Json) -> Json:
    """Return the entry of a claim that holds: one that needs no more than the shapes of the map."""
    known = {"id": "a-claim", "claim": "It is.", "quote": "a-quote", "exact": "is four", "about": ["baku"]}
    figure = {"what": "ends", "figure": "both", "unit": "of 2 ends", "decimals": 0, "tolerance": "Both."}
    ranges = {"measure": "corridor_ends_met", "accepts": [2, 2], "stated": [2, 2]}
    words = {"evidence": "independent", "basis": "A road.", "plain": {AGREES: "It meets {value} ends."}}
    return {**known, **figure, **ranges, **words, "explanation": "It is.", **changes}


def _check(shapes: Shapes, *entries: Json) -> tuple[tuple[Claim, ...], list[Problem]]:
    problems: list[Problem] = []
    return check_claims(list(entries), (QUOTE,), shapes, problems), problems


def test_claims_come_in_the_order_of_the_file(atlas: Atlas) -> None:
    assert [claim.id for claim in atlas.claims] == list(ENTRIES)
    assert len(ENTRIES) >= 18


def test_every_measure_is_held_against_some_claim() -> None:
    used = [each["measure"] for entry in ENTRIES.values() for each in (entry, *entry.get("readings", ()))]

    assert set(used) == set(MEASURES)


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
    keys = ("claim", "tolerance", "basis", "explanation")
    texts = [(name, x[key]) for name, x in ENTRIES.items() for key in keys]
    texts += [(name, text) for name, x in ENTRIES.items() for text in x["plain"].values()]

    assert [(name, text) for name, text in texts if not text.endswith(".")] == []


def test_figures_in_the_sentences_are_those_of_the_map(
    atlas: Atlas, known: dict[tuple[str, str], float]
) -> None:
    claims = {claim.id: claim for claim in atlas.claims}
    named = {
        (claim, value): values([reading.measured for reading in claims[claim].readings])[value]
        for claim, value in known
    }

    assert named == pytest.approx(known, rel=1e-3)


def test_sentences_have_no_gaps_left_and_no_figure_of_ours_is_typed(atlas: Atlas) -> None:
    shown = [(claim.id, text) for claim in atlas.claims for text in (claim.plain, claim.explanation)]
    ours = [(name, text) for name, x in ENTRIES.items() for text in (*x["plain"].values(), x["explanation"])]

    assert [(name, text) for name, text in shown if "{" in text] == []
    typed = re.compile(r"(?<!article's )\b\d+(\.\d+)? ?(km|%|percent)")
    assert [(name, text) for name, text in ours if typed.search(text)] == []


def test_one_third_may_be_nearer_to_a_quarter_where_its_sentence_says_so(atlas: Atlas) -> None:
    claim = next(claim for claim in atlas.claims if claim.id == "one-third")
    low, high = claim.readings[0].accepts

    assert "quarter" in claim.plain
    assert claim.verdict != CANNOT_BE_TOLD or claim.measured.low < (low or 0) <= claim.measured.high <= (
        high or 0
    )


def test_published_share_beside_one_third_follows_from_the_published_areas() -> None:
    (published, _) = ENTRIES["one-third"]["beside"]
    left, whole = (float(x.replace(",", "")) for x in re.findall(r"\d,\d{3}", published["label"])[:2])
    texts = (GEODATA / "layers.json").read_text(encoding="utf-8")

    assert f"{100 * (1 - left / whole):.1f} %" == published["value"]
    assert [f"{km2:,.0f} km²" in texts for km2 in (left, whole)] == [True, True]


def test_verdict_follows_from_figure_margin_and_tolerance() -> None:
    said = [_claim(_reading(Measured(value, margin), accepts)) for value, margin, accepts, _ in VERDICTS]

    assert [claim.verdict for claim in said] == [case[-1] for case in VERDICTS]
    assert {claim.reason for claim in said if claim.verdict == CANNOT_BE_TOLD} == {"margin"}
    assert {claim.reason for claim in said if claim.verdict != CANNOT_BE_TOLD} == {None}


def test_figure_is_no_less_than_its_floor_and_no_more_than_its_ceiling() -> None:
    whole = Measured(99.9, 5.0, 0, 100)

    assert (whole.low, whole.high) == (94.9, 100)
    assert _claim(_reading(whole, (90, 100))).verdict == AGREES


@pytest.mark.parametrize("evidence", ["circular", "silent"])
def test_what_was_drawn_after_the_claim_or_is_not_on_the_map_cannot_tell(evidence: str) -> None:
    claims = [_claim(_reading(Measured(value), (20, 40)), evidence=evidence) for value in (0.0, 30.0)]

    assert [(claim.verdict, claim.reason) for claim in claims] == [(CANNOT_BE_TOLD, evidence)] * 2


@pytest.mark.parametrize(
    ("figures", "verdict", "reason"),
    [
        ((30, 25), AGREES, None),
        ((0, 50), DIFFERS, None),
        ((30, 50), CANNOT_BE_TOLD, "reading"),
        ((50, 30, 30), CANNOT_BE_TOLD, "reading"),
        ((30, 20.5), CANNOT_BE_TOLD, "reading"),  # one agrees, of the other it cannot be told
        ((20.5, 39.5), CANNOT_BE_TOLD, "margin"),
    ],
)
def test_readings_must_all_lead_to_the_same(
    figures: tuple[float, ...], verdict: str, reason: str | None
) -> None:
    claim = _claim(*(_reading(Measured(value, 1.0), (20, 40)) for value in figures))

    assert (claim.verdict, claim.reason) == (verdict, reason)
    assert claim.plain == f"It is {verdict}."


def test_verdict_is_told_in_the_words_of_the_captions(atlas: Atlas) -> None:
    reader = captions()["reader"]
    told = [
        reader["verdicts"][claim.verdict]["text"]
        + (f": {reader['unsettled_because'][claim.reason]}" if claim.reason else "")
        for claim in atlas.claims
    ]

    assert [claim.verdict_text for claim in atlas.claims] == told
    assert {claim.reason for claim in atlas.claims} <= {None, *reader["unsettled_because"]}


def test_figure_without_a_margin_says_nothing_of_lines(atlas: Atlas) -> None:
    """Shares, areas and distances depend on where lines lie; counts and a whole outline need not."""
    exact = {
        (claim.id, reading.unit.split()[0])
        for claim in atlas.claims
        for reading in claim.readings
        if not reading.measured.margin
    }

    assert {unit for _, unit in exact} <= {"of", "areas", "%"}
    assert {claim for claim, unit in exact if unit == "%"} <= {"demarcation-line"}


def test_gaps_are_filled_and_what_is_no_gap_stays() -> None:
    known = values([Measured(30.63, 1.6, also={"apart_km": 19.516}), Measured(1234.5)])
    text = "{value} {value:0} {low:2} {high} {apart_km:1} {value_2:0} {unknown} {{7*7}} {% x %}"

    assert fill(text, known, 1) == "30.6 31 29.03 32.2 19.5 1,234 {unknown} {{7*7}} {% x %}"
    assert list(unknown_gaps(text, known)) == ["{unknown}"]
    assert list(unknown_gaps("{value:zz} { value } {value", known)) == ["{value:zz}", "{ value }", "{value"]


def _stated(text: str) -> str:
    """Return a text on one line with straight apostrophes."""
    return " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


@pytest.mark.parametrize("path", ["README.md", "geodata/README.md"])
def test_readme_and_datasheet_state_as_many_verdicts_as_there_are(path: str, atlas: Atlas) -> None:
    text = _stated((ROOT / path).read_text(encoding="utf-8"))
    counted = ", ".join(each.counted for each in verdicts(atlas.claims).values())
    stated = re.findall(r"\b\d+ (?:agrees?|differs?|can't be settled)\b", text)

    assert ", ".join(stated) == _stated(counted)
    assert re.search(rf"\b{len(atlas.claims)} (?:spatial )?claims", text)


def test_rule_stands_in_the_datasheet_as_the_reader_has_it() -> None:
    text = _stated((GEODATA / "README.md").read_text(encoding="utf-8"))

    assert [rule for rule in captions()["reader"]["claims_rule"] if f"- {_stated(rule)}" not in text] == []


def test_figure_is_shown_with_unit_and_margin() -> None:
    shown = [
        _claim(_reading(x, decimals=decimals, unit=unit)).measured_text
        for x, decimals, unit in TEXTS.values()
    ]

    assert shown == list(TEXTS)


def test_claim_that_fits_is_measured_and_says_what_the_file_says(shapes: Shapes) -> None:
    entry = _entry()
    (claim,), problems = _check(shapes, entry)

    assert problems == []
    assert claim == Claim(
        *("a-claim", "It is.", QUOTE, "is four", ("baku",), "both", "Both."),
        (Reading("ends", Measured(2, 0, 2, 2), "of 2 ends", 0, (2, 2)),),
        *("independent", "A road.", {AGREES: "It meets 2 ends."}, "It is."),
    )
    assert (claim.verdict, claim.plain) == (AGREES, "It meets 2 ends.")


def test_other_readings_are_measured_by_the_same_tolerance(shapes: Shapes) -> None:
    other = {"what": "areas", "measure": "russian_areas_in_enclave"}
    plain = {AGREES: "{value} and {value_2}."}
    (claim,), problems = _check(shapes, _entry(readings=[other], plain=plain))

    assert problems == []
    assert claim.readings[1] == Reading("areas", Measured(2), "of 2 ends", 0, (2, 2))
    assert claim.plain == "2 and 2."


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
        (
            {"readings": [{"what": "ends", "measure": "by_eye"}]},
            *("measure = 'by_eye'", f"one of {', '.join(MEASURES)}"),
        ),
        ({"plain": {DIFFERS: "No."}}, "plain for differs only", "a sentence for the verdict 'agrees'"),
        ({"explanation": "It has {ends}."}, "the gap {ends}", "one of value, margin, low, high"),
        ({"plain": {AGREES: "{value_2}."}}, "the gap {value_2}", "one of value, margin, low, high"),
    ],
    ids=[
        *("feature", "layer", "quote", "measure", "no words", "citation", "words twice", "more", "less"),
        *("measure of a reading", "no sentence", "gap", "gap of a reading"),
    ],
)
def test_claim_that_does_not_fit_is_named(changes: Json, found: str, expected: str, shapes: Shapes) -> None:
    _, problems = _check(shapes, _entry(**changes))

    assert problems == [Problem("claims.json", "a-claim", found, expected)]


def test_country_and_place_that_are_missing_are_named_once(shapes: Shapes) -> None:
    nowhere = shapes.coverage.places[shapes.coverage.places.id != "zarysly"]
    without = replace(shapes, countries={}, coverage=replace(shapes.coverage, places=nowhere))
    claims, problems = _check(without, _entry(), _entry(id="other"))
    country, place = (f"this {kind}, which claims are held against" for kind in ("country", "place"))

    assert claims == ()
    assert problems == [
        Problem("context.geojson", "armenia", "no such id", country),
        Problem("context.geojson", "azerbaijan", "no such id", country),
        Problem("places.geojson", "zarysly", "no such id", place),
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
