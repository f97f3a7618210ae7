"""What the served files are made of: a checksum over all of it, and when the newest part was changed."""

import hashlib
from contextlib import suppress
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import layers
from dashboard.settings import Settings

HERE = Path(__file__).resolve().parent
_BY_GDAL = [".aux", ".xml"]
# Those whose version changes a byte of what is made.
_LIBRARIES = (
    "branca",
    "django-js-lib-leaflet",
    "folium",
    "geopandas",
    "jinja2",
    "matplotlib",
    "numpy",
    "pandas",
    "pyarrow",
    "pyogrio",
    "pyproj",
    "shapely",
    "xyzservices",
)


def checksum(chosen: Settings) -> str:
    """Return a checksum over data, code, libraries and settings: while it is the same, so are the files."""
    told = [chosen.address, str(chosen.full_article), *(version(name) for name in _LIBRARIES)]
    total = hashlib.sha256("\n".join(told).encode())
    for folder in _folders(chosen):
        for path in files_below(folder):
            total.update(f"\n{path.relative_to(folder)}\n".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:32]


def last_change(chosen: Settings) -> int:
    """Return when the newest source was changed, in seconds since 1970, whole as HTTP has them."""
    paths = chain.from_iterable(map(files_below, _folders(chosen)))
    return int(max(path.stat().st_mtime for path in paths))


def files_below(folder: Path) -> list[Path]:
    """Return the sources below a folder in a fixed order; what Python and GDAL leave beside them is none."""
    found = (path for path in folder.rglob("*.*") if path.suffix != ".pyc" and path.suffixes[-2:] != _BY_GDAL)
    return sorted(path for path in found if path.is_file())


class Watch:
    """Watches the sources below some folders."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._seen = self._look()

    def has_changed(self) -> bool:
        """Tell whether a source was changed, added or removed since the watch began."""
        return self._look() != self._seen

    def _look(self) -> list[tuple[Path, int, int]]:
        seen = []
        for path in chain.from_iterable(map(files_below, self._folders)):
            with suppress(FileNotFoundError):  # an editor's own, gone again
                seen.append((path, (stat := path.stat()).st_mtime_ns, stat.st_size))
        return seen


def _folders(chosen: Settings) -> tuple[Path, ...]:
    return chosen.geodata, chosen.seeds, Path(layers.__file__).parent, HERE
