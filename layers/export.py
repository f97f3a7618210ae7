"""The layers as GeoJSON (RFC 7946): the same bytes for the web, the command line and the download buttons."""

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import shapely

from layers.atlas import Atlas, Layer

MEDIA_TYPE = "application/geo+json"
LANGUAGES = ("article", "az", "hy", "ru")  # the forms of names that a reader may choose
_DECIMALS = 5  # about a metre; the coordinates are picked to 4 decimals at most
# A zip member needs a date; the oldest one that the format can say keeps archives the same from run to run.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def collection(atlas: Atlas, layer: Layer, lang: str = "article") -> dict[str, Any]:
    """Return a layer as a GeoJSON FeatureCollection: WGS 84, outer rings counter-clockwise, 5 decimals.

    `lang` chooses the form of each feature's `name`; `names` holds them all.
    """
    return {
        "type": "FeatureCollection",
        "title": layer.title,
        "summary": layer.summary,
        "as_of": atlas.descriptor["as_of"],
        "attribution": atlas.descriptor["attribution"],
        "license": atlas.descriptor["licenses"][0]["name"],
        "disclaimer": atlas.descriptor["disclaimer"],
        "bbox": [round(float(edge), _DECIMALS) for edge in layer.features.total_bounds],
        "features": [_feature(row, lang) for row in layer.features.to_dict("records")],
    }


def name_in(names: Mapping[str, str], lang: str) -> str:
    """Return the chosen form of a name, or the article's, or else the first that there is."""
    return next(names[code] for code in (lang, "article", "en", *names) if code in names)


def _feature(row: dict[str, Any], lang: str) -> dict[str, Any]:
    geometry = row.pop("geometry")
    properties = {key: value for key, value in row.items() if not is_missing(value)}
    properties["name"] = name_in(row["names"], lang)
    return {
        "type": "Feature",
        "id": row["id"],
        "properties": properties,
        "geometry": geojson_geometry(geometry),
    }


def is_missing(value: object) -> bool:
    """Tell a cell that this feature has no value for (a length on an area, say)."""
    return value is None or (isinstance(value, float) and bool(pd.isna(value)))


def geojson_geometry(geometry: shapely.Geometry) -> dict[str, Any]:
    """Return a geometry (WGS 84 degrees) as GeoJSON: right-hand rule, no vertex moved, 5 decimals."""
    oriented = shapely.orient_polygons(geometry)
    rounded = shapely.transform(oriented, lambda coordinates: coordinates.round(_DECIMALS))
    return dict(shapely.geometry.mapping(rounded))


def geojson_bytes(atlas: Atlas, layer: Layer, lang: str = "article") -> bytes:
    """Return the layer's file: UTF-8, one feature a line, so that a difference shows one feature."""
    head = collection(atlas, layer, lang)
    features = head.pop("features")
    text = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{text}, "features": [\n{lines}\n]}}\n'.encode()


def archive_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files by name; the same input gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def export(atlas: Atlas, folder: Path, lang: str = "article") -> list[Path]:
    """Write `folder/{id}.geojson` for every layer and return the paths. Raises OSError.

    Each file is written beside its place and renamed, so that none is ever half there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _write(folder / f"{layer.id}.geojson", geojson_bytes(atlas, layer, lang))
        for layer in atlas.layers.values()
    ]


def _write(path: Path, content: bytes) -> Path:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as beside:
        temporary = Path(beside.name)
        try:
            beside.write(content)
            beside.close()
            temporary.chmod(0o644)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    return path
