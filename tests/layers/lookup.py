"""Find a feature of the atlas by its id: the only tests' way to what a layer holds."""

import shapely

from layers import Atlas, Layer


def ids_of(layer: Layer) -> list[str]:
    """Return the ids of a layer's features."""
    return list(layer.features.id)


def known_ids(atlas: Atlas) -> set[str]:
    """Return the id of every layer and of every feature on the map."""
    return {identifier for layer in atlas.layers.values() for identifier in (layer.id, *ids_of(layer))}


def shapes_of(atlas: Atlas, *layers: str) -> dict[str, shapely.Geometry]:
    """Return the geometry of each feature by its id, of some layers or of all."""
    frames = [atlas.layers[layer].features for layer in layers or atlas.layers]
    return {
        identifier: shape
        for frame in frames
        for identifier, shape in zip(frame.id, frame.geometry, strict=True)
    }


def figure_of(atlas: Atlas, feature: str, name: str) -> float:
    """Return a measure of a feature."""
    layer = atlas.layer_of(feature)
    assert layer is not None, f"no feature {feature}"
    return float(layer.features.set_index("id").loc[feature, name])
