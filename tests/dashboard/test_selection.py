"""What a reader has chosen: from the address, from the map, and back into an address."""

from dataclasses import replace
from itertools import product
from typing import Any
from urllib.parse import parse_qsl

import pytest

from dashboard.selection import Selection, from_map, is_view, read_selection
from layers import Atlas

GOOD = {
    "layers": "lachin-corridor,places",
    "date": "2020-11-20",
    "feature": "baku",
    "view": "9.25/39.75/46.5",
    "lang": "az",
}
CHOSEN = Selection(("lachin-corridor", "places"), "2020-11-20", "baku", "9.25/39.75/46.5", "az")
QUOTED = {**{key: value for key, value in GOOD.items() if key != "feature"}, "quote": "camp"}
CHOSEN_QUOTE = replace(CHOSEN, feature=None, quote="camp")
EITHER = [(query, chosen, key) for query, chosen in ((GOOD, CHOSEN), (QUOTED, CHOSEN_QUOTE)) for key in query]
SELECTIONS = [
    Selection(layers, date, feature, view, lang, quote)
    for layers in (None, (), ("places",), ("upper-karabakh", "places"))
    for date in (None, "2020-09-26")
    for feature, lang, quote in (
        *((None, None, None), ("district-aghdam", "hy", None)),
        *((None, None, "rump"), (None, "ru", "twenty-by-five")),
    )
    for view in (None, "9/39.75/-46.5", "0/0/180")
]
HOSTILE = (
    "<script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    "../../etc/passwd",
    "${7*7}{{7*7}}",
    "\u202e\x00\n\t",
    "__class__",
    "None",
    "🗺️ Շուշի",
)
UNKNOWN = ("atlantis", "2020-12-09", "12/91/46", *HOSTILE)


def again(selection: Selection) -> dict[str, str]:
    """Return the query of a selection as the server reads it."""
    return dict(parse_qsl(selection.query(), keep_blank_values=True, strict_parsing=bool(selection.query())))


def test_an_address_without_a_query_chooses_nothing(atlas: Atlas) -> None:
    assert read_selection({}, atlas) == (Selection(), [])


@pytest.mark.parametrize(("query", "chosen"), [(GOOD, CHOSEN), (QUOTED, CHOSEN_QUOTE)])
def test_every_key_is_read(atlas: Atlas, query: dict[str, str], chosen: Selection) -> None:
    assert read_selection(query, atlas) == (chosen, [])
    assert {key for key in vars(chosen) if vars(chosen)[key] is not None} == set(query)


def test_each_layer_can_be_shown_alone(atlas: Atlas, layer_id: str) -> None:
    selection, notices = read_selection({"layers": layer_id}, atlas)
    assert (selection.shown(atlas), notices) == ([layer_id], [])


def test_each_feature_can_be_chosen(atlas: Atlas, feature_id: str) -> None:
    assert read_selection({"feature": feature_id}, atlas) == (Selection(feature=feature_id), [])


def test_each_quote_can_be_chosen(atlas: Atlas, quote_id: str) -> None:
    assert read_selection({"quote": quote_id}, atlas) == (Selection(quote=quote_id), [])


@pytest.mark.parametrize("order", [1, -1])
def test_a_quote_is_given_up_for_a_feature_without_a_notice(atlas: Atlas, order: int) -> None:
    query = dict([("quote", "camp"), ("feature", "baku")][::order])
    assert read_selection(query, atlas) == (Selection(feature="baku"), [])
    assert from_map(query, atlas) == Selection(feature="baku")


def test_a_quote_is_kept_beside_an_unknown_feature(atlas: Atlas) -> None:
    selection, notices = read_selection({"quote": "camp", "feature": "atlantis"}, atlas)
    assert selection == Selection(quote="camp")
    assert ["atlantis" in notice for notice in notices] == [True]


def test_an_unknown_quote_is_named_beside_a_known_feature(atlas: Atlas) -> None:
    selection, notices = read_selection({"quote": "nobody-said-so", "feature": "baku"}, atlas)
    assert selection == Selection(feature="baku")
    assert ["“nobody-said-so”" in notice for notice in notices] == [True]


@pytest.mark.parametrize("value", ["places", "baku", "passage-camp", "Camp", "camp "])
def test_only_the_id_of_a_quote_is_a_quote(atlas: Atlas, value: str) -> None:
    selection, notices = read_selection({"quote": value}, atlas)
    assert (selection, len(notices)) == (Selection(), 1)


def test_layers_come_once_each_and_in_the_order_of_the_legend(atlas: Atlas) -> None:
    backwards = ",".join([*reversed(list(atlas.layers)), *atlas.layers])
    assert read_selection({"layers": backwards}, atlas)[0].layers == tuple(atlas.layers)


@pytest.mark.parametrize("value", ["", ",", ",,,"])
def test_layers_given_as_empty_show_no_layer(atlas: Atlas, value: str) -> None:
    selection, notices = read_selection({"layers": value}, atlas)
    assert (selection, notices, selection.shown(atlas)) == (Selection(layers=()), [], [])


@pytest.mark.parametrize("query", [{}, {"layers": "atlantis"}])
def test_without_one_known_layer_those_of_the_beginning_are_shown(
    atlas: Atlas, query: dict[str, str]
) -> None:
    selection, _ = read_selection(query, atlas)
    assert selection.shown(atlas) == [layer.id for layer in atlas.layers.values() if layer.at_first] != []


@pytest.mark.parametrize("key", ["date", "feature", "quote", "view", "lang"])
def test_an_empty_value_is_no_choice_and_no_fault(atlas: Atlas, key: str) -> None:
    assert read_selection({key: ""}, atlas) == (Selection(), [])


@pytest.mark.parametrize(("either", "value"), [*product(EITHER, UNKNOWN)])
def test_an_unknown_value_is_named_and_the_rest_applies(
    atlas: Atlas, either: tuple[dict[str, str], Selection, str], value: str
) -> None:
    query, chosen, key = either
    selection, notices = read_selection({**query, key: value}, atlas)
    assert [value in notice for notice in notices] == [True]
    assert vars(selection) == {**vars(chosen), key: None}


def test_each_unknown_layer_is_named_beside_those_that_are_shown(atlas: Atlas) -> None:
    selection, notices = read_selection({"layers": "mu,places,<b>"}, atlas)
    assert selection == Selection(layers=("places",))
    assert [name in notice for name, notice in zip(("“mu”", "“<b>”"), notices, strict=True)] == [True, True]


@pytest.mark.parametrize("key", GOOD | QUOTED)
def test_a_notice_stays_short_however_long_the_value(atlas: Atlas, key: str) -> None:
    (notice,) = read_selection({key: "Z" * 100_000}, atlas)[1]
    assert "Z" * 20 in notice
    assert len(notice) < 200


def test_a_reader_is_not_flooded_with_notices(atlas: Atlas) -> None:
    _, notices = read_selection({"layers": ",".join(map(str, range(10_000)))}, atlas)
    assert 1 <= len(notices) <= 20


@pytest.mark.parametrize("key", ["theme", "Layers", "layers[]", "__proto__", ""])
def test_a_key_of_somebody_else_is_passed_over(atlas: Atlas, key: str) -> None:
    assert read_selection({**GOOD, key: "x"}, atlas) == (CHOSEN, [])


@pytest.mark.parametrize("view", ["9/39.7/46.7", "0/0/0", "20/90/180", "8.25/-90/-180", "9/39/46.00001"])
def test_a_view_within_the_world_is_one(view: str) -> None:
    assert is_view(view) is True


@pytest.mark.parametrize(
    "view",
    [
        *("", "9", "9/39", "9/39/46/1", "9/39/", "//", "a/b/c", "9,39,46", "9/39/46°"),
        *("nan/39/46", "9/inf/46", "9/39/-infinity", "1e999/39/46", "20.1/39/46", "-1/39/46"),
        *("9/90.1/46", "9/39/180.1", "9/39/" + "9" * 400, "0x9/39/46"),
    ],
)
def test_anything_else_is_no_view(view: str) -> None:
    assert is_view(view) is False


@pytest.mark.parametrize("view", ["1_0/39/46", "٩/٣٩/٤٦", "9/39/4_6"])
def test_a_number_that_only_python_reads_is_no_view(view: str) -> None:
    assert is_view(view) is False


@pytest.mark.parametrize("selection", SELECTIONS, ids=Selection.query)
def test_the_query_of_a_selection_restores_it(atlas: Atlas, selection: Selection) -> None:
    assert read_selection(again(selection), atlas) == (selection, [])


@pytest.mark.parametrize("value", [*HOSTILE, "a&layers=b", "#", "%", "a=b", "a b+c"])
def test_no_value_can_break_out_of_its_place_in_the_query(value: str) -> None:
    assert again(Selection(feature=value, lang="az")) == {"feature": value, "lang": "az"}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"layers": ["places"], "date": "2020-11-20"}, Selection(layers=("places",), date="2020-11-20")),
        ({"layers": []}, Selection(layers=())),
        ({"date": "2020-12-08", "lang": "article"}, Selection()),
        (
            {"feature": "baku", "view": "9/39/46", "lang": "hy"},
            Selection(None, None, "baku", "9/39/46", "hy"),
        ),
        ({"layers": ["places", "atlantis", None, 7]}, Selection(layers=("places",))),
        ({"feature": "atlantis", "lang": "az"}, Selection(lang="az")),
        ({"quote": "camp", "feature": None, "lang": "ru"}, Selection(quote="camp", lang="ru")),
        ({"quote": "nobody-said-so", "date": "2020-11-25"}, Selection(date="2020-11-25")),
    ],
)
def test_what_the_map_reports_is_chosen(atlas: Atlas, state: Any, expected: Selection) -> None:  # noqa: ANN401
    assert from_map(state, atlas) == expected


@pytest.mark.parametrize("turn", [1, -1])
def test_the_layers_of_the_beginning_are_no_choice_of_layers(atlas: Atlas, turn: int) -> None:
    assert from_map({"layers": Selection().shown(atlas)[::turn]}, atlas) == Selection()


def test_all_layers_can_be_on_at_once(atlas: Atlas) -> None:
    selection = from_map({"layers": [*atlas.layers]}, atlas)
    assert selection.shown(atlas) == [*atlas.layers]
    assert read_selection(again(selection), atlas) == (selection, [])


@pytest.mark.parametrize("junk", [None, 0, 1.5, True, "", "layers=places", [], ["places"], {}, {"x": 1}])
def test_a_report_that_is_none_chooses_nothing(atlas: Atlas, junk: Any) -> None:  # noqa: ANN401
    assert from_map(junk, atlas) == Selection()


@pytest.mark.parametrize("key", GOOD | QUOTED)
@pytest.mark.parametrize(
    "junk", [True, -1, 1e308, float("nan"), {"a": [1]}, [[]], [{}], "x" * 99_999, *HOSTILE]
)
def test_junk_in_a_report_is_left_out(atlas: Atlas, key: str, junk: Any) -> None:  # noqa: ANN401
    assert from_map({key: junk}, atlas) == Selection()
