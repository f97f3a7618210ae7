"""The printable map: true to the view, to the page, to scale; legible; the same bytes every time."""

import hashlib
import io
import itertools
import json
import re
import shutil
import subprocess
import sys
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
from layers.printed.captions import texts
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from numpy.typing import NDArray
from PIL import Image

from layers import Atlas, build_atlas
from layers.data.files import GEODATA
from layers.data.problems import UnknownChoiceError
from layers.geometry.control import holding
from layers.labels import inner_point
from layers.printed import PICTURE_TYPES, SIZES, View, picture_bytes, view
from layers.printed.label_placement import Placed
from layers.printed.layout import lay_out, split
from layers.printed.legend import legend_rows
from layers.printed.page import Page, new_page
from layers.printed.picture import draw_page, settings
from layers.printed.sizes import size_of
from layers.printed.symbols import hatching
from layers.style.captions import LANGUAGES, long_date
from layers.style.fonts import printable, style
from layers.style.symbology import colour, symbol
from layers.text.citation import citation
from tests.layers.damage import LAYERS, PLACES, damage, put, say

Drawn = Callable[..., tuple[Page, list[Placed]]]

DATA = {
    name: json.loads((GEODATA / f"{name}.json").read_text(encoding="utf-8")) for name in ("layers", "dates")
}
IDS = [layer["id"] for layer in DATA["layers"]]
DAYS = [step["id"] for step in DATA["dates"]]
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

each_layer = pytest.mark.parametrize("layer", IDS)
each_day = pytest.mark.parametrize("day", DAYS)
each_language = pytest.mark.parametrize("lang", LANGUAGES)
each_format = pytest.mark.parametrize("kind", PICTURE_TYPES)
each_named_size = pytest.mark.parametrize("size", SIZES)
each_page = pytest.mark.parametrize("size", PAGES)


@pytest.fixture(scope="module")
def draw(atlas: Atlas) -> Drawn:
    """Draw a page, once for each view and size."""
    return cache(
        lambda size="slide", **asked: draw_page(atlas, view(atlas, **asked), size, "https://x.org/?a=1")
    )


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


@pytest.mark.parametrize(
    ("asked", "sentence"),
    {
        "layer": ({"layers": "places,nowhere"}, f"There is no layer “nowhere”; there are {', '.join(IDS)}."),
        "date": ({"date": "2020-11-21"}, f"There is no date “2020-11-21”; there are {', '.join(DAYS)}."),
        "form of names": (
            {"lang": "en"},
            "There is no form of names “en”; there are article, az, hy, ru.",
        ),
    }.values(),
)
def test_view_of_what_there_is_not_says_what_there_is(
    asked: dict[str, str], sentence: str, atlas: Atlas
) -> None:
    with pytest.raises(UnknownChoiceError) as caught:
        view(atlas, **asked)
    assert str(caught.value) == sentence


def test_unknown_format_is_told_the_known_ones(atlas: Atlas) -> None:
    with pytest.raises(UnknownChoiceError) as caught:
        picture_bytes(atlas, view(atlas), format="gif")
    assert str(caught.value) == "There is no format “gif”; there are png, svg, pdf."


@pytest.mark.parametrize(
    "size",
    [
        "",
        "a5",
        "A4",
        "399x600",
        "600x4001",
        "2000x900",
        "590x1000",
        "0x0",
        "0400x0400",
        "\N{FULLWIDTH DIGIT ONE}000x1000",
        "500x500\n",
        "-5x9",
    ],
)
def test_unknown_size_is_told_the_known_ones(size: str, atlas: Atlas) -> None:
    with pytest.raises(UnknownChoiceError) as caught:
        picture_bytes(atlas, view(atlas), size=size)
    printed = size.replace("\n", " ")
    assert str(caught.value) == (
        f"There is no size “{printed}”; there are a4, a4-portrait, a3, slide, square, card or WIDTHxHEIGHT "
        "in pixels, 400 to 4000 each, width 0.6 to 2.2 of height."
    )


@each_day
def test_legend_lists_exactly_the_layers_drawn_on_the_day(day: str, atlas: Atlas) -> None:
    rows = list(legend_rows(atlas, view(atlas, layers=",".join(IDS), date=day)))

    assert [row.layer.id for row in rows] == _drawn_on(day)


@each_day
def test_page_names_the_layers_drawn_on_the_day_and_no_other(day: str, draw: Drawn) -> None:
    page, _ = draw(date=day)
    titles = {layer["id"]: layer["title"] for layer in DATA["layers"]}
    written = {text for text, _ in page.written}

    assert {layer for layer, title in titles.items() if title in written} == set(_at_first(day))


@each_layer
def test_page_of_one_layer_has_a_legend_of_one(layer: str, atlas: Atlas, draw: Drawn) -> None:
    page, _ = draw("square", layers=layer)
    written = [text for text, _ in page.written]
    titles = [x.title for x in atlas.layers.values() if x.title in written]
    heading = [texts()["holdings"]["oblast"]]

    assert sorted({*titles, *heading}) == sorted({atlas.layers[layer].title, *heading})


@each_day
def test_legend_has_only_the_kinds_there_are_on_the_day(day: str, atlas: Atlas) -> None:
    rows = {
        row.layer.id: [kind for kind, _ in row.kinds] for row in legend_rows(atlas, view(atlas, date=day))
    }
    faces = atlas.coverage.faces[atlas.coverage.faces.district.notna()]
    since = faces.azerbaijani_since.replace("before-2020", "")
    there = {*faces.how[since <= day], *(["armenian-held"] if (since > day).any() else [])}

    assert set(rows["returned-districts"]) == there


def test_layer_not_yet_drawn_leaves_the_picture_as_it_is(atlas: Atlas) -> None:
    both, one = (
        picture_bytes(atlas, view(atlas, layers=layers, date="2020-09-26"), size="card")
        for layers in ("upper-karabakh,demarcation-line", "upper-karabakh")
    )

    assert both == one


@pytest.mark.parametrize("size", ["card", "slide", "a4-portrait"])
def test_picture_of_a_layer_not_yet_drawn_says_so(size: str, draw: Drawn) -> None:
    page, _ = draw(size, layers="demarcation-line", date="2020-09-26")

    assert texts()["no_layer"] in _text(page)


def test_layer_out_of_the_frame_says_so_in_the_legend(draw: Drawn) -> None:
    page, _ = draw(layers="upper-karabakh,protectorates")

    assert [text for text, _ in page.written].count(texts()["outside"]) == 1


@pytest.mark.parametrize(
    ("layers", "inside", "is_far"),
    [
        ("protectorates", "protectorates", "far"),
        ("places", "places", "near"),
        ("places,upper-karabakh", "upper-karabakh", "near"),
    ],
)
@pytest.mark.parametrize("size", ["a4", "a4-portrait", "card"])
def test_frame_takes_in_what_is_shown(layers: str, inside: str, is_far: str, size: str, atlas: Atlas) -> None:
    frame = lay_out(new_page(size_of(size)), atlas, view(atlas, layers=layers), "").frame

    assert shapely.box(*frame.bounds).contains(shapely.box(*atlas.layers[inside].features.total_bounds))
    assert frame.is_far == (is_far == "far")


@pytest.mark.parametrize("size", PAGES)
def test_frame_shows_nothing_beyond_the_ground(size: str, atlas: Atlas) -> None:
    frame = lay_out(new_page(size_of(size)), atlas, view(atlas, layers="protectorates"), "").frame
    ground = next(x["extent"] for x in atlas.descriptor["resources"] if x["name"] == "region")

    assert shapely.box(*ground).buffer(1e-6).contains(shapely.box(*frame.bounds))


# What is written


@each_day
def test_page_says_who_held_how_much_on_which_day(day: str, atlas: Atlas, draw: Drawn) -> None:
    page, _ = draw(date=day)
    faces, written = atlas.coverage.faces, [text for text, _ in page.written]
    held = holding(atlas.coverage, faces[faces.oblast], date.fromisoformat(day))

    assert long_date(day) in written
    assert f"{held.armenian_km2:,.0f} · {held.armenian_percent} %" in written
    assert f"{held.azerbaijani_km2:,.0f} · {held.azerbaijani_percent} %" in written


@pytest.mark.parametrize("size", [x for x in SIZES if x != "card"])
def test_page_carries_disclaimer_attribution_licence_and_citation(
    size: str, atlas: Atlas, draw: Drawn
) -> None:
    text = _text(draw(size)[0])

    assert atlas.descriptor["disclaimer"] in text
    assert atlas.descriptor["attribution"] in text
    assert atlas.descriptor["licenses"][0]["title"] in text
    assert citation(atlas) in text
    assert "What is shown may be off by 300 m to 5 km." in text


def test_citation_names_the_day_that_is_shown(draw: Drawn) -> None:
    assert ", as of 20 November 2020, " in _text(draw("a4", date="2020-11-20")[0])


def test_small_picture_says_in_brief_whose_it_is_and_how_sure(draw: Drawn) -> None:
    assert texts()["brief"].format(date="8 December 2020") in _text(draw("card")[0])


@pytest.mark.parametrize("address", ["", "https://example.org/map?layers=places", "x" * 3000])
def test_address_is_written_if_given_and_never_runs_off(address: str, atlas: Atlas) -> None:
    page, _ = draw_page(atlas, view(atlas, layers="places"), "a4", address)
    found = [text for text, _ in page.written if text.startswith("This view:")]

    assert bool(found) == bool(address)
    assert all(page.box.holds(box) for _, box in page.written)


@pytest.mark.parametrize("size", ["a4", "slide", "a4-portrait"])
def test_long_address_is_written_whole(size: str, atlas: Atlas) -> None:
    address = f"https://example.org/map?layers={','.join(IDS)}&date=2020-11-20&lang=hy"
    page, _ = draw_page(atlas, view(atlas, layers="protectorates"), size, address)

    assert address in "".join(text for text, _ in page.written)


@each_language
def test_names_are_in_the_chosen_form(lang: str, atlas: Atlas, draw: Drawn) -> None:
    _, placed = draw(lang=lang)
    names = atlas.coverage.places.set_index("id").names["shusha"]
    found = next(each.name.lines for each in placed if each.name.id == "shusha")

    assert found == (names.get(lang, names["en"]),)


@pytest.mark.parametrize(
    ("text", "lang", "capitals"),
    [("Zəngilan", "az", "ZƏNGİLAN"), ("Երևան", "hy", "ԵՐԵՎԱՆ"), ("Iran", "en", "IRAN")],
)
def test_capitals_are_those_of_the_language(text: str, lang: str, capitals: str) -> None:
    letters = style("labels", "country")

    assert letters.written(text, lang).replace(letters.spacing, "") == capitals


# Where it stands


@each_language
@pytest.mark.parametrize("size", ["a4", "card", "a4-portrait", "400x400"])
def test_names_touch_neither_each_other_nor_the_edge(size: str, lang: str, atlas: Atlas, draw: Drawn) -> None:
    page, placed = draw(size, lang=lang)
    frame = lay_out(new_page(page.size), atlas, view(atlas, lang=lang), "").frame
    boxes = [box for each in placed for box in (each.box, each.name.dot) if box]
    touching = [pair for pair in itertools.combinations(boxes, 2) if pair[0].touches(pair[1])]

    assert len(placed) >= (4 if size == "400x400" else 12)
    assert touching == []
    assert all(frame.box.holds(box) for box in boxes)


@each_page
def test_nothing_written_touches_anything_or_leaves_the_page(size: str, draw: Drawn) -> None:
    page, _ = draw(size)
    over = [
        (a, b)
        for (a, first), (b, second) in itertools.combinations(page.written, 2)
        if first.grown(-0.6).touches(second)
    ]

    assert over == []
    assert [text for text, box in page.written if not page.box.holds(box)] == []


@pytest.mark.parametrize("layers", ["protectorates", "places", "supply-route", "upper-karabakh"])
@pytest.mark.parametrize("size", ["a4", "a4-portrait", "card"])
def test_nothing_touches_on_a_picture_of_few_layers(size: str, layers: str, draw: Drawn) -> None:
    page, _ = draw(size, layers=layers)
    boxes = [box for _, box in page.written]

    assert not any(a.grown(-0.6).touches(b) for a, b in itertools.combinations(boxes, 2))
    assert all(page.box.holds(box) for box in boxes)


@pytest.mark.parametrize("lang", ["article", "hy"])
def test_letters_fill_the_boxes_they_were_given(lang: str, draw: Drawn) -> None:
    page, _ = draw("a4", lang=lang)
    renderer = FigureCanvasAgg(page.figure).get_renderer()
    per_unit = page.size.width * page.size.dpi / page.size.across
    artists = [x for x in page.figure.findobj(Text) if x.get_text() and x.get_rotation() == 0]
    boxes = [box for text, box in page.written if not re.fullmatch(r"\d+°.* N", text)]
    with settings():
        extents = [artist.get_window_extent(renderer) for artist in artists]
    wide = [(x.width / per_unit, box.width) for x, box in zip(extents, boxes, strict=True)]

    assert max(found - given for found, given in wide) < 1.5
    assert all(found > given * 0.9 - 2 for found, given in wide)


@pytest.mark.parametrize("size", MM)
def test_no_letters_are_smaller_than_print_allows(size: str) -> None:
    rules = json.loads((GEODATA.parent / "layers" / "printed" / "lettering.json").read_text(encoding="utf-8"))
    sizes = [each["size"] for group in ("labels", "furniture") for each in rules[group].values()]

    assert min(sizes) * SIZES[size].unit >= 6


@each_page
def test_text_on_a_screen_is_at_least_eight_pixels_high(size: str) -> None:
    assert style("furniture", "fine").size * size_of(size).pixels[0] / size_of(size).across >= 8


@pytest.mark.parametrize(
    ("heights", "columns", "parts"),
    [
        ([1, 1, 1, 1], 2, [slice(0, 2), slice(2, 4)]),
        ([5, 1, 1, 1], 2, [slice(0, 1), slice(1, 4)]),
        ([3], 3, [slice(0, 1)]),
    ],
)
def test_columns_are_split_to_be_as_low_as_can_be(
    heights: list[float], columns: int, parts: list[slice]
) -> None:
    assert split(heights, columns) == parts


# How large it is


@each_named_size
def test_png_has_the_size_and_the_dots_per_inch(size: str, atlas: Atlas) -> None:
    with Image.open(
        io.BytesIO(picture_bytes(atlas, view(atlas, layers="protectorates"), size=size))
    ) as image:
        assert image.size == PIXELS[size]
        assert image.info["dpi"] == pytest.approx((SIZES[size].dpi,) * 2, abs=0.02)
        assert "Software" not in image.info


@pytest.mark.parametrize("size", ["400x400", "1023x767", "4000x1819"])
def test_png_of_a_free_size_has_exactly_these_pixels(size: str, atlas: Atlas) -> None:
    with Image.open(
        io.BytesIO(picture_bytes(atlas, view(atlas, layers="protectorates"), size=size))
    ) as image:
        assert f"{image.width}x{image.height}" == size


@each_named_size
def test_pdf_and_svg_have_the_size_of_the_paper(size: str, atlas: Atlas) -> None:
    pdf, svg = (
        picture_bytes(atlas, view(atlas, layers="protectorates"), size=size, format=kind)
        for kind in ("pdf", "svg")
    )
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]", pdf)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    mm = MM.get(size) or tuple(side / 96 * 25.4 for side in PIXELS[size])
    points = [float(root.get(side, "").removesuffix("pt")) for side in ("width", "height")]

    assert box
    assert [float(side) / 72 * 25.4 for side in box.groups()] == pytest.approx(mm, abs=0.1)
    assert [side / 72 * 25.4 for side in points] == pytest.approx(mm, abs=0.1)


@pytest.mark.parametrize("size", ["a4", "card", "a4-portrait", "400x400"])
@pytest.mark.parametrize("layers", ["upper-karabakh", "protectorates"])
def test_scale_bar_is_as_long_as_it_says(size: str, layers: str, atlas: Atlas, draw: Drawn) -> None:
    page, _ = draw(size, layers=layers)
    frame = lay_out(new_page(page.size), atlas, view(atlas, layers=layers), "https://x.org/?a=1").frame
    said = next(float(match[1]) for text, _ in page.written if (match := re.fullmatch(r"(\d+) km", text)))
    quarters = [x for x in page.figure.findobj(Rectangle) if x.get_height() == 5]
    west = frame.longitude
    east = west + sum(x.get_width() for x in quarters) / frame.per_degree_east
    latitude = (frame.bounds[1] + frame.bounds[3]) / 2

    metres = pyproj.Geod(ellps="WGS84").inv(west, latitude, east, latitude)[2]
    assert metres / 1000 == pytest.approx(said, rel=0.01)


@pytest.mark.parametrize("size", PAGES)
def test_map_is_as_wide_as_high_on_the_ground(size: str, atlas: Atlas) -> None:
    frame = lay_out(new_page(size_of(size)), atlas, view(atlas), "").frame
    geod = pyproj.Geod(ellps="WGS84")
    x, y = frame.longitude, frame.latitude
    eastwards, northwards = geod.inv(x, y, x + 0.1, y)[2], geod.inv(x, y, x, y + 0.1)[2]
    corner, centre = (frame.on_page(shapely.Point(*at)) for at in ((x + 0.1, y + 0.1), (x, y)))

    assert (corner.x - centre.x) / (centre.y - corner.y) == pytest.approx(eastwards / northwards, rel=0.005)


# How it is drawn


@each_day
def test_district_has_the_colour_of_who_held_it(day: str, atlas: Atlas) -> None:
    shown = view(atlas, layers="returned-districts", date=day)
    page = new_page(size_of("card"))
    frame = lay_out(page, atlas, shown, "").frame
    picture = _png(picture_bytes(atlas, shown, size="card"))
    districts = atlas.layers["returned-districts"].features.set_index("id").geometry
    centre = frame.on_page(inner_point(districts["district-kelbajar"]))
    left, top = (round(at * page.size.pixels[0] / page.size.across) for at in (centre.x, centre.y))
    around = picture[top - 30 : top + 31, left - 30 : left + 31].reshape(-1, 3)
    colours, counts = np.unique(around, axis=0, return_counts=True)
    kind = "armenian-held" if day < "2020-11-25" else "handed-over"
    opacity = symbol(f"district.{kind}")["fill-opacity"]
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
    pictures = {
        layer: picture_bytes(atlas, view(atlas, layers=f"upper-karabakh,{layer}"), size="400x400")
        for layer in IDS
    }

    assert len(set(pictures.values())) == len(IDS)


# The same every time, whoever asks


@each_format
def test_same_view_gives_the_same_bytes(kind: str, atlas: Atlas) -> None:
    first, second = (
        picture_bytes(atlas, view(atlas, layers="places", lang="ru"), size="400x400", format=kind)
        for _ in range(2)
    )

    assert first == second


def test_another_process_gives_the_same_bytes(atlas: Atlas) -> None:
    script = (
        "import hashlib; from layers import build_atlas; from layers.printed import *\n"
        "atlas = build_atlas()\n"
        "for kind in PICTURE_TYPES:\n"
        "    content = picture_bytes(atlas, view(atlas), size='400x400', format=kind)\n"
        "    print(hashlib.sha256(content).hexdigest())"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    ours = [picture_bytes(atlas, view(atlas), size="400x400", format=kind) for kind in PICTURE_TYPES]

    assert found.stdout.split() == [hashlib.sha256(content).hexdigest() for content in ours]


def test_threads_get_the_same_bytes(atlas: Atlas) -> None:
    asked = [("400x400", "article"), ("500x500", "hy")] * 2
    alone = {each: picture_bytes(atlas, view(atlas, lang=each[1]), size=each[0]) for each in set(asked)}
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda x: picture_bytes(atlas, view(atlas, lang=x[1]), size=x[0]), asked))

    assert drawn == [alone[each] for each in asked]


def test_settings_of_the_machine_change_nothing_and_are_left_alone(atlas: Atlas) -> None:
    usual = picture_bytes(atlas, view(atlas), size="400x400", format="svg")
    others = {
        "font.family": ["serif"],
        "text.usetex": True,
        "savefig.bbox": "tight",
        "lines.scale_dashes": True,
    }
    with mpl.rc_context(others):
        changed = picture_bytes(atlas, view(atlas), size="400x400", format="svg")
        left = {key: mpl.rcParams[key] for key in others}

    assert changed == usual
    assert left == others


@each_format
def test_file_says_neither_the_day_nor_the_program(kind: str, atlas: Atlas) -> None:
    content = picture_bytes(atlas, view(atlas, layers="protectorates"), size="card", format=kind)

    assert not re.search(rb"CreationDate|<dc:date|Producer|Software|[Mm]atplotlib v", content)


def test_svg_is_well_formed_and_says_what_it_shows(atlas: Atlas) -> None:
    root = ET.fromstring(picture_bytes(atlas, view(atlas, date="2020-11-20"), format="svg"))  # noqa: S314 - our own
    title, description = (root.findtext(f"{{http://www.w3.org/2000/svg}}{tag}") for tag in ("title", "desc"))

    assert title == "Upper Karabakh after the armistice, 20 November 2020"
    assert description == f"{atlas.descriptor['disclaimer']} {atlas.descriptor['attribution']}"
    assert root.find(".//{http://www.w3.org/2000/svg}text") is None


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


@each_format
@pytest.mark.parametrize("size", ["slide"])
def test_hostile_names_break_no_picture(kind: str, size: str, hostile_atlas: Atlas) -> None:
    content = picture_bytes(hostile_atlas, view(hostile_atlas, lang="az"), format=kind, size=size)

    assert content[:5] in (b"\x89PNG\r", b"<?xml", b"%PDF-")
    if kind == "svg":
        assert ET.fromstring(content).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own


def test_hostile_names_are_written_as_they_stand(hostile_atlas: Atlas) -> None:
    page, placed = draw_page(hostile_atlas, view(hostile_atlas), "a4")
    found = {each.name.id: " ".join(each.name.lines) for each in placed}

    assert found["stepanakert"] == HOSTILE["stepanakert"]
    assert found["shusha"] == HOSTILE["shusha"]
    assert found["aghdam"] == "first second"
    assert all(page.box.holds(box) for _, box in page.written)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc", "a b c"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}cba", "cba"),
        ("\N{FLAG IN HOLE}", "\N{REPLACEMENT CHARACTER}"),
        ("Ağdam Ակնա Агдам", "Ağdam Ակնա Агдам"),
        ("", ""),
    ],
)
def test_text_is_made_printable(text: str, shown: str) -> None:
    assert printable(text) == shown
