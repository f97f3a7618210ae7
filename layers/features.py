"""One feature of a layer: what it is called, where it lies, how large and how sure it is, who says so."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from layers.data.files import Geodata
from layers.data.problems import Problem
from layers.data.schemas import Json
from layers.geometry.coverage import Coverage, dissolve
from layers.geometry.definitions import Geometries, on_layer
from layers.geometry.measure import area_km2, corridor_measures, length_km
from layers.style.captions import form_of_names
from layers.text.quotes import Quote, quotes_about

# In the order of the exports.
MEASURES = (
    "area_km2",
    "share_percent",
    "road_km",
    "axis_km",
    "crow_km",
    "mean_width_km",
    "returned_km2",
    "length_km",
)
_RETURNED = ("regained", "handed-over")
# What a feature that is drawn by itself has in its own file.
_OWN_METADATA = ("names", "summary", "precision", "note", "figures")


@dataclass(frozen=True)
class Figure:
    """A published figure: of what, as it stands there, and by whom (`article`, or a source's key)."""

    label: str
    value: str
    source: str


@dataclass(frozen=True)
class Feature:
    """A feature: names by language, geometry in WGS 84 degrees, measures (geodesic), provenance and quotes.

    `share_percent` is of the former oblast, `returned_km2` what of a district was regained or handed over;
    `uncertainty_m` is that of the worst of the lines it is made of (`made_of`, their ids; of a point none),
    and `uncertainty_basis` how that was found, or "". None is a measure that the feature has not.
    """

    id: str
    layer: str
    names: Mapping[str, str]
    summary: str
    as_of: str
    geometry: shapely.Geometry = field(repr=False)
    uncertainty_m: int
    uncertainty_basis: str
    made_of: tuple[str, ...]
    digitized_after: tuple[str, ...]
    precision: str
    note: str | None
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...]
    area_km2: float | None = None
    share_percent: float | None = None
    road_km: float | None = None
    axis_km: float | None = None
    crow_km: float | None = None
    mean_width_km: float | None = None
    returned_km2: float | None = None
    length_km: float | None = None

    def name_in(self, lang: str = "") -> str:
        """Return the chosen form of the name, that of the interface's language if none is chosen."""
        return name_in(self.names, lang or form_of_names())

    def properties(self, lang: str = "article") -> dict[str, Any]:
        """Return the exported properties, JSON values in their order; `lang` chooses the form of `name`."""
        measures = {name: getattr(self, name) for name in MEASURES}
        return {
            "id": self.id,
            "layer": self.layer,
            "name": self.name_in(lang),
            "names": dict(self.names),
            "summary": self.summary,
            "as_of": self.as_of,
            **{name: value for name, value in measures.items() if value is not None},
            "uncertainty_m": self.uncertainty_m,
            "digitized_after": list(self.digitized_after),
            "precision": self.precision,
            "note": self.note,
            "figures": [asdict(figure) for figure in self.figures],
            "quotes": [quote.as_properties() for quote in self.quotes],
        }


def name_in(names: Mapping[str, str], lang: str) -> str:
    """Return the chosen form of a name, or the article's, or else the first that there is."""
    return next(names[code] for code in (lang, "article", "en", *names) if code in names)


def metadata(layer: Json, data: Geodata) -> dict[str, Json]:
    """Return names, summary and figures by feature id; what is drawn by itself has them in its own file."""
    drawn = {"places": on_layer(data.places), "protectorates": data.protectorates}
    if layer["id"] not in drawn:
        return dict(layer["features"])
    rows = drawn[layer["id"]].set_index("id").filter(_OWN_METADATA)
    own = {identifier: dict(row.dropna()) for identifier, row in rows.iterrows()}
    return {**own, **layer["features"]}


def undescribed(geometries: Geometries, described: Mapping[str, Json]) -> Iterator[Problem]:
    """Yield a problem for each feature without metadata, metadata without feature, and feature of nothing."""
    for identifier in set(geometries) - set(described):
        yield Problem("layers.json", identifier, "no names and summary", "an entry for each feature")
    for identifier in set(described) - set(geometries):
        yield Problem("layers.json", identifier, "no such feature in the layer", "the id of a feature")
    for identifier, geometry in geometries.items():
        if geometry.is_empty:
            yield Problem("faces.geojson", identifier, "no face or line to make it of", "at least one")


def make_features(
    layer: str,
    geometries: Geometries,
    described: Mapping[str, Json],
    coverage: Coverage,
    quotes: tuple[Quote, ...],
) -> list[Feature]:
    """Return the features of a layer; one that no passage describes carries those that describe the layer."""
    return [
        Feature(
            id=identifier,
            layer=layer,
            names=described[identifier]["names"],
            summary=described[identifier]["summary"],
            as_of=coverage.as_of.isoformat(),
            geometry=geometry,
            precision=described[identifier].get("precision", "approximate"),
            note=described[identifier].get("note"),
            figures=tuple(Figure(**figure) for figure in described[identifier].get("figures", [])),
            quotes=_describing(quotes, identifier) or _describing(quotes, layer),
            **_measures(identifier, geometry, coverage),
            **_provenance(identifier, geometry, coverage),
        )
        for identifier, geometry in geometries.items()
    ]


def _describing(quotes: tuple[Quote, ...], identifier: str) -> tuple[Quote, ...]:
    return tuple(quotes_about(quotes, identifier, purpose="describing"))


def _measures(identifier: str, geometry: shapely.Geometry, coverage: Coverage) -> dict[str, Any]:
    """Return the geodesic area or length, and for a district how much of it came back."""
    if geometry.geom_type in ("Point", "MultiPoint"):
        return {}
    if not geometry.area:
        return {"length_km": round(length_km(geometry), 1)}
    measures: dict[str, Any] = {"area_km2": round(area_km2(geometry), 1)}
    if identifier.startswith("upper-karabakh"):
        oblast = area_km2(dissolve(coverage.faces_of("oblast")))
        measures["share_percent"] = round(100 * area_km2(geometry) / oblast, 1)
    if identifier.endswith("lachin-corridor"):
        measures = {**measures, **corridor_measures(geometry, coverage.routes)}
    faces = coverage.faces[coverage.faces.district == identifier.removeprefix("district-")]
    if len(faces):
        returned = faces[faces.how.isin(_RETURNED)]
        measures["returned_km2"] = round(area_km2(dissolve(returned)), 1)
    return measures


def _lines_of(geometry: shapely.Geometry, coverage: Coverage) -> gpd.GeoDataFrame:
    """Return the lines that a feature is made of, and those that divide it between the sides."""
    inside = coverage.faces_within(geometry)
    return pd.concat([coverage.made_of(geometry), coverage.schematic_fronts(inside, coverage.as_of)])


def _provenance(identifier: str, geometry: shapely.Geometry, coverage: Coverage) -> dict[str, Any]:
    """Return what a feature is made of and digitized after, and how far off its worst line may be."""
    own = coverage.drawn_alone[coverage.drawn_alone.id == identifier]
    lines = _lines_of(geometry, coverage) if own.empty else own.assign(uncertainty_basis=None)
    worst = lines.iloc[lines.uncertainty_m.argmax()]
    return {
        "uncertainty_m": int(worst.uncertainty_m),
        "uncertainty_basis": worst.uncertainty_basis if isinstance(worst.uncertainty_basis, str) else "",
        "made_of": tuple(lines.id) if own.empty else (),
        "digitized_after": tuple(sorted({key for keys in lines.digitized_after for key in keys})),
    }
