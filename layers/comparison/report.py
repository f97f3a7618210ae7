"""The whole comparison of a drawing with ours: areas, claims, and what to know of both."""

from collections.abc import Iterator
from dataclasses import replace

from layers.atlas import Atlas
from layers.comparison.areas import compared_areas, whole_shift
from layers.comparison.claims import compared_claims
from layers.comparison.drawing import OBLAST, Drawing, Match
from layers.comparison.ours import MATCHABLE, matchable
from layers.comparison.records import Report
from layers.style.captions import captions
from layers.text.measured import AZERBAIJANI, HELD

_MOST_NAMED = 12


def compare(atlas: Atlas, drawing: Drawing) -> Report:
    """Return a drawing beside ours, by its `matches`; a match of a feature there is not is left out."""
    known = tuple(match for match in drawing.matches if match.feature in MATCHABLE)
    sound = replace(drawing, matches=known)
    notes = (*drawing.notes, *_notes(atlas, drawing, known))
    areas, claims = compared_areas(atlas, sound), compared_claims(atlas, sound)
    return Report(sound, areas, whole_shift(atlas, sound), claims, notes)


def _notes(atlas: Atlas, drawing: Drawing, known: tuple[Match, ...]) -> Iterator[str]:
    said, titles = captions()["comparison"]["notes"], matchable(atlas)
    if known:
        yield said["as_drawn"]
    else:
        yield said["no_match"]
    less = [titles[match.feature] for match in known if match.less_oblast]
    if less:
        own = {match.feature for match in known}
        has_oblast = OBLAST in own or {HELD, AZERBAIJANI} <= own
        yield said["less_oblast"].format(areas=", ".join(less))
        if not has_oblast:
            yield said["our_oblast"]
    used = {place for match in known for place in match.pieces}
    left = [piece.name for place, piece in enumerate(drawing.pieces) if place not in used]
    if left:
        yield said["unmatched"].format(names=listed(left))
    unknown = [match.feature for match in drawing.matches if match not in known]
    if unknown:
        yield said["unknown"].format(names=listed(unknown))


def listed(names: list[str]) -> str:
    """Return names with commas, not more than a dozen, and how many more there are."""
    named = [name for name in dict.fromkeys(names) if name]
    more = len(named) - _MOST_NAMED
    return ", ".join(named[:_MOST_NAMED]) + (f" + {more}" if more > 0 else "")
