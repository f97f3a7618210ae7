"""Put the atlas together: coverage, layers, measures and quotes, or every fault that stands in the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import shapely

from layers.data.files import Geodata, read_geodata
from layers.data.folders import GEODATA, SEEDS
from layers.data.integrity import days_out_of_order, duplicate_ids, last_day_not_shown, unknown_sources
from layers.data.problems import GeodataError, Problem
from layers.data.schemas import Json
from layers.features import Feature, Figure, make_features, metadata, undescribed
from layers.geometry.basemap import draw_basemap
from layers.geometry.coverage import Coverage, join_label_points, polygonize
from layers.geometry.definitions import LAYERS, Geometries
from layers.geometry.nodes import node_problems, route_problems
from layers.style.symbology import symbology
from layers.text.annotations import Annotations, bind_annotations
from layers.text.article import Article
from layers.text.claims import check_claims
from layers.text.measured import Shapes
from layers.text.quotes import Quote, quotes_about
from layers.text.verdicts import Claim


@dataclass(frozen=True)
class Class:
    """A class of features within a layer's legend: its id in the symbology's selectors, and its title."""

    id: str
    title: str


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer of the legend with its features, sorted by id.

    `properties` are the names of the features' properties, in the order of the exports; a feature need not
    have all of them. `drawn_from` is the first day (ISO) on which there is anything to draw.
    """

    id: str
    title: str
    names: Mapping[str, str] | None
    summary: str
    drawn_from: str | None
    classes: tuple[Class, ...]
    at_first: bool
    figures: tuple[Figure, ...]
    features: tuple[Feature, ...]
    properties: tuple[str, ...]
    quotes: tuple[Quote, ...]

    @property
    def geometries(self) -> list[shapely.Geometry]:
        """The geometry of each feature, WGS 84 degrees."""
        return [feature.geometry for feature in self.features]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all features, in degrees."""
        west, south, east, north = map(float, shapely.total_bounds(self.geometries))
        return west, south, east, north

    @cached_property
    def whole(self) -> shapely.Geometry:
        """The union of the features' areas (Polygon or MultiPolygon, WGS 84 degrees)."""
        return shapely.coverage_union_all(self.geometries)

    @property
    def own_names(self) -> Mapping[str, str]:
        """The forms of its name: its own, or its only feature's; most titles are captions, no names."""
        return self.names or (self.features[0].names if len(self.features) == 1 else {})


@dataclass(frozen=True, eq=False)
class Atlas:
    """All that the map shows: the layers in the order of the legend, and what they were made of.

    `drawings` and `settlements` are the indexes of what lies in folders of these names in `folder`.
    """

    layers: Mapping[str, Layer]
    claims: tuple[Claim, ...]
    coverage: Coverage
    basemap: gpd.GeoDataFrame
    annotations: Annotations
    descriptor: Json
    sources: Mapping[str, Json]
    folder: Path
    drawings: list[Json]
    settlements: list[Json]
    data: Geodata

    @property
    def article(self) -> Article:
        """The article, its metadata and paragraphs."""
        return self.annotations.article

    @property
    def days(self) -> list[date]:
        """The days that the map can show, the first one before the war."""
        return [day.date for day in self.annotations.days]

    @cached_property
    def features(self) -> dict[str, Feature]:
        """Every feature on the map, by its id."""
        return {feature.id: feature for layer in self.layers.values() for feature in layer.features}

    @property
    def areas_by_holder(self) -> dict[str, shapely.Geometry]:
        """The areas (WGS 84 degrees) of the layers that are coloured by who holds them, by feature id."""
        coloured = (self.layers[layer] for layer in symbology()["coloured_by_holder"])
        return {feature.id: feature.geometry for layer in coloured for feature in layer.features}

    def layer_of(self, feature: str) -> Layer | None:
        """Return the layer that holds a feature id, or None."""
        found = self.features.get(feature)
        return self.layers[found.layer] if found else None


def build_atlas(geodata: Path = GEODATA, seeds: Path = SEEDS) -> Atlas:
    """Build everything from the files. Raises GeodataError with every problem found."""
    problems: list[Problem] = []
    data = read_geodata(geodata, problems)
    problems.extend(duplicate_ids(data))
    problems.extend(days_out_of_order(data))
    problems.extend(unknown_sources(data))
    problems.extend(_unknown_layers(data))
    faces = _faces(data, problems)
    problems.extend(route_problems(data.routes))
    basemap = draw_basemap(data, problems)
    described = {layer["id"]: metadata(layer, data) for layer in data.layers}
    annotations = bind_annotations(data, seeds, described, problems)
    _stop_at(problems)
    drawn = (data.boundaries, data.places, data.routes, data.protectorates)
    coverage = Coverage(faces, *drawn, *_days(data))
    geometries = {identifier: LAYERS[identifier](coverage) for identifier in described}
    for identifier, made in geometries.items():
        problems.extend(undescribed(made, described[identifier]))
    problems.extend(last_day_not_shown(data))
    _stop_at(problems)
    claims = check_claims(data.claims, annotations.quotes, _shapes(geometries, coverage, basemap), problems)
    _stop_at(problems)
    layers = {
        layer["id"]: _layer(
            layer, geometries[layer["id"]], described[layer["id"]], coverage, annotations.quotes
        )
        for layer in data.layers
    }
    return Atlas(
        layers,
        claims,
        coverage,
        basemap,
        annotations,
        data.descriptor,
        data.sources,
        geodata,
        data.drawings,
        data.settlements,
        data,
    )


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise GeodataError(problems)


def _faces(data: Geodata, problems: list[Problem]) -> gpd.GeoDataFrame:
    problems.extend(node_problems(data.boundaries))
    faces, unlabelled = join_label_points(polygonize(data.boundaries), data.faces)
    problems.extend(unlabelled)
    return faces


def _days(data: Geodata) -> tuple[date, date]:
    """Return the day that the layers show and the last day before the war."""
    return date.fromisoformat(data.descriptor["as_of"]), date.fromisoformat(data.dates[0]["id"])


def _shapes(geometries: Mapping[str, Geometries], coverage: Coverage, basemap: gpd.GeoDataFrame) -> Shapes:
    features = {identifier: shape for made in geometries.values() for identifier, shape in made.items()}
    countries = basemap[basemap.kind == "country"]
    return Shapes(features, dict(zip(countries.id, countries.geometry, strict=True)), coverage)


def _unknown_layers(data: Geodata) -> Iterator[Problem]:
    ids = [layer["id"] for layer in data.layers]
    for identifier in set(LAYERS) - set(ids):
        yield Problem(
            "layers.json", identifier, "no entry", "an entry for each layer of layers/geometry/definitions.py"
        )
    for identifier in set(ids) - set(LAYERS):
        yield Problem("layers.json", identifier, "an unknown layer", f"one of {', '.join(LAYERS)}")


def _layer(
    layer: Json,
    geometries: Geometries,
    described: Mapping[str, Json],
    coverage: Coverage,
    quotes: tuple[Quote, ...],
) -> Layer:
    features = make_features(layer["id"], geometries, described, coverage, quotes)
    return Layer(
        id=layer["id"],
        title=layer["title"],
        names=layer.get("names"),
        summary=layer["summary"],
        drawn_from=layer.get("from"),
        classes=tuple(Class(each["class"], each["title"]) for each in layer.get("kinds", [])),
        at_first=layer.get("at_first", True),
        figures=tuple(Figure(**figure) for figure in layer.get("figures", [])),
        features=tuple(sorted(features, key=lambda feature: feature.id)),
        properties=tuple(dict.fromkeys(name for feature in features for name in feature.properties())),
        quotes=tuple(quotes_about(quotes, layer["id"], *geometries, purpose="describing")),
    )
