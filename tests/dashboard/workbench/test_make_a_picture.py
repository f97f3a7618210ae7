"""The page Make a picture: address and controls agree, and the texts beside it make the same picture."""

import shlex
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.workbench.address import Query
from dashboard.workbench.picture_choices import controls, known, view_in
from dashboard.workbench.picture_taking import elsewhere
from layers import Atlas
from layers.__main__ import main
from layers.printed import KEYS, picture_bytes, view
from tests.dashboard.html_tree import parse
from tests.dashboard.workbench.conftest import Open, address_of, notices

PAGE = "make-a-picture"
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


def _links(test: AppTest) -> list[str]:
    """Return the addresses of the picture's files."""
    drawn = (parse(part.proto.body) for part in test.get("html"))
    return [link.attributes["href"] for tree in drawn for link in tree.all("a")]


def test_everything_in_the_address_is_in_the_controls_and_stays(opened: Open) -> None:
    test = opened(PAGE, **ALL)

    assert (list(test.exception), notices(test)) == ([], [])
    assert address_of(test) == ALL
    assert [link.partition("?")[0] for link in _links(test)] == ["map.png", "map.svg", "map.pdf"]
    assert {dict(parse_qsl(link.partition("?")[2])) == ALL for link in _links(test)} == {True}
    assert {
        box.label: box.value for box in test.selectbox if box.label in ("Date", "Beside it", "Names")
    } == {
        "Date": "2020-11-20",
        "Beside it": "2020-09-26",
        "Names": "hy",
    }
    assert [number.value for number in test.number_input] == [800, 500]


def test_what_is_chosen_is_in_the_address(opened: Open) -> None:
    test = opened(PAGE)
    assert address_of(test) == {}
    test.checkbox(key="picture_dark").check()
    test.checkbox(key="picture_key").uncheck()
    test.selectbox(key="picture_size").select("card")
    test.radio(key="picture_extent").set_value("feature").run()
    test.selectbox(key="picture_feature").select("lachin-corridor").run()

    assert list(test.exception) == []
    assert address_of(test) == {"size": "card", "feature": "lachin-corridor", "key": "0", "dark": "1"}


def test_a_picture_that_can_not_be_is_told_in_a_line_and_the_page_goes_on(opened: Open) -> None:
    test = opened(PAGE, size="card", small="full")
    assert notices(test) == ["The full small print has no room on this size; choose a larger one, or short."]
    assert _links(test) == []

    test.selectbox(key="picture_small").select("short").run()
    assert notices(test) == []
    assert len(_links(test)) == 3


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

    assert asked == {**ALL, "v": atlas.descriptor["version"]}
    assert view(atlas, **{key: value for key, value in asked.items() if key in KEYS}) == shown
    words = shlex.split(texts[1])
    assert words[:3] == ["python", "-m", "layers"]
    assert main(words[3:]) == 0
    assert Path(words[4]).read_bytes() == wanted
    assert "ODbL" in texts[2]


def test_controls_have_a_value_for_whatever_is_known(atlas: Atlas) -> None:
    query = Query({**ALL, "feature": "shusha"})
    asked = known(atlas, query)

    assert [notice.partition(",")[0] for notice in query.notices] == ["A picture shows a view or a feature"]
    assert controls(atlas, asked)["extent"] == "view"
