"""Attribution, date, licence and disclaimer, as every file carries them."""

from layers.atlas import Atlas


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
