"""Who held which share of the former oblast and of the districts, by date: bars, and a table beneath."""

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from layers import Atlas
from layers.geometry.control import holdings, shares
from layers.geometry.coverage import AREAS, STATUSES, Area
from layers.language.written import chart_locale
from layers.steps import steps
from layers.style.captions import captions
from layers.style.symbology import symbology

_BAR, _AROUND = 30, 170  # pixels: a bar with the gap to the next; legend and axis


def share_charts(atlas: Atlas) -> None:
    """Draw bars and table for each area."""
    texts, areas = captions()["workbench"]["tables"]["shares"], captions()["printed"]["holdings"]
    st.caption(texts["about"])
    for area in AREAS:
        rows = rows_of(atlas, area)
        st.subheader(areas[area], anchor=False)
        st.vega_lite_chart(
            _spec(rows, is_dark=st.context.theme.type == "dark"),
            alt=texts["alt"].format(area=areas[area]),
            key=f"tables-shares-{area}",
            width="stretch",
            height=_BAR * len(steps(atlas)) + _AROUND,
        )
        st.table(_as_table(rows))


@lru_cache(maxsize=4)
def rows_of(atlas: Atlas, area: Area) -> tuple[dict[str, Any], ...]:
    """Return a row for each step and holder: date, holder, share in percent, km²."""
    holders = captions()["holders"]
    rows = []
    for step in steps(atlas):
        day = step.days[-1].date
        whole, parts = holdings(atlas.coverage, day)[area].whole_km2, shares(atlas.coverage, day)[area]
        rows += [
            {
                "date": step.short,
                "holder": holders[status],
                "percent": round(part, 1),
                "km2": part * whole / 100,
            }
            for status, part in parts.items()
        ]
    return tuple(rows)


def _spec(rows: tuple[dict[str, Any], ...], *, is_dark: bool) -> dict[str, Any]:
    """Return the chart for Vega-Lite, in the map's colours."""
    texts, colours = captions()["workbench"]["tables"]["shares"], symbology()["colours"]
    named = {captions()["holders"][status]: colours.get(status, colours["land"]) for status in STATUSES}
    present = [holder for holder in named if any(row["holder"] == holder for row in rows)]
    days = list(dict.fromkeys(row["date"] for row in rows))
    scale = {"domain": present, "range": [named[holder][is_dark] for holder in present]}
    tooltip = [{"field": field, "type": "nominal", "title": texts.get(field)} for field in ("date", "holder")]
    figures = [
        {"field": field, "type": "quantitative", "title": texts[field], "format": form}
        for field, form in (("percent", ".1f"), ("km2", ",.0f"))
    ]
    return {
        "config": {"locale": chart_locale()},
        "data": {"values": [{**row, "order": present.index(row["holder"])} for row in rows]},
        "mark": {"type": "bar", "stroke": colours["border"][is_dark], "strokeWidth": 1},
        "encoding": {
            "y": {
                "field": "date",
                "type": "ordinal",
                "sort": days,
                "title": None,
                "axis": {"labelOverlap": False},
            },
            "x": {**figures[0], "axis": {"values": [0, 25, 50, 75, 100]}, "scale": {"domain": [0, 100]}},
            "order": {"field": "order", "type": "quantitative"},
            "color": {
                "field": "holder",
                "type": "nominal",
                "scale": scale,
                "legend": {
                    "orient": "top",
                    "title": None,
                    "columns": 1,
                    "symbolStrokeWidth": 1,
                    "labelLimit": 0,
                },
            },
            "tooltip": [*tooltip, *figures],
        },
    }


def _as_table(rows: tuple[dict[str, Any], ...]) -> pd.DataFrame:
    """Return the rows as a table of texts: a line a date, a column a holder."""
    texts = captions()["workbench"]["tables"]["shares"]
    cells = {
        (row["date"], row["holder"]): texts["cell"].format(percent=row["percent"], km2=row["km2"])
        for row in rows
    }
    days = list(dict.fromkeys(row["date"] for row in rows))
    held = {row["holder"] for row in rows}
    columns = [holder for status in STATUSES if (holder := captions()["holders"][status]) in held]
    return pd.DataFrame(
        {holder: [cells.get((day, holder), texts["none"]) for day in days] for holder in columns}, index=days
    )
