"""The page of tables and files: what the address asks for, what is found, files, chart and citation."""

import json
from concurrent.futures import Future
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.site_files import DOWNLOADS, READER, SiteFiles
from dashboard.workbench import file_list
from dashboard.workbench.file_list import served_files, size_text
from dashboard.workbench.share_chart import _spec, rows_of
from dashboard.workbench.table_rows import table
from dashboard.workbench.table_search import folded, holds
from layers import Atlas
from layers.citation_formats import citation_files
from layers.exports.formats import LAYER_FORMATS
from layers.language.speaking import SPOKEN, speaking
from layers.style.captions import captions, date_range
from layers.style.symbology import symbology
from layers.translated_atlas import translated_atlas
from tests.dashboard.workbench.conftest import Open, address_of, group, notices

TEXTS = captions()["workbench"]["tables"]


@pytest.fixture
def build(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> dict[str, Future[SiteFiles]]:
    """The groups of files that the server has made."""
    layers = [f"layers/{layer}.{extension}" for layer in atlas.layers for extension in LAYER_FORMATS]
    kept = ("karabakh-2020.zip", "features.csv", "new & odd.thing", *citation_files(atlas), "places.geojson")
    groups = {
        READER: group("index.html", "assets/map.js", "layers/index.json", "layers/index.html", *layers),
        DOWNLOADS: group("card.png", *(f"download/{name}" for name in kept)),
    }
    monkeypatch.setattr(file_list, "served", lambda: SimpleNamespace(groups=groups))
    return groups


def rows(test: AppTest) -> int:
    return len(test.dataframe[0].value)


def html(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


def test_names_are_told_apart_by_what_their_column_shows_in_every_language(
    atlas: Atlas, opened: Open
) -> None:
    letters = json.loads(opened("tables").dataframe[0].proto.columns)["Name"]["width"] // 7  # px a letter
    for language in SPOKEN:
        with speaking(language):
            names = set(table(translated_atlas(atlas), "features").frame.iloc[:, 0])
        assert len({name[:letters] for name in names}) == len(names), language


def test_every_row_leads_to_something_that_the_reader_knows(atlas: Atlas) -> None:
    known = {
        "feature": set(atlas.features),
        "layer": set(atlas.layers),
        "quote": {quote.id for quote in atlas.annotations.quotes},
        "claim": {claim.id for claim in atlas.claims},
        "correction": {correction.id for correction in atlas.annotations.corrections},
        "date": {day.id for day in atlas.annotations.days},
    }
    queries = [query for name in TEXTS["tables"] for query in table(atlas, name).queries]
    wrong = [
        (key, value)
        for query in queries
        for key, value in query.items()
        if not set(value.split(",")) <= known.get("layer" if key == "layers" else key, set())
    ]

    assert wrong == []
    assert {"feature": "tajikistan", "layers": ",".join(atlas.layers)} in queries  # off at first


def test_rows_have_ids_of_their_own(atlas: Atlas) -> None:
    tables = [table(atlas, name) for name in TEXTS["tables"]]

    assert [each.id for each in tables if len(set(each.ids)) < len(each.texts)] == []
    assert "2020-11-25-returned-districts" in tables[list(TEXTS["tables"]).index("held")].ids


def test_table_search_and_row_stand_in_the_address_and_the_rows_can_be_taken_away(
    atlas: Atlas, opened: Open
) -> None:
    test = opened("tables", find="LACHIN")
    latin = rows(test)
    test.text_input[0].set_value("Լաչին").run()
    assert 0 < rows(test) <= latin < len(atlas.features)

    failing = []
    for name, texts in TEXTS["tables"].items():
        chosen = table(atlas, name)
        test.query_params.update({"find": "", "table": name.upper(), "row": chosen.ids[-1].upper()})
        test.run()
        columns = list(test.dataframe[0].value.columns) == list(texts["columns"].values())
        is_shown = address_of(test).get("row") == chosen.ids[-1] and '<a class="show"' in html(test)
        if not (columns and is_shown and rows(test) == len(chosen.ids)):
            failing.append(name)
    assert failing == []

    test.text_input[0].set_value("no such thing").run()
    assert notices(test) == [TEXTS["nothing"].format(find="no such thing")]
    assert address_of(test) == {"table": "corrections", "find": "no such thing"}


def test_search_folds_as_the_readers_does() -> None:
    assert folded("Ağdam, ŞUŞA / Kəlbəcər 2020-11") == " agdam susa kelbecer 2020 11"
    assert holds(folded("Kəlbəcər rayonu"), folded("kelb ray"))
    assert not holds(folded("Kelbajar"), folded("ar"))  # two letters only begin a word


def test_a_table_holds_no_more_of_the_article_than_the_files(atlas: Atlas) -> None:
    purposes = {quote.id: quote.purpose for quote in atlas.annotations.quotes}
    passages = table(atlas, "passages")
    assert {purposes[query["quote"]] for query in passages.queries} == {"describing"}


def test_each_file_is_a_link_with_size_and_what_opens_it(
    opened: Open, build: dict[str, Future[SiteFiles]], atlas: Atlas
) -> None:
    page = html(opened("tables"))
    files = served_files(atlas, [future.result() for future in build.values()])

    assert [
        file.address for file in files if f'href="{file.address}"'.replace("&", "&amp;") not in page
    ] == []
    assert "new &amp; odd.thing" in page
    assert not any(name in page for name in ("assets/map.js", 'href="index.html'))
    assert [file.address for file in files if not file.opens] == ["download/new & odd.thing"]
    assert page.count("<script") == 0


def test_what_is_not_made_yet_is_said(opened: Open, build: dict[str, Future[SiteFiles]]) -> None:
    build[DOWNLOADS] = Future()
    test = opened("tables")
    assert notices(test) == [TEXTS["files"]["made"]]
    assert 'href="layers/places.geojson"' in html(test)


def test_size_is_read_in_one_glance() -> None:
    assert [size_text(count) for count in (0, 999, 1000, 64_500, 2_200_000)] == [
        *("0 B", "999 B", "1 kB", "64 kB", "2.2 MB")
    ]


def test_bars_have_the_maps_colours_and_make_a_hundred_on_each_date(atlas: Atlas) -> None:
    for area in ("oblast", "district"):
        shown = rows_of(atlas, area)
        spec = _spec(shown, is_dark=False)
        sums = {row["date"]: 0.0 for row in shown}
        for row in shown:
            sums[row["date"]] += row["percent"]
        assert list(sums) == [
            "26 Sept",
            "10 Nov",
            "20 Nov",
            "25 Nov",
            date_range("2020-12-01", "2020-12-08", short=True),
        ]
        assert all(abs(whole - 100) < 0.2 for whole in sums.values())
        colours = spec["encoding"]["color"]["scale"]["range"]
        assert colours[:2] == [symbology()["colours"][name][0] for name in ("armenian-held", "regained")]
        assert "http" not in json.dumps(spec)


def test_citations_and_addresses_can_be_copied(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KARABAKH_URL", "https://a.example/map/")
    programs, cite = (json.loads(each.proto.json) for each in opened("tables").get("bidi_component"))
    addresses = [entry["text"] for entry in programs["entries"]]
    assert "https://a.example/map/layers/places.geojson" in addresses
    assert [entry["title"] for entry in cite["entries"]] == [
        TEXTS["cite"][key] for key in ("text", "bib", "ris", "json")
    ]
    assert all("https://a.example/map/" in entry["text"] for entry in cite["entries"])
    assert [entry.get("file") for entry in cite["entries"]][1:] == [
        f"download/citation.{extension}" for extension in ("bib", "ris", "json")
    ]
