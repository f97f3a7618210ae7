"""The page Make a picture: address and controls agree, and the texts beside it make the same picture."""

import shlex
import time
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.on_request import OnRequest
from dashboard.workbench.picture_choices import controls, known, view_in
from dashboard.workbench.picture_taking import elsewhere
from layers import Atlas
from layers.__main__ import main
from layers.printed import KEYS, picture_bytes, view

ALL = {
    "size": "800x500",
    "layers": "upper-karabakh,places",
    "date": "2020-11-20",
    "compare": "2020-09-26",
    "lang": "hy",
    "view": "9/39.8/46.8",
    "title": "Whose “larger part” & <b>why</b>",
    "key": "0",
    "small": "short",
    "uncertainty": "1",
    "dark": "1",
}


@pytest.fixture(autouse=True)
def _served(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the atlas of the tests; nothing else of the server is needed."""
    done = Future[OnRequest]()
    done.set_result(OnRequest(atlas, "", {}))
    for module in ("pages", "picture_taking"):
        monkeypatch.setattr(f"dashboard.workbench.{module}.served", lambda: SimpleNamespace(on_request=done))


def _open(**address: str) -> AppTest:
    def run() -> None:
        from dashboard.workbench.make_a_picture import page  # noqa: PLC0415 - it runs by itself

        page()

    test = AppTest.from_function(run, default_timeout=60)
    test.query_params.update(address)
    return test.run()


def _address(test: AppTest) -> dict[str, str]:
    # The test's own query keeps lists where the page has written, texts where we have.
    return {key: value if isinstance(value, str) else value[-1] for key, value in test.query_params.items()}


def _said(test: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in test.info]


def test_everything_in_the_address_is_in_the_controls_and_stays() -> None:
    test = _open(**ALL)

    assert (list(test.exception), _said(test)) == ([], [])
    assert _address(test) == ALL
    assert len(test.get("download_button")) == 4
    assert {
        box.label: box.value for box in test.selectbox if box.label in ("Date", "Beside it", "Names")
    } == {
        "Date": "2020-11-20",
        "Beside it": "2020-09-26",
        "Names": "hy",
    }
    assert [number.value for number in test.number_input] == [800, 500]


def test_what_is_chosen_is_in_the_address() -> None:
    test = _open()
    assert _address(test) == {}
    test.checkbox(key="picture_dark").check()
    test.checkbox(key="picture_key").uncheck()
    test.selectbox(key="picture_size").select("card")
    test.radio(key="picture_extent").set_value("feature").run()
    test.selectbox(key="picture_feature").select("lachin-corridor").run()

    assert list(test.exception) == []
    assert _address(test) == {"size": "card", "feature": "lachin-corridor", "key": "0", "dark": "1"}


def test_what_there_is_not_is_named_and_ignored_and_case_does_not_matter() -> None:
    asked = {
        "DATE": "2020-11-21",
        "Lang": "RU",
        "size": "99999x1",
        "view": "99/0/0",
        "layers": "Places,roads",
    }
    test = _open(**asked, title="x" * 121)

    assert list(test.exception) == []
    assert [line.split("“")[0].split(",")[0] for line in _said(test)] == [
        "There is no size ",
        "There is no layer ",
        "There is no date ",
        "A view is zoom/latitude/longitude",
        "A title has at most 120 characters; this one has 121. It is ignored.",
    ]
    assert _address(test) == {"layers": "places", "lang": "ru"}

    test.checkbox(key="picture_dark").check().run()
    assert _said(test) == []


def test_a_picture_that_can_not_be_is_told_in_a_line_and_the_page_goes_on() -> None:
    test = _open(size="card", small="full")
    assert _said(test) == ["The full small print has no room on this size; choose a larger one, or short."]
    assert len(test.get("download_button")) == 1

    test.selectbox(key="picture_small").select("short").run()
    assert _said(test) == []
    assert len(test.get("download_button")) == 4


def test_a_view_may_be_a_link_of_the_reader() -> None:
    link = "https://map.example/?date=2020-11-20&view=10/39.76/46.75&lang=hy"

    assert [view_in(text) for text in (link, " 9/39.8/46.8 ", "nonsense")] == [
        "10/39.76/46.75",
        "9/39.8/46.8",
        "nonsense",
    ]


def test_address_and_command_make_the_very_picture(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.__main__.build_atlas", lambda *_: atlas)
    monkeypatch.chdir(tmp_path)
    shown = view(atlas, **{key: ALL[key] for key in KEYS if key in ALL})
    wanted = picture_bytes(atlas, shown, size=ALL["size"], address="https://map.example/")
    texts = list(elsewhere(atlas, shown, ALL, "https://map.example/").values())
    asked = dict(parse_qsl(urlsplit(texts[0]).query, keep_blank_values=True))

    assert asked.pop("v") == atlas.descriptor["version"]
    assert asked == ALL
    assert view(atlas, **{key: value for key, value in asked.items() if key in KEYS}) == shown
    words = shlex.split(texts[1])
    assert words[:3] == ["python", "-m", "layers"]
    assert main(words[3:]) == 0
    assert Path(words[4]).read_bytes() == wanted
    assert "ODbL" in texts[2]


def test_controls_have_a_value_for_whatever_is_known(atlas: Atlas) -> None:
    asked, notices = known(atlas, {**ALL, "feature": "shusha"})

    assert [notice.partition(",")[0] for notice in notices] == ["A picture shows a view or a feature"]
    assert controls(atlas, asked)["extent"] == "view"


def test_a_run_without_a_new_picture_takes_little_time() -> None:
    test = _open()
    used = []
    for _ in range(3):
        begun = time.process_time()
        test.run()
        used.append(time.process_time() - begun)

    assert min(used) < 0.15
