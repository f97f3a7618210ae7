"""One table at a time: chosen and searched in the address, sorted by its heads, its rows shown on the map."""

from collections.abc import Callable
from datetime import date
from numbers import Number
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.templating import render
from dashboard.workbench.address import asked_anew, keep, tell_notices
from dashboard.workbench.markdown import plain
from dashboard.workbench.table_rows import Table, table
from dashboard.workbench.table_search import folded, holds
from layers import Atlas
from layers.exports.delimited import MEDIA_TYPE, csv_bytes
from layers.language.written import localized, long_date, number
from layers.style.captions import captions

_PAGE = "tables"
_OF_NAMES, _NAMES_PX = ("name", "area"), 320  # most names are short, by which the grid would set the width
_TABLE, _FIND, _ROW = "tables-table", "tables-find", "tables-row"  # in the session: what is chosen


def table_view(atlas: Atlas) -> None:
    """Draw the choice of a table, the search, the rows that it finds, and the one that is chosen."""
    texts = captions()["workbench"]["tables"]
    is_asked = _follow_address(atlas)
    tell_notices(st.container())
    st.segmented_control(
        texts["choose"],
        list(texts["tables"]),
        format_func=lambda key: texts["tables"][key]["title"],
        key=_TABLE,
        required=True,
    )
    shown = table(
        atlas, st.session_state[_TABLE] or next(iter(texts["tables"]))
    )  # none, if a page sends none
    st.text_input(texts["find"], key=_FIND, max_chars=texts["longest_find"], placeholder=texts["find_hint"])
    rows = _found(shown, st.session_state[_FIND])
    if rows:
        st.caption(f"{shown.about} {texts['counted'].format(shown=len(rows), all=len(shown.texts))}")
        chosen = _grid(shown, rows, is_asked=is_asked)
        _download(atlas, shown, rows)
    else:
        st.info(texts["nothing"].format(find=plain(st.session_state[_FIND])))
        chosen = None
    st.session_state[_ROW] = None if chosen is None else shown.ids[chosen]
    if chosen is not None:
        _whole_row(shown, chosen)
    _write_address(next(iter(texts["tables"])))


def _follow_address(atlas: Atlas) -> bool:
    """Take table, search and row from the address, if it was changed by others; tell whether it was."""
    texts = captions()["workbench"]["tables"]
    query = asked_anew(_PAGE, _chosen())
    if query is None:
        return False
    asked = query.choice("table", texts["tables"]) or next(iter(texts["tables"]))
    st.session_state[_TABLE] = asked
    st.session_state[_FIND] = query.text("find", texts["longest_find"])
    st.session_state[_ROW] = query.choice("row", table(atlas, asked).ids)
    return True


def _chosen() -> dict[str, Any]:
    return {key: st.session_state.get(key) for key in (_TABLE, _FIND, _ROW)}


def _write_address(first: str) -> None:
    """Make the address say what is chosen; `first` is the table that is shown at first."""
    chosen = _chosen()
    wanted = {"table": chosen[_TABLE], "find": chosen[_FIND].strip(), "row": chosen[_ROW]}
    if chosen[_TABLE] == first:
        del wanted["table"]
    keep(_PAGE, {key: value for key, value in wanted.items() if value}, chosen)


def _found(shown: Table, find: str) -> list[int]:
    asked = folded(find)
    return [row for row, text in enumerate(shown.texts) if holds(text, asked)]


def _grid(shown: Table, rows: list[int], *, is_asked: bool) -> int | None:
    """Draw the rows; return which row of the table is chosen, by box or cell, or as the only one found.

    What the address asks for (`is_asked`) is chosen first; later what the grid says counts, for a choice made
    here would take the focus from the cell that has it.
    """
    key = f"tables-grid-{shown.id}-{rows[0]}-{rows[-1]}-{len(rows)}"
    if is_asked:
        wanted = [place for place, row in enumerate(rows) if shown.ids[row] == st.session_state[_ROW]]
        st.session_state[key] = {"selection": {"rows": wanted, "columns": [], "cells": []}}
    titles = captions()["workbench"]["tables"]["tables"][shown.id]["columns"]
    choice = st.dataframe(
        shown.frame.iloc[rows].style.format(_written(shown.frame), na_rep=""),
        hide_index=True,
        column_config={
            titles[each]: st.column_config.Column(width=_NAMES_PX) for each in _OF_NAMES if each in titles
        },
        placeholder="",
        alt=shown.title,
        key=key,
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
    ).selection
    places = [*choice.rows, *(row for row, _ in choice.cells)]
    if len(rows) == 1:
        return rows[0]
    return rows[places[0]] if places and places[0] < len(rows) else None


def _download(atlas: Atlas, shown: Table, rows: list[int]) -> None:
    """Offer the rows found as a file."""
    st.download_button(
        captions()["workbench"]["tables"]["take"],
        lambda: csv_bytes(shown.frame.columns, shown.frame.iloc[rows].itertuples(index=False, name=None)),
        file_name=f"{atlas.descriptor['name']}-{shown.id}.csv",
        mime=MEDIA_TYPE,
        on_click="ignore",
    )


def _written(frame: pd.DataFrame) -> dict[Any, Callable[[Any], str]]:
    """Return by column how the language writes its dates and numbers; they are sorted by what they are."""
    columns: dict[Any, Callable[[Any], str]] = {}
    for name, cells in frame.items():
        if isinstance(next((cell for cell in cells if not pd.isna(cell)), None), date):
            columns[name] = lambda day: long_date(day.isoformat())
        elif pd.api.types.is_float_dtype(cells):
            columns[name] = lambda value: number(value, ".1f")
    return columns


def _whole_row(shown: Table, row: int) -> None:
    """Draw a row with all that it holds, and the link that shows it in the reader."""
    texts = captions()["workbench"]["tables"]
    cells = [(name, _as_read(value)) for name, value in shown.frame.iloc[row].items() if not pd.isna(value)]
    with st.container(border=True):
        label = texts["open" if shown.id == "corrections" else "show"]
        address = f"./?{urlencode(shown.queries[row], safe=',')}"
        st.html(render("workbench_row.html", cells=cells, address=address, label=label))


def _as_read(value: object) -> str:
    if hasattr(value, "isoformat"):
        return long_date(value.isoformat())
    return localized(f"{value:,}") if isinstance(value, Number) else str(value)
