"""Put the atlas together: coverage, layers, measures and quotes, or every fault that stands in the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd

from layers import coverage as cover
from layers.article import Article
from layers.claim_measures import Shapes
from layers.claims import Claim, check_claims
from layers.definitions import LAYERS, Coverage, Geometries
from layers.features import feature_rows, undescribed, words_of
from layers.ground import draw_ground
from layers.problems import GeodataError, Problem
from layers.quotes import Quote, quotes_about
from layers.reading import WGS84, Geodata, Json, read_geodata
from layers.references import days_out_of_order, duplicate_ids, last_day_not_shown, unknown_sources
from layers.words import Words, bind_words

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
    claims: tuple[Claim, ...]
    coverage: Coverage
    ground: gpd.GeoDataFrame
    words: Words
    descriptor: Json

    @property
    def article(self) -> Article:
        """The article, its facts and paragraphs."""
        return self.words.article

    @property
    def days(self) -> list[date]:
        """The days that the map can show, the first one before the war."""
        return [date.fromisoformat(step["id"]) for step in self.words.dates]

    def layer_of(self, feature: str) -> Layer | None:
        """Return the layer that holds a feature id, or None."""
        return next((x for x in self.layers.values() if feature in set(x.features.id)), None)


def build_atlas(geodata: Path = GEODATA, seeds: Path = SEEDS) -> Atlas:
    """Build everything from the files. Raises GeodataError with every problem found."""
    problems: list[Problem] = []
    data = read_geodata(geodata, problems)
    problems.extend(duplicate_ids(data))
    problems.extend(days_out_of_order(data))
    problems.extend(unknown_sources(data))
    problems.extend(_unknown_layers(data))
    faces = _faces(data, problems)
    problems.extend(cover.route_problems(data.routes))
    ground = draw_ground(data, problems)
    described = {layer["id"]: words_of(layer, data) for layer in data.layers}
    words = bind_words(data, seeds, described, problems)
    _stop_at(problems)
    drawn = (data.boundaries, data.places, data.routes, data.protectorates)
    coverage = Coverage(faces, *drawn, *_days(data))
    geometries = {identifier: LAYERS[identifier](coverage) for identifier in described}
    for identifier, made in geometries.items():
        problems.extend(undescribed(made, described[identifier]))
    problems.extend(last_day_not_shown(data))
    _stop_at(problems)
    claims = check_claims(data.claims, words.quotes, _shapes(geometries, coverage, ground), problems)
    _stop_at(problems)
    layers = {
        layer["id"]: _layer(layer, geometries[layer["id"]], described[layer["id"]], coverage, words.quotes)
        for layer in data.layers
    }
    return Atlas(layers, claims, coverage, ground, words, data.descriptor)


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise GeodataError(problems)


def _faces(data: Geodata, problems: list[Problem]) -> gpd.GeoDataFrame:
    problems.extend(cover.node_problems(data.boundaries))
    faces, unlabelled = cover.join_label_points(cover.polygonize(data.boundaries), data.faces)
    problems.extend(unlabelled)
    return faces


def _days(data: Geodata) -> tuple[date, date]:
    """Return the day that the layers show and the last day before the war."""
    return date.fromisoformat(data.descriptor["as_of"]), date.fromisoformat(data.dates[0]["id"])


def _shapes(geometries: Mapping[str, Geometries], coverage: Coverage, ground: gpd.GeoDataFrame) -> Shapes:
    features = {identifier: shape for made in geometries.values() for identifier, shape in made.items()}
    countries = ground[ground.kind == "country"]
    return Shapes(features, dict(zip(countries.id, countries.geometry, strict=True)), coverage)


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
        bound = _describing(quotes, row["id"]) or _describing(quotes, layer["id"])
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
        quotes=_describing(quotes, layer["id"], *features.id),
    )


def _describing(quotes: tuple[Quote, ...], *ids: str) -> list[Quote]:
    return quotes_about(quotes, *ids, purpose="describing")
