"""A worksheet for a class, two pages A4 as PDF: a blank map with questions, and the answers.

Questions and answers are made of the features, of who held them, and of the claims as they were measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from layers.atlas import Atlas
from layers.data.problems import RequestError
from layers.geometry.label_points import inner_point
from layers.printed.extent import Frame, framed
from layers.printed.label_placement import letter
from layers.printed.legend import legend_blocks
from layers.printed.map_layers import draw_map, draw_outlines
from layers.printed.page import Box, Page, new_page
from layers.printed.picture import settings
from layers.printed.request import view
from layers.printed.scale import draw_frame, draw_scale
from layers.printed.sizes import size_of
from layers.printed.vector import About, pdf_of
from layers.style.captions import printed
from layers.style.fonts import style

_SIZE, _EDGE = "a4-portrait", 60.0  # the page, and units around what is on it
_MAP_HEIGHT, _AFTER_MAP, _AFTER = 560.0, 30.0, 9.0  # units
_NAME_LINE, _RADIUS = 300.0, 9.0  # units
_OUTLINES = ("returned-districts", "upper-karabakh")
_ON_ANSWERS = ("upper-karabakh,returned-districts,places", "article")
_TICKS = 16.0


@dataclass(frozen=True)
class Question:
    """A question, how many lines are left for writing, and its answer."""

    text: str
    lines: int
    answer: str


def worksheet_bytes(atlas: Atlas) -> bytes:
    """Return the two pages as PDF; the same data gives the same bytes."""
    with settings():
        return pdf_of(worksheet_pages(atlas), About(printed()["worksheet"]["title"], _credit(atlas)))


def worksheet_pages(atlas: Atlas) -> list[Page]:
    """Return the drawn pages, in no format yet."""
    asked = list(questions(atlas))
    return [_blank_page(atlas, asked), _answer_page(atlas, asked)]


def questions(atlas: Atlas) -> Iterator[Question]:
    """Yield the questions: what the letters and numbers are, who held what, and some claims."""
    texts = printed()["worksheet"]
    names = {mark: atlas.features[each].name_in() for mark, each in lettered(atlas).items()}
    towns = {str(number): atlas.features[each].name_in() for number, each in enumerate(texts["towns"], 1)}
    yield Question(texts["lettered"], 2, _list(names))
    yield Question(texts["numbered"], 1, _list(towns))
    yield Question(texts["statuses"], 0, texts["statuses_answer"].format(**_by_status(atlas)))
    for claim in atlas.claims:
        if task := texts["tasks"].get(claim.id):
            sentence = claim.sentences[claim.verdict]
            answer = texts["claim_answer"].format(sentence=sentence, verdict=texts["verdicts"][claim.verdict])
            yield Question(texts["claim"].format(exact=claim.exact, task=task), 2, answer)


def lettered(atlas: Atlas) -> dict[str, str]:
    """Return the ids of the districts by their letters, from north to south."""
    districts = atlas.layers["returned-districts"].features
    ordered = sorted(districts, key=lambda each: -float(each.geometry.centroid.y))
    return {chr(ord("A") + number): each.id for number, each in enumerate(ordered)}


def _by_status(atlas: Atlas) -> dict[str, str]:
    """Return the districts' names by how most of what changed hands came to Azerbaijan."""
    coverage = atlas.coverage
    status = coverage.status_on(atlas.annotations.days[-1].date)
    found: dict[str, list[str]] = {"regained": [], "handed-over": []}
    for district in atlas.layers["returned-districts"].features:
        own = coverage.faces.district == district.id.removeprefix("district-")
        km2 = {each: float(coverage.km2[own & (status == each)].sum()) for each in found}
        found[max(km2, key=lambda each: km2[each])].append(district.name_in())
    return {each.replace("-", "_"): ", ".join(names) for each, names in found.items()}


def _list(names: dict[str, str]) -> str:
    return ", ".join(f"{mark} {name}" for mark, name in names.items())


def _credit(atlas: Atlas) -> str:
    about, licence = atlas.descriptor, atlas.descriptor["licenses"][0]
    kept = {key: about[key] for key in ("attribution", "title", "version", "disclaimer")}
    return str(printed()["worksheet"]["credit"].format(licence=licence["name"], **kept))


def _blank_page(atlas: Atlas, asked: list[Question]) -> Page:
    texts, letters = printed()["worksheet"], style("furniture", "worksheet")
    page, content, bottom = _begun(texts["title"])
    name = texts["name"]
    end = page.write(name, content.left, bottom + letters.ascent, letters) + _AFTER
    _rule(page, end, bottom + letters.size, _NAME_LINE)
    frame = _frame(atlas, content, bottom + 2 * letters.leading)
    draw_outlines(page, atlas, [atlas.layers[each] for each in _OUTLINES], frame)
    _mark(page, atlas, frame)
    draw_scale(page, frame)
    draw_frame(page, frame, ticks=True)
    top = frame.box.bottom + _AFTER_MAP
    for number, question in enumerate(asked, 1):
        text = texts["question"].format(number=number, text=question.text)
        top = _paragraph(page, text, content, top)
        for line in range(question.lines):
            _rule(page, content.left, top + (line + 0.8) * letters.leading, content.width)
        top += question.lines * letters.leading + _AFTER
    return _ended(page, atlas, content, top)


def _answer_page(atlas: Atlas, asked: list[Question]) -> Page:
    texts = printed()["worksheet"]
    page, content, bottom = _begun(texts["answers"])
    frame = _frame(atlas, content, bottom)
    layers, lang = _ON_ANSWERS
    shown = view(atlas, layers=layers, lang=lang)
    taken = [*draw_map(page, atlas, shown, frame), draw_scale(page, frame)]
    letter(page, atlas, shown, frame, taken)
    draw_frame(page, frame, ticks=True)
    who_held = legend_blocks(atlas, shown, content.width, frame)[0]
    who_held.draw(page, content.left, frame.box.bottom + _AFTER_MAP)
    top = frame.box.bottom + 1.5 * _AFTER_MAP + who_held.height
    for number, question in enumerate(asked, 1):
        text = texts["question"].format(number=number, text=question.answer)
        top = _paragraph(page, text, content, top) + _AFTER
    return _ended(page, atlas, content, top)


def _begun(title: str) -> tuple[Page, Box, float]:
    """Return a page with its title, where its content goes, and where the title ends."""
    page, letters = new_page(size_of(_SIZE)), style("furniture", "title")
    content = page.box.grown(-_EDGE)
    bottom = page.write_lines([letters.written(title, "en")], content.left, content.top, letters)
    return page, content, bottom + _AFTER


def _ended(page: Page, atlas: Atlas, content: Box, top: float) -> Page:
    """Write the credit at the foot. Raises RequestError if the questions reach into it."""
    letters = style("furniture", "fine")
    lines = letters.wrap(letters.written(_credit(atlas), "en"), content.width)
    foot = page.box.bottom - _EDGE / 2 - len(lines) * letters.leading
    if top > foot:
        raise RequestError(printed()["refused"]["room"])
    page.write_lines(lines, content.left, foot, letters)
    return page


def _frame(atlas: Atlas, content: Box, top: float) -> Frame:
    box = Box(content.left + _TICKS, top, content.width - _TICKS, _MAP_HEIGHT)
    return framed(atlas, view(atlas, layers=",".join(_OUTLINES)), box)


def _mark(page: Page, atlas: Atlas, frame: Frame) -> None:
    """Write the districts' letters, and the towns' numbers in circles."""
    letters = style("furniture", "worksheet head")
    for mark, identifier in lettered(atlas).items():
        at = inner_point(frame.on_page(atlas.features[identifier].geometry))
        _centred(page, mark, at.x, at.y)
    for number, identifier in enumerate(printed()["worksheet"]["towns"], 1):
        at = frame.on_page(atlas.features[identifier].geometry)
        box = Box(at.x - _RADIUS, at.y - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
        page.frame(box, fill=page.colour("paper"), edge=page.colour(letters.colour), width=1)
        _centred(page, str(number), at.x, at.y)


def _centred(page: Page, text: str, x: float, y: float) -> None:
    letters = style("furniture", "worksheet head")
    page.write(text, x - letters.measure(text) / 2, y + (letters.ascent - letters.descent) / 2, letters)


def _paragraph(page: Page, text: str, content: Box, top: float) -> float:
    letters = style("furniture", "worksheet")
    lines = letters.wrap(letters.written(text, "en"), content.width)
    return page.write_lines(lines, content.left, top, letters)


def _rule(page: Page, left: float, y: float, width: float) -> None:
    """Draw a line to write on."""
    page.frame(Box(left, y, width, 0), edge=page.colour("quiet"), width=0.6)
