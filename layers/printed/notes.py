"""The small print: how far the lines may be off, disclaimer, sources, licence, version, how to cite."""

from layers.atlas import Atlas
from layers.citation import citation
from layers.printed.extent import Frame
from layers.printed.legend import legend_rows
from layers.printed.request import View, drawn_layers
from layers.printed.scale import degrees
from layers.style.captions import long_date, printed

_LONGEST_ADDRESS = 300  # characters


def notes(atlas: Atlas, shown: View, frame: Frame, address: str) -> list[str]:
    """Return the paragraphs of the small print, in their order."""
    descriptor, licence = atlas.descriptor, atlas.descriptor["licenses"][0]
    parts = [
        " ".join(_accuracy(atlas, shown)),
        next(day.note for day in atlas.annotations.days if day.id == shown.date),
        descriptor["disclaimer"],
        descriptor["attribution"],
        printed()["licence"].format(title=licence["title"], path=licence["path"]),
        printed()["projection"].format(latitude=degrees(round(frame.latitude * 60) / 60, "").strip()),
        printed()["citation"].format(citation=citation(atlas, day=shown.date)),
    ]
    if address:
        parts.append(printed()["address"].format(address=address[:_LONGEST_ADDRESS]))
    return parts


def brief_note(shown: View) -> str:
    """Return the one sentence that a small picture has room for."""
    return str(printed()["brief"]).format(date=long_date(shown.date))


def _accuracy(atlas: Atlas, shown: View) -> list[str]:
    """Return how far what is shown may be off, from the best to the worst, and which layers are schematic."""
    layers = drawn_layers(atlas, shown)
    if not layers:
        return [printed()["no_layer"]]
    metres = [feature.uncertainty_m for layer in layers for feature in layer.features]
    least, most = _distance(min(metres)), _distance(max(metres))
    caption = printed()["lines_one" if least == most else "lines"]
    schematic = [
        row.title
        for row in legend_rows(atlas, shown)
        if any(feature.precision == "schematic" for feature in row.layer.features)
    ]
    said = [caption.format(least=least, most=most)]
    return [*said, printed()["schematic"].format(layers=", ".join(schematic))] if schematic else said


def _distance(metres: float) -> str:
    return f"{metres:,.0f} m" if metres < 1000 else f"{metres / 1000:g} km"  # noqa: PLR2004 - m in a km
