"""What a depositor that gives a DOI wants to know: DataCite's metadata, schema 4.5, as JSON and XML.

https://schema.datacite.org/meta/kernel-4.5/ The DOI is the depositor's to give: the JSON has none, and the
XML, which may not be without, says “(:tba)”, DataCite's own code for what will be assigned later.
"""

import json
from typing import Any

from layers.atlas import Atlas
from layers.exports.templating import render
from layers.style.captions import captions

JSON, XML = "datacite.json", "datacite.xml"
_SCHEMA = "http://datacite.org/schema/kernel-4"


def datacite_files(atlas: Atlas, archive: bytes, address: str = "") -> dict[str, bytes]:
    """Return the metadata of an archive by file name, UTF-8; `address` is where it will be found."""
    record = _record(atlas, len(archive), address)
    return {
        JSON: f"{json.dumps(record, ensure_ascii=False, indent=1)}\n".encode(),
        XML: render("datacite.xml", **record).encode(),
    }


def _record(atlas: Atlas, size: int, address: str) -> dict[str, Any]:
    about, licence = atlas.descriptor, atlas.descriptor["licenses"][0]
    makers = captions()["makers"]
    west, south, east, north = (round(float(edge), 4) for edge in atlas.coverage.faces.total_bounds)
    record = {
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": captions()["citation"]["kind"]},
        "creators": [{"name": makers, "nameType": "Organizational"}],
        "titles": [{"title": about["title"], "lang": "en"}],
        "publisher": {"name": makers},
        "publicationYear": about["created"][:4],
        "dates": [
            {"date": about["created"], "dateType": "Issued"},
            {"date": about["as_of"], "dateType": "Valid"},
        ],
        "language": "en",
        "alternateIdentifiers": [
            {"alternateIdentifier": f"{about['name']} {about['version']}", "alternateIdentifierType": "Local"}
        ],
        "relatedItems": _article_parts(atlas),
        "sizes": [f"{size} bytes"],
        "formats": ["application/zip"],
        "version": about["version"],
        "rightsList": [
            {
                "rights": licence["title"],
                "rightsUri": licence["path"],
                "rightsIdentifier": licence["name"],
                "rightsIdentifierScheme": "SPDX",
            }
        ],
        "descriptions": [
            {"description": about["description"], "descriptionType": "Abstract", "lang": "en"},
            {"description": about["how_made"], "descriptionType": "Methods", "lang": "en"},
            {"description": about["disclaimer"], "descriptionType": "Other", "lang": "en"},
        ],
        "geoLocations": [
            {
                "geoLocationBox": {
                    "westBoundLongitude": west,
                    "eastBoundLongitude": east,
                    "southBoundLatitude": south,
                    "northBoundLatitude": north,
                }
            }
        ],
        "schemaVersion": _SCHEMA,
    }
    return {**record, "url": address} if address else record


def _article_parts(atlas: Atlas) -> list[dict[str, Any]]:
    """Return the parts of the article that the data annotate, each as a related item."""
    facts, texts = atlas.article.metadata, captions()["citation"]
    given, _, family = facts["author"].rpartition(" ")
    return [
        {
            "relatedItemType": "JournalArticle",
            "relationType": "References",
            "creators": [
                {
                    "name": f"{family}, {given}",
                    "nameType": "Personal",
                    "givenName": given,
                    "familyName": family,
                }
            ],
            "titles": [{"title": f"{facts['title']} ({texts['parts'][part['part'] - 1]})"}],
            "publicationYear": part["date"][:4],
            "volume": str(part["volume"]),
            "issue": str(part["issue"]),
            "publisher": facts["publisher"],
        }
        for part in facts["parts"]
    ]
