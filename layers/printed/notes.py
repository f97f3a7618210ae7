"""The small print: how far the lines may be off, disclaimer, sources, licence, version, how to cite."""

from datetime import date

from layers.atlas import Atlas
from layers.citation import article_reference, citation
from layers.labels import names_note
from layers.printed.extent import Frame
from layers.printed.legend import legend_rows
from layers.printed.map_layers import fronts
from layers.printed.request import View, drawn_layers
from layers.printed.scale import degrees
from layers.steps import days_shown, step_of
from layers.style.captions import kilometres, metres, printed

_LONGEST_ADDRESS = 300  # characters


def notes(atlas: Atlas, shown: View, frame: Frame, address: str) -> list[str]:
    """Return the paragraphs of the small print, in their order."""
    descriptor, licence = atlas.descriptor, atlas.descriptor["licenses"][0]
    note = step_of(atlas, shown.date).days[-1].note
    if frame.is_far or note == printed()["not_from_article_short"]:  # the heading says that much
        note = None
    parts = [
        " ".join(_accuracy(atlas, shown)),
        *filter(None, (note, names_note(atlas, shown.lang))),
        descriptor["disclaimer"],
        descriptor["attribution"],
        printed()["licence"].format(title=licence["title"], path=licence["path"]),
        printed()["projection"].format(latitude=degrees(round(frame.latitude * 60) / 60, "").strip()),
        printed()["citation"].format(citation=citation(atlas, day=shown.date)),
    ]
    return [*parts, *_address(address)]


def short_notes(atlas: Atlas, shown: View, address: str) -> list[str]:
    """Return the small print of a slide: how sure, no opinion, whose the article, whose the geodata."""
    values = {
        "date": days_shown(atlas, shown.date, shown.compare),
        "accuracy": _accuracy(atlas, shown)[0],
        "article": article_reference(atlas),
        "licence": atlas.descriptor["licenses"][0]["name"],
        "name": atlas.descriptor["name"],
        "version": atlas.descriptor["version"],
    }
    texts = [text.format(**values) for text in printed()["short"]]
    return [*filter(None, (*texts, names_note(atlas, shown.lang))), *_address(address)]


def brief_note(atlas: Atlas, shown: View) -> str:
    """Return the one sentence that a small picture has room for."""
    return str(printed()["brief"]).format(date=days_shown(atlas, shown.date, shown.compare))


def _address(address: str) -> list[str]:
    return [printed()["address"].format(address=address[:_LONGEST_ADDRESS])] if address else []


def _accuracy(atlas: Atlas, shown: View) -> list[str]:
    """Return how far what is shown may be off, from the best to the worst, and which layers are schematic."""
    layers = drawn_layers(atlas, shown)
    if not layers:
        return [printed()["no_layer"]]
    day = date.fromisoformat(shown.date)
    divided = [each for layer in layers for each in fronts(atlas, layer, day).uncertainty_m]
    off = [*divided, *(feature.uncertainty_m for layer in layers for feature in layer.features)]
    least, most = _distance(min(off)), _distance(max(off))
    caption = printed()["lines_one" if least == most else "lines"]
    schematic = [
        row.title
        for row in legend_rows(atlas, shown)
        if any(feature.precision == "schematic" for feature in row.layer.features)
        or len(fronts(atlas, row.layer, day))
    ]
    said = [caption.format(least=least, most=most)]
    return [*said, printed()["schematic"].format(layers=", ".join(schematic))] if schematic else said


def _distance(off: float) -> str:
    return metres(off) if off < 1000 else kilometres(off / 1000)  # noqa: PLR2004 - m in a km
