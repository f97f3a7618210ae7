"""The map as files: for the server, for any web host, and in one file for no host at all.

All addresses within the site are relative, so that it works below any path and from a disk.
"""

from dashboard.assets import assets, hashed_name, typeface_files
from dashboard.documents import documents, single_file
from dashboard.entries.catalogue import Catalogue
from dashboard.entries.pages import entry_files
from dashboard.entries.structured_data import dataset
from dashboard.in_words import PAGE as WORDS
from dashboard.layer_index import index_bytes, layer_index
from dashboard.link_preview import CARD
from dashboard.other_drawings import FILE, drawings_script
from dashboard.templating import HERE, render
from layers import Atlas
from layers.exports.corrections import FEED, corrections_feed
from layers.exports.data_package import media_type
from layers.exports.everything import (
    PICTURES,
    all_files,
    archive,
    drawn,
    in_language,
    translated_downloads,
)
from layers.exports.formats import LAYER_FORMATS
from layers.exports.web_annotations import annotations_bytes
from layers.language.speaking import ENGLISH, SPOKEN, speaking
from layers.language.written import long_date
from layers.style.captions import captions
from layers.translated_atlas import translated_atlas

OTHERS = tuple(language for language in SPOKEN if language != ENGLISH)
ICON = "favicon.ico"  # which browsers ask for unbidden
_SPOKEN_PAGES = ("", "map/", WORDS)
PAGES = (
    "",
    "map/",
    "layers/",
    WORDS,
    *(f"{language}/{page}" for language in OTHERS for page in _SPOKEN_PAGES),
)


def site_files(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return the whole static site by file name; the same atlas gives the same bytes.

    `address` is where the site is found, with a slash at its end, if it is known.
    """
    makers = (reader_files, translated_files, entry_files, download_files, more_download_files)
    made = (make(atlas, address=address, full_article=full_article) for make in makers)
    return {name: body for files in made for name, body in files.items()}


def reader_files(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return what a reader needs first: the documents with their assets, the layers, the annotations."""
    catalogue, outlines = Catalogue(atlas, address, full_article), drawings_script(atlas)
    return {
        **documents(atlas, address=address, full_article=full_article),
        **{f"assets/{hashed_name(name)}": body for name, body in assets().items()},
        f"assets/{hashed_name(FILE, outlines)}": outlines,
        **{f"assets/{name}": body for name, body in typeface_files().items()},
        **_layers(catalogue),
        ICON: (HERE / "assets" / ICON).read_bytes(),
        "annotations.jsonld": annotations_bytes(atlas, catalogue.shown.values()),
        FEED: corrections_feed(atlas, address),
        **_crawler_files(catalogue),
    }


def translated_files(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return the documents in the other languages; `atlas` is the English one."""
    files: dict[str, bytes] = {}
    for language in OTHERS:
        with speaking(language):
            files |= documents(translated_atlas(atlas), address=address, full_article=full_article)
    return files


def download_files(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return what takes long to make: pictures, every file of the archive, and that."""
    from layers.printed import picture_bytes, view  # noqa: PLC0415 - matplotlib is slow to load

    pictures = drawn(atlas)
    files = all_files(atlas, full_article=full_article, pictures=pictures, address=address)
    offered = {**files, f"{atlas.descriptor['name']}.zip": archive(files)}
    return {
        **{path.removeprefix(PICTURES): body for path, body in pictures.items()},
        CARD: picture_bytes(atlas, view(atlas), size="card"),
        **{f"download/{path}": body for path, body in offered.items()},
    }


def more_download_files(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return what is in no archive: the page in one file in each language, the files for GIS in the others.

    `atlas` is in English.
    """
    offered: dict[str, bytes] = {}
    for language in SPOKEN:
        with speaking(language):
            page = single_file(translated_atlas(atlas), address=address, full_article=full_article)
            offered[in_language(f"{atlas.descriptor['name']}.html", language)] = page
            if language != ENGLISH:
                offered |= translated_downloads(atlas, full_article=full_article)
    return {f"download/{path}": body for path, body in offered.items()}


def _layers(catalogue: Catalogue) -> dict[str, bytes]:
    """Return every layer in every format, and their index for programs and for people."""
    atlas = catalogue.atlas
    files = {
        f"layers/{layer.id}.{extension}": form.make(atlas, layer, "article")
        for layer in atlas.layers.values()
        for extension, form in LAYER_FORMATS.items()
    }
    index = layer_index(atlas, {layer: files[f"layers/{layer}.geojson"] for layer in atlas.layers})
    day, data = long_date(index["as_of"]), dataset(catalogue, catalogue.address or "../")
    page = render("layer_index.html", index=index, title=captions()["title"], data=data, day=day, base="../")
    return {**files, "layers/index.json": index_bytes(index), "layers/index.html": page.encode()}


def _crawler_files(catalogue: Catalogue) -> dict[str, bytes]:
    """Return robots.txt and the site map, whose addresses are whole only if the site's own is known."""
    address, created = catalogue.address, catalogue.atlas.descriptor["created"]
    robots = render("robots.txt", address=address)
    pages = (*PAGES, *catalogue.addresses)
    site_map = render("sitemap.xml", address=address or "/", pages=pages, created=created)
    return {"robots.txt": robots.encode(), "sitemap.xml": site_map.encode()}


def type_of(name: str) -> str:
    """Return the media type of a file of the site."""
    own = {".css": "text/css", ".ico": "image/x-icon", ".js": "text/javascript", ".woff2": "font/woff2"}
    return own.get(name[name.rfind(".") :], media_type(name))
