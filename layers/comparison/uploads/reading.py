"""Read a drawing out of the bytes of a file: which format it is, then its areas, checked and mended."""

import numpy as np

from layers.atlas import Atlas
from layers.comparison.drawing import Drawing
from layers.comparison.matching import guess_matches
from layers.comparison.uploads.binary import read_binary
from layers.comparison.uploads.geojson import read_geojson
from layers.comparison.uploads.kml import read_kml
from layers.comparison.uploads.mending import mended
from layers.comparison.uploads.raw import Raw, refused, short
from layers.comparison.uploads.unpacking import shapefile, unpacked

MOST_MB = 5
_ZIP, _GEOPACKAGE, _FLATGEOBUF = b"PK\x03\x04", b"SQLite format 3\x00", b"fgb"
_BOM = b"\xef\xbb\xbf"


def read_drawing(name: str, content: bytes, atlas: Atlas) -> Drawing:
    """Return the drawing in a file: GeoJSON, GeoPackage, KML, KMZ, zipped Shapefile or FlatGeobuf.

    What it is follows from its content, not from its name. `matches` are guessed by overlap, `notes` say
    what was mended or assumed. Nothing stays on the disk. Raises DrawingError with one sentence.
    """
    if not content:
        raise refused("empty", name)
    if len(content) > MOST_MB * 1_000_000:
        raise refused("too_big", name, most=MOST_MB)
    with np.errstate(all="ignore"):  # coordinates that are no numbers are told in a note, or refused
        pieces, notes = mended(name, _raw(name, content), atlas.descriptor["extent"])
    matches = guess_matches(atlas, pieces)
    title = short(name)
    return Drawing(title, title, pieces, matches, notes=notes)


def _raw(name: str, content: bytes) -> Raw:
    start = content[:64].removeprefix(_BOM).lstrip()
    if content.startswith(_ZIP):
        return _archived(name, unpacked(name, content))
    if content.startswith(_GEOPACKAGE):
        return read_binary(name, {"drawing.gpkg": content}, "drawing.gpkg", "GeoPackage")
    if content.startswith(_FLATGEOBUF):
        return read_binary(name, {"drawing.fgb": content}, "drawing.fgb", "FlatGeobuf")
    if start.startswith(b"{"):
        return read_geojson(name, content)
    if start.startswith(b"<"):
        return read_kml(name, content)
    raise refused("not_a_map", name)


def _archived(name: str, files: dict[str, bytes]) -> Raw:
    """Return what is in an archive: a Shapefile, else the first KML, else the first GeoJSON file."""
    shapes = shapefile(files)
    if shapes is not None:
        return read_binary(name, shapes, "drawing.shp", "Shapefile")
    for extension, read in ((".kml", read_kml), (".geojson", read_geojson), (".json", read_geojson)):
        found = next((each for each in sorted(files) if each.endswith(extension)), None)
        if found:
            return read(name, files[found])
    raise refused("zip_content", name)
