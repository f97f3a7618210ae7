"""How far the drawn lines may be off: which are the least certain, and the bands around them."""

from itertools import pairwise

from layers import Atlas
from layers.geometry.uncertainty import least_certain


def test_least_certain_things_come_worst_first_and_each_says_why(atlas: Atlas) -> None:
    found = least_certain(atlas.coverage)
    drawn = [
        atlas.coverage.lines,
        atlas.coverage.routes,
        atlas.coverage.places[atlas.coverage.places.on_layer],
    ]
    metres = sorted((int(value) for frame in drawn for value in frame.uncertainty_m), reverse=True)

    assert [each.uncertainty_m for each in found] == metres[:5]
    assert [each.id for each in found if not each.basis and not each.why] == []


def test_of_things_equally_far_off_the_schematic_come_first(atlas: Atlas) -> None:
    found = least_certain(atlas.coverage, 40)
    equal = [(a, b) for a, b in pairwise(found) if a.uncertainty_m == b.uncertainty_m]

    assert [a.id for a, b in equal if (a.precision, b.precision) == ("approximate", "schematic")] == []


def test_line_without_a_title_is_called_after_what_it_follows(atlas: Atlas) -> None:
    line = next(each for each in least_certain(atlas.coverage, 60) if each.id == "control-martuni")

    assert line.title == "line between the forces, December 2020, east and south of Martuni"
    assert line.precision == "approximate"


def test_every_line_says_how_its_uncertainty_was_found(atlas: Atlas) -> None:
    lines = atlas.coverage.lines
    district = atlas.features["district-lachin"].geometry
    worst = lines.loc[lines.uncertainty_m[lines.id.isin(atlas.coverage.made_of(district).id)].idxmax()]

    assert [basis for basis in lines.uncertainty_basis if not basis.endswith(".")] == []
    assert atlas.features["district-lachin"].uncertainty_basis == worst.uncertainty_basis
    assert atlas.features["stepanakert"].uncertainty_basis == ""
