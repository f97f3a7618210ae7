"""What may be chosen of a picture beyond layers, date and names; and the worksheet."""

import io
import itertools
import json
import re
import time
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from layers import Atlas
from layers.data.problems import RequestError
from layers.printed import picture_bytes, preview_bytes, view
from layers.printed.layout import lay_out
from layers.printed.page import Page, new_page
from layers.printed.picture import draw_page, settings
from layers.printed.request import drawn_layers
from layers.printed.sizes import size_of
from layers.printed.worksheet import lettered, questions, worksheet_bytes, worksheet_pages
from layers.style.captions import printed
from layers.style.symbology import symbology
from tests.layers.boxes import crowded

ADDRESS = "https://map.example/?date=2020-11-20&view=9/39.8/46.8"
OPTIONS: list[dict[str, str]] = [
    {"view": "10/39.76/46.75"},
    {"view": "4/40/45"},
    {"view": "14/39.82/46.75"},
    {"feature": "lachin-corridor"},
    {"feature": "tajikistan"},
    {"title": "W" * 120},
    {"title": "What the article calls “the larger part”, and what it calls “the rump”, on one map"},
    {"key": "0"},
    {"key": "0", "small": "short", "title": "a " * 60},
    {"small": "full"},
    {"compare": "2020-09-26"},
    {"compare": "2020-11-10", "key": "0", "uncertainty": "1"},
    {"dark": "1", "qr": "1"},
]


def _page(atlas: Atlas, size: str, **asked: str) -> Page:
    with settings():
        return draw_page(atlas, view(atlas, **asked), size, ADDRESS)[0]


def _text(page: Page) -> str:
    return " ".join(text for text, _ in page.written)


def _png(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


def _refused(atlas: Atlas, **asked: str) -> str:
    with pytest.raises(RequestError) as caught:
        view(atlas, **asked)
    return str(caught.value)


def test_nothing_written_touches_anything_or_leaves_the_page(atlas: Atlas) -> None:
    faults: list[object] = []
    refused = {printed()["refused"]["room"], printed()["refused"]["small"]}
    sizes = itertools.cycle(("a4", "400x400", "card", "a4-portrait", "400x400", "square", "a3"))
    for asked, size in [(each, size) for each in OPTIONS for size in ("slide", next(sizes))]:
        try:
            page = _page(atlas, size, **asked)
        except RequestError as error:
            faults += [] if str(error) in refused and size_of(size).brief else [(size, asked, error)]
            continue
        faults += [(size, asked, each) for each in crowded(page)]

    assert faults == []


def test_a_view_is_drawn_where_and_as_large_as_the_web_map_has_it(atlas: Atlas) -> None:
    frame = lay_out(new_page(size_of("slide")), atlas, view(atlas, view="9.5/39.8/46.8"), "").frame

    assert (frame.latitude, frame.longitude) == (39.8, 46.8)
    assert frame.zoom == pytest.approx(9.5)


def test_a_feature_fills_the_map_and_its_layer_is_drawn(atlas: Atlas) -> None:
    for identifier in ("lachin-corridor", "shusha", "tajikistan"):
        shown = view(atlas, feature=identifier, layers="")
        feature = atlas.features[identifier]
        west, south, east, north = lay_out(new_page(size_of("slide")), atlas, shown, "").frame.bounds
        least = feature.geometry.bounds

        assert [layer.id for layer in drawn_layers(atlas, shown)] == [feature.layer]
        assert west < least[0] <= least[2] < east
        assert south < least[1] <= least[3] < north


def test_what_can_not_be_is_refused_in_one_line(atlas: Atlas) -> None:
    views = ("9", "9/x/y", "3/40/46", "15/40/46", "9/10/46", "9/40/100", "nan/40/46", "9/40/46/1", "x" * 5000)
    cases = [{"view": text} for text in views]
    cases += [{"feature": "nowhere\n<b>"}, {"feature": "shusha", "view": "9/39.8/46.8"}, {"compare": "2020"}]
    cases += [{"title": "x" * 121}, {"key": "yes"}, {"dark": "2"}, {"small": "none"}, {"qr": "x"}]
    said = [_refused(atlas, **asked) for asked in cases]

    assert [text for text in said if "\n" in text or len(text) > 250] == []
    assert all(text.startswith("A view is zoom/latitude/longitude") for text in said[: len(views)])
    with pytest.raises(TypeError, match="no key of a picture: roads"):
        view(atlas, roads="1")


def test_a_title_is_text_on_one_line_in_the_file_too(atlas: Atlas) -> None:
    title = "\\frac $x$ </title><script>\n\r\t\N{NULL}\N{RIGHT-TO-LEFT OVERRIDE}end"
    shown = view(atlas, title=title)
    root = ET.fromstring(picture_bytes(atlas, shown, size="slide", format="svg"))  # noqa: S314 - our own

    assert shown.title == "\\frac $x$ </title><script> end"
    assert root.findtext("{http://www.w3.org/2000/svg}title") == f"{shown.title}, 1–8 December 2020"  # noqa: RUF001
    assert shown.title in _text(_page(atlas, "a3", title=title))


def test_two_dates_stand_side_by_side_the_earlier_on_the_left(atlas: Atlas) -> None:
    shown, turned = (
        view(atlas, date=first, compare=second)
        for first, second in itertools.permutations(("2020-11-20", "2020-09-26"))
    )
    page, _ = draw_page(atlas, shown, "slide")
    left, right = lay_out(new_page(size_of("slide")), atlas, shown, "").frames
    where = {
        text: box.left for text, box in page.written if text in ("26 September 2020", "20 November 2020")
    }

    assert shown == turned
    assert left.box.width == pytest.approx(right.box.width)
    assert (left.longitude, left.per_degree) == pytest.approx((right.longitude, right.per_degree))
    assert where["26 September 2020"] < right.box.left <= where["20 November 2020"] + 1
    assert view(atlas, compare="2020-12-01").compare == ""  # of the same step


def test_key_and_small_print_are_as_long_as_is_asked_for(atlas: Atlas) -> None:
    disclaimer = " ".join(atlas.descriptor["disclaimer"].split()[:6])
    asked = {"": {}, "none": {"key": "0"}, "full": {"small": "full"}}
    slide = {case: _text(_page(atlas, "slide", **each)) for case, each in asked.items()}

    assert ("Held by" in slide[""], "Held by" in slide["none"]) == (True, False)
    assert (disclaimer in slide[""], disclaimer in slide["full"]) == (False, True)
    assert disclaimer not in _text(_page(atlas, "a4", small="short"))
    assert "No opinion on the legal status" in slide["none"]


def test_dark_pictures_have_the_dark_colours_alone(atlas: Atlas) -> None:
    svg = {x: picture_bytes(atlas, view(atlas, dark=x), size="slide", format="svg").decode() for x in "01"}
    used = {x: set(re.findall(r"#[0-9a-f]{6}", text)) for x, text in svg.items()}
    colours = symbology()["colours"].values()
    light, dark = ({pair[i].lower() for pair in colours} for i in (0, 1))
    corner = _png(picture_bytes(atlas, view(atlas, dark="1"), size="400x400"))[0, 0]

    assert used["0"] <= light
    assert used["1"] <= dark
    assert corner == pytest.approx(np.array(to_rgb(symbology()["colours"]["paper"][1])) * 255, abs=1)


def test_code_is_of_the_printed_address_and_stays_dark_on_white(atlas: Atlas) -> None:
    plain, coded = (
        _png(picture_bytes(atlas, view(atlas, dark="1", qr=x), size="slide", address=ADDRESS)) for x in "01"
    )
    rows, columns = np.nonzero((plain != coded).any(axis=2))
    code = coded[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]

    assert 60 < len(code) < 200
    assert {tuple(code[0, 0]), tuple(code[-1, -1])} == {(255, 255, 255)}
    assert 0.25 < (code.mean(axis=2) < 128).mean() < 0.6
    for address in ("", "https://map.example/?" + "x" * 300):
        with pytest.raises(RequestError, match="A QR code needs the address"):
            picture_bytes(atlas, view(atlas, qr="1"), size="slide", address=address)


def test_a_preview_is_the_page_in_fewer_pixels_and_quickly_drawn(atlas: Atlas) -> None:
    begun = time.process_time()
    content = preview_bytes(atlas, view(atlas), size="a3", widest=800)
    used = time.process_time() - begun

    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (800, 565)
    assert used < 2  # 0.6 s on an idle machine


def test_the_same_is_asked_for_the_same_bytes_come_out(atlas: Atlas) -> None:
    asked = {"view": "9/39.8/46.8", "title": "x", "dark": "1", "qr": "1", "compare": "2020-09-26"}
    shown = view(atlas, **asked)
    first, second = (picture_bytes(atlas, shown, size="slide", format="pdf", address=ADDRESS) for _ in "12")

    assert first == second


# The worksheet


def test_worksheet_is_two_pages_of_the_same_bytes(atlas: Atlas) -> None:
    content = worksheet_bytes(atlas)

    assert content == worksheet_bytes(atlas)
    assert len(re.findall(rb"/Type /Page\b", content)) == 2
    assert re.findall(rb"CreationDate|Producer", content) == []


def test_blank_map_names_nothing_and_the_answers_do(atlas: Atlas) -> None:
    with settings():
        blank, answers = worksheet_pages(atlas)
    districts = [atlas.features[each].name_in() for each in lettered(atlas).values()]
    on_map = {text for text, _ in blank.written}

    assert [name for name in districts if name in on_map] == []
    assert {*lettered(atlas), "1", "2", "3", "4"} <= on_map
    assert [name for name in districts if name not in _text(answers)] == []
    assert [crowded(page) for page in (blank, answers)] == [[], []]


def test_answers_are_the_datas(atlas: Atlas) -> None:
    asked = list(questions(atlas))
    claims = {claim.exact: claim for claim in atlas.claims}

    assert asked[2].answer == (
        "Regained in battle: Fuzuli, Gubadli, Jabrayil, Zangilan. Handed over: Aghdam, Kelbajar, Lachin."
    )
    for question in asked[3:]:
        quoted = re.findall("“(.*?)”[.]", question.text)[0]
        claim = claims[quoted]
        assert question.answer.startswith(claim.sentences[claim.verdict])
    assert json.dumps([question.lines for question in asked]) == "[2, 1, 0, 2, 2, 2]"
