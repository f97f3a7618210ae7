"""The page of tables and files: what the address asks for, what is found, files, chart and citation."""

import json
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.headers import file_headers
from dashboard.representations import Representation
from dashboard.served import DOWNLOADS, READER
from dashboard.site import type_of
from dashboard.site_files import SiteFiles
from dashboard.workbench import file_list, tables
from dashboard.workbench.file_list import served_files, size_text
from dashboard.workbench.share_chart import _rows, _spec
from dashboard.workbench.table_rows import table
from dashboard.workbench.table_search import folded, holds
from layers import Atlas
from layers.citation_formats import citation_files
from layers.exports.formats import LAYER_FORMATS
from layers.style.captions import captions, date_range
from layers.style.symbology import symbology

TEXTS = captions()["workbench"]["tables"]
MOST_CPU_S = 0.15
Open = Callable[..., AppTest]


def script() -> None:
    from dashboard.workbench.tables import page  # noqa: PLC0415 - run as a script of its own

    page()


@dataclass
class Build:
    """What the server has built."""

    groups: dict[str, Future[SiteFiles]]


def group(*names: str) -> Future[SiteFiles]:
    """Return a group of files, made."""
    files = {name: Representation.of(name.encode(), file_headers(name, type_of(name), b"")) for name in names}
    made: Future[SiteFiles] = Future()
    made.set_result(SiteFiles({name: file.headers for name, file in files.items()}, {}, in_memory=files))
    return made


@pytest.fixture
def build(atlas: Atlas) -> Build:
    layers = [f"layers/{layer}.{extension}" for layer in atlas.layers for extension in LAYER_FORMATS]
    kept = (
        "karabakh-2020.zip",
        "karabakh-2020.gpkg",
        "features.csv",
        "new & odd.thing",
        *citation_files(atlas),
    )
    downloads = [f"download/{name}" for name in (*kept, "places.geojson")]
    return Build(
        {
            READER: group("index.html", "assets/map.js", "layers/index.json", "layers/index.html", *layers),
            DOWNLOADS: group("card.png", *downloads),
        }
    )


@pytest.fixture
def opened(atlas: Atlas, build: Build, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the page at an address."""
    monkeypatch.setattr(tables, "served_atlas", lambda: atlas)
    monkeypatch.setattr(file_list, "served", lambda: build)

    def open_at(**query: str) -> AppTest:
        test = AppTest.from_function(script, default_timeout=20)
        test.query_params.update(query)
        test.run()
        assert list(test.exception) == []
        return test

    return open_at


def rows(test: AppTest) -> int:
    return len(test.dataframe[0].value)


def said(test: AppTest) -> list[str]:
    return [info.value.replace("\\", "") for info in test.info]


def html(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


@pytest.mark.parametrize("name", list(TEXTS["tables"]))
def test_each_table_has_an_address_whatever_its_case(opened: Open, atlas: Atlas, name: str) -> None:
    test = opened(table=name.upper())

    assert said(test) == []
    assert rows(test) == len(table(atlas, name).queries)
    assert list(test.dataframe[0].value.columns) == list(TEXTS["tables"][name]["columns"].values())


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


def test_a_search_stands_in_the_address_and_knows_every_form_of_a_name(opened: Open) -> None:
    latin, armenian = (opened(table="features", find=find) for find in ("LACHIN", "Լաչին"))
    assert 0 < rows(armenian) <= rows(latin) < 38

    latin.text_input[0].set_value("no such thing").run()
    assert said(latin) == [TEXTS["nothing"].format(find="no such thing")]
    assert latin.query_params["find"] == "no such thing"
    latin.text_input[0].set_value("").run()
    assert "find" not in latin.query_params


def test_a_choice_changes_the_address(opened: Open) -> None:
    test = opened()
    test.segmented_control[0].set_value("events").run()
    assert (test.query_params["table"], rows(test)) == ("events", 28)


def test_what_the_address_asks_in_vain_is_said_and_ignored(opened: Open) -> None:
    odd = "<b>*x*</b>[l](javascript:1)" + "y" * 200
    test = opened(table=odd, find="place " * 100)

    assert said(test)[0].startswith("There is no table “<b>*x*</b>[l](javascript:1)yyy")
    assert len(said(test)[0]) < 140
    assert TEXTS["shorter"].format(most=TEXTS["longest_find"]) in said(test)
    assert rows(test) > 0
    assert [info.value for info in test.info if "\\*x\\*" not in info.value and "<b>" in info.value] == []


def test_of_a_repeated_key_the_last_counts(opened: Open, atlas: Atlas) -> None:
    test = opened(table=["claims", "events"])  # type: ignore[arg-type]
    assert rows(test) == len(atlas.annotations.events)


def test_search_folds_as_the_readers_does() -> None:
    assert folded("Ağdam, ŞUŞA / Kəlbəcər 2020-11") == " agdam susa kelbecer 2020 11"
    assert holds(folded("Kəlbəcər rayonu"), folded("kelb ray"))
    assert not holds(folded("Kelbajar"), folded("ar"))  # two letters only begin a word


def test_a_table_holds_no_more_of_the_article_than_the_files(atlas: Atlas) -> None:
    purposes = {quote.id: quote.purpose for quote in atlas.annotations.quotes}
    passages = table(atlas, "passages")
    assert {purposes[query["quote"]] for query in passages.queries} == {"describing"}


def test_each_file_is_a_link_with_size_and_what_opens_it(opened: Open, build: Build, atlas: Atlas) -> None:
    page = html(opened())
    files = served_files(atlas, [future.result() for future in build.groups.values()])

    assert [
        file.address for file in files if f'href="{file.address}"'.replace("&", "&amp;") not in page
    ] == []
    assert "new &amp; odd.thing" in page
    assert not any(name in page for name in ("assets/map.js", 'href="index.html'))
    assert [file.address for file in files if not file.opens] == ["download/new & odd.thing"]
    assert page.count("<script") == 0


def test_what_is_not_made_yet_is_said(opened: Open, build: Build) -> None:
    build.groups[DOWNLOADS] = Future()
    test = opened()
    assert said(test) == [TEXTS["files"]["made"]]
    assert 'href="layers/places.geojson"' in html(test)


def test_size_is_read_in_one_glance() -> None:
    assert [size_text(count) for count in (0, 999, 1000, 64_500, 2_200_000)] == [
        *("0 B", "999 B", "1 kB", "64 kB", "2.2 MB")
    ]


def test_bars_have_the_maps_colours_and_make_a_hundred_on_each_date(atlas: Atlas) -> None:
    for area in ("oblast", "district"):
        shown = _rows(atlas, area)
        spec = _spec(shown, is_dark=False)
        sums = {row["date"]: 0.0 for row in shown}
        for row in shown:
            sums[row["date"]] += row["percent"]
        assert list(sums) == [
            "26 Sep",
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
    programs, cite = (json.loads(each.proto.json) for each in opened().get("bidi_component"))
    addresses = [entry["text"] for entry in programs["entries"]]
    assert "https://a.example/map/layers/places.geojson" in addresses
    assert [entry["title"] for entry in cite["entries"]] == [
        TEXTS["cite"][key] for key in ("text", "bib", "ris", "json")
    ]
    assert all("https://a.example/map/" in entry["text"] for entry in cite["entries"])
    assert [entry.get("file") for entry in cite["entries"]][1:] == [
        f"download/citation.{extension}" for extension in ("bib", "ris", "json")
    ]


def test_a_run_takes_little_time(opened: Open) -> None:
    test: Any = opened(table="features")
    took = []
    for find in ("a", "b", "c", "d", "e"):
        start = time.process_time()
        test.text_input[0].set_value(find).run()
        took.append(time.process_time() - start)
    assert min(took) < MOST_CPU_S
