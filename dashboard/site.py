"""The map as files: for the server, for any web host, and in one file for no host at all.

All addresses within the site are relative, so that it works below any path and from a disk.
"""

from markupsafe import Markup

from dashboard.assets import assets, hashed_name, linked, written_out
from dashboard.furniture import furniture
from dashboard.headers import document_policy
from dashboard.layer_index import index_bytes, layer_index
from dashboard.link_preview import CARD, link_preview
from dashboard.map_document import map_document
from dashboard.reading_room import reading_room
from dashboard.script_data import map_data
from dashboard.templating import render
from layers import Atlas
from layers.exports.corrections import FEED, corrections_feed
from layers.exports.data_package import media_type
from layers.exports.everything import PICTURES, all_files, archive, drawn
from layers.exports.formats import LAYER_FORMATS
from layers.exports.web_annotations import annotations_bytes
from layers.language.written import long_date
from layers.style.captions import captions
from layers.text.quotes import shown_quotes

PAGES = ("", "map/", "layers/")


def site_files(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return the whole static site by file name; the same atlas gives the same bytes.

    `address` is where the site is found, with a slash at its end, if it is known.
    """
    offered = download_files(atlas, address=address, full_article=full_article)
    return {**reader_files(atlas, address=address, full_article=full_article), **offered}


def reader_files(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return what a reader needs first: the documents with their assets, the layers, the annotations."""
    data = map_data(atlas)
    around = furniture(atlas, data, files="../")
    preview = link_preview(address or "../")
    alone = map_document(around, atlas, assets=linked("../assets/", rooms=False), preview=preview)
    rooms = reading_room(atlas, full_article=full_article, base="")
    around = furniture(atlas, data, files="", rooms=rooms)
    preview = link_preview(address, address)
    whole = map_document(around, atlas, assets=linked("assets/", rooms=True), preview=preview)
    quotes = shown_quotes(atlas.annotations.quotes, full_article=full_article)
    return {
        "index.html": _with_policy(whole),
        "map/index.html": _with_policy(alone),
        **{f"assets/{hashed_name(name)}": body for name, body in assets().items()},
        **_layers(atlas),
        "annotations.jsonld": annotations_bytes(atlas, quotes),
        FEED: corrections_feed(atlas, address),
        **crawler_files(atlas, address),
    }


def download_files(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return what takes long to make: pictures, every file of the archive, that, and the page in one file."""
    from layers.printed import picture_bytes, view  # noqa: PLC0415 - matplotlib is slow to load

    pictures = drawn(atlas)
    files = all_files(atlas, full_article=full_article, pictures=pictures)
    name = atlas.descriptor["name"]
    page = single_file(atlas, address=address, full_article=full_article)
    offered = {**files, f"{name}.zip": archive(files), f"{name}.html": page}
    return {
        **{path.removeprefix(PICTURES): body for path, body in pictures.items()},
        CARD: picture_bytes(atlas, view(atlas), size="card"),
        **{f"download/{path}": body for path, body in offered.items()},
    }


def single_file(atlas: Atlas, *, address: str = "", full_article: bool = False) -> bytes:
    """Return map and reading room as one HTML file that needs nothing else, not even a network.

    Without an `address` of the site there is nothing to embed or download from, and neither is offered.
    """
    preview = link_preview(address, address) if address else ""
    files = address or None
    rooms = reading_room(atlas, full_article=full_article, base=files)
    around = furniture(atlas, map_data(atlas), files=files, rooms=rooms)
    return _with_policy(map_document(around, atlas, assets=written_out(), preview=preview))


def _with_policy(document: str) -> bytes:
    """Return a document that brings its content policy along, since not every host sends one with it."""
    policy = Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(
        document_policy(document)
    )
    return document.replace("<head>", f"<head>\n{policy}", 1).encode()


def _layers(atlas: Atlas) -> dict[str, bytes]:
    """Return every layer in every format, and their index for programs and for people."""
    files = {
        f"layers/{layer.id}.{extension}": form.make(atlas, layer, "article")
        for layer in atlas.layers.values()
        for extension, form in LAYER_FORMATS.items()
    }
    index = layer_index(atlas, {layer: files[f"layers/{layer}.geojson"] for layer in atlas.layers})
    page = render(
        "layer_index.html", index=index, title=captions()["title"], day=long_date(index["as_of"]), base="../"
    )
    return {**files, "layers/index.json": index_bytes(index), "layers/index.html": page.encode()}


def crawler_files(atlas: Atlas, address: str) -> dict[str, bytes]:
    """Return robots.txt and the site map, whose addresses are whole only if the site's own is known."""
    robots = render("robots.txt", address=address)
    site_map = render("sitemap.xml", address=address or "/", pages=PAGES, created=atlas.descriptor["created"])
    return {"robots.txt": robots.encode(), "sitemap.xml": site_map.encode()}


def type_of(name: str) -> str:
    """Return the media type of a file of the site."""
    return {".css": "text/css", ".js": "text/javascript"}.get(name[name.rfind(".") :], media_type(name))
