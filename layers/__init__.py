"""From hand-digitized lines to layers that carry the article's own words.

`build_atlas()` reads `geodata/` and `seeds/` and returns the `Atlas`: the layers with their features,
measures and quotes. `GeodataError` lists everything that is wrong with the data, all at once.
"""

from layers.atlas import Atlas, Layer, build_atlas
from layers.data.problems import GeodataError, Problem

__all__ = ["Atlas", "GeodataError", "Layer", "Problem", "build_atlas"]
