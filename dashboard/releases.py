"""Releases: each version of the data as a frozen site, served at /v/{version}/ for good."""

import re
from functools import lru_cache
from pathlib import Path

from dashboard.headers import CROSS_ORIGIN, document_policy, file_headers
from dashboard.representations import LARGEST_IN_MEMORY, Representation
from dashboard.templating import render
from layers.text.corrections import version_numbers

_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
_BODY = re.compile(r"<body[^>]*>")
# Of what is no page: a picture may bring its letters and styles, and nothing runs.
_DATA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"


def versions(folder: Path) -> list[str]:
    """Return the versions of which there is a release in a folder, the oldest first."""
    found = [each.name for each in folder.iterdir() if _VERSION.fullmatch(each.name) and each.is_dir()]
    return sorted(found, key=version_numbers)


def find(folder: Path, version: str, name: str) -> Path | None:
    """Return the file of a name in a release; None if there is none, or it is hidden or lies outside."""
    if version not in versions(folder) or "\0" in name or re.search(r"(^|[/\\])\.", name):
        return None
    root = (folder / version).resolve()
    path = (root / _file_of(name)).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None


def _file_of(name: str) -> str:
    """Return the file that an address within a release means: of a folder, its page."""
    return f"{name}index.html" if name.endswith("/") or not name else name


def answer(path: Path, name: str, version: str, newest: str) -> Representation:
    """Return a file of a release as it is sent; where a newer version is served, it says so.

    A page says so in its first line; of everything else, a header leads to the same in the newest version.
    Small files are kept in memory; a large one is read each time, and has no gzip form.
    """
    make = _kept if _is_small(path) else _made
    return make(path, name, version, newest)


def _is_small(path: Path) -> bool:
    return path.stat().st_size <= LARGEST_IN_MEMORY


def _made(path: Path, name: str, version: str, newest: str) -> Representation:
    name = _file_of(name)
    above = "../" * (name.count("/") + 2)  # where the newest version is served
    later = newest if version_numbers(newest) > version_numbers(version) else ""
    if path.suffix == ".html" and not name.startswith("download/"):
        return _page(path, name, version, later, above)
    from dashboard.site import type_of  # noqa: PLC0415 - geopandas is slow to load

    headers = {
        **file_headers(name, type_of(name), b""),
        **CROSS_ORIGIN,
        "Content-Security-Policy": _DATA_POLICY,
    }
    if later:
        headers["Link"] = f'<{above}{name}>; rel="latest-version"; title="superseded by version {later}"'
    body = path.read_bytes()
    return Representation.of(body, headers) if _is_small(path) else Representation(body, headers, None)


_kept = lru_cache(maxsize=64)(_made)  # files of up to 64 MB together, and their gzip forms


def _page(path: Path, name: str, version: str, later: str, above: str) -> Representation:
    body = path.read_text(encoding="utf-8")
    if later:
        said = render("superseded.html", version=version, later=later, address=f"{above}?v={version}")
        body = _BODY.sub(lambda found: f"{found[0]}\n{said}", body, count=1)
    headers = file_headers(name, "text/html", body.encode())
    headers.setdefault("Content-Security-Policy", document_policy(body))
    return Representation.of(body.encode(), headers)
