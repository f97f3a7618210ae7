"""Find a feature of the atlas by its id: the only tests' way to what a layer holds."""

import shapely

from layers import Atlas, Layer
from layers.features import Feature


def ids_of(layer: Layer) -> list[str]:
    """Return the ids of a layer's features."""
    return [feature.id for feature in layer.features]


def known_ids(atlas: Atlas) -> set[str]:
    """Return the id of every layer and of every feature on the map."""
    return {identifier for layer in atlas.layers.values() for identifier in (layer.id, *ids_of(layer))}


def shapes_of(atlas: Atlas, *layers: str) -> dict[str, shapely.Geometry]:
    """Return the geometry of each feature by its id, of some layers or of all."""
    chosen = (atlas.layers[layer] for layer in layers or atlas.layers)
    return {feature.id: feature.geometry for layer in chosen for feature in layer.features}


def figure_of(atlas: Atlas, feature: str, name: str) -> float:
    """Return a measure of a feature."""
    return float(getattr(features_by_id(atlas)[feature], name))


def features_by_id(atlas: Atlas) -> dict[str, Feature]:
    """Return every feature on the map by its id."""
    return {feature.id: feature for layer in atlas.layers.values() for feature in layer.features}
