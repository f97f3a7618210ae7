"""From hand-digitized lines to layers that carry the article's own words.

`build_atlas()` reads `geodata/` and `seeds/` and returns the `Atlas`: the layers with their features,
measures and quotes. `GeodataError` lists everything that is wrong with the data, all at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from layers.data.problems import GeodataError, Problem

if TYPE_CHECKING:
    from layers.atlas import Atlas, Layer, build_atlas

__all__ = ["Atlas", "GeodataError", "Layer", "Problem", "build_atlas"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a class or a function
    """Load the atlas when first asked for: geopandas takes a second, and a server can start without."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("layers.atlas"), name)
