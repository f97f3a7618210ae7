"""Districts by dates: who held how much of each, in percent and km²."""

from dataclasses import dataclass

import shapely

from layers.atlas import Atlas
from layers.geometry.control import Holding, holdings_by_day
from layers.in_words.areas import DISTRICTS, OBLAST, areas
from layers.steps import Step, steps
from layers.style.captions import captions


@dataclass(frozen=True)
class Row:
    """An area, and who held how much of it at each step."""

    name: str
    cells: tuple[str, ...]


def table(atlas: Atlas) -> tuple[Row, ...]:
    """Return a row for the former oblast, and for each district."""
    shown = (each for each in areas(atlas).values() if each.id == OBLAST or each.layer == DISTRICTS)
    return tuple(Row(area.name, _cells(atlas, area.geometry)) for area in shown)


def _cells(atlas: Atlas, area: shapely.Geometry) -> tuple[str, ...]:
    return tuple(_cell(held) for held in _holdings(atlas, area, steps(atlas)))


def held_wholly(atlas: Atlas, area: shapely.Geometry, step: Step) -> str | None:
    """Return which side held all of an area (made of faces) at a step: `armenian`, `azerbaijani` or None."""
    (held,) = _holdings(atlas, area, (step,))
    if held.armenian_km2 and held.azerbaijani_km2:
        return None
    return "armenian" if held.armenian_km2 else "azerbaijani"


def _holdings(atlas: Atlas, area: shapely.Geometry, through_time: tuple[Step, ...]) -> list[Holding]:
    days = [step.days[-1].date for step in through_time]
    return holdings_by_day(atlas.coverage, {"": area}, days)[""]


def _cell(held: Holding) -> str:
    texts = captions()["in_words"]["cells"]
    if held.armenian_km2 and held.azerbaijani_km2:
        key = "divided"
    else:
        key = "armenian" if held.armenian_km2 else "azerbaijani"
    return str(
        texts[key].format(
            armenian_km2=held.armenian_km2,
            armenian_percent=held.armenian_percent,
            azerbaijani_km2=held.azerbaijani_km2,
            azerbaijani_percent=held.azerbaijani_percent,
        )
    )
