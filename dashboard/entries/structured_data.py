"""What a page says for programs: JSON-LD in the vocabulary of https://schema.org.

A verdict is given in its words alone, without a number that would rank it; of whom a place belongs to
nothing is said. Only published fields are used, each on a type that has it.
"""

from typing import Any

import shapely

from dashboard.entries.catalogue import CLAIM, PASSAGE, Catalogue, Entry
from layers.exports.formats import LAYER_FORMATS
from layers.features import Feature
from layers.presentation import voice_of
from layers.style.captions import captions
from layers.text.quotes import Quote
from layers.text.verdicts import Claim

Object = dict[str, Any]


def of_feature(catalogue: Catalogue, entry: Entry, feature: Feature) -> Object:
    """Return a page about a Place: names, where it lies, measures, passages."""
    place = {
        **_named("Place", feature),
        "@id": f"{catalogue.home}{entry.address}#it",
        "identifier": feature.id,
        "description": feature.summary,
        "geo": _geo(feature.geometry),
        "additionalProperty": _measures(feature),
        "subjectOf": [
            {"@id": f"{catalogue.home}{PASSAGE}/{quote.id}/#it"}
            for quote in feature.quotes
            if quote.id in catalogue.shown
        ],
    }
    return {
        **_page(catalogue, entry),
        "mainEntity": {key: value for key, value in place.items() if value},
        "isBasedOn": _sources(catalogue, feature.digitized_after),
        "temporalCoverage": _days(catalogue),
    }


def of_claim(catalogue: Catalogue, entry: Entry, claim: Claim) -> Object:
    """Return a page about a ClaimReview, the Claim that it reviews, and the passage that makes it."""
    about = catalogue.atlas.descriptor
    places = filter(None, map(catalogue.about, claim.about))
    review = {
        "@type": "ClaimReview",
        "@id": f"{catalogue.home}{entry.address}#review",
        "url": f"{catalogue.home}{entry.address}",
        "claimReviewed": claim.claim,
        "author": _makers(),
        "datePublished": about["created"],
        "inLanguage": "en",
        "license": about["licenses"][0]["path"],
        "reviewBody": f"{claim.plain} {claim.explanation}",
        "reviewRating": {"@type": "Rating", "alternateName": claim.verdict_text},
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"{catalogue.home}{entry.address}#it",
            "name": claim.claim,
            "text": claim.exact,
            "author": _author(catalogue),
            "datePublished": _part(catalogue, claim.quote)["datePublished"],
            "appearance": _part(catalogue, claim.quote),
        },
        "about": [{"@id": f"{catalogue.home}{each.address}#it"} for each in places],
        "isBasedOn": _whole(catalogue, catalogue.home),
        "temporalCoverage": _days(catalogue),
    }
    return {**_page(catalogue, entry), "mainEntity": review}


def of_passage(catalogue: Catalogue, entry: Entry, quote: Quote) -> Object:
    """Return a page about a Quotation: its words, whose they and the rights are, of what it speaks."""
    facts = catalogue.atlas.article.metadata
    about = filter(None, map(catalogue.about, quote.about))
    quotation = {
        "@type": "Quotation",
        "@id": f"{catalogue.home}{entry.address}#it",
        "text": quote.exact,
        "inLanguage": "en",
        "creator": _author(catalogue),
        "creditText": voice_of(quote).text,
        "citation": quote.cites,
        "isPartOf": _part(catalogue, quote),
        "position": quote.paragraph,
        "copyrightHolder": {"@type": "Organization", "name": facts["publisher"]},
        "copyrightNotice": facts["copyright"],
        "about": [{"@id": f"{catalogue.home}{each.address}#it"} for each in about],
    }
    kept = {key: value for key, value in quotation.items() if value}
    return {**_page(catalogue, entry), "mainEntity": kept, "temporalCoverage": _days(catalogue)}


def dataset(catalogue: Catalogue, home: str) -> Object:
    """Return the data as a Dataset with its files; `home` is the site's address seen from the page."""
    atlas, about = catalogue.atlas, catalogue.atlas.descriptor
    west, south, east, north = about["extent"]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{home}layers/#data",
        "name": about["title"],
        "description": f"{about['description']} {about['how_made']}",
        "url": home,
        "version": about["version"],
        "dateModified": about["created"],
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": about["licenses"][0]["path"],
        "creditText": about["attribution"],
        "creator": _makers(),
        "isBasedOn": [_article(catalogue), *_sources(catalogue, tuple(atlas.sources))],
        "temporalCoverage": _days(catalogue),
        "spatialCoverage": {
            "@type": "Place",
            "geo": {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"},
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": f"{layer.title} ({form.title})",
                "encodingFormat": form.media_type,
                "contentUrl": f"{home}layers/{layer.id}.{extension}",
            }
            for layer in atlas.layers.values()
            for extension, form in LAYER_FORMATS.items()
        ],
    }


def of_list(catalogue: Catalogue, kind: str) -> Object:
    """Return the list of pages of one kind: the Dataset where they are of things, else a CollectionPage."""
    home = catalogue.address or "../"
    if kind not in (CLAIM, PASSAGE):
        return dataset(catalogue, home)
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": captions()["entries"]["kinds"][kind]["about"],
        "url": f"{home}{kind}/",
        "isPartOf": _whole(catalogue, home),
        "hasPart": [
            {"@type": "WebPage", "name": each.title, "url": f"{home}{each.address}"}
            for each in catalogue.entries[kind]
        ],
    }


def _whole(catalogue: Catalogue, home: str) -> Object:
    return {"@type": "Dataset", "@id": f"{home}layers/#data", "name": catalogue.atlas.descriptor["title"]}


def _page(catalogue: Catalogue, entry: Entry) -> Object:
    kinds, home = captions()["entries"]["kinds"], catalogue.home
    trail = [(captions()["title"], home), (kinds[entry.kind]["many"], f"{home}{entry.kind}/")]
    trail.append((entry.title, f"{home}{entry.address}"))
    about = catalogue.atlas.descriptor
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": f"{home}{entry.address}",
        "name": entry.title,
        "inLanguage": "en",
        "license": about["licenses"][0]["path"],
        "dateModified": about["created"],
        "isPartOf": _whole(catalogue, home),
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "name": name, "item": address}
                for number, (name, address) in enumerate(trail, start=1)
            ],
        },
    }


def _named(kind: str, feature: Feature) -> Object:
    others = [
        {"@value": name, "@language": "en" if code == "article" else code}
        for code, name in feature.names.items()
        if name != feature.name_in()
    ]
    return {"@type": kind, "name": feature.name_in(), **({"alternateName": others} if others else {})}


def _geo(geometry: shapely.Geometry) -> Object:
    """Return a point, or the box around lines and areas: south west, north east."""
    west, south, east, north = (round(edge, 4) for edge in geometry.bounds)
    if geometry.geom_type == "Point":
        return {"@type": "GeoCoordinates", "latitude": south, "longitude": west}
    return {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}


def _measures(feature: Feature) -> list[Object]:
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
    off = {"name": "position error up to", "value": feature.uncertainty_m, "unitCode": "MTR"}
    return [*told, {"@type": "PropertyValue", "propertyID": "uncertainty_m", **off}]


def _sources(catalogue: Catalogue, keys: tuple[str, ...]) -> list[Object]:
    found = [catalogue.atlas.sources[key] for key in keys]
    return [
        {
            "@type": "CreativeWork",
            "name": source["title"],
            **({"url": source["path"]} if source["path"].startswith("http") else {}),
        }
        for source in found
    ]


def _article(catalogue: Catalogue) -> Object:
    facts = catalogue.atlas.article.metadata
    return {
        "@type": "Article",
        "headline": facts["title"],
        "author": _author(catalogue),
        "publisher": {"@type": "Organization", "name": facts["publisher"]},
        "isPartOf": {"@type": "Periodical", "name": facts["series"]},
    }


def _part(catalogue: Catalogue, quote: Quote) -> Object:
    """Return the part of the article that holds a passage, with its day and address."""
    article = catalogue.atlas.article
    number = article.paragraph_at(quote.start).part
    part = next(part for part in article.metadata["parts"] if part["part"] == number)
    address = {"url": part["url"]} if "url" in part else {}
    return {**_article(catalogue), "datePublished": part["date"], **address}


def _author(catalogue: Catalogue) -> Object:
    return {"@type": "Person", "name": catalogue.atlas.article.metadata["author"]}


def _makers() -> Object:
    return {"@type": "Organization", "name": captions()["makers"]}


def _days(catalogue: Catalogue) -> str:
    days = catalogue.atlas.days
    return f"{days[0].isoformat()}/{days[-1].isoformat()}"
