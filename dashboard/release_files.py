"""A release as files: this version of the data as a site that is never changed, with metadata for a DOI."""

from dashboard.site import site_files
from layers import Atlas
from layers.exports.datacite import datacite_files


def release_files(atlas: Atlas, address: str = "") -> dict[str, bytes]:
    """Return a release by file name: the site, archive in it, and what a depositor wants to know.

    `address` is that of the server, with a slash at its end, if it is known. Only the article's quotes are
    in a release, which is there to be passed on.
    """
    version, name = atlas.descriptor["version"], atlas.descriptor["name"]
    found = f"{address}v/{version}/" if address else ""
    files = site_files(atlas, address=found)
    return {**files, **datacite_files(atlas, files[f"download/{name}.zip"], found)}
