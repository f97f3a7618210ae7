"""The map in words: sentences read back, and found again from the shapes by another way."""

import math
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pyproj
import pytest
import shapely

from layers import Atlas
from layers.geometry.directions import WINDS, Distance, wind
from layers.geometry.measure import to_metres
from layers.in_words import Entry, claims_counted, dates, entries, paragraph, table, view_in_words
from layers.in_words.areas import areas
from layers.in_words.places import places
from layers.language.capitals import first_capital
from layers.steps import steps

MERCATOR = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3395", always_xy=True)  # true to directions
GEOD = pyproj.Geod(ellps="WGS84")
SLACK = 4  # degrees between the two ways of finding a direction
MONTHS = {"September": 9, "November": 11, "December": 12}
REST = "the rest of Azerbaijan"
STRETCH = re.compile(r"([a-z-]+), (less than )?([\d,]+) km")
NEARBY = re.compile(r"([^;]+?), (less than )?([\d,]+) km to the ([a-z-]+)")


@pytest.fixture(scope="module")
def told(atlas: Atlas) -> dict[str, dict[str, Entry]]:
    """Every entry, by group and id."""
    return {group.id: {entry.id: entry for entry in group.entries} for group in entries(atlas)}


def sentence(entry: Entry, start: str) -> str:
    """Return what follows the start of a sentence, without its full stop; "" if there is none."""
    found = (each for each in entry.sentences if each.startswith(start))
    return next(found, "").removeprefix(start).removesuffix(".").strip()


def half_step(number: str) -> float:
    """Return half of the largest step that a written number may have been rounded to, km."""
    return max(step for step in (1, 2, 5, 10, 20, 50) if not float(number.replace(",", "")) % step) / 2


def is_as_told(km: float, less: str, number: str) -> bool:
    """Tell whether a length is as the text has it."""
    value = float(number.replace(",", ""))
    return km < value if less else abs(km - value) <= half_step(number) + 0.1


def is_towards(name: str, start: shapely.Point, end: shapely.Point) -> bool:
    """Tell whether a point (WGS 84) lies in the direction of a wind from another, on Mercator's map."""
    (x, y), (to_x, to_y) = (MERCATOR.transform(point.x, point.y) for point in (start, end))
    degrees = math.degrees(math.atan2(to_x - x, to_y - y))
    off = abs((degrees - 45 * WINDS.index(name) + 180) % 360 - 180)
    return off <= 22.5 + SLACK


def is_crossed(name: str, area: shapely.Geometry, piece: shapely.LineString) -> bool:
    """Tell whether an area (WGS 84) is left in a wind's direction over a piece of border; a ring lies there.

    Found segment by segment on Mercator's map: each one's step out of the area, as long as the segment.
    """
    if piece.is_closed:
        return is_towards(name, shapely.centroid(area), shapely.centroid(piece))
    plane = shapely.transform(area, MERCATOR.transform, interleaved=False)
    line = shapely.transform(piece, MERCATOR.transform, interleaved=False)
    out = [0.0, 0.0]
    for (x, y), (to_x, to_y) in pairwise(line.coords):
        right = (to_y - y, x - to_x)
        length = math.hypot(*right)
        beside = shapely.Point((x + to_x) / 2 + right[0] / length, (y + to_y) / 2 + right[1] / length)
        sign = -1 if plane.covers(beside) else 1
        out = [out[0] + sign * right[0], out[1] + sign * right[1]]
    off = abs((math.degrees(math.atan2(*out)) - 45 * WINDS.index(name) + 180) % 360 - 180)
    return off <= 22.5 + SLACK


def shared(atlas: Atlas, one: shapely.Geometry, name: str) -> list[shapely.LineString]:
    """Return the pieces of an area's outline along an area, a country or the rest of Azerbaijan."""
    countries = atlas.basemap[atlas.basemap.kind == "country"]
    shapes = {row.names.get("article") or row.names["en"]: row.geometry for row in countries.itertuples()}
    shapes |= {area.name: area.geometry for area in areas(atlas).values()}
    if name == REST:
        outer = atlas.coverage.faces.union_all().boundary & one.boundary
        common = outer - shapely.union_all([shapes[each].boundary for each in ("Armenia", "Iran")])
    else:
        common = one.boundary & shapes[name].boundary
    lines = [part for part in shapely.get_parts(common) if part.length]
    return list(shapely.get_parts(shapely.line_merge(shapely.MultiLineString(lines))))


def length(pieces: list[shapely.LineString]) -> float:
    """Return the length in km, segment by segment."""
    return sum(GEOD.inv(*a, *b)[2] for line in pieces for a, b in pairwise(line.coords)) / 1000


def borders(told: dict[str, dict[str, Entry]]) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """Yield the ids of the areas and the name of each neighbour, with the stretches, as the text has them."""
    for key, entry in told["areas"].items():
        for each in filter(None, sentence(entry, f"{entry.name} borders").split("); ")):
            name, _, stretches = each.removesuffix(")").rpartition(" (")
            yield key, name, STRETCH.findall(stretches)


def test_borders_are_as_long_and_lie_where_they_are_told(
    atlas: Atlas, told: dict[str, dict[str, Entry]]
) -> None:
    failing, found = [], list(borders(told))
    for key, name, stretches in found:
        area = areas(atlas)[key].geometry
        pieces = shared(atlas, area, name)
        km = sum(float(number.replace(",", "")) for _, _, number in stretches)
        slack = sum(half_step(number) for _, _, number in stretches) + 0.5
        where = [any(is_crossed(towards, area, piece) for piece in pieces) for towards, _, _ in stretches]
        if abs(length(pieces) - km) > slack or not all(where):
            failing.append((key, name, stretches, length(pieces)))

    assert (failing, len(found) > 50) == ([], True)


def test_what_borders_an_area_to_its_north_has_it_to_its_south(told: dict[str, dict[str, Entry]]) -> None:
    ids = {
        entry.name: key for key, entry in told["areas"].items() if sentence(entry, f"{entry.name} borders")
    }
    seen = {
        (key, ids[first_capital(name)]): stretches
        for key, name, stretches in borders(told)
        if first_capital(name) in ids
    }
    open_borders = {pair: {each[0] for each in found} for pair, found in seen.items() if len(found) == 1}
    opposite = {one: WINDS[(number + 4) % 8] for number, one in enumerate(WINDS)}
    failing = {
        pair: winds
        for pair, winds in open_borders.items()
        if pair[::-1] in open_borders and open_borders[pair[::-1]] != {opposite[each] for each in winds}
    }

    assert (failing, seen["district-lachin", "district-kelbajar"]) == ({}, [("north", "", "60")])


def test_areas_that_only_touch_at_a_corner_or_lie_within_are_no_neighbours(
    atlas: Atlas, told: dict[str, dict[str, Entry]]
) -> None:
    parts = {
        key: area
        for key, area in areas(atlas).items()
        if area.layer in ("upper-karabakh", "returned-districts")
    }
    said = {(key, name) for key, name, _ in borders(told)}
    there = {
        (key, other.name)
        for key, area in parts.items()
        for other in parts.values()
        if other.id != "upper-karabakh"
        and not shapely.relate_pattern(area.geometry, other.geometry, "T********")
        and (area.geometry.boundary & other.geometry.boundary).length
    }

    assert {
        pair for pair in said if pair[0] in parts and pair[1] in {each.name for each in parts.values()}
    } == there


def test_places_lie_in_the_areas_and_as_far_from_one_another_as_told(
    atlas: Atlas, told: dict[str, dict[str, Entry]]
) -> None:
    by_name, failing, count = {place.name: place for place in places(atlas).values()}, [], 0
    for key, entry in told["places"].items():
        point = places(atlas)[key].point
        holding = {area.name for area in areas(atlas).values() if area.geometry.contains(point)} - {
            "Upper Karabakh"
        }
        lies = sentence(entry, f"{entry.name} lies in")
        if holding and set(lies.replace(" and ", ", ").split(", ")) != holding:
            failing.append((key, lies, holding))
        near = "; ".join(sentence(entry, start) for start in ("Nearest places:", "Farther off:"))
        for name, less, number, towards in NEARBY.findall(near):
            other = by_name[name.strip()].point
            km = to_metres(point).distance(to_metres(other)) / 1000
            count += 1
            if not (is_as_told(km, less, number) and is_towards(towards, point, other)):
                failing.append((key, name, number, towards, km))

    assert (failing, count > 100) == ([], True)


def days_of(span: str) -> list[date]:
    """Return the days from first to last, both told, of a span such as `26 September to 10 November`."""
    found = [date(2020, MONTHS[month], int(day)) for day, month in re.findall(r"(\d+) ([A-Z]\w+)", span)]
    return [found[0], found[-1]]


def test_a_place_was_held_by_the_side_that_is_told_on_each_date(
    atlas: Atlas, told: dict[str, dict[str, Entry]]
) -> None:
    faces, failing, count = atlas.coverage.faces, [], 0
    for key, entry in told["places"].items():
        around = faces[faces.contains(places(atlas)[key].point)]
        (since,) = around.azerbaijani_since if len(around) else ("",)
        held = next((each for each in entry.sentences if re.match(r"\d+ [A-Z]", each)), "")
        for days, holder in re.findall(r"([^;:]+): ([^;]+)", held):
            for day in days_of(days):
                count += 1
                is_azerbaijani = since == "before-2020" or date.fromisoformat(since) <= day
                if holder.startswith("Azerbaijani-held") != is_azerbaijani:
                    failing.append((key, day, holder))
        if bool(held) != bool(since):
            failing.append((key, "nothing told", since))

    assert (failing, count > 70) == ([], True)


SENTENCES = {
    ("areas", "russian-area-lachin-corridor"): (
        "On the layer “Russian areas of responsibility”; the same area as Lachin corridor"
        " on the layer “Lachin corridor”."
    ),
    ("areas", "district-lachin"): "Within it lies Lachin corridor.",
    ("places", "lachin"): (
        "So near to the outline of Lachin corridor and Lachin district that it may lie on the other side."
    ),
    ("lines", "demarcation-line"): "It leaves out the mouth of the Lachin corridor, 10 km.",
    ("lines", "supply-route-in-armenia"): (
        "It leads from near Yerevan airport to 4 km west of Zabukh (Aghavno). On the way: Yerevan and Goris."
    ),
    ("lines", "supply-route-in-azerbaijan"): (
        "It leads from 4 km west of Zabukh (Aghavno) to near Stepanakert (Khankendi)."
        " On the way: Lachin, Lysogorsky (Lisagor, Turshsu), Zarysly and Shusha."
    ),
}


def test_sentences_name_what_is_near_within_left_out_and_at_a_shared_end(
    told: dict[str, dict[str, Entry]],
) -> None:
    missing = [(key, said) for key, said in SENTENCES.items() if said not in told[key[0]][key[1]].sentences]
    elsewhere = [
        key
        for key, entry in told["lines"].items()
        if key != "demarcation-line" and "leaves out" in " ".join(entry.sentences)
    ]

    assert (missing, elsewhere) == ([], [])


def test_entries_and_sentences_begin_with_capitals_and_no_two_areas_have_one_heading(
    told: dict[str, dict[str, Entry]],
) -> None:
    every = [entry for group in told.values() for entry in group.values()]
    texts = [text for entry in every for text in (entry.name, *entry.sentences, entry.note or "")]
    headings = [entry.name for entry in told["areas"].values()]

    assert [text for text in texts if text[:1].islower()] == []
    assert sorted({heading for heading in headings if headings.count(heading) > 1}) == []
    assert told["areas"]["russian-area-lachin-corridor"].name == (
        "Lachin corridor (Russian areas of responsibility)"
    )


def test_table_tells_how_much_of_each_district_was_held(atlas: Atlas) -> None:
    faces, failing = atlas.coverage.faces, []
    names = {area.name: area for area in areas(atlas).values()}
    for row in table(atlas):
        mine = faces[faces.id.isin(names[row.name].faces)]
        km2 = shapely.area([to_metres(shape) for shape in mine.geometry]) / 1e6
        for cell, step in zip(row.cells, steps(atlas), strict=True):
            held = [since != "before-2020" and since > step.id for since in mine.azerbaijani_since]
            share = 100 * km2[held].sum() / km2.sum()
            said = re.search(r"Armenian side: (all|[\d.]+)", cell)
            value = {"all": 100.0}.get(said[1]) or float(said[1]) if said else 0.0
            if abs(value - share) > 0.1:
                failing.append((row.name, step.id, cell, share))

    assert (failing, len(table(atlas))) == ([], 8)


def test_each_entry_says_how_sure_it_is(atlas: Atlas, told: dict[str, dict[str, Entry]]) -> None:
    silent = [
        key
        for group in told.values()
        for key, entry in group.items()
        if not any(
            re.match(r"How sure: \w+; position error up to [\d,]+ m\.", each) for each in entry.sentences
        )
    ]

    assert (silent, {key for group in told.values() for key in group} >= set(atlas.features)) == ([], True)


def test_distances_are_written_no_finer_than_they_are_off() -> None:
    cases = {
        (6.4, 0.7): (1, 6, True),
        (62.2, 3.5): (5, 60, True),
        (37.9, 4.4): (5, 40, True),
        (3.0, 7.1): (10, 0, False),
        (119.9, 0.14): (1, 120, True),
    }
    found = {case: Distance(*case) for case in cases}

    assert {case: (each.step, each.rounded, each.has_direction) for case, each in found.items()} == cases


def test_winds_are_eighths_of_the_circle_about_north() -> None:
    said = [wind(degrees) for degrees in (0, 22, 23, 90, -90, 180, -180, 337, 338)]

    assert said == ["north", "north", "north-east", "east", "west", "south", "south", "north-west", "north"]


def test_paragraph_speaks_of_the_date_and_of_layers_that_are_on_and_drawn(atlas: Atlas) -> None:
    first, last = (
        view_in_words(atlas, atlas.layers, step.id) for step in (steps(atlas)[0], steps(atlas)[-1])
    )
    alone = view_in_words(atlas, ["places"], "2020-11-20")
    both = view_in_words(atlas, [], "2020-09-26", "2020-12-08")

    assert first.startswith("26 September 2020: Upper Karabakh before the war. Armenian-held: ")
    assert "Districts wholly Armenian-held: Gubadli, Kelbajar, Lachin and Zangilan." in first
    assert ("Lachin corridor leads" in first, "Lachin corridor leads" in last) == (False, True)
    assert ("Places marked" in alone, "line of contact" in alone, "Districts" in alone) == (
        True,
        False,
        False,
    )
    assert both.count("Armenian-held: ") == 2
    assert "Places marked: 15; 21 more are named" in alone
    assert "demarcation line, 370 km; Outline of the Khtsaberd pocket, 25 km." in last
    assert {part.layer for part in paragraph(atlas, steps(atlas)[-1])} - {None} <= set(atlas.layers)


def test_dates_say_first_what_changed_and_nothing_twice_that_stays(atlas: Atlas) -> None:
    said = dates(atlas, steps(atlas))
    texts = [part.text for parts in (*said.of_each.values(), said.of_all) for part in parts]
    whole = {part.text for step in steps(atlas) for part in paragraph(atlas, step) if part.stays}
    seconds = [parts[1].text for parts in said.of_each.values()]

    assert [text for text in whole if texts.count(text) != 1] == []
    assert seconds[1:] == [step.since for step in steps(atlas)[1:]]
    assert [part.text[:12] for part in said.of_all] == [
        "The line of ",
        "Places marke",
        "Farther away",
        "All lines ar",
    ]


def test_two_dates_compared_tell_once_what_both_show(atlas: Atlas) -> None:
    both = view_in_words(atlas, atlas.layers, "2020-09-26", "2020-12-08")
    once = ("The line of contact before the war", "Places marked", "All lines are approximate")

    assert {text: both.count(text) for text in once} == dict.fromkeys(once, 1)


def test_claims_are_counted_by_verdict_and_reason(atlas: Atlas) -> None:
    verdicts, why = claims_counted(atlas)
    reasons = [claim.reason for claim in atlas.claims]
    unsettled = len(reasons) - reasons.count(None)

    assert verdicts.startswith(
        f"Of the {len(reasons)} claims, {len(reasons) - unsettled} agree and {unsettled} can"
    )
    assert sum(map(int, re.findall(r"\((\d+)\)", why))) == unsettled
    assert f"drawn after the claim ({reasons.count('circular')})" in why
