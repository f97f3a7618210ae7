"""How each layer is made out of the coverage: which faces dissolve, which lines divide whom.

Each function takes the `Coverage` and returns the layer's geometries by feature id (WGS 84 degrees).
"""

from collections.abc import Callable

import geopandas as gpd
import shapely

from layers.geometry.coverage import ARMENIAN_HELD, Coverage, dissolve

Geometries = dict[str, shapely.Geometry]


def upper_karabakh(coverage: Coverage) -> Geometries:
    """The former oblast, divided by who held what on the day the layers show."""
    oblast = coverage.faces_of("oblast")
    held = coverage.status_on(coverage.as_of)[oblast.index] == ARMENIAN_HELD
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
        for district, faces in coverage.faces_of("district").groupby("district")
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
    outline = coverage.lines_along(enclave.boundary)
    outline = outline[~outline.geometry.covered_by(corridor.boundary)]
    parts = sorted(shapely.get_parts(shapely.line_merge(outline.union_all())), key=shapely.length)
    return {
        "demarcation-line": shapely.MultiLineString(parts[-1:]),
        "demarcation-line-khtsaberd-pocket": shapely.MultiLineString(parts[:-1]),
    }


def line_of_contact_1994(coverage: Coverage) -> Geometries:
    """The outline of the Armenian-held area before the war, but for the state borders."""
    before = dissolve(coverage.armenian_held(coverage.before_the_war))
    outline = coverage.lines_along(before.boundary)
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
