"""What is counted for the claims about districts, each figure with those that may be otherwise."""

from dataclasses import replace

from layers.geometry.measure import length_km, to_metres
from layers.text.margins import count, meeting
from layers.text.measured import AZERBAIJANI, HANDED_OVER, HELD, REGAINED, Measured, Shapes


def regained_districts_next_to_oblast(shapes: Shapes) -> Measured:
    """How many of the four districts regained in battle share a border with the former oblast.

    `fuzuli_km` and so on are the lengths of the common borders, `zangilan_apart_km` and so on the gaps.
    """
    oblast = shapes.union(HELD, AZERBAIJANI)
    also = {}
    for district in REGAINED:
        name, area = district.removeprefix("district-"), shapes.features[district]
        also[f"{name}_km"] = length_km(area.boundary & oblast.boundary)
        also[f"{name}_apart_km"] = to_metres(area).distance(to_metres(oblast)) / 1000
    counted = count(meeting(shapes, shapes.features[district], oblast) for district in REGAINED)
    return replace(counted, also=also)


def regained_districts_joined_to_oblast(shapes: Shapes) -> Measured:
    """How many of the four reach the former oblast, across a common border or through others of the four."""
    reached, answers = [shapes.union(HELD, AZERBAIJANI)], []
    waiting = [shapes.features[district] for district in REGAINED]
    while joined := [area for area in waiting if any(meeting(shapes, area, other)[0] for other in reached)]:
        answers += [
            (True, (True, True) in [meeting(shapes, area, each) for each in reached]) for area in joined
        ]
        reached += joined
        waiting = [area for area in waiting if not any(area is each for each in joined)]
    gaps = [(False, all(meeting(shapes, area, other)[1] for other in reached)) for area in waiting]
    return count([*answers, *gaps])


def handed_over_districts_in_azerbaijan(shapes: Shapes) -> Measured:
    """How many of the three districts handed over lie wholly in Azerbaijan and outside the oblast.

    They end at the very lines of the state border and the oblast, wherever these lie.
    """
    oblast, country = shapes.union(HELD, AZERBAIJANI), shapes.countries["azerbaijan"]
    areas = [shapes.features[district] for district in HANDED_OVER]
    return Measured(sum(country.covers(area) and not (area & oblast).area for area in areas))


def handed_over_districts_off_the_border(shapes: Shapes) -> Measured:
    """How many of the three districts handed over have no stretch of the state border."""
    country = shapes.countries["azerbaijan"]
    answers = [meeting(shapes, shapes.features[district], country) for district in HANDED_OVER]
    return count((not meets, sure) for meets, sure in answers)
