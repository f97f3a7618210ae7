"""What would change a verdict: shifts of one line, beside a coverage that was rebuilt with the line moved."""

import pytest
import shapely

from layers import Atlas
from layers.data.problems import UnknownChoiceError
from layers.robustness import lines_of, moved, scaled, sensitivities
from layers.robustness.ground import ground_of
from layers.robustness.sensitivity import claim_of
from layers.robustness.shifts import shifted
from layers.text.measured import HELD
from layers.text.verdicts import CANNOT_BE_TOLD

CLAIMS_THAT_A_LINE_FLIPS = (
    *("airport", "corridor-length", "covering-the-rump", "four-districts-adjacent", "larger-part"),
    *("one-third", "overland", "stepanakert-within"),
)


def _is_within(atlas: Atlas, line: str, metres: float, claim: str) -> bool:
    return moved(atlas, line, metres, claim).readings[0].is_within


@pytest.mark.parametrize("claim", CLAIMS_THAT_A_LINE_FLIPS)
def test_least_metres_agree_with_a_coverage_built_anew(atlas: Atlas, claim: str) -> None:
    before = claim_of(atlas, claim).readings[0].is_within
    weakest = sensitivities(atlas, claim)[0]
    shifts = ((1, weakest.outwards_m), (-1, weakest.inwards_m))

    for sign, metres in ((sign, metres) for sign, metres in shifts if metres is not None):
        off = max(1.0, 0.01 * metres)
        assert _is_within(atlas, weakest.line, sign * (metres - off), claim) == before
        assert _is_within(atlas, weakest.line, sign * (metres + off), claim) != before


def test_claims_that_a_line_flips_are_these(atlas: Atlas) -> None:
    flipped = {claim.id for claim in atlas.claims if any(x.least_m for x in sensitivities(atlas, claim.id))}

    assert flipped == set(CLAIMS_THAT_A_LINE_FLIPS)


def test_weakest_line_comes_first_in_units_of_its_own_uncertainty(atlas: Atlas) -> None:
    units = [each.in_own_units for each in sensitivities(atlas, "one-third")]

    assert units == sorted(units, key=lambda unit: (unit is None, unit))
    assert sensitivities(atlas, "covering-the-rump")[0].line == "pocket-khtsaberd"


def test_settled_verdict_is_not_flipped_within_the_lines_own_uncertainty(atlas: Atlas) -> None:
    settled = [claim.id for claim in atlas.claims if claim.verdict != CANNOT_BE_TOLD]
    weak = [x for claim in settled for x in sensitivities(atlas, claim) if (x.in_own_units or 9) < 1]

    assert settled
    assert weak == []


def test_circular_or_silent_claim_is_never_flipped(atlas: Atlas) -> None:
    claims = [claim.id for claim in atlas.claims if claim.evidence != "independent"]

    assert {x.least_m for claim in claims for x in sensitivities(atlas, claim)} == {None}
    assert moved(atlas, "corridor-east", 1000, "corridor-width").verdict == CANNOT_BE_TOLD


def test_outwards_follows_from_the_faces_not_from_the_typing(atlas: Atlas) -> None:
    ground = ground_of(atlas)
    held = ground.shapes.features[HELD]

    assert shifted(ground, "control-martuni", 500).features[HELD].area > held.area
    assert shifted(ground, "control-martuni", -500).features[HELD].area < held.area
    assert ground.sides["oblast-jabrayil"] == ("shusha-hadrut", "jabrayil")
    assert ground.sides["corridor-west"] == ("lachin-corridor", "lachin-north")
    assert ground.sides["state-armenia-kelbajar"] == ("kelbajar", "armenia")


def test_coverage_stays_whole_when_a_line_passes_others(atlas: Atlas) -> None:
    ground = ground_of(atlas)
    for metres in (-9000.0, 9000.0):
        coverage = shifted(ground, "control-shusha", metres).coverage
        whole = shapely.coverage_union_all(coverage.faces.geometry.to_numpy())

        assert shapely.coverage_is_valid(coverage.faces.geometry.to_numpy())
        assert whole.area == pytest.approx(atlas.coverage.faces.union_all().area, rel=1e-9)
        assert set(coverage.lines.id) <= set(atlas.coverage.lines.id)


def test_ring_may_vanish(atlas: Atlas) -> None:
    faces = shifted(ground_of(atlas), "pocket-khtsaberd", -6000).coverage.faces

    assert "khtsaberd-pocket" not in set(faces.id)
    assert moved(atlas, "pocket-khtsaberd", -6000, "covering-the-rump").measured.value == 100


def test_state_line_takes_the_country_along(atlas: Atlas) -> None:
    shapes = shifted(ground_of(atlas), "state-armenia-corridor", -2000)

    assert not (shapes.countries["armenia"] & shapes.features["lachin-corridor"]).area
    assert shapes.countries["azerbaijan"].covers(shapes.features["lachin-corridor"])


def test_no_shift_changes_nothing(atlas: Atlas) -> None:
    for claim in atlas.claims:
        assert moved(atlas, "zone-boundary", 0, claim.id) == claim
        assert scaled(atlas, claim.id, 1) == claim


def test_shift_across_the_map_still_measures_every_claim(atlas: Atlas) -> None:
    for line, metres in (("corridor-west", -40_000), ("state-armenia-kelbajar", -40_000)):
        assert [moved(atlas, line, metres, claim.id).measured_text for claim in atlas.claims]


def test_uncertainties_are_scaled(atlas: Atlas) -> None:
    margin = claim_of(atlas, "one-third").measured.margin

    assert scaled(atlas, "one-third", 2).measured.margin == pytest.approx(2 * margin)
    assert scaled(atlas, "one-third", 0.1).verdict == "agrees"


def test_lines_of_a_share_are_those_that_change_it(atlas: Atlas) -> None:
    lines = lines_of(atlas, "one-third")

    assert {"control-shusha", "oblast-north-east"} <= set(lines)
    assert "zone-boundary" not in lines
    assert "contact-martuni" not in lines


def test_unknown_claim_or_line_is_named(atlas: Atlas) -> None:
    with pytest.raises(UnknownChoiceError, match="no claim “x”"):
        sensitivities(atlas, "x")
    with pytest.raises(UnknownChoiceError, match="no line “x”"):
        moved(atlas, "x", 1, "one-third")
