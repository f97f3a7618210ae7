"""What a picture shows in words, for who can't see it: date, who held what, layers."""

from layers.atlas import Atlas
from layers.in_words import view_in_words
from layers.printed.extent import Frame
from layers.printed.heading import is_coloured, title_of
from layers.printed.request import View, drawn_layers
from layers.printed.vector import About
from layers.steps import days_shown
from layers.style.captions import printed


def about(atlas: Atlas, shown: View, frame: Frame) -> About:
    """Return title and description of a picture of a view within a frame."""
    days, texts = days_shown(atlas, shown.date, shown.compare), printed()["described"]
    title = title_of(atlas, shown, is_far=frame.is_far)
    if frame.is_far:
        said = []
    elif is_coloured(atlas, shown):
        said = [view_in_words(atlas, shown.layers, shown.compare, shown.date)]
    else:
        said = [texts["uncoloured"].format(days=days)]
    layers = ", ".join(layer.title for layer in drawn_layers(atlas, shown))
    said.append(texts["layers"].format(layers=layers) if layers else printed()["no_layer"])
    said += [atlas.descriptor["disclaimer"], atlas.descriptor["attribution"]]
    return About(title if frame.is_far else f"{title}, {days}", " ".join(said))
