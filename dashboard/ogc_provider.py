"""What pygeoapi asks for the features of a layer. Imported by pygeoapi, which finds its name in ogc.json."""

from collections.abc import Sequence
from typing import Any

import shapely
from pygeoapi.provider.base import BaseProvider, ProviderItemNotFoundError

from dashboard.content import content
from layers.exports.geojson import collection


class LayerProvider(BaseProvider):  # type: ignore[misc]  # pygeoapi has no types
    """Passes on features as they are in the file of the layer."""

    def get_fields(self) -> dict[str, Any]:
        """Return no fields: features are not filtered by properties here."""
        return {}

    def query(
        self, *, offset: int = 0, limit: int = 10, bbox: Sequence[float] = (), **_: object
    ) -> dict[str, Any]:
        """Return the features that touch a box, as many as are asked for at once."""
        whole = self._whole()
        del whole["bbox"]  # of the layer, and not of what is returned
        box = shapely.box(*bbox) if bbox else None
        touched = [each for each in whole["features"] if box is None or box.intersects(_geometry(each))]
        some = touched[offset : offset + limit]
        return {**whole, "features": some, "numberMatched": len(touched), "numberReturned": len(some)}

    def get(self, identifier: str, **_: object) -> dict[str, Any]:
        """Return one feature. Raises what pygeoapi answers with a 404."""
        for feature in self._whole()["features"]:
            if feature["id"] == identifier:
                return dict(feature)
        raise ProviderItemNotFoundError(identifier)

    def _whole(self) -> dict[str, Any]:
        atlas = content().atlas
        return collection(atlas, atlas.layers[self.data])


def _geometry(feature: dict[str, Any]) -> shapely.Geometry:
    return shapely.geometry.shape(feature["geometry"])
