"""The printable map: true to the view, to the page, to scale; legible; the same bytes every time."""

import io
import itertools
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from xml.etree import ElementTree as ET

import matplotlib as mpl
import numpy as np
import pyproj
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from PIL import Image
from pypdfium2 import PdfDocument

from layers import Atlas, build_atlas
from layers.citation import citation
from layers.data.folders import GEODATA
from layers.data.problems import UnknownChoiceError
from layers.geometry.control import holding
from layers.geometry.label_points import inner_point
from layers.geometry.measure import area_km2
from layers.in_words import view_in_words
from layers.printed import PICTURE_TYPES, SIZES, View, picture_bytes, pictures, view
from layers.printed.description import about
from layers.printed.extent import Frame
from layers.printed.label_placement import Placed
from layers.printed.layout import lay_out, split
from layers.printed.legend import legend_rows
from layers.printed.lettering import Lettering
from layers.printed.page import Page, new_page
from layers.printed.picture import draw_page, settings
from layers.printed.request import drawn_layers
from layers.printed.sizes import size_of
from layers.printed.symbols import hatching
from layers.printed.vector import About, pdf_of, svg_of
from layers.steps import step_of
from layers.style.captions import LANGUAGES, printed
from layers.style.fonts import printable, style
from layers.style.symbology import colour, symbol
from tests.layers.boxes import crowded, touching
from tests.layers.damage import LAYERS, PLACES, damage, put, say
from tests.layers.lookup import shapes_of

Drawn = Callable[..., tuple[Page, list[Placed]]]

DATA = {
    name: json.loads((GEODATA / f"{name}.json").read_text(encoding="utf-8")) for name in ("layers", "dates")
}
IDS = [layer["id"] for layer in DATA["layers"]]
DAYS = [step["id"] for step in DATA["dates"]]
ADDRESS = "https://x.org/?a=1"
SVG = "{http://www.w3.org/2000/svg}"
PAGES = [*SIZES, "400x400", "880x400", "400x660", "700x1150", "1600x730"]
MM = {"a4": (297, 210), "a4-portrait": (210, 297), "a3": (420, 297)}
PIXELS = {
    "a4": (2339, 1654),
    "a4-portrait": (1654, 2339),
    "a3": (3307, 2339),
    "slide": (1600, 900),
    "square": (1080, 1080),
    "card": (1200, 630),
}
HOSTILE = {
    "stepanakert": r"$x^2$ $\alpha_1",
    "shusha": "\\ </text><script>alert(1)</script>",
    "aghdam": "first\nsecond\r\n\N{NULL}\N{RIGHT-TO-LEFT OVERRIDE}",
    "lachin": "x" * 5_000,
    "fuzuli": "{{7*7}} %s {0} & \N{FLAG IN HOLE}\N{COMBINING ACUTE ACCENT}",
    "kelbajar": "\N{NULL}",
}

PICTURES = [  # between them every size, date, form of names and number of layers; a page is laid out once
    *({"size": size, "lang": lang} for size, lang in zip(PAGES, itertools.cycle(LANGUAGES))),
    *({"size": size, "lang": lang} for size in ("a4", "card") for lang in ("article", "hy")),
    *({"date": day} for day in DAYS),
    *({"size": size, "layers": "protectorates"} for size in ("a4", "card")),
    {"size": "a4-portrait", "layers": "places"},
    {"size": "a4-portrait", "layers": "supply-route"},
    {"size": "a4", "layers": "upper-karabakh"},
]
SENTENCES = {
    "layer": ({"layers": "places,nowhere"}, f"There is no layer “nowhere”; there are {', '.join(IDS)}."),
    "date": ({"date": "2020-11-21"}, f"There is no date “2020-11-21”; there are {', '.join(DAYS)}."),
    "names": ({"lang": "en"}, "There is no form of names “en”; there are article, az, hy, ru."),
}
NO_SIZES = [
    *("", "a5", "A4", "399x600", "600x4001", "2000x900", "590x1000", "0x0", "0400x0400", "-5x9", "4000x3001"),
    *("\N{FULLWIDTH DIGIT ONE}000x1000", "500x500\n"),
]

each_day = pytest.mark.parametrize("day", DAYS)


@pytest.fixture(scope="module")
def draw(atlas: Atlas) -> Drawn:
    """Draw a page, once for each view and size."""

    @cache
    def once(size: str, shown: View) -> tuple[Page, list[Placed]]:
        with settings():
            return draw_page(atlas, shown, size, ADDRESS)

    return lambda size="slide", **asked: once(size, view(atlas, **asked))


@pytest.fixture(scope="module")
def small(atlas: Atlas) -> dict[str, bytes]:
    """The smallest picture of what the map shows at first, by format, of a page drawn once."""
    return pictures(atlas, view(atlas), PICTURE_TYPES, size="400x400")


def _frame(atlas: Atlas, size: str, **asked: str) -> Frame:
    """Return the map's frame on a page that bears an address, as `draw` has it."""
    return lay_out(new_page(size_of(size)), atlas, view(atlas, **asked), ADDRESS).frame


def _text(page: Page) -> str:
    """Everything written on a page, in the order of writing, lines joined."""
    return " ".join(text for text, _ in page.written)


def _drawn_on(day: str) -> list[str]:
    return [layer["id"] for layer in DATA["layers"] if layer.get("from", "") <= day]


def _at_first(day: str) -> list[str]:
    return [x["id"] for x in DATA["layers"] if x.get("at_first", True) and x.get("from", "") <= day]


def _png(content: bytes) -> NDArray[np.int_]:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


# What is shown


def test_view_without_values_is_what_the_map_shows_at_first(atlas: Atlas) -> None:
    usual = View(tuple(x["id"] for x in DATA["layers"] if x.get("at_first", True)), "2020-12-08", "article")

    assert view(atlas) == view(atlas, date="", lang="") == usual


def test_view_has_its_layers_once_and_in_the_order_of_the_legend(atlas: Atlas) -> None:
    assert view(atlas, layers="places,upper-karabakh,,places").layers == ("upper-karabakh", "places")


def test_view_of_what_there_is_not_says_what_there_is(atlas: Atlas) -> None:
    said = {}
    for case, (asked, _) in SENTENCES.items():
        with pytest.raises(UnknownChoiceError) as caught:
            view(atlas, **asked)
        said[case] = str(caught.value)

    assert said == {case: sentence for case, (_, sentence) in SENTENCES.items()}


def test_unknown_format_is_told_the_known_ones(atlas: Atlas) -> None:
    with pytest.raises(UnknownChoiceError) as caught:
        picture_bytes(atlas, view(atlas), format="gif")
    assert str(caught.value) == "There is no format “gif”; there are png, svg, pdf."


def test_unknown_size_is_told_the_known_ones() -> None:
    said = []
    for size in NO_SIZES:
        with pytest.raises(UnknownChoiceError) as caught:
            size_of(size)
        said.append(str(caught.value))

    assert said == [
        f"There is no size “{size.replace(chr(10), ' ')}”; there are a4, a4-portrait, a3, slide, square, card"
        " or WIDTHxHEIGHT in pixels, 400 to 4000 each, 12 million in all, width 0.6 to 2.2 of height."
        for size in NO_SIZES
    ]


def test_legend_and_page_have_exactly_the_layers_drawn_on_the_day(atlas: Atlas, draw: Drawn) -> None:
    listed, titled = {}, {}
    for day in DAYS:
        rows = legend_rows(atlas, view(atlas, layers=",".join(IDS), date=day))
        written = {text for text, _ in draw(date=day)[0].written}
        listed[day] = [row.layer.id for row in rows]
        titles = {layer["id"]: layer["title"] for layer in DATA["layers"]} | printed()["titles"]
        titled[day] = [layer for layer, title in titles.items() if title in written]

    assert listed == {day: _drawn_on(day) for day in DAYS}
    assert titled == {day: _at_first(day) for day in DAYS}


def test_page_of_one_layer_has_a_legend_of_one(atlas: Atlas) -> None:
    rows = {layer: [row.layer.id for row in legend_rows(atlas, view(atlas, layers=layer))] for layer in IDS}

    assert rows == {layer: [layer] for layer in IDS}


def test_legend_has_only_the_kinds_there_are_on_the_day(atlas: Atlas) -> None:
    faces = atlas.coverage.faces[atlas.coverage.faces.district.notna()]
    since = faces.azerbaijani_since.replace("before-2020", "")
    there = {
        day: {*faces.how[since <= day], *(["armenian-held"] if (since > day).any() else [])} for day in DAYS
    }
    for day in DAYS[1:]:
        there[day].add("front")  # in the west of Gubadli and Zangilan
    rows = {day: legend_rows(atlas, view(atlas, layers="returned-districts", date=day)) for day in DAYS}

    assert {day: {kind for row in rows[day] for kind, _ in row.kinds} for day in DAYS} == there


def test_layer_not_yet_drawn_leaves_the_picture_as_it_is(atlas: Atlas) -> None:
    both, one = (
        picture_bytes(atlas, view(atlas, layers=layers, date="2020-09-26"), size="400x400")
        for layers in ("upper-karabakh,demarcation-line", "upper-karabakh")
    )

    assert both == one


def test_picture_of_a_layer_not_yet_drawn_says_so(draw: Drawn) -> None:
    for size in ("card", "slide", "a4-portrait"):
        page, _ = draw(size, layers="demarcation-line", date="2020-09-26")

        assert printed()["no_layer"] in _text(page)


def test_layer_out_of_the_frame_says_so_in_the_legend(draw: Drawn) -> None:
    page, _ = draw(layers="upper-karabakh,protectorates")

    assert [text for text, _ in page.written].count(printed()["outside"]) == 1


@pytest.mark.parametrize(
    ("layers", "inside", "is_far"),
    [
        ("protectorates", "protectorates", True),
        ("places", "places", False),
        ("places,upper-karabakh", "upper-karabakh", False),
    ],
)
def test_frame_takes_in_what_is_shown(
    layers: str,
    inside: str,
    is_far: bool,  # noqa: FBT001 - a parameter of the test
    atlas: Atlas,
) -> None:
    extent = shapely.box(*atlas.layers[inside].bounds)
    frames = [_frame(atlas, size, layers=layers) for size in ("a4", "a4-portrait", "card")]

    assert [shapely.box(*frame.bounds).contains(extent) for frame in frames] == [True] * 3
    assert [frame.is_far for frame in frames] == [is_far] * 3


def test_frame_shows_nothing_beyond_the_ground(atlas: Atlas) -> None:
    (extent,) = (x["extent"] for x in atlas.descriptor["resources"] if x["name"] == "region")
    ground = shapely.box(*extent).buffer(1e-6)
    frames = {size: _frame(atlas, size, layers="protectorates") for size in PAGES}

    assert [size for size, frame in frames.items() if not ground.contains(shapely.box(*frame.bounds))] == []


# What is written


def test_page_says_who_held_how_much_on_which_day(atlas: Atlas, draw: Drawn) -> None:
    oblast, unsaid = atlas.coverage.faces[atlas.coverage.faces.oblast], []
    for day in DAYS:
        written = {text for text, _ in draw(date=day)[0].written}
        held = holding(atlas.coverage, oblast, date.fromisoformat(day))
        wanted = [
            step_of(atlas, day).long,
            f"{held.armenian_km2:,.0f} · {held.armenian_percent} %",
            f"{held.azerbaijani_km2:,.0f} · {held.azerbaijani_percent} %",
        ]
        unsaid += [(day, text) for text in wanted if text not in written]

    assert unsaid == []


def _off(atlas: Atlas) -> str:
    """Return what a page of the layers that are on at first says of how far they may be off."""
    layers = drawn_layers(atlas, view(atlas))
    metres = [feature.uncertainty_m for layer in layers for feature in layer.features]
    return f"What is shown may be off by {min(metres)} m to {max(metres) / 1000:g} km."


def test_page_carries_disclaimer_attribution_licence_and_citation(atlas: Atlas, draw: Drawn) -> None:
    wanted = [atlas.descriptor["disclaimer"], atlas.descriptor["attribution"], citation(atlas)]
    wanted += [atlas.descriptor["licenses"][0]["title"], _off(atlas)]
    pages = {each["size"]: draw(**each)[0] for each in PICTURES[: len(SIZES)] if each["size"] in MM}

    assert [(size, x) for size, page in pages.items() for x in wanted if x not in _text(page)] == []


def test_slide_says_in_short_how_sure_whose_and_that_it_takes_no_position(atlas: Atlas, draw: Drawn) -> None:
    wanted = [
        f"{_off(atlas)} No opinion on the legal status of any territory.",
        "After Vladimir Socor, ",
        "Geodata: ODbL-1.0, after OpenStreetMap contributors and others; karabakh-2020, version ",
        ADDRESS,
    ]

    assert [(x, y) for x in ("slide", "square") for y in wanted if y not in _text(draw(x)[0])] == []


def test_small_print_names_the_days_that_are_shown(draw: Drawn, atlas: Atlas) -> None:
    last = step_of(atlas, "2020-12-01").long

    assert ", as of 20 November 2020, " in _text(draw("a4", date="2020-11-20")[0])
    assert "As of 10 November 2020. " in _text(draw(date="2020-11-10")[0])
    assert last.endswith("8 December 2020")
    assert printed()["brief"].format(date=last) in _text(draw("card")[0])


def test_whole_districts_are_told_from_what_came_back_by_the_day(draw: Drawn, atlas: Atlas) -> None:
    said = {day: _text(draw(date=day)[0]) for day in ("2020-09-26", "2020-11-10", "2020-12-08")}
    faces = atlas.coverage.faces_of("district")
    km2 = faces.geometry.map(area_km2)
    came = faces.how.isin(["regained", "handed-over"])
    back = {day: km2[came & (faces.azerbaijani_since <= day)].sum() for day in said}

    whole, held = f"{km2.sum():,.0f}", f"{km2[faces.how == 'held'].sum():,.0f}"
    assert f"of their {whole} km², Azerbaijan held {held} km² throughout." in said["2020-09-26"]
    assert "regained or handed over" not in said["2020-09-26"]
    for day in ("2020-11-10", "2020-12-08"):
        assert f"of their {whole} km², {back[day]:,.0f} km² had been regained or handed over" in said[day]


def test_region_view_names_states_regions_and_karabakh_and_is_of_no_day(draw: Drawn) -> None:
    page, placed = draw("slide", layers="protectorates")
    named = {each.name.id for each in placed}

    assert {"upper-karabakh", "abkhazia", "tajikistan", "region-georgia", "region-armenia"} <= named
    assert printed()["far_title"] in _text(page)
    assert printed()["who_held"] not in _text(page)


def test_places_with_a_marker_are_named_where_there_is_room(draw: Drawn) -> None:
    named = {each.name.id for each in draw("slide", date="2020-11-10")[1]}

    assert {"hadrut", "stepanakert-airport", "upper-karabakh", "stepanakert", "shusha"} <= named


def test_address_is_written_if_given_whole_and_never_runs_off(atlas: Atlas) -> None:
    long = f"https://example.org/map?layers={','.join(IDS)}&date=2020-11-20&lang=hy"
    asked = [
        ("a4", ""),
        ("a4", f"https://example.org/{'x' * 3000}"),
        ("a4", long),
        ("slide", long),
        ("a4-portrait", long),
    ]
    pages = [draw_page(atlas, view(atlas, layers="protectorates"), *each)[0] for each in asked]

    assert ["This view:" in _text(page) for page in pages] == [False, True, True, True, True]
    assert [long in "".join(text for text, _ in page.written) for page in pages[2:]] == [True] * 3
    assert [text for page in pages for text, box in page.written if not page.box.holds(box)] == []


def test_names_are_in_the_chosen_form(atlas: Atlas, draw: Drawn) -> None:
    names = atlas.coverage.places.set_index("id").names["shusha"]
    found = {
        lang: next(each.name.lines for each in draw("a4", lang=lang)[1] if each.name.id == "shusha")
        for lang in LANGUAGES
    }

    assert found == {lang: (names.get(lang, names["en"]),) for lang in LANGUAGES}


# Where it stands


def test_names_touch_neither_each_other_nor_the_edge(draw: Drawn, atlas: Atlas) -> None:
    faults: list[object] = []
    for asked in PICTURES:
        page, placed = draw(**asked)
        frame = _frame(atlas, **{"size": "slide", **asked})
        boxes = [box for each in placed for box in (each.box, each.name.dot) if box]
        outside = [box for box in boxes if not frame.box.holds(box)]
        few = len(placed) < (12 if "layers" not in asked and page.size.across > 600 else 4)
        faults += [(asked, each) for each in (touching(boxes), outside, few) if each]

    assert faults == []


def test_nothing_written_touches_anything_or_leaves_the_page(draw: Drawn) -> None:
    faults: list[object] = []
    for asked in PICTURES:
        page, _ = draw(**asked)
        faults += [(asked, each) for each in crowded(page)]

    assert faults == []


@pytest.mark.parametrize("lang", ["article", "hy"])
def test_letters_fill_the_boxes_they_were_given(lang: str, draw: Drawn) -> None:
    page, _ = draw("a4", lang=lang)
    page.figure.set_dpi(page.size.dpi)
    renderer = FigureCanvasAgg(page.figure).get_renderer()
    per_unit = page.size.width * page.size.dpi / page.size.across
    artists = [x for x in page.figure.findobj(Lettering) if x.get_text() and x.get_rotation() == 0]
    boxes = [box for text, box in page.written if not re.fullmatch(r"\d+°.* N", text)]
    with settings():
        extents = [artist.get_window_extent(renderer) for artist in artists]
    wide = [(x.width / per_unit, box.width) for x, box in zip(extents, boxes, strict=True)]

    assert max(found - given for found, given in wide) < 1.5
    assert all(found > given * 0.9 - 2 for found, given in wide)


def test_letters_are_large_enough_to_be_read_on_paper_and_screen() -> None:
    rules = json.loads((GEODATA.parent / "layers" / "style" / "fonts.json").read_text(encoding="utf-8"))
    sizes = [each["size"] for group in ("labels", "furniture") for each in rules[group].values()]

    on_screen = {x: style("furniture", "fine").size * size_of(x).pixels[0] / size_of(x).across for x in PAGES}

    assert min(sizes) * min(SIZES[size].unit for size in MM) >= 6
    assert min(on_screen.values()) >= 8


def test_columns_are_split_to_be_as_low_as_can_be() -> None:
    assert split([1, 1, 1, 1], 2) == [slice(0, 2), slice(2, 4)]
    assert split([5, 1, 1, 1], 2) == [slice(0, 1), slice(1, 4)]
    assert split([3], 3) == [slice(0, 1)]


# How large it is


def test_sizes_have_their_pixels_and_paper() -> None:
    free = ["400x400", "1023x767", "4000x1819"]
    mm = {size: (size_of(size).width * 25.4, size_of(size).height * 25.4) for size in SIZES}

    assert {size: size_of(size).pixels for size in SIZES} == PIXELS
    assert [f"{width}x{height}" for width, height in (size_of(size).pixels for size in free)] == free
    for size, sides in mm.items():
        assert sides == pytest.approx(MM.get(size) or [side / 96 * 25.4 for side in PIXELS[size]], abs=0.1)


@pytest.mark.parametrize("size", ["a4-portrait", "1023x767"])
def test_files_are_of_the_size_and_say_neither_the_day_nor_the_program(size: str, atlas: Atlas) -> None:
    png, svg, pdf = pictures(atlas, view(atlas, layers="protectorates"), PICTURE_TYPES, size=size).values()
    wanted = size_of(size)
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]", pdf)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    inches = [float(root.get(side, "").removesuffix("pt")) / 72 for side in ("width", "height")]

    assert box
    for sides in (inches, [float(side) / 72 for side in box.groups()]):
        assert sides == pytest.approx([wanted.width, wanted.height], abs=4e-3)
    with Image.open(io.BytesIO(png)) as image:
        assert image.size == wanted.pixels
        assert image.info["dpi"] == pytest.approx((wanted.dpi,) * 2, abs=0.02)
    told = rb"CreationDate|<dc:date|Producer|Software|[Mm]atplotlib v"
    assert [re.findall(told, content) for content in (png, pdf, svg)] == [[], [], []]


@pytest.mark.parametrize("size", ["a4", "card", "a4-portrait", "400x400"])
def test_scale_bar_is_as_long_as_it_says(size: str, atlas: Atlas, draw: Drawn) -> None:
    layers = "protectorates" if size == "card" else "upper-karabakh"
    page, _ = draw(size=size, layers=layers)
    frame = _frame(atlas, size, layers=layers)
    said = next(float(match[1]) for text, _ in page.written if (match := re.fullmatch(r"(\d+) km", text)))
    quarters = [x for x in page.figure.findobj(Rectangle) if x.get_height() == 5]
    west = frame.longitude
    east = west + sum(x.get_width() for x in quarters) / frame.per_degree_east
    latitude = (frame.bounds[1] + frame.bounds[3]) / 2

    metres = pyproj.Geod(ellps="WGS84").inv(west, latitude, east, latitude)[2]
    assert metres / 1000 == pytest.approx(said, rel=0.01)


def test_map_is_as_wide_as_high_on_the_ground(atlas: Atlas) -> None:
    geod = pyproj.Geod(ellps="WGS84")
    skewed = {}
    for size in PAGES:
        frame = _frame(atlas, size)
        x, y = frame.longitude, frame.latitude
        on_ground = geod.inv(x, y, x + 0.1, y)[2] / geod.inv(x, y, x, y + 0.1)[2]
        corner, centre = (frame.on_page(shapely.Point(*at)) for at in ((x + 0.1, y + 0.1), (x, y)))
        skewed[size] = (corner.x - centre.x) / (centre.y - corner.y) / on_ground

    assert skewed == {size: pytest.approx(1, rel=0.005) for size in PAGES}


# How it is drawn


@each_day
def test_district_has_the_colour_of_who_held_it(day: str, atlas: Atlas) -> None:
    shown = view(atlas, layers="returned-districts", date=day)
    page = new_page(size_of("card"))
    frame = lay_out(page, atlas, shown, "").frame
    picture = _png(picture_bytes(atlas, shown, size="card"))
    districts = shapes_of(atlas, "returned-districts")
    centre = frame.on_page(inner_point(districts["district-kelbajar"]))
    left, top = (round(at * page.size.pixels[0] / page.size.across) for at in (centre.x, centre.y))
    around = picture[top - 30 : top + 31, left - 30 : left + 31].reshape(-1, 3)
    colours, counts = np.unique(around, axis=0, return_counts=True)
    kind = "armenian-held" if day < "2020-11-25" else "handed-over"
    opacity = symbol(kind)["fill-opacity"]
    expected = np.array(to_rgb(colour(kind))) * opacity + np.array(to_rgb(colour("land"))) * (1 - opacity)

    assert colours[counts.argmax()] == pytest.approx(expected * 255, abs=2)


@pytest.mark.parametrize("angle", [0, 45, -45])
def test_hatching_is_lines_within_the_area_at_its_spacing(angle: float) -> None:
    area = shapely.Point(50, 50).buffer(30)
    lines = list(shapely.get_parts(hatching(area, angle, 8)))
    ends = shapely.get_coordinates(lines[0])

    assert len(lines) == pytest.approx(60 / 8, abs=1)
    assert all(area.buffer(1e-6).contains(line) for line in lines)
    assert min(lines[0].distance(line) for line in lines[1:]) == pytest.approx(8)
    assert np.degrees(np.arctan2(*(ends[1] - ends[0]))) % 180 == pytest.approx(-angle % 180)


def test_every_layer_changes_the_picture(atlas: Atlas) -> None:
    made = [picture_bytes(atlas, view(atlas, layers=f"upper-karabakh,{x}"), size="400x400") for x in IDS]

    assert len({*made}) == len(IDS)


def test_datasheet_shows_every_layer(atlas: Atlas) -> None:
    datasheet = (GEODATA / "README.md").read_text(encoding="utf-8")
    missing = [layer for layer in atlas.layers if f"(pictures/{layer}.png)" not in datasheet]
    sizes = {}
    for layer in atlas.layers:
        with Image.open(GEODATA / "pictures" / f"{layer}.png") as image:
            sizes[layer] = image.size

    assert missing == []
    assert sizes == dict.fromkeys(atlas.layers, (800, 600))


# The same every time, whoever asks; that another process draws the same is told by the tests of exports


def test_threads_get_the_same_bytes(atlas: Atlas, small: dict[str, bytes]) -> None:
    asked = [("400x400", "article", "png"), ("500x500", "hy", "svg"), ("400x400", "ru", "pdf")]

    def drawn(each: tuple[str, str, str]) -> bytes:
        size, lang, kind = each
        return picture_bytes(atlas, view(atlas, lang=lang), size=size, format=kind)

    alone = [small["png"], *(drawn(each) for each in asked[1:])]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(drawn, asked))

    assert together == alone


def test_a_view_drawn_once_is_in_each_format_what_it_is_alone(atlas: Atlas, small: dict[str, bytes]) -> None:
    shown = view(atlas)
    backwards = pictures(atlas, shown, reversed(PICTURE_TYPES), size="400x400")
    alone = picture_bytes(atlas, shown, size="400x400", format="svg")  # the others were the first of a page

    assert [*small] == ["png", "svg", "pdf"] == [*reversed(backwards)]
    assert small == backwards
    assert small["svg"] == alone


def test_settings_of_the_machine_change_nothing_and_are_left_alone(
    atlas: Atlas, small: dict[str, bytes]
) -> None:
    others = {
        "font.family": ["serif"],
        "text.usetex": True,
        "savefig.bbox": "tight",
        "lines.scale_dashes": True,
    }
    with mpl.rc_context(others):
        changed = picture_bytes(atlas, view(atlas), size="400x400", format="svg")
        left = {key: mpl.rcParams[key] for key in others}

    assert changed == small["svg"]
    assert left == others


def test_names_are_text_once_in_svg_and_pdf_in_every_form(draw: Drawn) -> None:
    faults: list[object] = []
    for lang in LANGUAGES:
        page, placed = draw("slide", lang=lang)
        with settings():
            svg, pdf = svg_of(page, About("", "")), pdf_of([page], About("", ""))
        texts = [each.text for each in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own
        written = [_read(text) for text, _ in page.written]
        copied = PdfDocument(pdf)[0].get_textpage().get_text_bounded()
        lines = Counter(_read(line) for each in placed for line in each.name.lines)
        faults += [(lang, line) for line, count in lines.items() if copied.count(line) < count]
        faults += [lang] * (sorted(texts) != sorted(written))
        longest = max(lines, key=len)
        faults += [(lang, longest)] * (copied.count(longest) != 1)

    assert faults == []


def _read(text: str) -> str:
    """Return a text without what stands between spaced letters."""
    return re.sub("[\N{THIN SPACE}\N{HAIR SPACE}]", "", text)


def test_svg_and_pdf_say_what_they_show_in_which_language(atlas: Atlas) -> None:
    shown = view(atlas, date="2020-11-20", layers="upper-karabakh,places")
    svg, file = pictures(atlas, shown, ("svg", "pdf"), size="card").values()
    root = ET.fromstring(svg)  # noqa: S314 - our own
    title, description = (root.findtext(f"{SVG}{tag}") or "" for tag in ("title", "desc"))
    told = PdfDocument(file).get_metadata_dict(skip_empty=True)

    assert title == "Upper Karabakh after the armistice, 20 November 2020"
    assert description.startswith(view_in_words(atlas, shown.layers, "2020-11-20"))
    assert "Layers: Upper Karabakh, Places. " in description
    assert description.endswith(f"{atlas.descriptor['disclaimer']} {atlas.descriptor['attribution']}")
    assert (told["Title"], told["Subject"]) == (title, description)
    assert (root.get("lang"), b"/Lang (en)" in file) == ("en", True)


def test_description_says_what_a_far_or_uncoloured_or_double_map_shows(atlas: Atlas) -> None:
    asked = ({"layers": "protectorates"}, {"layers": "places"}, {"compare": "2020-09-26"}, {"layers": ""})
    shown = [view(atlas, **each) for each in asked]
    said = [about(atlas, each, lay_out(new_page(size_of("slide")), atlas, each, "").frame) for each in shown]

    assert said[0].title == printed()["far_title"]
    assert said[0].text.startswith("Layers: ")
    assert said[1].text.startswith(
        printed()["described"]["uncoloured"].format(days=step_of(atlas, DAYS[-1]).long)
    )
    assert all(
        told in said[2].text
        for step in (step_of(atlas, DAYS[0]), step_of(atlas, DAYS[-1]))
        for told in (f"{step.long}: {step.title}.", step.held)
    )
    assert printed()["no_layer"] in said[3].text


# Text that is not as it should be


@pytest.fixture(scope="module")
def hostile_atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with names that would break a picture if they were taken for anything but text."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("geodata", "seeds"):
        shutil.copytree(GEODATA.parent / name, folder / name, copy_function=shutil.copyfile)
    for identifier, text in HOSTILE.items():
        damage(folder, PLACES, say({"en": text}, identifier, "names"))
    damage(folder, LAYERS, put({"article": "$\\frac{1}{2}$ <b>&" + "y" * 5_000}, "upper-karabakh", "names"))
    return build_atlas(folder / "geodata", folder / "seeds")


def test_hostile_names_break_no_picture(hostile_atlas: Atlas) -> None:
    made = pictures(hostile_atlas, view(hostile_atlas, lang="az"), PICTURE_TYPES, size="slide")

    assert [content[:5] for content in made.values()] == [b"\x89PNG\r", b"<?xml", b"%PDF-"]
    assert ET.fromstring(made["svg"]).tag == f"{SVG}svg"  # noqa: S314 - our own


def test_hostile_names_are_written_as_they_stand(hostile_atlas: Atlas) -> None:
    page, placed = draw_page(hostile_atlas, view(hostile_atlas), "a4")
    found = {each.name.id: " ".join(each.name.lines) for each in placed}

    assert found["stepanakert"] == HOSTILE["stepanakert"]
    assert found["shusha"] == HOSTILE["shusha"]
    assert found["aghdam"] == "first second"
    assert all(page.box.holds(box) for _, box in page.written)


def test_text_is_made_printable() -> None:
    cases = {
        "a\nb\tc": "a b c",
        "\N{RIGHT-TO-LEFT OVERRIDE}cba": "cba",
        "\N{FLAG IN HOLE}": "\N{REPLACEMENT CHARACTER}",
        "Ağdam Ակնա Агдам": "Ağdam Ակնա Агдам",
        "": "",
    }

    assert {text: printable(text) for text in cases} == cases


def test_bands_are_drawn_as_far_as_a_line_may_be_off_and_the_key_says_what_they_are(atlas: Atlas) -> None:
    asked = {"layers": "areas-of-responsibility"}
    frame = _frame(atlas, "card", **asked)
    plain, sure = (_png(picture_bytes(atlas, view(atlas, **asked, uncertainty=x), size="card")) for x in "01")
    (line,) = atlas.coverage.lines.geometry[atlas.coverage.lines.id == "zone-boundary"]
    middle, per_pixel = line.interpolate(0.5, normalized=True), 1200 / size_of("card").across
    changed = {}
    for km in (4, 6.5):
        spot = frame.on_page(shapely.Point(middle.x, middle.y - km / 111))
        left, top = round(spot.x * per_pixel), round(spot.y * per_pixel)
        around = np.s_[top - 5 : top + 6, left - 5 : left + 6]  # a hatch's line is over the band
        changed[km] = bool((plain[around] != sure[around]).any(axis=2).mean() > 0.5)
    page, _ = draw_page(atlas, view(atlas, uncertainty="1"), "card")

    assert changed == {4: True, 6.5: False}
    assert printed()["uncertainty"] in _text(page)


def test_page_without_the_colours_of_who_held_the_land_does_not_speak_of_them(draw: Drawn) -> None:
    page, _ = draw("slide", layers="places,demarcation-line")

    assert [text for text, _ in page.written if "8,643" in text or printed()["who_held"] in text] == []
