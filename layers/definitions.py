"""How each layer is made out of the coverage: which faces dissolve, which lines divide whom.

Each function takes the `Coverage` and returns the layer's geometries by feature id (WGS 84 degrees).
Who holds a face on a date follows from its `azerbaijani_since` and from nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd
import shapely

Geometries = dict[str, shapely.Geometry]


@dataclass(frozen=True)
class Coverage:
    """The faces (Polygons with what they are), the boundary lines between them, and what else was drawn.

    `places` are Points, `routes` LineStrings, `protectorates` Polygons and a Point.
    `as_of` is the day that the layers show, `before_the_war` the last day of the old line of contact.
    """

    faces: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    places: gpd.GeoDataFrame
    routes: gpd.GeoDataFrame
    protectorates: gpd.GeoDataFrame
    as_of: date
    before_the_war: date

    def armenian_held(self, on: date) -> gpd.GeoDataFrame:
        """Return the faces that Azerbaijan did not hold on the given day."""
        return self.faces[[azerbaijani_since(value) > on for value in self.faces.azerbaijani_since]]


def azerbaijani_since(value: str) -> date:
    """Return the date a face has been Azerbaijani-held since; `before-2020` is as early as a date can be."""
    return date.min if value == "before-2020" else date.fromisoformat(value)


def dissolve(faces: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return the union of faces of one coverage (Polygon or MultiPolygon); of none, the empty Polygon."""
    return shapely.coverage_union_all(faces.geometry.to_numpy()) if len(faces) else shapely.Polygon()


def upper_karabakh(coverage: Coverage) -> Geometries:
    """The former oblast, divided by who held what on the day the layers show."""
    oblast = coverage.faces[coverage.faces.oblast]
    held = oblast.id.isin(coverage.armenian_held(coverage.as_of).id)
    return {
        "upper-karabakh-armenian-held": dissolve(oblast[held]),
        "upper-karabakh-azerbaijani-held": dissolve(oblast[~held]),
    }


def lachin_corridor(coverage: Coverage) -> Geometries:
    """The corridor within Lachin district."""
    return {"lachin-corridor": dissolve(coverage.faces[coverage.faces.corridor])}


def returned_districts(coverage: Coverage) -> Geometries:
    """The seven districts, each whole."""
    return {
        f"district-{district}": dissolve(faces)
        for district, faces in coverage.faces.dropna(subset="district").groupby("district")
    }


def areas_of_responsibility(coverage: Coverage) -> Geometries:
    """The Russian contingent's northern and southern areas and the corridor."""
    zones = coverage.faces.dropna(subset="zone").groupby("zone")
    areas = {f"russian-area-{zone}": dissolve(faces) for zone, faces in zones}
    return {**areas, "russian-area-lachin-corridor": dissolve(coverage.faces[coverage.faces.corridor])}


def demarcation_line(coverage: Coverage) -> Geometries:
    """The enclave's outline where it faces Azerbaijani-held land: all of it but the mouth of the corridor."""
    enclave = upper_karabakh(coverage)["upper-karabakh-armenian-held"]
    corridor = lachin_corridor(coverage)["lachin-corridor"]
    outline = _lines_along(coverage, enclave.boundary)
    outline = outline[~outline.geometry.covered_by(corridor.boundary)]
    parts = sorted(shapely.get_parts(shapely.line_merge(outline.union_all())), key=shapely.length)
    return {
        "demarcation-line": shapely.MultiLineString(parts[-1:]),
        "demarcation-line-khtsaberd-pocket": shapely.MultiLineString(parts[:-1]),
    }


def line_of_contact_1994(coverage: Coverage) -> Geometries:
    """The outline of the Armenian-held area before the war, but for the state borders."""
    before = dissolve(coverage.armenian_held(coverage.before_the_war))
    outline = _lines_along(coverage, before.boundary)
    inner = outline[outline.kind != "state"]
    return {"line-of-contact-1994": shapely.line_merge(inner.union_all())}


def supply_route(coverage: Coverage) -> Geometries:
    """The way from Yerevan's airport to Stepanakert, split where it enters Azerbaijan's territory."""
    return {
        f"supply-route-in-{country}": shapely.line_merge(roads.union_all())
        for country, roads in coverage.routes.groupby("country")
    }


def places(coverage: Coverage) -> Geometries:
    """The places that the article locates, and the centres of the districts."""
    located = on_layer(coverage.places)
    return dict(zip(located.id, located.geometry, strict=True))


def on_layer(drawn: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the places that make the layer; the others only orient."""
    return drawn[drawn.on_layer.astype(bool)]


def protectorates(coverage: Coverage) -> Geometries:
    """The regions that the article compares Upper Karabakh with."""
    return dict(zip(coverage.protectorates.id, coverage.protectorates.geometry, strict=True))


def _lines_along(coverage: Coverage, outline: shapely.Geometry) -> gpd.GeoDataFrame:
    """Return the boundary lines that make up an outline; exact, since the outline is made of them."""
    return coverage.lines[coverage.lines.geometry.covered_by(outline)]


def outline_lines(coverage: Coverage, geometry: shapely.Geometry) -> gpd.GeoDataFrame:
    """Return the boundary lines or roads that an area's outline, or a line, was made of."""
    outline = geometry.boundary if geometry.area else geometry
    roads = coverage.routes[coverage.routes.geometry.covered_by(outline)]
    return pd.concat([_lines_along(coverage, outline), roads])


LAYERS: dict[str, Callable[[Coverage], Geometries]] = {
    "upper-karabakh": upper_karabakh,
    "lachin-corridor": lachin_corridor,
    "returned-districts": returned_districts,
    "areas-of-responsibility": areas_of_responsibility,
    "demarcation-line": demarcation_line,
    "line-of-contact-1994": line_of_contact_1994,
    "supply-route": supply_route,
    "places": places,
    "protectorates": protectorates,
}
