"""The addresses of the four pages: what can't be taken as it stands is told, and the address corrected."""

import re

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.workbench.address import Limits, Query
from tests.dashboard.workbench.conftest import Open, address_of, notices

HOSTILE = "<script>alert(1)</script>[x](javascript:alert(2))"
SHOWN = HOSTILE + "y" * 30 + "…"

# Page, what its address asks, what is told of it, and what the address says then.
ASKED: list[tuple[str, dict[str, str | list[str]], list[str], dict[str, str]]] = [
    (
        "test-the-claims",
        {"CLAIM": ["camp", "Larger-Part"], "line": HOSTILE, "metres": "1e9", "Scale": "nan"},
        [
            "metres: 1e9 is not possible here; 5000 is taken.",
            "scale: “nan” is no number; it is ignored.",
            f"There is no line that this claim depends on “{HOSTILE}”; it is ignored.",
        ],
        {"claim": "larger-part", "line": "oblast-aghjabadi", "metres": "5000"},
    ),
    (
        "test-the-claims",
        {"claim": "atlantis", "seed": "\N{MINUS SIGN}1", "count": "9", "correlation": "0"},
        [
            "There is no claim “atlantis”; it is ignored.",
            "seed: \N{MINUS SIGN}1 is not possible here; 0 is taken.",
            "count: 9 is not possible here; 10 is taken.",
            "correlation: 0 is not possible here; 2 is taken.",
        ],
        {"seed": "0", "count": "10", "correlation": "2"},
    ),
    (
        "compare-drawings",
        {"drawing": HOSTILE + "y" * 60, "FEATURE": ["x", "District-Lachin"]},
        [f"There is no drawing “{SHOWN}”; it is ignored."],
        {"feature": "district-lachin"},
    ),
    (
        "compare-drawings",
        {"feature": "atlantis"},
        ["There is no feature “atlantis”; it is ignored."],
        {},
    ),
    (
        "make-a-picture",
        {
            "DATE": "2020-11-21",
            "Lang": "RU",
            "size": "99999x1",
            "view": "99/0/46.8",
            "layers": "Places,roads",
            "title": "x" * 121,
        },
        [
            "size: 99999x1 is not possible here; 4000x1819 is taken.",
            "There is no layer “roads”; there are",
            "There is no date “2020-11-21”; there are",
            "view: 99/0/46.8 is not possible here; 14/33.5/46.8 is taken.",
            "title: longer than 120 characters; the rest is ignored.",
        ],
        {"size": "4000x1819", "layers": "places", "lang": "ru", "view": "14/33.5/46.8", "title": "x" * 120},
    ),
    (
        "tables",
        {"table": HOSTILE, "find": "place " * 100, "row": "nothing"},
        [
            f"There is no table “{HOSTILE}”; it is ignored.",
            "find: longer than 100 characters; the rest is ignored.",
            "There is no row in this table “nothing”; it is ignored.",
        ],
        {"find": ("place " * 100)[:100].strip()},
    ),
    (
        "tables",
        {"Table": ["claims", "EVENTS"], "row": "ARMISTICE-text"},
        [],
        {"table": "events", "row": "armistice-text"},
    ),
]


def told(test: AppTest) -> list[str]:
    """Return what the page says of its address; nothing of it is markup."""
    assert [each.value for each in test.info if re.search(r"(?<!\\)[<\[]", each.value)] == []
    return notices(test)


def test_what_an_address_asks_in_vain_is_told_and_the_rest_taken(opened: Open) -> None:
    failing = []
    for page, query, expected, address in ASKED:
        test = opened(page, **query)
        said = told(test)
        is_told = len(said) == len(expected) and all(map(str.startswith, said, expected))
        if not is_told or address_of(test) != address:
            failing.append((page, query, said, address_of(test)))

    assert failing == []


def test_once_something_else_is_chosen_there_is_no_more_to_tell(opened: Open) -> None:
    test = opened("tables", table="atlantis")
    test.run()
    assert len(notices(test)) == 1

    test.segmented_control[0].set_value("events").run()
    assert (notices(test), address_of(test)) == ([], {"table": "events"})


def test_an_address_that_others_change_is_followed(opened: Open) -> None:
    test = opened("test-the-claims", claim="camp")
    test.query_params["claim"] = "overland"
    test.run()

    assert test.selectbox("claims-claim").value == "overland"


def test_an_address_that_is_changed_before_the_page_has_run_to_its_end_is_followed(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken_off:
        broken_off.setattr("dashboard.workbench.make_a_picture.write", lambda _: st.stop())
        test = opened("make-a-picture")
    test.query_params["date"] = "2020-11-20"
    test.run()

    assert (test.selectbox("picture_date").value, address_of(test)) == ("2020-11-20", {"date": "2020-11-20"})


def test_number_is_taken_as_the_control_has_it() -> None:
    limits = Limits(0.5, 200.0, 10.0, 0.5)
    query = Query({"a": "-inf", "b": "7.26", "c": "1e3"})

    assert [query.number(key, limits) for key in "abcd"] == [None, 7.3, 200.0, None]
    assert len(query.notices) == 3
