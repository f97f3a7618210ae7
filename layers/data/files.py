"""Read the hand-made files of `geodata/`, and name everything in them that is not as it should be.

The schemas in `geodata/schemas/` say what a file may hold. Geometries are WGS 84, longitude before
latitude, in degrees.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely.errors import ShapelyError

from layers.data.problems import Problem, shortened
from layers.data.schemas import Json, schema, schema_problems

WGS84 = "EPSG:4326"
DESCRIPTOR = "datapackage.json"
FILES = ("boundaries", "faces", "places", "routes", "protectorates", "context", "region")
WORDS = ("layers", "quotes", "claims", "events", "counts", "dates", "gazetteer", "corrections")
SHIPPED = ("drawings", "settlements")  # each an index in a folder of its own name, beside the files it names
NOTICES = "notices.json"
_NO_NOTICES: Json = {"not_said": [], "afterwards": []}
_NO_DESCRIPTOR: Json = {"sources": [], "resources": [], "extent": [-180, -90, 180, 90]}


@dataclass(frozen=True)
class Geodata:
    """The files of `geodata/` as read: a frame each in WGS 84 degrees, and the words that go with them."""

    boundaries: gpd.GeoDataFrame
    faces: gpd.GeoDataFrame
    places: gpd.GeoDataFrame
    routes: gpd.GeoDataFrame
    protectorates: gpd.GeoDataFrame
    context: gpd.GeoDataFrame
    region: gpd.GeoDataFrame
    layers: list[Json]
    quotes: list[Json]
    claims: list[Json]
    events: list[Json]
    counts: list[Json]
    dates: list[Json]
    gazetteer: list[Json]
    corrections: list[Json]
    drawings: list[Json]
    settlements: list[Json]
    notices: Json
    descriptor: Json

    @property
    def sources(self) -> dict[str, Json]:
        """The sources of the descriptor by their key."""
        return {source["name"]: source for source in self.descriptor["sources"]}


def read_geodata(folder: Path, problems: list[Problem]) -> Geodata:
    """Read and validate every file of `folder`; append what is wrong to `problems`.

    What is faulty is left out of the result, so that the rest can still be examined in the same run.
    """
    descriptor = read_document(folder / DESCRIPTOR, "datapackage", problems) or _NO_DESCRIPTOR
    frames = {name: _frame(folder, name, descriptor, problems) for name in FILES}
    words = {name: _words(folder, name, problems) for name in WORDS}
    words |= {name: _words(folder / name, name, problems) for name in SHIPPED}
    problems.extend(_missing(folder, words))
    notices = read_document(folder / NOTICES, "notices", problems) or _NO_NOTICES
    return Geodata(**frames, **words, notices=notices, descriptor=descriptor)


def _missing(folder: Path, words: dict[str, list[Json]]) -> Iterable[Problem]:
    """Yield a problem for each file that an index names and that is not beside it."""
    named = [("drawings", piece["file"]) for entry in words["drawings"] for piece in entry["pieces"]]
    named += [("settlements", entry["file"]) for entry in words["settlements"]]
    for index, file in dict.fromkeys(named):
        path = folder / index / file
        if not path.is_file():
            yield Problem(f"{index}.json", file, "no such file", f"a file {path}")


def read_json(path: Path, problems: list[Problem]) -> Json:
    """Return the parsed file, or None after appending why it cannot be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(Problem(path.name, "-", "no such file", f"a file {path}"))
    except OSError as error:
        problems.append(Problem(path.name, "-", f"unreadable: {error.strerror}", f"a file {path}"))
    except UnicodeDecodeError as error:
        problems.append(Problem(path.name, "-", f"byte {error.start} is not UTF-8", "UTF-8 text"))
    except json.JSONDecodeError as error:
        where = f"{error.msg} at line {error.lineno}, column {error.colno}"
        problems.append(Problem(path.name, "-", f"malformed JSON: {where}", "valid JSON"))
    except (ValueError, RecursionError) as error:
        problems.append(Problem(path.name, "-", f"malformed JSON: {error}", "valid JSON"))
    return None


def read_document(path: Path, schema_name: str, problems: list[Problem]) -> Json:
    """Return a file that is one object, or None after appending what in it is not as the schema says."""
    found = len(problems)
    document = read_json(path, problems)
    if document is None and len(problems) > found:
        return None
    problems.extend(schema_problems(path.name, "-", document, schema_name))
    return document if len(problems) == found else None


def _words(folder: Path, name: str, problems: list[Problem]) -> list[Json]:
    path = folder / f"{name}.json"
    found = len(problems)
    entries = read_json(path, problems)
    if not isinstance(entries, list) or len(entries) < schema(name).get("minItems", 0):
        if len(problems) == found:
            problems.append(Problem(path.name, "-", shortened(entries), schema(name)["description"]))
        return []
    sound = []
    for entry in entries:
        faults = list(schema_problems(path.name, _id_of(entry), entry, name, "#/items"))
        problems.extend(faults)
        if not faults:
            sound.append(entry)
    return sound


def _frame(folder: Path, name: str, descriptor: Json, problems: list[Problem]) -> gpd.GeoDataFrame:
    path = folder / f"{name}.geojson"
    found = len(problems)
    collection = read_json(path, problems)
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        if len(problems) == found:
            problems.append(
                Problem(path.name, "-", "no list of features", "a GeoJSON FeatureCollection (RFC 7946)")
            )
        features = []
    rows = []
    for feature in features:
        faults = list(schema_problems(path.name, _id_of(feature), feature, name))
        geometry = (
            None if faults else _geometry(path.name, feature, resource_extent(descriptor, name), faults)
        )
        problems.extend(faults)
        if geometry is not None:
            rows.append({**feature["properties"], "geometry": geometry})
    columns = [*schema(name)["properties"]["properties"]["properties"], "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=WGS84)


def resource_extent(descriptor: Json, name: str) -> list[float]:
    """Return west, south, east, north of what a file may reach over: its own extent, or the whole's."""
    own = {resource["name"]: resource.get("extent") for resource in descriptor["resources"]}
    return list(own.get(name) or descriptor["extent"])


def _id_of(entry: Json) -> str:
    properties = entry.get("properties", entry) if isinstance(entry, dict) else None
    known = properties if isinstance(properties, dict) else {}
    identifier = known.get("id") or known.get("name") or known.get("file")
    return shortened(identifier).strip("'\"") if identifier else "without id"


def _geometry(
    file: str, feature: Json, extent: list[float], problems: list[Problem]
) -> shapely.Geometry | None:
    identifier = _id_of(feature)
    try:
        with np.errstate(invalid="ignore"):  # what is no number is outside every extent
            geometry = shapely.geometry.shape(feature["geometry"])
    except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError, ShapelyError):
        found = shortened(feature["geometry"]["coordinates"])
        problems.append(Problem(file, identifier, f"coordinates {found}", "positions of two numbers"))
        return None
    outside = [p for p in shapely.get_coordinates(geometry) if not _inside(p[0], p[1], extent)]
    if outside:
        problems.append(Problem(file, identifier, *_outside(outside[0], extent)))
        return None
    if not geometry.is_valid or geometry.is_empty:
        found = shapely.is_valid_reason(geometry) if not geometry.is_empty else "an empty geometry"
        problems.append(Problem(file, identifier, found, f"a valid {geometry.geom_type}"))
        return None
    return geometry


def _inside(x: float, y: float, extent: list[float]) -> bool:
    west, south, east, north = extent
    return bool(west <= x <= east and south <= y <= north)


def _outside(position: Iterable[float], extent: list[float]) -> tuple[str, str]:
    x, y = position
    west, south, east, north = extent
    swapped = " (latitude and longitude look swapped)" if _inside(y, x, extent) else ""
    return (
        f"the position {x:g}, {y:g}{swapped}",
        f"longitude {west:g} to {east:g} before latitude {south:g} to {north:g}",
    )
