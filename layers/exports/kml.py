"""The atlas for Google Earth: KML 2.2 (https://docs.ogc.org/is/12-007r2/12-007r2.html), a folder a layer.

KML has neither hatches nor dashes: a hatched area gets a fill as dark as its hatch is on the whole.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd
import shapely

from layers.atlas import Atlas, Layer
from layers.citation import provenance
from layers.exports.fields import fields
from layers.exports.tables import FACES, faces_table, layer_table
from layers.exports.templating import render
from layers.features import Feature
from layers.geometry.measure import distance_m
from layers.language.written import long_date
from layers.presentation import feature_text, voice_of
from layers.style.captions import captions, metres
from layers.style.symbology import colour, symbol, symbology

MEDIA_TYPE = "application/vnd.google-earth.kml+xml"
_UNSEEN = "01ffffff"  # a fill that does not show, so that one may click within an outline
_HIGH_ABOVE = 1.2  # the eye's height over the faces, of the distance between their corners


class _Style(NamedTuple):
    """A style that placemarks share: colours as aabbggrr, None for what is not drawn; width in pixels."""

    id: str
    line: str | None
    width: float
    fill: str | None
    icon: str


class _Placemark(NamedTuple):
    """One feature: what it is called, drawn like, what its balloon says (HTML), its columns, its geometry."""

    id: str
    name: str
    style: str
    balloon: str
    data: dict[str, object]
    parts: list[tuple[str, list[str]]]
    multi: bool


class _Folder(NamedTuple):
    """A layer: its title, text, whether it shows at first, and its placemarks."""

    title: str
    text: str
    visible: bool
    placemarks: list[_Placemark]


def kml_bytes(atlas: Atlas, lang: str = "article") -> bytes:
    """Return the document: the faces, coloured by who held them, and each layer; WGS 84, 5 decimals."""
    layers = [_layer(atlas, layer, lang) for layer in atlas.layers.values()]
    folders = [_faces(atlas, lang), *layers]
    used = dict.fromkeys(placemark.style for folder in folders for placemark in folder.placemarks)
    text = render(
        "document.kml.xml",
        title=atlas.descriptor["title"],
        about=provenance(atlas),
        as_of=long_date(atlas.descriptor["as_of"]),
        look=_look(atlas.coverage.faces),
        styles=[_style(identifier) for identifier in used],
        folders=folders,
    )
    return text.encode()


def _layer(atlas: Atlas, layer: Layer, lang: str) -> _Folder:
    placemarks = [
        _Placemark(
            id=feature.id,
            name=feature.name_in(lang),
            style=_style_id(layer, feature.id),
            balloon=_balloon(atlas, feature, lang),
            **drawn,
        )
        for feature, drawn in zip(layer.features, _drawn(layer_table(layer, lang)), strict=True)
    ]
    return _Folder(layer.title, layer.summary, layer.at_first, placemarks)


def _faces(atlas: Atlas, lang: str) -> _Folder:
    title, text = captions()["tables"][FACES]
    placemarks = [
        _Placemark(
            id=f"face-{face['data']['id']}",  # a feature may have the face's own
            name=_face_name(atlas, face["data"], lang),
            style=face["data"]["status"],
            balloon=_face_balloon(atlas, face["data"], lang),
            **face,
        )
        for face in _drawn(faces_table(atlas))
    ]
    return _Folder(title, text, visible=True, placemarks=placemarks)


def _face_name(atlas: Atlas, face: dict[str, Any], lang: str) -> str:
    """Return where a face lies, in which district or the former oblast, and who held it."""
    words = _face_words(atlas, face, lang)
    where = words.get("district", captions()["printed"]["holdings"]["oblast"])
    return f"{where} · {words['status']}"


def _face_balloon(atlas: Atlas, face: dict[str, Any], lang: str) -> str:
    """Return a face's columns by their titles, as a reader reads them."""
    written = {**face, **_face_words(atlas, face, lang)}
    rows = [
        (field["title"], written[field["name"]])
        for field in fields(FACES, written)
        if field["name"] not in ("id", "note")
    ]
    return render("face.html", rows=rows, note=face.get("note"), about=provenance(atlas))


def _face_words(atlas: Atlas, face: dict[str, Any], lang: str) -> dict[str, str]:
    """Return in words what a face's columns have as codes, bare numbers and days."""
    words, key = captions()["faces"], captions()["key"]
    since = face["azerbaijani_since"]
    said = {
        "oblast": words["yes_no"][not face["oblast"]],
        "corridor": words["yes_no"][not face["corridor"]],
        "azerbaijani_since": words["since"].get(since) or long_date(since),
        "how": {**key["of_azerbaijan"], **words["how"]}[face["how"]],
        "status": key["holders"][face["status"]],
        "as_of": long_date(face["as_of"]),
        "area_km2": captions()["units"]["km2"].format(value=face["area_km2"]),
        "uncertainty_m": metres(face["uncertainty_m"]),
        "precision": captions()["precisions"][face["precision"]],
        "source": "; ".join(_source_title(atlas, each) for each in face["source"].split("; ")),
    }
    if "district" in face:
        said["district"] = atlas.features[f"district-{face['district']}"].name_in(lang)
    if "zone" in face:
        said["zone"] = words["zone"][face["zone"]]
    return said


def _source_title(atlas: Atlas, key: str) -> str:
    return str(atlas.sources[key]["title"]) if key in atlas.sources else key


def _balloon(atlas: Atlas, feature: Feature, lang: str) -> str:
    return render(
        "balloon.html",
        feature=feature,
        text=feature_text(feature, lang),
        sources=atlas.sources,
        voice_of=voice_of,
        about=provenance(atlas),
    )


def _drawn(table: gpd.GeoDataFrame) -> Iterator[dict[str, Any]]:
    """Yield of each placemark what its columns hold, and its parts: their kind and rings of coordinates."""
    for row in table.to_dict("records"):
        geometry = row.pop("geometry")
        held = {key: value for key, value in row.items() if not pd.isna(value)}
        parts = [(part.geom_type, _rings(part)) for part in shapely.get_parts(geometry)]
        yield {"data": held, "parts": parts, "multi": geometry.geom_type.startswith("Multi")}


def _rings(part: shapely.Geometry) -> list[str]:
    lines = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
    return [" ".join(f"{x:.9g},{y:.9g}" for x, y in line.coords) for line in lines]


def _style_id(layer: Layer, feature: str) -> str:
    """Return the ids of the symbols that a feature is drawn by, joined: the layer's, and its own if any."""
    return f"{layer.id}.{feature}" if feature in symbology()["symbols"] and feature != layer.id else layer.id


def _style(identifier: str) -> _Style:
    symbols = symbology()["symbols"]
    drawn = symbol(*([identifier] if identifier in symbols else identifier.split(".")))
    line = _aabbggrr(drawn["stroke"], drawn["stroke-opacity"]) if "stroke" in drawn else None
    paper = _aabbggrr(drawn["fill"], 1) if drawn.get("fill") in symbology()["colours"] else _UNSEEN
    return _Style(identifier, line, drawn.get("stroke-width", 0), _fill(drawn), paper)


def _fill(drawn: dict[str, Any]) -> str:
    fill, opacity = drawn.get("fill", "none"), drawn.get("fill-opacity", 1)
    if fill in symbology()["hatches"]:
        hatch = symbology()["hatches"][fill]
        return _aabbggrr(hatch["colour"], opacity * hatch["width"] / hatch["spacing"])
    return _aabbggrr(fill, opacity) if fill in symbology()["colours"] else _UNSEEN


def _aabbggrr(name: str, opacity: float) -> str:
    red, green, blue = bytes.fromhex(colour(name).removeprefix("#"))
    return f"{round(255 * opacity):02x}{blue:02x}{green:02x}{red:02x}"


def _look(faces: gpd.GeoDataFrame) -> dict[str, float]:
    """Return where to look from at first: over the middle of the faces; degrees, and metres."""
    west, south, east, north = faces.total_bounds
    corners = shapely.Point(west, south), shapely.Point(east, north)
    return {
        "longitude": round((west + east) / 2, 5),
        "latitude": round((south + north) / 2, 5),
        "range": round(_HIGH_ABOVE * distance_m(*corners)),
    }
