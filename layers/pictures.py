"""A plain picture of every layer with its graticule, for the datasheet: what was drawn, and nothing else.

The map that readers see is the map document; these pictures are for judging the lines.
"""

from pathlib import Path

import geopandas as gpd
import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator

from layers.atlas import Atlas, Layer

_WIDTH_INCHES, _DPI = 7.0, 110
_STYLE = Path(__file__).resolve().parent / "pictures.mplstyle"
_MARGIN = 0.06  # of the layer's extent, on each side
_STEPS_DEGREES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_MOST_STEPS = 9
_FAR_SPAN_DEGREES = 10.0


def draw_pictures(atlas: Atlas, folder: Path) -> list[Path]:
    """Write `folder/{id}.png` for every layer and return the paths. Raises OSError.

    The same data gives the same bytes with the same version of matplotlib.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_picture(atlas, layer, folder / f"{layer.id}.png") for layer in atlas.layers.values()]


def _picture(atlas: Atlas, layer: Layer, path: Path) -> Path:
    with mpl.rc_context(fname=_STYLE):
        west, south, east, north = _extent(layer.features)
        squeeze = float(np.cos(np.radians((south + north) / 2)))
        height = _WIDTH_INCHES * (north - south) / ((east - west) * squeeze)
        figure = Figure(figsize=(_WIDTH_INCHES, height + 0.4), dpi=_DPI, layout="constrained")
        axes = figure.add_subplot(xlim=(west, east), ylim=(south, north), aspect=1 / squeeze)
        span = max(east - west, north - south)
        _graticule(axes, span)
        _ground(atlas, span).plot(ax=axes, color="#b9b2a3", linewidth=0.6, aspect=None)
        opacity = 0.35 if "area_km2" in layer.features else 1.0
        style = {"edgecolor": "#1d2126"} if opacity < 1 else {}
        layer.features.plot(ax=axes, column="id", alpha=opacity, linewidth=1.1, aspect=None, **style)
        axes.set(xlabel="", ylabel="")
        axes.set_title(f"{layer.title} · as of {atlas.descriptor['as_of']} · WGS 84", loc="left")
        figure.savefig(path, metadata={"Software": None})
    return path


def _ground(atlas: Atlas, span: float) -> gpd.GeoSeries:
    """Return borders, coasts, rivers and lakes as lines; the coarse far ones only for a far view."""
    kinds = ("region",) if span > _FAR_SPAN_DEGREES else ("state", "coast", "river", "lake")
    shapes = atlas.ground[atlas.ground.kind.isin(kinds)].geometry
    return gpd.GeoSeries([s.boundary if s.area else s for s in shapes], crs=shapes.crs)


def _extent(features: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
    west, south, east, north = (float(edge) for edge in features.total_bounds)
    margin = _MARGIN * max(east - west, north - south)
    return west - margin, south - margin, east + margin, north + margin


def _graticule(axes: Axes, span: float) -> None:
    step = next(step for step in _STEPS_DEGREES if span / step <= _MOST_STEPS)
    for axis, hemisphere in ((axes.xaxis, "E"), (axes.yaxis, "N")):
        axis.set_major_locator(MultipleLocator(step))
        axis.set_major_formatter(FuncFormatter(lambda degrees, _, sign=hemisphere: f"{degrees:g}° {sign}"))
    axes.grid(visible=True)
