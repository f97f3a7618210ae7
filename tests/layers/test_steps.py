"""The map's steps through time: what counts as one state, and what is said of each."""

from itertools import pairwise

from layers import Atlas
from layers.steps import step_of, steps


def test_days_on_which_nothing_changes_hands_are_one_step(atlas: Atlas) -> None:
    captions = [(step.id, step.short, step.long) for step in steps(atlas)]
    assert [short for _, short, _ in captions] == ["26 Sept", "10 Nov", "20 Nov", "25 Nov", "1–8 Dec"]  # noqa: RUF001
    assert captions[-1] == ("2020-12-08", "1–8 Dec", "1–8 December 2020")  # noqa: RUF001
    assert step_of(atlas, "2020-12-01").id == "2020-12-08"


def test_a_step_says_what_each_side_held_and_what_changed(atlas: Atlas) -> None:
    before, *_, last = steps(atlas)
    kelbajar = step_of(atlas, "2020-11-25")
    assert (before.since, before.title) == (None, "Upper Karabakh before the war")
    assert kelbajar.since == "Since 20 November, handed over to Azerbaijan: Kelbajar, 1,994 km²."
    assert kelbajar.changed == ("kelbajar",)
    assert last.held == (
        "Armenian-held: 3,101 km² of Upper Karabakh (69.4 %), 263 of 8,643 km² of the seven districts."
    )
    assert [layer.id for layer in kelbajar.not_yet] == ["demarcation-line"]


def test_what_changed_are_the_faces_that_the_armenian_side_no_longer_held(atlas: Atlas) -> None:
    through_time = steps(atlas)
    held = [set(atlas.coverage.armenian_held(step.days[-1].date).id) for step in through_time]

    assert [set(step.changed) for step in through_time] == [
        set(),
        *(before - after for before, after in pairwise(held)),
    ]


def test_each_district_that_changed_hands_is_named_and_the_former_oblast_last(atlas: Atlas) -> None:
    assert step_of(atlas, "2020-11-10").since == (
        "Since 26 September, regained by Azerbaijan in battle: Fuzuli, 471 km²; Gubadli, 641 km²;"
        " Jabrayil, 1,007 km²; Zangilan, 598 km²; of Upper Karabakh, 1,048 km²."
    )


def test_layers_that_are_not_yet_drawn_are_named_in_one_sentence(atlas: Atlas) -> None:
    before, *_, last = steps(atlas)

    assert before.not_yet_drawn == (
        "Not yet drawn: Lachin corridor, Russian areas of responsibility, Demarcation line, Supply route."
    )
    assert last.not_yet_drawn is None


def test_a_step_names_the_sources_of_all_its_days(atlas: Atlas) -> None:
    last = step_of(atlas, "2020-12-08")

    assert last.sources == ("jam-news-lachin", "azatutyun-khtsaberd", "news-am-parts", "news-am-posts")
