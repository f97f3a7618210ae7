"""How to cite the data, and what every file says of itself: attribution, date, licence, disclaimer."""

from datetime import date

from layers.atlas import Atlas
from layers.language.written import listed, long_date
from layers.style.captions import captions


def citation(atlas: Atlas, *, day: str = "", address: str = "", accessed: str = "") -> str:
    """Return a suggested citation, one sentence.

    `day` is the day that is shown, if not that of the data, `accessed` when it was found at `address`; both
    are ISO dates. Raises ValueError if they are no dates.
    """
    about = atlas.descriptor
    made = date.fromisoformat(about["created"])
    text = captions()["citation"]["accessed" if accessed else "found" if address else "text"]
    return str(
        text.format(
            makers=captions()["makers"],
            year=str(made.year),
            title=about["title"],
            version=about["version"],
            made=long_date(about["created"]),
            as_of=_written(day or about["as_of"]),
            licence=about["licenses"][0]["name"],
            article=article_reference(atlas),
            address=address,
            accessed=_written(accessed),
        )
    )


def _written(day: str) -> str:
    """Return an ISO date as a reader writes it; a {gap} stays, for a script to fill."""
    return day if day.startswith("{") or not day else long_date(day)


def article_reference(atlas: Atlas) -> str:
    """Return the article as a reference: author, title, series with volume and issues, publisher, dates."""
    facts = atlas.article.metadata
    parts = facts["parts"]
    issues = listed(f"{part['volume']}.{part['issue']}" for part in parts)
    days = listed(long_date(part["date"]) for part in parts)
    return f"{facts['author']}, “{facts['title']}”, {facts['series']} {issues}, {facts['publisher']}, {days}"


def edition(atlas: Atlas, address: str = "") -> str:
    """Return in one sentence which version this is, and where a newer one is told.

    `address` is that of the site, with a slash at its end, if it is known; opened with a version, it says
    what has been corrected since.
    """
    about, texts = atlas.descriptor, captions()["citation"]
    text = texts["edition_found" if address else "edition"]
    return str(text.format(version=about["version"], made=long_date(about["created"]), address=address))


def provenance(atlas: Atlas) -> dict[str, str]:
    """Return version, dates, licence, attribution and disclaimer of the data, each a text."""
    licence = atlas.descriptor["licenses"][0]
    kept = ("version", "created", "as_of", "attribution", "disclaimer")
    return {
        **{key: atlas.descriptor[key] for key in kept},
        "edition": edition(atlas),
        "license": licence["name"],
        "license_path": licence["path"],
        "quotes": atlas.article.metadata["copyright"],
    }
