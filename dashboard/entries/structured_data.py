"""What a page says for programs: JSON-LD in the vocabulary of https://schema.org.

A verdict is given in its words alone, without a number that would rank it; of whom a place belongs to
nothing is said. Only published fields are used, each on a type that has it.
"""

from dashboard.entries.catalogue import CLAIM, PASSAGE, Catalogue, Entry
from dashboard.entries.structured_parts import (
    Object,
    article,
    author,
    days,
    geo,
    makers,
    measures,
    named,
    page,
    part,
    sources,
    whole,
)
from layers.exports.formats import LAYER_FORMATS
from layers.features import Feature
from layers.language.speaking import spoken
from layers.presentation import voice_of
from layers.style.captions import captions
from layers.text.quotes import Quote
from layers.text.verdicts import Claim


def of_feature(catalogue: Catalogue, entry: Entry, feature: Feature) -> Object:
    """Return a page about a Place: names, where it lies, measures, passages."""
    place = {
        **named("Place", feature),
        "@id": f"{catalogue.home}{entry.address}#it",
        "identifier": feature.id,
        "description": feature.summary,
        "geo": geo(feature.geometry),
        "additionalProperty": measures(feature),
        "subjectOf": [
            {"@id": f"{catalogue.home}{PASSAGE}/{quote.id}/#it"}
            for quote in feature.quotes
            if quote.id in catalogue.shown
        ],
    }
    return {
        **page(catalogue, entry),
        "mainEntity": {key: value for key, value in place.items() if value},
        "isBasedOn": sources(catalogue, feature.digitized_after),
        "temporalCoverage": days(catalogue),
    }


def of_claim(catalogue: Catalogue, entry: Entry, claim: Claim) -> Object:
    """Return a page about a ClaimReview, the Claim that it reviews, and the passage that makes it."""
    about = catalogue.said.descriptor
    places = filter(None, map(catalogue.about, claim.about))
    review = {
        "@type": "ClaimReview",
        "@id": f"{catalogue.home}{catalogue.folder}{entry.address}#review",
        "url": f"{catalogue.home}{catalogue.folder}{entry.address}",
        "claimReviewed": claim.claim,
        "author": makers(),
        "datePublished": about["created"],
        "inLanguage": spoken(),
        "license": about["licenses"][0]["path"],
        "reviewBody": f"{claim.plain} {claim.explanation}",
        "reviewRating": {"@type": "Rating", "alternateName": claim.verdict_text},
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"{catalogue.home}{entry.address}#it",
            "name": claim.claim,
            "text": claim.exact,
            "author": author(catalogue),
            "datePublished": part(catalogue, claim.quote)["datePublished"],
            "appearance": part(catalogue, claim.quote),
        },
        "about": [{"@id": f"{catalogue.home}{each.address}#it"} for each in places],
        "isBasedOn": whole(catalogue, catalogue.home),
        "temporalCoverage": days(catalogue),
    }
    return {**page(catalogue, entry), "mainEntity": review}


def of_passage(catalogue: Catalogue, entry: Entry, quote: Quote) -> Object:
    """Return a page about a Quotation: its words, whose they and the rights are, of what it speaks."""
    facts = catalogue.atlas.article.metadata
    about = filter(None, map(catalogue.about, quote.about))
    quotation = {
        "@type": "Quotation",
        "@id": f"{catalogue.home}{entry.address}#it",
        "text": quote.exact,
        "inLanguage": "en",
        "creator": author(catalogue),
        "creditText": voice_of(quote).text,
        "citation": quote.cites,
        "isPartOf": part(catalogue, quote),
        "position": quote.paragraph,
        "copyrightHolder": {"@type": "Organization", "name": facts["publisher"]},
        "copyrightNotice": facts["copyright"],
        "about": [{"@id": f"{catalogue.home}{each.address}#it"} for each in about],
    }
    kept = {key: value for key, value in quotation.items() if value}
    return {**page(catalogue, entry), "mainEntity": kept, "temporalCoverage": days(catalogue)}


def dataset(catalogue: Catalogue, home: str) -> Object:
    """Return the data as a Dataset with its files; `home` is the site's address seen from the page."""
    atlas, about = catalogue.said, catalogue.said.descriptor
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
        "inLanguage": spoken(),
        "isAccessibleForFree": True,
        "license": about["licenses"][0]["path"],
        "creditText": about["attribution"],
        "creator": makers(),
        "isBasedOn": [article(catalogue), *sources(catalogue, tuple(atlas.sources))],
        "temporalCoverage": days(catalogue),
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
    home = catalogue.home_of(1)
    if kind not in (CLAIM, PASSAGE):
        return dataset(catalogue, home)
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": captions()["entries"]["kinds"][kind]["about"],
        "inLanguage": spoken(),
        "url": f"{home}{catalogue.folder}{kind}/",
        "isPartOf": whole(catalogue, home),
        "hasPart": [
            {"@type": "WebPage", "name": each.title, "url": f"{home}{catalogue.folder}{each.address}"}
            for each in catalogue.entries[kind]
        ],
    }
