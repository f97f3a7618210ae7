"""Zip archives of others: limits, paths, and which file in them is the drawing."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from layers.comparison.uploads.raw import refused

MOST_UNPACKED_MB, MOST_FILES = 40, 200
_MB = 1_000_000
_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """Return the files of an archive that may be a drawing, by their plain names. Raises DrawingError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check(name, members)
            wanted = [member for member in members if _is_wanted(member)]
            return dict(_contents(name, archive, wanted))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise refused("bad_zip", name) from error


def _check(name: str, members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise refused("path", name)
    if len(members) > MOST_FILES or sum(x.file_size for x in members) > MOST_UNPACKED_MB * _MB:
        raise refused("unpacked", name, most=MOST_UNPACKED_MB, files=MOST_FILES)


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return path.suffix.lower() in (*_SHAPEFILE, ".kml", ".geojson", ".json") and not hidden


def _contents(
    name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> Iterator[tuple[str, bytes]]:
    """Yield each member, read no further than the limit, whatever the archive says of its size."""
    left = MOST_UNPACKED_MB * _MB
    for member in members:
        with archive.open(member) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise refused("unpacked", name, most=MOST_UNPACKED_MB, files=MOST_FILES)
        yield PurePosixPath(member.filename).name.lower(), content


def shapefile(files: dict[str, bytes]) -> dict[str, bytes] | None:
    """Return the files of the first Shapefile among others, all named `drawing`; None if there is none."""
    stem = next((each.removesuffix(".shp") for each in sorted(files) if each.endswith(".shp")), None)
    if stem is None:
        return None
    parts = {extension: files.get(f"{stem}{extension}") for extension in _SHAPEFILE}
    return {f"drawing{extension}": part for extension, part in parts.items() if part is not None}
