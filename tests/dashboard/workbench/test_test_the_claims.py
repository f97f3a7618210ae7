"""The page on which verdicts are tried: what it shows of each claim, its controls, its address."""

import json
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.workbench.markdown import plain
from dashboard.workbench.test_the_claims import known, page
from dashboard.workbench.test_the_claims.address import NUMBERS, as_query, asked
from dashboard.workbench.test_the_claims.changes import how_a_shift_is_meant
from dashboard.workbench.test_the_claims.histogram import histogram
from dashboard.workbench.test_the_claims.line_map import line_map
from dashboard.workbench.test_the_claims.texts import texts
from layers import Atlas
from layers.robustness import draws

Opened = Callable[..., AppTest]
HOSTILE = "<script>alert(1)</script>[x](javascript:alert(2))"
LINES = {"one-third": ("a-line", "other-line"), "camp": ()}


def _run() -> None:
    from dashboard.workbench.test_the_claims import page  # noqa: PLC0415 - Streamlit runs only this body

    page()


@pytest.fixture
def opened(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Open the page of the repository's data at a query."""
    monkeypatch.setattr("dashboard.workbench.test_the_claims.served_atlas", lambda: atlas)

    def open_page(**query: str | list[str]) -> AppTest:
        test = AppTest.from_function(_run, default_timeout=60)
        for key, value in query.items():
            test.query_params[key] = value
        return test.run()

    return open_page


def _text(test: AppTest) -> str:
    parts = [*test.title, *test.subheader, *test.markdown, *test.caption, *test.warning, *test.info]
    return "\n".join(str(part.value) for part in parts)


def _faultless(test: AppTest) -> AppTest:
    assert [each.value for each in test.exception] == []
    return test


def test_it_opens_with_all_claims_and_the_first_chosen(atlas: Atlas, opened: Opened) -> None:
    test = _faultless(opened())
    (listed,) = test.dataframe
    columns = texts("columns")

    assert list(listed.value[columns["claim"]]) == [claim.claim for claim in atlas.claims]
    assert list(listed.value[columns["verdict"]]) == [claim.verdict_text for claim in atlas.claims]
    assert test.selectbox("claims-claim").value == atlas.claims[0].id
    assert dict(test.query_params) == {}
    assert list(test.info) == []


def test_every_claim_is_told_whole(atlas: Atlas, opened: Opened) -> None:
    for claim in atlas.claims:
        test = _faultless(opened(claim=claim.id))
        text = _text(test)

        assert plain(claim.plain) in text
        assert plain(claim.tolerance) in text
        assert all(plain(reading.measured_text) in text for reading in claim.readings)
        assert plain(claim.exact) in text


def test_verdict_says_when_a_line_would_flip_the_figure_within_its_own_uncertainty(
    atlas: Atlas, opened: Opened
) -> None:
    thin = 0
    for claim in atlas.claims:
        found = known.threads(atlas).of(claim.id)
        weakest = min((x.in_own_units for x in found if x.in_own_units is not None), default=None)
        warnings = [each.value for each in opened(claim=claim.id).warning]
        thin += bool(warnings)

        assert bool(warnings) == (weakest is not None and weakest < 1)
        assert all(plain(found[0].title) in warning for warning in warnings)
    assert thin


def test_circular_claim_says_why_no_line_can_flip_it(atlas: Atlas, opened: Opened) -> None:
    circular = [claim for claim in atlas.claims if claim.evidence != "independent"]
    assert circular
    for claim in circular:
        test = _faultless(opened(claim=claim.id, seed="1", count="10"))

        assert plain(claim.basis) in _text(test)
        assert list(test.warning) == []
        assert plain(claim.verdict_text) in _text(test)
        assert "%" not in " ".join(
            part.value for part in test.markdown if "drawings the figure" in part.value
        )


def test_how_a_shift_is_meant_stands_on_the_page(opened: Opened) -> None:
    how = next(each for each in opened().expander if each.label == texts("changes")["how_title"])

    assert all(plain(sentence) in how.markdown[0].value for sentence in how_a_shift_is_meant())


def test_line_moved_changes_figure_map_and_address(atlas: Atlas, opened: Opened) -> None:
    test = opened()
    line = test.selectbox("claims-line").value
    _faultless(test.slider("claims-metres").set_value(1500).run())
    moved = known.with_line_moved(atlas, line, 1500, atlas.claims[0].id)

    assert moved.measured_text != atlas.claims[0].measured_text
    assert dict(test.query_params) == {"line": line, "metres": "1500"}
    assert plain(moved.measured_text) in test.table[1].value.to_string()


def test_address_opens_with_line_moved_and_uncertainty_scaled(atlas: Atlas, opened: Opened) -> None:
    line = known.lines_by_claim(atlas)["larger-part"][-1]
    test = _faultless(opened(CLAIM=["camp", "Larger-Part"], line=line.upper(), metres="-700", scale="2"))

    assert test.selectbox("claims-claim").value == "larger-part"
    assert test.selectbox("claims-line").value == line
    assert test.slider("claims-metres").value == -700
    assert test.slider("claims-scale").value == 2.0
    assert list(test.info) == []


def test_another_claim_puts_all_lines_back(opened: Opened) -> None:
    test = opened(metres="500", scale="2")
    _faultless(test.selectbox("claims-claim").select("larger-part").run())

    assert test.slider("claims-metres").value == 0
    assert dict(test.query_params) == {"claim": "larger-part"}


def test_controls_follow_an_address_that_is_changed(opened: Opened) -> None:
    test = opened(claim="camp")
    test.query_params["claim"] = "overland"
    _faultless(test.run())

    assert test.selectbox("claims-claim").value == "overland"


def test_what_the_address_asks_in_vain_is_named_and_the_page_goes_on(opened: Opened) -> None:
    test = _faultless(opened(claim=HOSTILE, line="no-line", metres="1e9", scale="nan", seed="-1", count="x"))
    notices = [notice.value for notice in test.info]

    assert len(notices) == 6
    assert plain(HOSTILE) in " ".join(notices)
    assert not any(re.search(r"(?<!\\)[<\[]", notice) for notice in notices)
    assert test.slider("claims-metres").value == NUMBERS["metres"].most
    assert test.number_input("claims-seed").value == NUMBERS["seed"].least


def test_drawings_are_made_when_asked_for_and_told_with_their_share(atlas: Atlas, opened: Opened) -> None:
    test = opened()
    assert not any("drawings the figure" in part.value for part in test.markdown)

    test.number_input("claims-count").set_value(100)
    test.number_input("claims-seed").set_value(7)
    _faultless(test.button[0].click().run())
    found = draws(atlas, 100, 7).claims[atlas.claims[0].id]

    assert plain(f"{100 * found.share:.1f} %") in _text(test)
    assert dict(test.query_params) == {"seed": "7", "count": "100"}


def test_histogram_holds_every_drawing_and_the_tolerance(atlas: Atlas) -> None:
    claim = atlas.claims[0]
    values = draws(atlas, 200, 1).claims[claim.id].values
    tolerance, bars, ours = histogram(claim.readings[0], values)["layer"]

    assert sum(bar["draws"] for bar in bars["data"]["values"]) == 200
    assert tolerance["data"]["values"][0]["from"] >= claim.readings[0].accepts[0]
    assert ours["data"]["values"] == [{"from": claim.measured.value}]
    assert json.dumps(bars)


def test_map_shows_the_line_where_it_was_and_where_it_is(atlas: Atlas) -> None:
    line = known.lines_by_claim(atlas)["one-third"][0]
    as_drawn, moved = (line_map(atlas, line, metres, HOSTILE) for metres in (0, 2000))

    assert "<script" not in as_drawn
    assert moved.count("<path") == as_drawn.count("<path") + 4
    assert "stroke-dasharray" in moved
    assert "stroke-dasharray" not in as_drawn


def test_address_is_read_with_limits() -> None:
    found = asked({"claim": "ONE-THIRD", "line": "Other-Line", "metres": "-50", "correlation": "0"}, LINES)

    assert found.values == {"claim": "one-third", "line": "other-line", "metres": -50, "correlation": 0.5}
    assert len(found.notices) == 1


def test_line_of_another_claim_is_none_of_this() -> None:
    assert asked({"claim": "camp", "line": "a-line"}, LINES).values == {"claim": "camp"}


def test_address_says_only_what_is_not_so_at_first() -> None:
    first = {"claim": "one-third", "metres": 0, "scale": 1.0}

    assert as_query({**first, "line": "a-line"}, first) == {}
    assert as_query({**first, "line": "a-line", "metres": -50}, first) == {"line": "a-line", "metres": "-50"}


def test_page_is_the_one_that_the_address_names() -> None:
    assert callable(page)
