"""The atlas as tables to read: a row a feature, passage, claim, event, holding or correction.

Each row has the reader's query that shows it, and the text in which the search looks: what it holds, and
every form of every name that it speaks of.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard.workbench.table_search import folded
from layers import Atlas
from layers.features import Feature
from layers.geometry.control import Holding, holdings, holdings_by_day
from layers.language.written import long_date
from layers.presentation import voice_of
from layers.steps import steps
from layers.style.captions import captions
from layers.style.symbology import symbology
from layers.text.quotes import shown_quotes

Cells = dict[str, Any]
Query = dict[str, str]
_Rows = Iterator[tuple[Cells, Query]]


@dataclass(frozen=True, eq=False)
class Table:
    """A table: its columns by the captions' order; of each row its id, the reader's query, a folded text."""

    id: str
    title: str
    about: str
    frame: pd.DataFrame
    ids: tuple[str, ...]
    queries: tuple[Query, ...]
    texts: tuple[str, ...]


@lru_cache(maxsize=16)
def table(atlas: Atlas, identifier: str) -> Table:
    """Return one of the tables that the captions name. Raises KeyError if there is no such table."""
    texts = captions()["workbench"]["tables"]["tables"][identifier]
    cells, queries = zip(*_ROWS[identifier](atlas), strict=True)
    columns = {title: [row.get(key) for row in cells] for key, title in texts["columns"].items()}
    return Table(
        id=identifier,
        title=texts["title"],
        about=texts["about"].format(as_of=long_date(atlas.descriptor["as_of"])),
        frame=pd.DataFrame(columns),
        ids=tuple(
            row.get("id") or "-".join(query.values()) for row, query in zip(cells, queries, strict=True)
        ),
        queries=queries,
        texts=tuple(folded(" ".join(_as_text(cell) for cell in row.values())) for row in cells),
    )


def _as_text(cell: object) -> str:
    """Return a cell as one may look for it: a day also as it is spoken."""
    if isinstance(cell, date):
        return f"{cell.isoformat()} {long_date(cell.isoformat())}"
    return "" if cell is None else str(cell)


def _features(atlas: Atlas) -> _Rows:
    for layer in atlas.layers.values():
        shown = _with_layer(atlas, layer.id)
        yield from (
            (_feature(atlas, feature, layer.title), {"feature": feature.id, **shown})
            for feature in layer.features
        )


def _feature(atlas: Atlas, feature: Feature, layer: str) -> Cells:
    name = feature.name_in()
    return {
        "id": feature.id,
        "layer": layer,
        "name": name,
        "names": "; ".join(dict.fromkeys(other for other in feature.names.values() if other != name)),
        "summary": feature.summary,
        "area_km2": _rounded(feature.area_km2),
        "length_km": _rounded(feature.length_km),
        "uncertainty_m": feature.uncertainty_m,
        "precision": captions()["precisions"][feature.precision],
        "after": "; ".join(str(atlas.sources[key]["title"]) for key in feature.digitized_after),
        "note": feature.note,
    }


def _with_layer(atlas: Atlas, layer: str) -> Query:
    """Return the query for the layers that are on at first and one that is not, if it is none of them."""
    if atlas.layers[layer].at_first:
        return {}
    return {
        "layers": ",".join(each.id for each in atlas.layers.values() if each.at_first or each.id == layer)
    }


def _passages(atlas: Atlas) -> _Rows:
    # As in every file: no more of the article than what describes the map, for a table can be saved.
    for quote in shown_quotes(atlas.annotations.quotes, full_article=False):
        words = {"exact": quote.exact, "paragraph": quote.paragraph, "voice": voice_of(quote).text}
        yield {"id": quote.id, **words, **_about(atlas, quote.about)}, {"quote": quote.id}


def _claims(atlas: Atlas) -> _Rows:
    for claim in atlas.claims:
        figures = {"article": claim.figure, "measured": claim.measured_text, "verdict": claim.verdict_text}
        told = {"claim": claim.claim, "tolerance": claim.tolerance, "plain": claim.plain}
        yield {"id": claim.id, **figures, **told, **_about(atlas, claim.about)}, {"claim": claim.id}


def _events(atlas: Atlas) -> _Rows:
    kinds = captions()["workbench"]["tables"]["kinds"]
    days = {day.id for day in atlas.annotations.days}
    for event in atlas.annotations.events:
        cells = {
            **vars(event),
            "date": date.fromisoformat(event.date),
            "until": date.fromisoformat(event.until) if event.until else None,
            "kind": kinds[event.kind],
            "paragraph": event.quote.paragraph,
            "quote": None,
            **_about(atlas, event.quote.about),
        }
        yield cells, {"quote": event.quote.id, **({"date": event.date} if event.date in days else {})}


def _held(atlas: Atlas) -> _Rows:
    titles = captions()["printed"]["holdings"]
    layers = {area: layer for layer, area in symbology()["coloured_by_holder"].items()}
    shown = steps(atlas)
    days = [step.days[-1].date for step in shown]
    by_feature = holdings_by_day(atlas.coverage, atlas.areas_by_holder, days)
    for number, step in enumerate(shown):
        for area, held in holdings(atlas.coverage, days[number]).items():
            query = {"date": step.id, "layer": layers[area]}
            yield _holding(step.days[0].id, titles[area], held), query
        for identifier, each in by_feature.items():
            forms = _about(atlas, (identifier,))
            cells = _holding(step.days[0].id, str(forms["about"]), each[number])
            yield {**cells, "forms": forms["forms"]}, {"date": step.id, "feature": identifier}


def _holding(day: str, area: str, held: Holding) -> Cells:
    return {
        "date": date.fromisoformat(day),
        "area": area,
        "armenian_km2": round(held.armenian_km2),
        "armenian_percent": held.armenian_percent,
        "azerbaijani_km2": round(held.azerbaijani_km2),
        "azerbaijani_percent": held.azerbaijani_percent,
    }


def _corrections(atlas: Atlas) -> _Rows:
    for correction in atlas.annotations.corrections:
        cells = {
            **vars(correction),
            "date": date.fromisoformat(correction.date),
            "amount": correction.amount or None,
            **_about(atlas, correction.about),
            "sources": None,
        }
        yield cells, {"correction": correction.id}


def _about(atlas: Atlas, ids: Iterable[str]) -> Cells:
    """Return what features and layers are called, and every form of their names, for the search."""
    called: list[str] = []
    forms: list[str] = []
    for identifier in ids:
        feature, layer = atlas.features.get(identifier), atlas.layers.get(identifier)
        called.append(feature.name_in() if feature else atlas.layers[identifier].title)
        forms += (feature.names if feature else layer.own_names if layer else {}).values()
    return {"about": "; ".join(dict.fromkeys(called)) or None, "forms": " ".join(forms) or None}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


_ROWS: Mapping[str, Callable[[Atlas], _Rows]] = {
    "features": _features,
    "passages": _passages,
    "claims": _claims,
    "events": _events,
    "held": _held,
    "corrections": _corrections,
}
