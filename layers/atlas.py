"""Put the atlas together: coverage, layers, measures and quotes, or every fault that stands in the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from layers import coverage as cover
from layers.article import Article, read_article
from layers.definitions import LAYERS, Coverage, Geometries, dissolve, outline_lines
from layers.ground import draw_ground
from layers.measure import area_km2, length_km
from layers.problems import GeodataError, Problem
from layers.quotes import Quote, bind_quotes, quotes_about, too_few_quotes
from layers.reading import WGS84, Geodata, Json, read_geodata
from layers.references import duplicate_ids, unknown_sources

ROOT = Path(__file__).resolve().parent.parent
GEODATA, SEEDS = ROOT / "geodata", ROOT / "seeds"
_RETURNED = ("regained", "handed-over")


@dataclass(frozen=True)
class Layer:
    """One layer of the legend. `features` is in WGS 84 degrees; its columns are the exported properties."""

    id: str
    title: str
    names: dict[str, str] | None
    summary: str
    drawn_from: str | None
    kinds: list[dict[str, str]]
    features: gpd.GeoDataFrame
    quotes: list[Quote]

    @property
    def size(self) -> str:
        """The layer's whole measure as text: km², km, or how many points."""
        for column, unit in (("area_km2", "km²"), ("length_km", "km")):
            if column in self.features:
                return f"{self.features[column].sum():,.0f} {unit}"
        return f"{len(self.features)} points"


@dataclass(frozen=True)
class Atlas:
    """All that the map shows: the layers in the order of the legend, and what they were made of."""

    layers: Mapping[str, Layer]
    coverage: Coverage
    ground: gpd.GeoDataFrame
    article: Article
    descriptor: Json

    def layer_of(self, feature: str) -> Layer | None:
        """Return the layer that holds a feature id, or None."""
        return next((x for x in self.layers.values() if feature in set(x.features.id)), None)


def build_atlas(geodata: Path = GEODATA, seeds: Path = SEEDS) -> Atlas:
    """Build everything from the files. Raises GeodataError with every problem found."""
    problems: list[Problem] = []
    data = read_geodata(geodata, problems)
    problems.extend(duplicate_ids(data))
    problems.extend(unknown_sources(data))
    article = read_article(seeds, problems)
    faces = _faces(data, problems)
    ground = draw_ground(data, problems)
    ids = {layer["id"] for layer in data.layers} | {i for layer in data.layers for i in layer["features"]}
    quotes = bind_quotes(data.quotes, article, ids | set(data.places.id), problems)
    problems.extend(_unknown_layers(data))
    for layer in data.layers:
        named = data.places.id if layer["id"] == "places" else layer["features"]
        problems.extend(too_few_quotes(quotes, layer["id"], list(named)))
    if problems:
        raise GeodataError(problems)
    coverage = Coverage(faces, data.boundaries, data.places, *_days(data.descriptor))
    layers = {words["id"]: _layer(words, coverage, quotes, problems) for words in data.layers}
    if problems:
        raise GeodataError(problems)
    return Atlas(layers, coverage, ground, article, data.descriptor)


def _faces(data: Geodata, problems: list[Problem]) -> gpd.GeoDataFrame:
    problems.extend(cover.node_problems(data.boundaries))
    faces, unlabelled = cover.join_label_points(cover.polygonize(data.boundaries), data.faces)
    problems.extend(unlabelled)
    return faces


def _days(descriptor: Json) -> tuple[date, date]:
    return date.fromisoformat(descriptor["as_of"]), date.fromisoformat(descriptor["dates"][0])


def _unknown_layers(data: Geodata) -> Iterator[Problem]:
    ids = [layer["id"] for layer in data.layers]
    for identifier in set(LAYERS) - set(ids):
        yield Problem(
            "layers.json", identifier, "no entry", "an entry for each layer of layers/definitions.py"
        )
    for identifier in set(ids) - set(LAYERS):
        yield Problem("layers.json", identifier, "an unknown layer", f"one of {', '.join(LAYERS)}")


def _layer(words: Json, coverage: Coverage, quotes: tuple[Quote, ...], problems: list[Problem]) -> Layer:
    geometries = LAYERS[words["id"]](coverage)
    if words["id"] == "places":
        described = {place.id: _place_words(place) for place in coverage.places.itertuples()}
    else:
        described = words["features"]
        problems.extend(_undescribed(geometries, described))
    rows = [
        {
            "id": identifier,
            "layer": words["id"],
            **_feature(identifier, geometry, described[identifier], coverage),
            "quotes": _quoted(quotes, identifier, words["id"]),
            "geometry": geometry,
        }
        for identifier, geometry in geometries.items()
        if identifier in described
    ]
    features = gpd.GeoDataFrame(rows, geometry="geometry", crs=WGS84).sort_values("id", ignore_index=True)
    return Layer(
        id=words["id"],
        title=words["title"],
        names=words.get("names"),
        summary=words["summary"],
        drawn_from=words.get("from"),
        kinds=words.get("kinds", []),
        features=features,
        quotes=quotes_about(quotes, words["id"], *features.id),
    )


def _undescribed(geometries: Geometries, described: Json) -> Iterator[Problem]:
    for identifier in set(geometries) - set(described):
        yield Problem("layers.json", identifier, "no names and summary", "an entry for each feature")
    for identifier in set(described) - set(geometries):
        yield Problem("layers.json", identifier, "no such feature in the layer", "the id of a feature")


def _place_words(place: Any) -> Json:  # noqa: ANN401 - a row as itertuples makes it
    return {"names": place.names, "summary": place.summary, "precision": place.precision, "note": place.note}


def _feature(identifier: str, geometry: shapely.Geometry, words: Json, coverage: Coverage) -> dict[str, Any]:
    """Return what there is to say of a feature beside its quotes."""
    return {
        "name": next(iter(words["names"].values())),
        "names": words["names"],
        "summary": words["summary"],
        "as_of": coverage.as_of.isoformat(),
        **_measures(identifier, geometry, coverage),
        **_provenance(identifier, geometry, coverage),
        "precision": words.get("precision", "approximate"),
        "note": words.get("note"),
        "figures": words.get("figures", []),
    }


def _quoted(quotes: tuple[Quote, ...], feature: str, layer: str) -> list[dict[str, str | int]]:
    """Return the quotes about a feature; if the article only speaks of the whole layer, those."""
    bound = quotes_about(quotes, feature) or quotes_about(quotes, layer)
    return [quote.as_properties() for quote in bound]


def _measures(identifier: str, geometry: shapely.Geometry, coverage: Coverage) -> dict[str, float]:
    """Return the geodesic area or length, and for a district how much of it came back."""
    if geometry.geom_type in ("Point", "MultiPoint"):
        return {}
    if not geometry.area:
        return {"length_km": round(length_km(geometry), 1)}
    measures = {"area_km2": round(area_km2(geometry), 1)}
    faces = coverage.faces[coverage.faces.district == identifier.removeprefix("district-")]
    if len(faces):
        returned = faces[faces.how.isin(_RETURNED)]
        measures["returned_km2"] = round(area_km2(dissolve(returned)), 1)
    return measures


def _provenance(identifier: str, geometry: shapely.Geometry, coverage: Coverage) -> dict[str, Any]:
    """Return what a feature was digitized after, and how far off its worst line may be, in metres."""
    if geometry.geom_type == "Point":
        made_of = coverage.places[coverage.places.id == identifier]
    else:
        made_of = outline_lines(coverage, geometry)
    sources = sorted({key for keys in made_of.digitized_after for key in keys})
    return {"uncertainty_m": int(made_of.uncertainty_m.max()), "digitized_after": sources}
