"""What a folder of files holds, as a Data Package (https://datapackage.org/standard/data-package/)."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from layers.atlas import Atlas
from layers.citation import edition
from layers.exports.archive import MEDIA_TYPE as ZIP_MEDIA_TYPE
from layers.exports.columnar import FLATGEOBUF_MEDIA_TYPE, PARQUET_MEDIA_TYPE
from layers.exports.corrections import FEED_MEDIA_TYPE
from layers.exports.delimited import ANNOTATIONS, CLAIMS, ENCODING, FEATURES, csv_fields
from layers.exports.delimited import MEDIA_TYPE as CSV_MEDIA_TYPE
from layers.exports.geojson import MEDIA_TYPE as GEOJSON_MEDIA_TYPE
from layers.exports.geopackage import MEDIA_TYPE as GEOPACKAGE_MEDIA_TYPE
from layers.exports.kml import MEDIA_TYPE as KML_MEDIA_TYPE
from layers.exports.spreadsheet import MEDIA_TYPE as WORKBOOK_MEDIA_TYPE
from layers.exports.web_annotations import MEDIA_TYPE as ANNOTATIONS_MEDIA_TYPE

NAME = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_MEDIA_TYPES = {
    ".atom": FEED_MEDIA_TYPE,
    ".bib": "application/x-bibtex",
    ".csv": CSV_MEDIA_TYPE,
    ".fgb": FLATGEOBUF_MEDIA_TYPE,
    ".geojson": GEOJSON_MEDIA_TYPE,
    ".gpkg": GEOPACKAGE_MEDIA_TYPE,
    ".html": "text/html",
    ".json": "application/json",
    ".jsonld": ANNOTATIONS_MEDIA_TYPE,
    ".kml": KML_MEDIA_TYPE,
    ".md": "text/markdown",
    ".parquet": PARQUET_MEDIA_TYPE,
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xlsx": WORKBOOK_MEDIA_TYPE,
    ".xml": "application/xml",
    ".zip": ZIP_MEDIA_TYPE,
}
# Frictionless reads a "parquet" as a table and misses its size and hash, and of an "xlsx" the first sheet,
# which is text; of any other file it checks size and hash.
_FORMATS = {".parquet": "geoparquet", ".xlsx": "excel-workbook"}
# Every claim is about a passage that describes something, so that the key is good without the full article.
_CLAIM_KEYS = [{"fields": ["quote"], "reference": {"resource": ANNOTATIONS, "fields": ["id"]}}]
_FOREIGN_KEYS = {CLAIMS: _CLAIM_KEYS}


def data_package_bytes(
    atlas: Atlas, files: Mapping[str, bytes], titles: Mapping[str, str], address: str = ""
) -> bytes:
    """Return the descriptor of files by their path, each with its size and hash; `titles` are by path too.

    `address` is that of the site, with a slash at its end, if it is known.
    """
    about, rights = atlas.descriptor, _rights_of_others(atlas)
    kept = ("name", "title", "version", "description", "licenses", "attribution", "disclaimer", "as_of")
    package = {
        "$schema": _PROFILE,
        **{key: about[key] for key in kept},
        "edition": edition(atlas, address),
        **({"homepage": address} if address else {}),
        "created": f"{about['created']}T00:00:00Z",
        "sources": [_source(source) for source in about["sources"]],
        "resources": [
            {**_resource(path, content, titles[path]), **rights.get(path, {})}
            for path, content in files.items()
        ],
    }
    return f"{json.dumps(package, ensure_ascii=False, indent=1)}\n".encode()


def media_type(path: str) -> str:
    """Return the media type of a file by its extension; what has none is plain text."""
    return _MEDIA_TYPES.get(PurePosixPath(path).suffix, "text/plain")


def _rights_of_others(atlas: Atlas) -> dict[str, dict[str, Any]]:
    """Return licences and sources of the files of other drawings by path; a file may be of several."""
    rights: dict[str, dict[str, Any]] = {}
    for drawing in atlas.drawings:
        licence = {"title": drawing["licence"], "path": drawing["licence_path"]}
        source = {"title": drawing["title"], "path": drawing["source"]}
        for name in {piece["file"] for piece in drawing["pieces"]}:
            told = rights.setdefault(f"drawings/{name}", {"licenses": [], "sources": []})
            told["licenses"].append(licence)
            told["sources"].append(source)
    return rights


def _source(source: Mapping[str, str]) -> dict[str, str]:
    """Return a source; an address within the repository leads nowhere from here."""
    return {key: value for key, value in source.items() if key != "path" or value.startswith("http")}


def _resource(path: str, content: bytes, title: str) -> dict[str, Any]:
    extension = PurePosixPath(path).suffix
    resource = {
        "name": path.lower().replace("/", "-"),
        "path": path,
        "title": title,
        "format": _FORMATS.get(extension, extension.removeprefix(".")),
        "mediatype": media_type(path),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    return {**resource, **_tabular(path)} if path in (FEATURES, ANNOTATIONS, CLAIMS) else resource


def _tabular(path: str) -> dict[str, Any]:
    schema = {"fields": csv_fields(path), "primaryKey": ["id"], "missingValues": [""]}
    if path in _FOREIGN_KEYS:
        schema["foreignKeys"] = _FOREIGN_KEYS[path]
    return {"type": "table", "encoding": ENCODING, "schema": schema}
