"""What a reader has chosen: from the address, from the map, and back into an address."""

from dataclasses import replace
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
NEARLY = ("places", "passage-camp", "Camp", "camp ")  # that is the id of a layer, of an element, of no quote
VIEWS = ("9/39.7/46.7", "0/0/0", "20/90/180", "8.25/-90/-180", "9/39/46.00001")
NO_VIEWS = (
    *("", "9", "9/39", "9/39/46/1", "9/39/", "//", "a/b/c", "9,39,46", "9/39/46°"),
    *("nan/39/46", "9/inf/46", "9/39/-infinity", "1e999/39/46", "20.1/39/46", "-1/39/46"),
    *("9/90.1/46", "9/39/180.1", "9/39/" + "9" * 400, "0x9/39/46"),
    *("1_0/39/46", "٩/٣٩/٤٦", "9/39/4_6"),  # numbers that only Python reads
)
REPORTS: list[tuple[Any, Selection]] = [
    ({"layers": ["places"], "date": "2020-11-20"}, Selection(layers=("places",), date="2020-11-20")),
    ({"layers": []}, Selection(layers=())),
    ({"date": "2020-12-08", "lang": "article"}, Selection()),
    ({"feature": "baku", "view": "9/39/46", "lang": "hy"}, Selection(None, None, "baku", "9/39/46", "hy")),
    ({"layers": ["places", "atlantis", None, 7]}, Selection(layers=("places",))),
    ({"feature": "atlantis", "lang": "az"}, Selection(lang="az")),
    ({"quote": "camp", "feature": None, "lang": "ru"}, Selection(quote="camp", lang="ru")),
    ({"quote": "camp", "feature": "baku"}, Selection(feature="baku")),
    ({"quote": "nobody-said-so", "date": "2020-11-25"}, Selection(date="2020-11-25")),
]
JUNK: tuple[Any, ...] = (True, -1, 1e308, float("nan"), {"a": [1]}, [[]], [{}], "x" * 99_999, *HOSTILE)
NO_REPORTS: tuple[Any, ...] = (None, 0, 1.5, True, "", "layers=places", [], ["places"], {}, {"x": 1})


def again(selection: Selection) -> dict[str, str]:
    """Return the query of a selection as the server reads it."""
    return dict(parse_qsl(selection.query(), keep_blank_values=True, strict_parsing=bool(selection.query())))


def test_an_address_without_a_query_chooses_nothing(atlas: Atlas) -> None:
    assert read_selection({}, atlas) == (Selection(), [])


def test_every_key_is_read(atlas: Atlas) -> None:
    assert read_selection(GOOD, atlas) == (CHOSEN, [])
    assert read_selection(QUOTED, atlas) == (CHOSEN_QUOTE, [])
    assert set(vars(CHOSEN)) == {*GOOD, *QUOTED}


def test_each_layer_feature_and_quote_can_be_chosen(atlas: Atlas) -> None:
    features = [
        feature for layer in atlas.layers.values() for each in layer.features for feature in [each.id]
    ]
    wanted = [
        *(({"layers": layer}, Selection(layers=(layer,))) for layer in atlas.layers),
        *(({"feature": feature}, Selection(feature=feature)) for feature in features),
        *(({"quote": quote.id}, Selection(quote=quote.id)) for quote in atlas.annotations.quotes),
    ]
    assert [query for query, chosen in wanted if read_selection(query, atlas) != (chosen, [])] == []
    assert [layer for layer in atlas.layers if Selection(layers=(layer,)).shown(atlas) != [layer]] == []


def test_a_quote_is_given_up_for_a_known_feature_and_kept_beside_an_unknown_one(atlas: Atlas) -> None:
    assert read_selection({"quote": "camp", "feature": "baku"}, atlas) == (Selection(feature="baku"), [])
    selection, notices = read_selection({"quote": "camp", "feature": "atlantis"}, atlas)
    assert selection == Selection(quote="camp")
    assert ["atlantis" in notice for notice in notices] == [True]


def test_an_unknown_quote_is_named_beside_a_known_feature(atlas: Atlas) -> None:
    selection, notices = read_selection({"quote": "nobody-said-so", "feature": "baku"}, atlas)
    assert selection == Selection(feature="baku")
    assert ["“nobody-said-so”" in notice for notice in notices] == [True]


def test_layers_come_once_each_and_in_the_order_of_the_legend(atlas: Atlas) -> None:
    backwards = ",".join([*reversed(list(atlas.layers)), *atlas.layers])
    assert read_selection({"layers": backwards}, atlas)[0].layers == tuple(atlas.layers)


def test_an_empty_list_of_layers_shows_none_and_another_empty_value_is_no_choice(atlas: Atlas) -> None:
    for value in ("", ",", ",,,"):
        assert read_selection({"layers": value}, atlas) == (Selection(layers=()), [])
    assert Selection(layers=()).shown(atlas) == []
    empty = dict.fromkeys((GOOD | QUOTED).keys() - {"layers"}, "")
    assert read_selection(empty, atlas) == (Selection(), [])


def test_without_one_known_layer_those_of_the_beginning_are_shown(atlas: Atlas) -> None:
    at_first = [layer.id for layer in atlas.layers.values() if layer.at_first]
    assert read_selection({"layers": "atlantis"}, atlas)[0].shown(atlas) == at_first != []
    assert Selection().shown(atlas) == at_first


def test_an_unknown_value_is_named_and_the_rest_applies(atlas: Atlas) -> None:
    failing = []
    unknown = ("atlantis", "2020-12-09", "12/91/46", *HOSTILE)
    for query, chosen in ((GOOD, CHOSEN), (QUOTED, CHOSEN_QUOTE)):
        for key in query:
            for value in (*unknown, *NEARLY) if key == "quote" else unknown:
                selection, notices = read_selection({**query, key: value}, atlas)
                named = [value in notice for notice in notices] == [True]
                if not named or vars(selection) != {**vars(chosen), key: None}:
                    failing.append((key, value))
    assert failing == []


def test_each_unknown_layer_is_named_beside_those_that_are_shown(atlas: Atlas) -> None:
    selection, notices = read_selection({"layers": "mu,places,<b>"}, atlas)
    assert selection == Selection(layers=("places",))
    assert [name in notice for name, notice in zip(("“mu”", "“<b>”"), notices, strict=True)] == [True, True]


def test_notices_are_short_and_few_however_much_is_unknown(atlas: Atlas) -> None:
    for key in GOOD | QUOTED:
        (notice,) = read_selection({key: "Z" * 100_000}, atlas)[1]
        assert ("Z" * 20 in notice, len(notice) < 200) == (True, True), key
    _, notices = read_selection({"layers": ",".join(map(str, range(10_000)))}, atlas)
    assert len(notices) == 6
    assert notices[-1] == "9995 more unknown layers are ignored."


def test_a_key_of_somebody_else_is_passed_over(atlas: Atlas) -> None:
    others = dict.fromkeys(("theme", "Layers", "layers[]", "__proto__", ""), "x")
    assert read_selection({**GOOD, **others}, atlas) == (CHOSEN, [])


def test_a_view_is_three_plain_numbers_within_the_world() -> None:
    assert [view for view in VIEWS if not is_view(view)] == []
    assert [view for view in NO_VIEWS if is_view(view)] == []


def test_the_query_of_a_selection_restores_it(atlas: Atlas) -> None:
    lost = [each for each in SELECTIONS if read_selection(again(each), atlas) != (each, [])]
    assert (len(SELECTIONS), lost) == (96, [])


def test_no_value_can_break_out_of_its_place_in_the_query() -> None:
    values = (*HOSTILE, "a&layers=b", "#", "%", "a=b", "a b+c")
    queries = {value: again(Selection(feature=value, lang="az")) for value in values}
    assert [value for value, query in queries.items() if query != {"feature": value, "lang": "az"}] == []


@pytest.mark.parametrize(("report", "chosen"), REPORTS, ids=range(len(REPORTS)))
def test_what_the_map_reports_is_chosen(atlas: Atlas, report: dict[str, Any], chosen: Selection) -> None:
    assert from_map(report, atlas) == chosen


def test_the_layers_of_the_beginning_are_no_choice_of_layers_but_all_layers_are(atlas: Atlas) -> None:
    for turn in (1, -1):
        assert from_map({"layers": Selection().shown(atlas)[::turn]}, atlas) == Selection()
    assert from_map({"layers": [*atlas.layers]}, atlas) == Selection(layers=tuple(atlas.layers))


def test_junk_in_a_report_is_left_out(atlas: Atlas) -> None:
    reports = [*NO_REPORTS, *({key: junk} for key in GOOD | QUOTED for junk in JUNK)]
    assert [report for report in reports if from_map(report, atlas) != Selection()] == []
