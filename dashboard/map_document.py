"""The map document: one HTML page with all layers and what stands around the map. Only here: folium.

folium gets geometry and ids only. Whatever a reader reads goes through our autoescaped templates and is
added verbatim, since folium would run the text of an element through Jinja once more.
"""

import itertools
from functools import lru_cache

import folium
import xyzservices.providers
from branca.element import Element, Figure, MacroElement
from folium.map import CustomPane
from folium.template import tojavascript
from markupsafe import Markup

from dashboard.drawn import drawn_ground, features_of, fronts_of, outline_of, shared_lines
from dashboard.furniture import Furniture
from dashboard.geometry_encoding import Drawing, Lines
from dashboard.script_data import far_extent
from dashboard.shared_lines import SharedLines
from dashboard.templating import render, templates
from layers import Atlas, Layer
from layers.geometry.coverage import Area
from layers.language.speaking import spoken
from layers.style.captions import captions
from layers.style.symbology import symbology

templates.filters["tojavascript"] = lambda value: Markup(tojavascript(value))  # noqa: S704 - our own settings
FILLS: dict[str, Area] = symbology()["coloured_by_holder"]
# From the ground up; a layer switched off and on again comes back to its own place.
PANES = ("ground", "before", "fills", "water-and-roads", *symbology()["order"], "marks", "labels")
_CENTER_LAT_LON = (39.75, 46.75)
_FIRST_PANE, _PANE_STEP = 250, 10  # above the tiles (200), below the popups (700)


class _Collected(Figure):
    """Collects what folium's elements say in head, body and script, and is no document of its own."""

    _template = templates.from_string("")

    def __init__(self) -> None:
        super().__init__()
        self.header = Element()
        self.header._parent = self  # noqa: SLF001 - as branca does; its own brings a tag along


class _LeafletMap(folium.Map):
    _template = templates.get_template("leaflet.html")
    default_js = []  # noqa: RUF012 - as folium declares it
    default_css = []  # noqa: RUF012


class _Start(MacroElement):
    _template = templates.get_template("start.html")

    def __init__(self, map_name: str, groups: dict[str, str], tiles: dict[str, str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.map_name, self.groups, self.tiles = map_name, groups, tiles


def map_document(around: Furniture, atlas: Atlas, *, assets: Markup, preview: str = "") -> str:
    """Return the map document, or if the furniture has rooms the whole page: map and rooms in one document.

    `assets` are styles and scripts, linked or written out; `preview` are tags for other sites' previews.
    The same input gives the same text, to the byte, in every process.
    """
    head = render("head.html", description=captions()["description"], preview=preview, assets=assets)
    title = captions()["title"]
    return str(
        render("document.html", title=title, head=head, leaflet=_leaflet(atlas, spoken()), around=around)
    )


@lru_cache(maxsize=8)
def _leaflet(atlas: Atlas, _language: str) -> dict[str, Markup]:
    """Return what folium says in head, body and script: the same in every document of an atlas."""
    figure, leaflet = _Collected(), _leaflet_map(atlas)
    figure.add_child(leaflet)
    lines = shared_lines(atlas)
    Lines(lines).add_to(leaflet)
    _ground(atlas, lines).add_to(leaflet)
    groups = {layer.id: _layer_group(atlas, layer, lines, leaflet) for layer in atlas.layers.values()}
    tiles = {tile["id"]: _tiles(tile["provider"], leaflet) for tile in captions()["reader"]["tiles"]}
    _name_deterministically(figure)
    leaflet.add_child(
        _Start(
            leaflet.get_name(),
            {key: group.get_name() for key, group in groups.items()},
            {key: tile.get_name() for key, tile in tiles.items()},
        )
    )
    figure.render()
    return {part: Markup(getattr(figure, part).render()) for part in ("header", "html", "script")}  # noqa: S704 - folium's


def _leaflet_map(atlas: Atlas) -> _LeafletMap:
    west, south, east, north = far_extent(atlas)
    leaflet = _LeafletMap(
        location=_CENTER_LAT_LON,
        tiles=None,
        zoom_control=False,
        zoom_snap=0.25,
        zoom_delta=0.75,
        max_bounds=True,
        min_lat=south,
        max_lat=north,
        min_lon=west,
        max_lon=east,
        max_bounds_viscosity=0.9,
    )
    for number, pane in enumerate(PANES):
        CustomPane(pane, z_index=_FIRST_PANE + number * _PANE_STEP, pointer_events=True).add_to(leaflet)
    return leaflet


def _ground(atlas: Atlas, lines: SharedLines) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name="ground", control=False)
    drawn = drawn_ground(atlas)
    above = drawn.kind.isin(symbology()["above_fills"])
    Drawing(drawn[~above], lines, "ground", "ground").add_to(group)
    Drawing(drawn[above], lines, "water-and-roads", "ground").add_to(group)
    return group


def _layer_group(atlas: Atlas, layer: Layer, lines: SharedLines, leaflet: folium.Map) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name=layer.id, control=False, show=False)
    if layer.id in FILLS:
        faces, prefix = atlas.coverage.faces_of(FILLS[layer.id]), f"fill in-{FILLS[layer.id]}"
        Drawing(faces, lines, "fills", prefix, azerbaijani_since="since", how="how").add_to(group)
    if layer.id in symbology()["divided_by_fronts"]:
        Drawing(fronts_of(atlas, FILLS[layer.id]), lines, "fills", "front", apart="apart").add_to(group)
    if layer.names:
        Drawing(outline_of(layer), lines, layer.id, f"outline {layer.id}").add_to(group)
    Drawing(features_of(layer), lines, layer.id, f"feature {layer.id}").add_to(group)
    group.add_to(leaflet)
    return group


def _tiles(provider: str, leaflet: folium.Map) -> folium.TileLayer:
    source = xyzservices.providers.query_name(provider)
    layer = folium.TileLayer(source, show=False, control=False, overlay=False)
    layer.add_to(leaflet)
    return layer


def _name_deterministically(root: Element) -> None:
    """Give every element of the tree a name that is the same in every process; branca's are random."""
    numbers = itertools.count()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        element._id = str(next(numbers))  # noqa: SLF001 - branca offers no other way
        waiting.extend(element._children.values())  # noqa: SLF001
