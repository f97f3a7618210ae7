"""The map itself, from the ground up, in the order of the web map's panes."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import geopandas as gpd
import shapely

from layers.atlas import Atlas, Layer
from layers.data.files import resource_extent
from layers.features import Feature
from layers.geometry.coverage import Area
from layers.geometry.uncertainty import bands
from layers.printed.extent import Frame
from layers.printed.page import Box, Page
from layers.printed.request import View, drawn_layers
from layers.printed.scale import draw_graticule, km_per_unit
from layers.printed.symbols import draw, draw_marker
from layers.style.symbology import symbol, symbology

FILLS: dict[str, Area] = symbology()["coloured_by_holder"]
_WATERS = ("river", "lake")
CASED: list[str] = symbology()["cased"]


def draw_map(page: Page, atlas: Atlas, shown: View, frame: Frame) -> list[Box]:
    """Draw ground, graticule, fills and layers; return the room that the markers of places take."""
    layers = sorted(drawn_layers(atlas, shown), key=lambda layer: symbology()["order"].index(layer.id))
    above = () if frame.is_far else symbology()["above_fills"]
    day = date.fromisoformat(shown.date)
    _draw_ground(page, atlas, frame)
    draw_graticule(page, frame)
    for layer in layers:
        if layer.id in FILLS:
            for status, area in atlas.coverage.by_status(FILLS[layer.id], day).items():
                draw(page, frame.on_page(area), symbol(status), frame.box)
        for front in fronts(atlas, layer, day).geometry:
            draw(page, frame.on_page(front), symbol("front"), frame.box)
    for row in _ground(atlas, *above):
        draw(page, frame.on_page(row["geometry"]), symbol(f"ground.{row['kind']}"), frame.box)
    if shown.uncertainty:
        for band in _bands(atlas, layers, day, frame):
            draw(page, band, symbol("uncertainty-band"), frame.box)
    if frame.is_far:  # Karabakh is shown there whether or not its layer is on
        layers = [*(layer for layer in atlas.layers.values() if layer.names), *layers]
    return [box for layer in layers for box in _draw_layer(page, layer, frame)]


def draw_outlines(page: Page, atlas: Atlas, layers: Iterable[Layer], frame: Frame) -> None:
    """Draw ground, graticule, waters and the outlines of layers, with no fills: a blank map."""
    _draw_ground(page, atlas, frame)
    draw_graticule(page, frame)
    for row in _ground(atlas, *_WATERS):
        draw(page, frame.on_page(row["geometry"]), symbol(f"ground.{row['kind']}"), frame.box)
    for layer in layers:
        for shape in [layer.whole] if layer.names else layer.geometries:
            draw(page, frame.on_page(shape), {**symbol(layer.id), "fill": "none"}, frame.box)


def fronts(atlas: Atlas, layer: Layer, day: date) -> gpd.GeoDataFrame:
    """Return the schematic lines (LineStrings, WGS 84) between the sides that are drawn within a layer."""
    if layer.id not in symbology()["divided_by_fronts"]:
        return atlas.coverage.lines[:0]
    return _fronts(atlas, FILLS[layer.id], day)


@lru_cache(maxsize=16)  # key, small print and map ask for the same
def _fronts(atlas: Atlas, area: Area, day: date) -> gpd.GeoDataFrame:
    return atlas.coverage.schematic_fronts(atlas.coverage.faces_of(area), day)


def _bands(atlas: Atlas, layers: list[Layer], day: date, frame: Frame) -> Iterator[shapely.Geometry]:
    """Yield within what the lines of the layers may lie, and the places and far regions, in units."""
    coverage, shapes, drawn = atlas.coverage, list[shapely.Geometry](), list[Feature]()
    for layer in layers:
        if layer.id in FILLS:
            shapes += coverage.by_status(FILLS[layer.id], day).values()
        shapes += [layer.whole] if layer.names else layer.geometries
        drawn += [each for each in layer.features if not each.made_of]
    ids = {identifier for shape in shapes for identifier in coverage.made_of(shape).id}
    around = bands(coverage)
    yield frame.on_page(shapely.union_all(around.geometry[around.id.isin(ids)].to_numpy()))
    for feature in drawn:
        shape = feature.geometry.boundary if feature.geometry.area else feature.geometry
        yield frame.on_page(shape).buffer(feature.uncertainty_m / 1000 / km_per_unit(frame))


def _draw_ground(page: Page, atlas: Atlas, frame: Frame) -> None:
    """Two sheets: far water under the far countries, near land under the near ones, as on the web map."""
    sheet = shapely.box(*resource_extent(atlas.descriptor, "region"))
    draw(page, frame.on_page(sheet), {**symbol("ground.sea"), "stroke-width": 0}, frame.box)
    for row in _ground(atlas, "region"):
        draw(page, frame.on_page(row["geometry"]), _country(row, "ground.region"), frame.box)
    if frame.is_far:
        return
    draw(page, frame.on_page(shapely.box(*atlas.descriptor["extent"])), symbol("ground.country"), frame.box)
    for row in _ground(atlas, "country", "sea", "state", "coast"):
        style = _country(row) if row["kind"] == "country" else symbol(f"ground.{row['kind']}")
        draw(page, frame.on_page(row["geometry"]), style, frame.box)


def _country(row: dict[str, Any], *more: str) -> dict[str, Any]:
    return symbol("ground.country", *(["ground.home"] if row["id"] in symbology()["home"] else []), *more)


def _draw_layer(page: Page, layer: Layer, frame: Frame) -> Iterator[Box]:
    if layer.names:  # one outline round all parts of a named region, whoever holds them
        draw(page, frame.on_page(layer.whole), symbol(layer.id), frame.box)
        return
    shapes = {feature.id: frame.on_page(feature.geometry) for feature in layer.features}
    if layer.id in CASED:
        for shape in shapes.values():
            draw(page, shape, {**symbol(layer.id, "casing"), "fill": "none"}, frame.box)
    for identifier, shape in shapes.items():
        drawn = symbol(layer.id, identifier)
        if shape.geom_type == "Point":
            yield draw_marker(page, shape, drawn, frame.box, scale=frame.marker_scale)
        else:
            draw(page, shape, drawn, frame.box)


def _ground(atlas: Atlas, *kinds: str) -> list[dict[str, Any]]:
    """Return the rows of the ground of some kinds."""
    ground = atlas.basemap
    return atlas.coverage.once(
        ("ground", *kinds), lambda: [dict(row) for row in ground[ground.kind.isin(kinds)].to_dict("records")]
    )
