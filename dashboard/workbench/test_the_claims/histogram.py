"""The figures of many drawings as a histogram in Vega-Lite."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.workbench.test_the_claims.texts import texts
from layers.language.written import chart_locale
from layers.style.symbology import symbology
from layers.text.verdicts import Reading

_BINS, _HEIGHT = 40, 240
Spec = dict[str, Any]


def histogram(reading: Reading, values: NDArray[np.float64], *, dark: bool = False) -> Spec:
    """Return the figures of the draws as a histogram, the tolerance shaded and our own figure marked."""
    counts, edges = np.histogram(values, bins=_BINS)
    title = {"title": reading.unit}
    along = {"field": "from", "type": "quantitative", "axis": title, "scale": {"zero": False, "nice": False}}
    ours = {"data": {"values": [{"from": reading.measured.value}]}, "encoding": {"x": along}}
    layers = [
        {
            **_tolerance(reading, float(edges[0]), float(edges[-1]), along),
            "mark": _mark("agrees", "rect", dark),
        },
        {**_bars(counts, edges, along), "mark": _mark("about", "bar", dark)},
        {**ours, "mark": _mark("differs", "rule", dark)},
    ]
    return {"height": _HEIGHT, "layer": layers, "config": {"locale": chart_locale()}}


def _tolerance(reading: Reading, least: float, most: float, along: Spec) -> Spec:
    """Return what of the tolerance lies between the least and the most figure."""
    low, high = reading.accepts
    begin, end = max(least, least if low is None else low), min(most, most if high is None else high)
    values = [{"from": begin, "to": end}] if begin < end else []
    return {"data": {"values": values}, "encoding": {"x": along, "x2": {"field": "to"}}}


def _bars(counts: NDArray[np.int64], edges: NDArray[np.float64], along: Spec) -> Spec:
    rows = zip(edges[:-1].tolist(), edges[1:].tolist(), counts.tolist(), strict=True)
    values = [{"from": begin, "to": end, "draws": number} for begin, end, number in rows]
    y = {"field": "draws", "type": "quantitative", "title": texts("drawn")["axis"]}
    encoding = {"x": {**along, "bin": "binned"}, "x2": {"field": "to"}, "y": y}
    return {"data": {"values": values}, "encoding": encoding}


def _mark(colour: str, kind: str, dark: bool) -> Spec:  # noqa: FBT001 - three callers, above
    mark = {"type": kind, "color": symbology()["colours"][colour][int(dark)]}
    return (
        {**mark, "opacity": 0.18}
        if kind == "rect"
        else {**mark, "strokeWidth": 2}
        if kind == "rule"
        else mark
    )
