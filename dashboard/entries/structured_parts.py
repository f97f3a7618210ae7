"""What several pages say for programs, as parts of their JSON-LD (https://schema.org)."""

from typing import Any

import shapely

from dashboard.entries.catalogue import Catalogue, Entry
from layers.features import Feature
from layers.language.speaking import spoken
from layers.style.captions import captions
from layers.text.quotes import Quote

Object = dict[str, Any]


def whole(catalogue: Catalogue, home: str) -> Object:
    """Return the data that a page is a part of."""
    return {"@type": "Dataset", "@id": f"{home}layers/#data", "name": catalogue.said.descriptor["title"]}


def page(catalogue: Catalogue, entry: Entry) -> Object:
    """Return the page itself: its trail, licence and day, and the data that it is a part of."""
    kinds, top = captions()["entries"]["kinds"], f"{catalogue.home}{catalogue.folder}"
    trail = [(captions()["title"], top), (kinds[entry.kind]["many"], f"{top}{entry.kind}/")]
    trail.append((entry.title, f"{top}{entry.address}"))
    about = catalogue.said.descriptor
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": f"{top}{entry.address}",
        "name": entry.title,
        "inLanguage": spoken(),
        "license": about["licenses"][0]["path"],
        "dateModified": about["created"],
        "isPartOf": whole(catalogue, catalogue.home),
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "name": name, "item": address}
                for number, (name, address) in enumerate(trail, start=1)
            ],
        },
    }


def named(kind: str, feature: Feature) -> Object:
    """Return a thing of a type by the name of a feature, with the other forms of that."""
    others = [
        {"@value": name, "@language": "en" if code == "article" else code}
        for code, name in feature.names.items()
        if name != feature.name_in()
    ]
    return {"@type": kind, "name": feature.name_in(), **({"alternateName": others} if others else {})}


def geo(geometry: shapely.Geometry) -> Object:
    """Return a point, or the box around lines and areas: south west, north east."""
    west, south, east, north = (round(edge, 4) for edge in geometry.bounds)
    if geometry.geom_type == "Point":
        return {"@type": "GeoCoordinates", "latitude": south, "longitude": west}
    return {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}


def measures(feature: Feature) -> list[Object]:
    """Return measures and position error, with UN/CEFACT's codes of units."""
    units = {"percent": "P1", "km2": "KMK", "km": "KMT"}
    measured = {name: getattr(feature, name) for name in captions()["measures"]}
    told = [
        {
            "@type": "PropertyValue",
            "propertyID": name,
            "name": captions()["measures"][name]["title"],
            "value": value,
            "unitCode": units[name.rpartition("_")[2]],
        }
        for name, value in measured.items()
        if value is not None
    ]
    off = {"name": captions()["entries"]["off"], "value": feature.uncertainty_m, "unitCode": "MTR"}
    return [*told, {"@type": "PropertyValue", "propertyID": "uncertainty_m", **off}]


def sources(catalogue: Catalogue, keys: tuple[str, ...]) -> list[Object]:
    """Return the sources with these keys, each a CreativeWork."""
    found = [catalogue.atlas.sources[key] for key in keys]
    return [
        {
            "@type": "CreativeWork",
            "name": source["title"],
            **({"url": source["path"]} if source["path"].startswith("http") else {}),
        }
        for source in found
    ]


def article(catalogue: Catalogue) -> Object:
    """Return the article, its author and where it appeared."""
    facts = catalogue.atlas.article.metadata
    return {
        "@type": "Article",
        "headline": facts["title"],
        "author": author(catalogue),
        "publisher": {"@type": "Organization", "name": facts["publisher"]},
        "isPartOf": {"@type": "Periodical", "name": facts["series"]},
    }


def part(catalogue: Catalogue, quote: Quote) -> Object:
    """Return the part of the article that holds a passage, with its day and address."""
    text = catalogue.atlas.article
    number = text.paragraph_at(quote.start).part
    found = next(each for each in text.metadata["parts"] if each["part"] == number)
    address = {"url": found["url"]} if "url" in found else {}
    return {**article(catalogue), "datePublished": found["date"], **address}


def author(catalogue: Catalogue) -> Object:
    """Return the article's author."""
    return {"@type": "Person", "name": catalogue.atlas.article.metadata["author"]}


def makers() -> Object:
    """Return who made the map."""
    return {"@type": "Organization", "name": captions()["makers"]}


def days(catalogue: Catalogue) -> str:
    """Return from which day to which the map shows anything, as an interval of ISO 8601."""
    days = catalogue.atlas.days
    return f"{days[0].isoformat()}/{days[-1].isoformat()}"
