"""The small print: how far the lines may be off, disclaimer, sources, licence, version, how to cite."""

import pandas as pd

from layers.atlas import Atlas
from layers.captions import long_date
from layers.citation import citation
from layers.printed.captions import texts
from layers.printed.frame import Frame
from layers.printed.legend import legend_rows
from layers.printed.scale import degrees
from layers.printed.views import View, drawn_layers

_LONGEST_ADDRESS = 300  # characters


def notes(atlas: Atlas, shown: View, frame: Frame, address: str) -> list[str]:
    """Return the paragraphs of the small print, in their order."""
    descriptor, licence = atlas.descriptor, atlas.descriptor["licenses"][0]
    parts = [
        " ".join(_accuracy(atlas, shown)),
        next(step["note"] for step in atlas.words.dates if step["id"] == shown.date),
        descriptor["disclaimer"],
        descriptor["attribution"],
        texts()["licence"].format(title=licence["title"], path=licence["path"]),
        texts()["projection"].format(latitude=degrees(round(frame.latitude * 60) / 60, "").strip()),
        texts()["citation"].format(citation=citation(atlas, day=shown.date)),
    ]
    if address:
        parts.append(texts()["address"].format(address=address[:_LONGEST_ADDRESS]))
    return parts


def brief_note(shown: View) -> str:
    """Return the one sentence that a small picture has room for."""
    return str(texts()["brief"]).format(date=long_date(shown.date))


def _accuracy(atlas: Atlas, shown: View) -> list[str]:
    """Return how far what is shown may be off, from the best to the worst, and which layers are schematic."""
    layers = drawn_layers(atlas, shown)
    if not layers:
        return [texts()["no_layer"]]
    metres = pd.concat([layer.features.uncertainty_m for layer in layers])
    least, most = _distance(metres.min()), _distance(metres.max())
    caption = texts()["lines_one" if least == most else "lines"]
    schematic = [
        row.title for row in legend_rows(atlas, shown) if (row.layer.features.precision == "schematic").any()
    ]
    said = [caption.format(least=least, most=most)]
    return [*said, texts()["schematic"].format(layers=", ".join(schematic))] if schematic else said


def _distance(metres: float) -> str:
    return f"{metres:,.0f} m" if metres < 1000 else f"{metres / 1000:g} km"  # noqa: PLR2004 - m in a km
