"""The colours of the key and the lines, read from what Chromium draws with the map's own style sheet."""

import io
import re
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser

from dashboard.templating import HERE, render
from layers.geometry.coverage import STATUSES
from layers.style.symbology import symbology
from tests.colour_vision import EYES, GREY, closest, contrast, difference, luminance
from tests.dashboard.web import ask

WIDTH, HEIGHT = 40, 30  # px of a cell
GROUNDS = STATUSES  # what a line or hatch may lie on
FILLED = {  # what else is filled, with what lies below it
    "corridor": ("handed-over", '<rect class="feature lachin-corridor" {box}/>'),
    "compared": ("held", '<rect class="feature protectorates" {box}/>'),
}
HATCHES = ("russian-area-north", "russian-area-south", "russian-area-lachin-corridor")
LINES = {  # each as it stands on the map; whether it has a casing below it
    "outline of the oblast": ('<path class="outline upper-karabakh" {line}/>', False),
    "outline of a district": ('<path class="feature returned-districts" {line}/>', False),
    "outline of the corridor": ('<path class="feature lachin-corridor" {line}/>', False),
    "outline of a Russian area": ('<path class="feature areas-of-responsibility" {line}/>', False),
    "outline of a compared region": ('<path class="feature protectorates" {line}/>', False),
    "outline of another drawing": ('<path class="other-drawing natural-earth" {line}/>', False),
    "chosen": ('<path style="stroke: var(--pointed); stroke-width: 3.5" {line}/>', False),
    "focused": ('<path style="stroke: var(--focus); stroke-width: 5" {line}/>', False),
    **{
        name: (f'<path class="feature {name} casing" {{line}}/><path class="feature {name}" {{line}}/>', True)
        for name in symbology()["cased"]
    },
}
NAMES = ("named-in-article", "place", "village", "airport", "peak", "pass", "district")  # that lie on lands
Cells = dict[str, NDArray[np.float64]]


def _cells() -> Iterator[tuple[str, str, str]]:
    """Yield of each cell its name, what lies below, and what is drawn upon it."""
    yield from ((status, status, "") for status in STATUSES)
    yield from ((name, below, shape) for name, (below, shape) in FILLED.items())
    for ground in GROUNDS:
        for area in HATCHES:
            yield f"{area} on {ground}", ground, f'<rect class="feature {area}" {{box}} stroke="none"/>'
        for name, (shape, _) in LINES.items():
            yield f"{name} on {ground}", ground, shape
        for kind in NAMES:
            letters = f'<g class="label {kind}"><rect style="fill: currentColor" {{box}}/></g>'
            yield f"name of a {kind} on {ground}", ground, letters


@pytest.fixture(scope="module")
def page_of_swatches(server: str) -> str:
    """A page with a cell for each; a line is drawn level, without its gaps, on whole pixels."""
    patterns = re.search(r'<svg class="hatches".*?</svg>', ask(server, "/map").text, re.DOTALL)
    assert patterns
    cells = []
    for number, (_, ground, shape) in enumerate(_cells()):
        top, box = number * HEIGHT, f'x="0" y="{number * HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        line = f'd="M0 {top + HEIGHT / 2 + 0.5}H{WIDTH}" fill="none" stroke-dasharray="none"'
        below = f'<rect class="ground azerbaijan" {box}/><rect class="fill {ground}" {box}/>'
        cells.append(below + shape.format(box=box, line=line))
    style = (
        f"{render('symbols.css', **symbology())} {(HERE / 'assets' / 'map.css').read_text(encoding='utf-8')}"
    )
    more = "* { margin: 0; } svg { display: block; } path, rect { stroke-dasharray: none !important; }"
    drawing = f'<svg width="{WIDTH}" height="{HEIGHT * len(cells)}">{"".join(cells)}</svg>'
    head = f"<style>:root {{ color-scheme: light dark; }} {style} {more}</style>"
    return f"<!doctype html>{head}{drawing}{patterns[0]}"


@pytest.fixture(scope="module")
def drawn(page_of_swatches: str, browser: Browser) -> dict[str, Cells]:
    """The pixels of each cell by theme."""
    cells = list(_cells())
    themes = {}
    for theme in ("light", "dark"):
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT * len(cells)}, color_scheme=theme
        )
        page = context.new_page()
        page.set_content(page_of_swatches)
        picture = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(float)
        context.close()
        rows = np.split(picture, len(cells))
        themes[theme] = {name: row for (name, _, _), row in zip(cells, rows, strict=True)}
    return themes


def _fill(cell: NDArray[np.float64]) -> NDArray[np.float64]:
    return cell[HEIGHT // 2, WIDTH // 2]


def _ink(cell: NDArray[np.float64], ground: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the pixel that differs most from the ground in lightness: the middle of a hatch's line."""
    pixels = cell[6:-6, 6:-6].reshape(-1, 3)
    return max(pixels, key=lambda pixel: abs(luminance(pixel) - luminance(ground)))


def test_difference_is_that_of_the_published_pairs() -> None:
    pairs = {  # of the paper's table 1
        2.0425: ((50, 2.6772, -79.7751), (50, 0, -82.7485)),
        4.3065: ((50, 2.5, 0), (50, 0, -2.5)),
        31.9030: ((50, 2.5, 0), (56, -27, -3)),
        1.2644: ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)),
    }
    found = {wanted: difference(*map(np.array, pair)) for wanted, pair in pairs.items()}

    assert found == {wanted: pytest.approx(wanted, abs=1e-4) for wanted in pairs}


def test_every_eye_tells_the_classes_of_the_key_apart(drawn: dict[str, Cells]) -> None:
    closest_pairs = {}
    for theme, cells in drawn.items():
        colours = {name: _fill(cells[name]) for name in (*STATUSES, *FILLED)}
        colours["russian"] = _ink(cells["russian-area-north on held"], colours["held"])
        closest_pairs |= {(theme, eye): closest(colours, matrix) for eye, matrix in EYES.items()}

    assert {key: pair for key, pair in closest_pairs.items() if pair[0] < 8} == {}


def test_who_held_what_can_be_read_in_grey(drawn: dict[str, Cells]) -> None:
    pairs = {}
    for theme, cells in drawn.items():
        colours = {name: _fill(cells[name]) for name in STATUSES}
        colours["russian"] = _ink(cells["russian-area-north on held"], colours["held"])
        pairs[theme] = closest(colours, GREY)

    assert {theme: pair for theme, pair in pairs.items() if pair[0] < 8} == {}


def test_lines_and_hatches_stand_out_from_what_they_lie_on(drawn: dict[str, Cells]) -> None:
    faint = {}
    for theme, cells in drawn.items():
        for ground in GROUNDS:
            fill = _fill(cells[ground])
            ratios = {area: contrast(_ink(cells[f"{area} on {ground}"], fill), fill) for area in HATCHES}
            for name, (_, is_cased) in LINES.items():
                column = cells[f"{name} on {ground}"][:, WIDTH // 2]
                beside = column[HEIGHT // 2 + 2] if is_cased else fill
                ratios[name] = contrast(column[HEIGHT // 2], beside)
            faint |= {(theme, name, ground): ratio for name, ratio in ratios.items() if ratio < 3}

    assert faint == {}


def test_names_can_be_read_on_every_land(drawn: dict[str, Cells]) -> None:
    faint = {}
    for theme, cells in drawn.items():
        for ground in GROUNDS:
            for kind in NAMES:  # their halo does the rest
                ratio = contrast(_fill(cells[f"name of a {kind} on {ground}"]), _fill(cells[ground]))
                faint |= {(theme, kind, ground): round(ratio, 1)} if ratio < 3 else {}

    assert faint == {}
