"""Put the atlas together: coverage, layers, measures and quotes, or every fault that stands in the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd

from layers import coverage as cover
from layers.article import Article, read_article
from layers.definitions import LAYERS, Coverage, Geometries
from layers.features import feature_rows, undescribed, words_of
from layers.ground import draw_ground
from layers.problems import GeodataError, Problem
from layers.quotes import Quote, bind_quotes, quotes_about, too_few_quotes
from layers.reading import WGS84, Geodata, Json, read_geodata
from layers.references import duplicate_ids, unknown_sources

ROOT = Path(__file__).resolve().parent.parent
GEODATA, SEEDS = ROOT / "geodata", ROOT / "seeds"


@dataclass(frozen=True)
class Layer:
    """One layer of the legend. `features` is in WGS 84 degrees; its columns are the exported properties."""

    id: str
    title: str
    names: dict[str, str] | None
    summary: str
    drawn_from: str | None
    kinds: list[dict[str, str]]
    at_first: bool
    figures: list[Json]
    features: gpd.GeoDataFrame
    quotes: list[Quote]

    @property
    def size(self) -> str:
        """The layer's whole measure as text: km² (of districts, what came back), km, or how many features."""
        if self.features.geom_type.nunique() > 1 or (self.features.geom_type == "Point").all():
            return f"{len(self.features)} in all"
        for column, unit in (("returned_km2", "km²"), ("area_km2", "km²"), ("length_km", "km")):
            if column in self.features:
                return f"{self.features[column].sum():,.0f} {unit}"
        return f"{len(self.features)} in all"


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
    problems.extend(_unknown_layers(data))
    article = read_article(seeds, problems)
    faces = _faces(data, problems)
    problems.extend(cover.route_problems(data.routes))
    ground = draw_ground(data, problems)
    words = {layer["id"]: words_of(layer, data) for layer in data.layers}
    quotes = _quotes(data, article, words, problems)
    _stop_at(problems)
    drawn = (data.boundaries, data.places, data.routes, data.protectorates)
    coverage = Coverage(faces, *drawn, *_days(data.descriptor))
    geometries = {identifier: LAYERS[identifier](coverage) for identifier in words}
    for identifier, made in geometries.items():
        problems.extend(undescribed(made, words[identifier]))
    _stop_at(problems)
    layers = {
        layer["id"]: _layer(layer, geometries[layer["id"]], words[layer["id"]], coverage, quotes)
        for layer in data.layers
    }
    return Atlas(layers, coverage, ground, article, data.descriptor)


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise GeodataError(problems)


def _faces(data: Geodata, problems: list[Problem]) -> gpd.GeoDataFrame:
    problems.extend(cover.node_problems(data.boundaries))
    faces, unlabelled = cover.join_label_points(cover.polygonize(data.boundaries), data.faces)
    problems.extend(unlabelled)
    return faces


def _quotes(
    data: Geodata, article: Article, words: dict[str, dict[str, Json]], problems: list[Problem]
) -> tuple[Quote, ...]:
    ids = {identifier for features in words.values() for identifier in features} | set(words)
    quotes = bind_quotes(data.quotes, article, ids, problems)
    for layer, features in words.items():
        problems.extend(too_few_quotes(quotes, layer, list(features)))
    return quotes


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


def _layer(
    layer: Json, geometries: Geometries, words: dict[str, Json], coverage: Coverage, quotes: tuple[Quote, ...]
) -> Layer:
    rows = feature_rows(layer["id"], geometries, words, coverage)
    for row in rows:
        bound = quotes_about(quotes, row["id"]) or quotes_about(quotes, layer["id"])
        row["quotes"] = [quote.as_properties() for quote in bound]
    features = gpd.GeoDataFrame(rows, geometry="geometry", crs=WGS84).sort_values("id", ignore_index=True)
    return Layer(
        id=layer["id"],
        title=layer["title"],
        names=layer.get("names"),
        summary=layer["summary"],
        drawn_from=layer.get("from"),
        kinds=layer.get("kinds", []),
        at_first=layer.get("at_first", True),
        figures=layer.get("figures", []),
        features=features,
        quotes=quotes_about(quotes, layer["id"], *features.id),
    )
