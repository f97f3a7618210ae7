"""The map's tools: measuring and the locator inset, and what the script needs for both and for the bands."""

from typing import Any

from markupsafe import Markup

from dashboard.locator import inset
from dashboard.templating import render
from dashboard.uncertainty import uncertainty_data
from layers import Atlas
from layers.style.captions import captions


def tools(atlas: Atlas) -> Markup:
    """Return the parts of the tools that stand in the document before a reader uses them."""
    return render("measure.html", words=captions()["reader"]["measure"]) + render(
        "locator.html", inset=inset(atlas)
    )


def tools_data(atlas: Atlas) -> dict[str, Any]:
    """Return what the script needs: captions of the measuring, and how far lines and places may be off."""
    words = captions()["reader"]["measure"]
    in_script = {key: words[key] for key in words.keys() - {"undo", "clear", "done"}}
    return {"measure": dict(sorted(in_script.items())), "uncertainty": uncertainty_data(atlas)}
