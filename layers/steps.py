"""The steps of the map through time: days on which the same faces are held by the same side are one step."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from layers.atlas import Atlas, Layer
from layers.geometry.control import holdings
from layers.geometry.coverage import ARMENIAN_HELD
from layers.language.written import day_and_month
from layers.style.captions import captions, date_range, title_on
from layers.text.annotations import Day


@dataclass(frozen=True)
class Step:
    """One state of the map: its days, what each side held as a sentence, what changed since the step before.

    `changed` are the ids of the faces that changed hands; `not_yet` the layers with nothing to draw yet.
    """

    days: tuple[Day, ...]
    held: str
    since: str | None
    changed: tuple[str, ...]
    not_yet: tuple[Layer, ...]

    @property
    def id(self) -> str:
        """The last of its days, an ISO date."""
        return self.days[-1].id

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of the sources of its days, each once."""
        return tuple(dict.fromkeys(key for day in self.days for key in day.sources))

    @property
    def short(self) -> str:
        """Its days as a caption: 10 Nov, 1-8 Dec."""
        return date_range(self.days[0].id, self.id, short=True)

    @property
    def long(self) -> str:
        """Its days as a reader writes them: 1-8 December 2020."""
        return date_range(self.days[0].id, self.id)

    @property
    def not_yet_drawn(self) -> str | None:
        """Which layers have nothing to draw yet, as a sentence."""
        titles = ", ".join(layer.title for layer in self.not_yet)
        return str(captions()["dates"]["not_yet"].format(layers=titles)) if titles else None

    @property
    def title(self) -> str:
        """The map's title for its days."""
        return title_on(self.id)


@lru_cache(maxsize=8)
def steps(atlas: Atlas) -> tuple[Step, ...]:
    """Return the steps in the order of time; the first has nothing that it could have changed from."""
    coverage = atlas.coverage
    groups = [
        tuple(days)
        for _, days in groupby(atlas.annotations.days, key=lambda day: tuple(coverage.status_on(day.date)))
    ]
    first = _step(atlas, groups[0], None)
    return (first, *(_step(atlas, days, before[-1]) for before, days in pairwise(groups)))


def step_of(atlas: Atlas, day: str) -> Step:
    """Return the step that holds a day of the map (ISO). Raises StopIteration if none does."""
    return next(step for step in steps(atlas) if day in (each.id for each in step.days))


def days_shown(atlas: Atlas, day: str, compared: str = "") -> str:
    """Return the days of a day's step, after those of an earlier day it is compared with, if any."""
    shown = [step_of(atlas, each).long for each in (compared, day) if each]
    return str(captions()["printed"]["and"]).join(shown)


def _step(atlas: Atlas, days: tuple[Day, ...], before: Day | None) -> Step:
    changed = _changed(atlas, before, days[-1]) if before else ()
    return Step(
        days=days,
        held=_held(atlas, days[-1]),
        since=_since(atlas, before, changed) if before else None,
        changed=changed,
        not_yet=tuple(
            layer
            for layer in atlas.layers.values()
            if layer.drawn_from is not None and layer.drawn_from > days[-1].id
        ),
    )


def _held(atlas: Atlas, day: Day) -> str:
    held = holdings(atlas.coverage, day.date)
    texts = captions()["dates"]
    district = texts["districts" if held["district"].armenian_km2 else "no_districts"]
    return str(
        texts["held"].format(
            oblast_km2=held["oblast"].armenian_km2,
            percent=held["oblast"].armenian_percent,
            districts=district.format(held=held["district"].armenian_km2, whole=held["district"].whole_km2),
        )
    )


def _changed(atlas: Atlas, before: Day, day: Day) -> tuple[str, ...]:
    """Return the faces that the Armenian side held on a day, and no longer on a later one."""
    coverage = atlas.coverage
    was, now = coverage.status_on(before.date), coverage.status_on(day.date)
    return tuple(coverage.faces[(was == ARMENIAN_HELD) & (now != ARMENIAN_HELD)].id)


def _since(atlas: Atlas, before: Day, changed: tuple[str, ...]) -> str:
    """Return what changed hands since a day and how: each district, and what of the former oblast, in km²."""
    texts = captions()["dates"]
    faces = atlas.coverage.faces[atlas.coverage.faces.id.isin(changed)]
    districts = atlas.layers["returned-districts"].features
    names = {district.id.removeprefix("district-"): district.name_in() for district in districts}
    units = faces.district.map(names).fillna(texts["of_the_oblast"])
    km2 = atlas.coverage.km2[faces.index].groupby([faces.how, units], sort=True).sum()
    return " ".join(
        sentence.format(
            date=day_and_month(before.id),
            parts=texts["and"].join(
                texts["part"].format(name=name, km2=value) for name, value in km2[how].items()
            ),
        )
        for how, sentence in texts["since"].items()
        if how in km2
    )
