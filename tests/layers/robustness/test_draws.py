"""A thousand drawings: determinism, seeds, the deviations by formula, the command and the JSON."""

import json
from typing import Any

import numpy as np
import pytest

from layers import Atlas
from layers.__main__ import main
from layers.data.problems import RequestError
from layers.robustness import Draws, draws, draws_text, robustness_bytes, sensitivity_text
from layers.robustness.errors import pieces_of
from layers.robustness.ground import ground_of

SHARES = ("one-third", "larger-part", "covering-the-rump")


@pytest.fixture(scope="module")
def thousand(atlas: Atlas) -> Draws:
    """A thousand draws with the first seed."""
    return draws(atlas)


def test_progress_is_told_to_the_end(atlas: Atlas) -> None:
    told: list[float] = []
    draws(atlas, 10, progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 1


def test_same_seed_same_bytes_and_another_seed_others(atlas: Atlas) -> None:
    asked = ((20, 1), (20, 1), (20, 2))
    one, again, other = (robustness_bytes(atlas, draws(atlas, *each), sensitivity=False) for each in asked)

    assert one == again
    assert one != other


@pytest.mark.parametrize("correlation_km", [3.0, 10.0, 30.0])
def test_deviation_by_formula_agrees_with_that_of_the_draws(atlas: Atlas, correlation_km: float) -> None:
    drawn = draws(atlas, 2000, 3, correlation_km).claims

    for claim in SHARES:
        assert drawn[claim].sd == pytest.approx(drawn[claim].closed_form_sd, rel=0.1)


@pytest.mark.parametrize("line", ["control-martuni", "pocket-khtsaberd"])
def test_errors_have_the_stated_deviation_and_correlation(atlas: Atlas, line: str) -> None:
    along = pieces_of(ground_of(atlas), 10.0)[line]
    errors = along.errors(20_000, 1)
    correlated = np.corrcoef(errors.T)[0]
    step = along.km / along.count

    assert errors.std() == pytest.approx(along.sd_m, rel=0.03)
    assert correlated[10] == pytest.approx(np.exp(-10 * step / 10), abs=0.03)
    assert (correlated[-1] > 0.8) == along.is_ring


def test_claims_without_evidence_get_no_share(atlas: Atlas, thousand: Draws) -> None:
    silent = {claim.id for claim in atlas.claims if claim.evidence != "independent"}

    assert {claim for claim, drawn in thousand.claims.items() if drawn.share is None} == silent
    assert {len(drawn.values) for drawn in thousand.claims.values()} == {0, 1000}


def test_share_that_agrees_counts_figures_in_the_tolerance(thousand: Draws) -> None:
    values = thousand.claims["one-third"].values

    assert thousand.claims["one-third"].share == np.mean((values >= 29.17) & (values <= 41.67))
    assert thousand.claims["larger-part"].share == 1
    np.testing.assert_allclose(values + thousand.claims["larger-part"].values, 100)


@pytest.mark.parametrize(
    ("count", "seed", "correlation"), [(0, 1, 10), (10, -1, 10), (10, 1, 0), (10**6, 1, 10)]
)
def test_number_out_of_range_is_refused_in_one_line(
    atlas: Atlas, count: int, seed: int, correlation: float
) -> None:
    with pytest.raises(RequestError) as refused:
        draws(atlas, count, seed, correlation)

    assert "\n" not in str(refused.value)


@pytest.mark.usefixtures("built")
def test_command_prints_the_json_of_the_page(atlas: Atlas, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "--sensitivity", "--draws", "20", "--seed", "3", "--json"]) == 0
    printed = capsys.readouterr().out

    assert printed.encode() == robustness_bytes(atlas, draws(atlas, 20, 3))
    content: Any = json.loads(printed)
    assert len(content["claims"]) == len(atlas.claims)


def test_text_names_what_flips_and_what_agrees(atlas: Atlas, thousand: Draws) -> None:
    printed = "\n".join([*sensitivity_text(atlas), *draws_text(atlas, thousand)])

    assert "no line can" in printed
    assert "exp(-h/10 km)" in printed
    assert printed.count("drawn after the claim") == 2 * sum(x.evidence == "circular" for x in atlas.claims)


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("wrong", [["--draws", "0"], ["--json"]])
def test_command_refuses_in_one_line(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", *wrong]) == 1
    assert capsys.readouterr().err.count("\n") == 1
