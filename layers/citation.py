"""How to cite the data, and what every file says of itself: attribution, date, licence, disclaimer."""

from datetime import date

from layers.atlas import Atlas
from layers.style.captions import captions, long_date


def citation(atlas: Atlas, *, day: str = "", address: str = "", accessed: str = "") -> str:
    """Return a suggested citation, one sentence.

    `day` is the day that is shown, if not that of the data, `accessed` when it was found at `address`; both
    are ISO dates. Raises ValueError if they are no dates.
    """
    about = atlas.descriptor
    made = date.fromisoformat(about["created"])
    days = f"of {long_date(about['created'])}, as of {long_date(day or about['as_of'])}"
    where = f", {address}" if address else ""
    when = f", accessed {long_date(accessed)}" if accessed else ""
    return (
        f"{captions()['makers']} ({made.year}), “{about['title']}”, version {about['version']}"
        f" {days}, {about['licenses'][0]['name']}, annotating {article_reference(atlas)}{where}{when}."
    )


def article_reference(atlas: Atlas) -> str:
    """Return the article as a reference: author, title, series with volume and issues, publisher, dates."""
    facts = atlas.article.metadata
    parts = facts["parts"]
    issues = " and ".join(f"{part['volume']}.{part['issue']}" for part in parts)
    days = " and ".join(long_date(part["date"]) for part in parts)
    return f"{facts['author']}, “{facts['title']}”, {facts['series']} {issues}, {facts['publisher']}, {days}"


def provenance(atlas: Atlas) -> dict[str, str]:
    """Return version, dates, licence, attribution and disclaimer of the data, each a text."""
    licence = atlas.descriptor["licenses"][0]
    kept = ("version", "created", "as_of", "attribution", "disclaimer")
    return {
        **{key: atlas.descriptor[key] for key in kept},
        "license": licence["name"],
        "license_path": licence["path"],
        "quotes": atlas.article.metadata["copyright"],
    }
