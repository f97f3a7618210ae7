"""The map's steps through time: what counts as one state, and what is said of each."""

from layers import Atlas
from layers.steps import step_of, steps


def test_days_on_which_nothing_changes_hands_are_one_step(atlas: Atlas) -> None:
    captions = [(step.id, step.short, step.long) for step in steps(atlas)]
    assert [short for _, short, _ in captions] == ["26 Sep", "10 Nov", "20 Nov", "25 Nov", "1–8 Dec"]  # noqa: RUF001
    assert captions[-1] == ("2020-12-08", "1–8 Dec", "1–8 December 2020")  # noqa: RUF001
    assert step_of(atlas, "2020-12-01").id == "2020-12-08"


def test_a_step_says_what_each_side_held_and_what_changed(atlas: Atlas) -> None:
    before, *_, last = steps(atlas)
    kelbajar = step_of(atlas, "2020-11-25")
    assert (before.since, before.title) == (None, "Upper Karabakh before the war")
    assert kelbajar.since == "Since 20 November: Kelbajar, 1,998 km²."
    assert kelbajar.changed == ("kelbajar",)
    assert last.held == "Armenian-held: 3,101 km² of Upper Karabakh (69.4 %), none of the seven districts."
    assert [layer.id for layer in kelbajar.not_yet] == ["demarcation-line"]
