"""One table at a time: chosen and searched in the address, sorted by its heads, its rows shown on the map."""

from datetime import date
from numbers import Number
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.templating import render
from dashboard.workbench.markdown import plain
from dashboard.workbench.table_rows import Table, table
from dashboard.workbench.table_search import folded, holds
from layers import Atlas
from layers.language.written import long_date
from layers.style.captions import captions

_TABLE, _FIND = "tables-table", "tables-find"  # in the session: what the two controls hold


def table_view(atlas: Atlas) -> None:
    """Draw the choice of a table, the search, the rows that it finds, and the one that is chosen."""
    texts = captions()["workbench"]["tables"]
    _take_address(texts)
    st.segmented_control(
        texts["choose"],
        list(texts["tables"]),
        format_func=lambda key: texts["tables"][key]["title"],
        key=_TABLE,
        required=True,
        on_change=_write_address,
    )
    shown = table(atlas, st.session_state[_TABLE])
    st.text_input(
        texts["find"],
        key=_FIND,
        max_chars=texts["longest_find"],
        placeholder=texts["find_hint"],
        on_change=_write_address,
    )
    rows = _found(shown, st.session_state[_FIND])
    if not rows:
        st.info(texts["nothing"].format(find=plain(st.session_state[_FIND])))
        return
    st.caption(f"{shown.about} {texts['counted'].format(shown=len(rows), all=len(shown.texts))}")
    chosen = _grid(shown, rows)
    if chosen is not None:
        _whole_row(shown, chosen)


def _take_address(texts: dict[str, Any]) -> None:
    """Take table and search from the address when the page opens; say what of it means nothing."""
    known, most = list(texts["tables"]), texts["longest_find"]
    asked, find = st.query_params.get("table", ""), st.query_params.get("find", "")
    if _TABLE not in st.session_state:
        st.session_state[_TABLE] = asked.lower() if asked.lower() in known else known[0]
        st.session_state[_FIND] = find[:most]
    query = captions()["query"]
    if asked and asked.lower() not in known:
        value = asked[: query["longest_value"]]
        st.info(plain(query["unknown"].format(what=texts["what"], value=value)))
    if len(find) > most:
        st.info(texts["shorter"].format(most=most))


def _write_address() -> None:
    """Make the address say what is chosen."""
    wanted = {"table": st.session_state[_TABLE], "find": st.session_state[_FIND].strip()}
    for key, value in wanted.items():
        if value:
            st.query_params[key] = value
        else:
            st.query_params.pop(key, None)


def _found(shown: Table, find: str) -> list[int]:
    asked = folded(find)
    return [row for row, text in enumerate(shown.texts) if holds(text, asked)]


def _grid(shown: Table, rows: list[int]) -> int | None:
    """Draw the rows; return which row of the table is chosen, by box or cell, or as the only one found."""
    choice = st.dataframe(
        shown.frame.iloc[rows],
        hide_index=True,
        placeholder="",
        alt=shown.title,
        key=f"tables-grid-{shown.id}-{rows[0]}-{rows[-1]}-{len(rows)}",
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        column_config=_columns(shown.frame),
    ).selection
    places = [*choice.rows, *(row for row, _ in choice.cells)]
    if len(rows) == 1:
        return rows[0]
    return rows[places[0]] if places and places[0] < len(rows) else None


def _columns(frame: pd.DataFrame) -> dict[str, Any]:
    """Return how dates and numbers are written; the other columns need nothing said."""
    columns: dict[str, Any] = {}
    for name, cells in frame.items():
        if isinstance(cells.dropna().iloc[:1].squeeze(), date):
            columns[str(name)] = st.column_config.DateColumn(format="D MMM YYYY")
        elif pd.api.types.is_float_dtype(cells):
            columns[str(name)] = st.column_config.NumberColumn(format="%.1f")
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
    return f"{value:,}" if isinstance(value, Number) else str(value)
