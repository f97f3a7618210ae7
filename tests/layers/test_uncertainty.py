"""How far the drawn lines may be off: which are the least certain, and the bands around them."""

from layers import Atlas
from layers.geometry.uncertainty import least_certain


def test_least_certain_things_are_the_east_tip_and_the_schematic_ones_and_each_says_why(atlas: Atlas) -> None:
    found = least_certain(atlas.coverage)

    assert [(each.id, each.uncertainty_m) for each in found] == [
        ("control-gubadli-west", 5000),
        ("control-zangilan-west", 5000),
        ("emergency-ministry-camp", 5000),
        ("zone-boundary", 5000),
        ("pocket-khtsaberd", 3000),
    ]
    assert found[4].title == "Outline of the pocket of Khtsaberd and Hin Tagher"
    assert found[4].why.endswith("no outline was ever published.")


def test_line_without_a_title_is_called_after_what_it_follows(atlas: Atlas) -> None:
    line = next(each for each in least_certain(atlas.coverage, 20) if each.id == "control-martuni")

    assert line.title == "line between the forces, December 2020, east and south of Martuni"
    assert (line.precision, line.why) == ("approximate", "")
