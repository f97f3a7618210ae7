"""The page on which verdicts are tried: what it shows of each claim, its controls, its address."""

import json

from streamlit.testing.v1 import AppTest

from dashboard.workbench.markdown import plain
from dashboard.workbench.test_the_claims import known
from dashboard.workbench.test_the_claims.changes import how_a_shift_is_meant
from dashboard.workbench.test_the_claims.histogram import histogram
from dashboard.workbench.test_the_claims.line_map import line_map
from dashboard.workbench.test_the_claims.state import as_query
from dashboard.workbench.test_the_claims.texts import texts
from layers import Atlas
from layers.robustness import draws
from tests.dashboard.workbench.conftest import Open, address_of

PAGE = "test-the-claims"


def _text(test: AppTest) -> str:
    parts = [*test.title, *test.subheader, *test.markdown, *test.caption, *test.warning, *test.info]
    return "\n".join(str(part.value) for part in parts)


def test_it_opens_with_all_claims_and_the_first_chosen(atlas: Atlas, opened: Open) -> None:
    test = opened(PAGE)
    (listed,) = test.dataframe
    columns = texts("columns")

    assert list(listed.value[columns["claim"]]) == [claim.claim for claim in atlas.claims]
    assert list(listed.value[columns["verdict"]]) == [claim.verdict_text for claim in atlas.claims]
    assert test.selectbox("claims-claim").value == atlas.claims[0].id
    assert address_of(test) == {}
    how = next(each for each in test.expander if each.label == texts("changes")["how_title"])
    assert all(plain(sentence) in how.markdown[0].value for sentence in how_a_shift_is_meant())


def test_every_claim_is_told_whole_and_says_when_a_line_flips_it_within_its_own_uncertainty(
    atlas: Atlas, opened: Open
) -> None:
    test, failing, thin = opened(PAGE), [], 0
    for claim in atlas.claims:
        test.selectbox("claims-claim").select(claim.id).run()
        found = known.threads(atlas).of(claim.id)
        in_own_units = [each.in_own_units for each in found if each.in_own_units is not None]
        warnings = [each.value for each in test.warning]
        thin += bool(warnings)
        wanted = [claim.plain, claim.tolerance, claim.exact, *(each.measured_text for each in claim.readings)]
        wanted += [] if claim.evidence == "independent" else [claim.basis, claim.verdict_text]
        is_whole = not test.exception and all(plain(each) in _text(test) for each in wanted)
        passage = next(each.value for each in test.markdown if each.value.startswith("> "))
        said = (claim.quote.exact, claim.exact)
        is_whole = is_whole and passage.replace("**", "") in [f"> “{plain(words)}”" for words in said]
        is_cautious = bool(warnings) == (min(in_own_units, default=1) < 1)
        if not (is_whole and is_cautious and all(plain(found[0].title) in each for each in warnings)):
            failing.append(claim.id)

    assert failing == []
    assert 0 < thin < len(atlas.claims)


def test_circular_claim_gets_no_share_of_drawings(atlas: Atlas, opened: Open) -> None:
    circular = next(claim for claim in atlas.claims if claim.evidence == "circular")
    test = opened(PAGE, claim=circular.id, seed="1", count="10")

    assert plain(circular.verdict_text) in _text(test)
    assert not any("drawings the figure" in part.value for part in test.markdown)


def test_line_moved_changes_figure_map_and_address(atlas: Atlas, opened: Open) -> None:
    test = opened(PAGE)
    line = test.selectbox("claims-line").value
    test.slider("claims-metres").set_value(1500).run()
    moved = known.with_line_moved(atlas, line, 1500, atlas.claims[0].id)

    assert moved.measured_text != atlas.claims[0].measured_text
    assert address_of(test) == {"line": line, "metres": "1500"}
    assert plain(moved.measured_text) in test.table[1].value.to_string()


def test_address_opens_with_line_moved_and_uncertainty_scaled(atlas: Atlas, opened: Open) -> None:
    line = known.lines_by_claim(atlas)["larger-part"][-1]
    test = opened(PAGE, CLAIM=["camp", "Larger-Part"], line=line.upper(), metres="-700", scale="2")

    assert test.selectbox("claims-claim").value == "larger-part"
    assert test.selectbox("claims-line").value == line
    assert test.slider("claims-metres").value == -700
    assert test.slider("claims-scale").value == 2.0
    assert list(test.info) == []


def test_another_claim_puts_all_lines_back(opened: Open) -> None:
    test = opened(PAGE, metres="500", scale="2")
    test.selectbox("claims-claim").select("larger-part").run()

    assert test.slider("claims-metres").value == 0
    assert address_of(test) == {"claim": "larger-part"}


def test_drawings_are_made_when_asked_for_and_told_with_their_share(atlas: Atlas, opened: Open) -> None:
    test = opened(PAGE)
    assert not any("drawings the figure" in part.value for part in test.markdown)

    test.number_input("claims-count").set_value(100)
    test.number_input("claims-seed").set_value(7)
    test.button[0].click().run()
    found = draws(atlas, 100, 7).claims[atlas.claims[0].id]

    assert plain(f"{100 * found.share:.1f} %") in _text(test)
    assert address_of(test) == {"seed": "7", "count": "100"}


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
    as_drawn, moved = (line_map(atlas, line, metres, "<script>") for metres in (0, 2000))

    assert "<script" not in as_drawn
    assert moved.count("<path") == as_drawn.count("<path") + 4
    assert "stroke-dasharray" in moved
    assert "stroke-dasharray" not in as_drawn


def test_address_says_only_what_is_not_so_at_first() -> None:
    first = {"claim": "one-third", "metres": 0, "scale": 1.0}

    assert as_query({**first, "line": "a-line"}, first) == {}
    assert as_query({**first, "line": "a-line", "metres": -50}, first) == {"line": "a-line", "metres": "-50"}
