"""The map without a server: the page in one file, and a folder of files for any web host.

All addresses within the folder are relative, so that it works below any path and from a disk.
"""

from collections.abc import Mapping

from markupsafe import Markup

from dashboard.assets import (
    MAP_SCRIPTS,
    MAP_STYLES,
    PAGE_SCRIPTS,
    PAGE_STYLES,
    assets,
    hashed_name,
    linked,
    written_out,
)
from dashboard.headers import document_policy
from dashboard.layer_index import index_bytes, layer_index
from dashboard.link_preview import link_preview
from dashboard.map_document import Room, map_document
from dashboard.reading_room import reading_room
from dashboard.templating import render
from layers import Atlas
from layers.exports.everything import PICTURES, all_files, archive, drawn
from layers.exports.formats import LAYER_FORMATS
from layers.exports.web_annotations import annotations_bytes
from layers.printed import picture_bytes, view
from layers.style.captions import captions, long_date
from layers.text.quotes import shown_quotes

CARD = "card.png"  # what other sites show of a link
PAGES = ("", "map/", "layers/")


def downloads(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return by name every file of the archive, the archive itself, and the page in one file.

    `address` is where the site is found, with a slash at its end, if it is known.
    """
    files = all_files(atlas, full_article=full_article, pictures=drawn(atlas))
    page = single_file(atlas, address=address, full_article=full_article)
    name = atlas.descriptor["name"]
    return {**files, f"{name}.zip": archive(files), f"{name}.html": page}


def single_file(atlas: Atlas, *, address: str = "", full_article: bool = False) -> bytes:
    """Return map and reading room as one HTML file that needs nothing else, not even a network.

    Without an `address` of the site there is nothing to embed or download from, and neither is offered.
    """
    written = written_out((*PAGE_STYLES, *PAGE_SCRIPTS))
    return _page(atlas, written, base=address or None, address=address, full_article=full_article)


def site_files(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return the whole static site by file name; the same atlas gives the same bytes."""
    offered = downloads(atlas, address=address, full_article=full_article)
    page = linked(f"assets/{hashed_name(name)}" for name in (*PAGE_STYLES, *PAGE_SCRIPTS))
    alone = linked(f"../assets/{hashed_name(name)}" for name in (*MAP_STYLES, *MAP_SCRIPTS))
    document = map_document(atlas, assets=alone, preview=link_preview(f"{address or '../'}{CARD}"))
    return {
        "index.html": _page(atlas, page, base="", address=address, full_article=full_article),
        "map/index.html": _with_policy(document),
        **{f"assets/{hashed_name(name)}": asset.body for name, asset in assets().items()},
        **_layers(atlas, offered),
        "annotations.jsonld": annotations_bytes(
            atlas, shown_quotes(atlas.annotations.quotes, full_article=full_article)
        ),
        **{name.removeprefix(PICTURES): offered[name] for name in offered if name.startswith(PICTURES)},
        CARD: picture_bytes(atlas, view(atlas), size="card"),
        **{f"download/{name}": content for name, content in offered.items()},
        **crawler_files(atlas, address),
    }


def _page(atlas: Atlas, assets: Markup, *, base: str | None, address: str, full_article: bool) -> bytes:
    """Return map and reading room in one document; `base` is where the files that it links to lie."""
    head = render(
        "page_head.html", title=captions()["title"], facts=atlas.article.metadata, long_date=long_date
    )
    room = Room(head, reading_room(atlas, full_article=full_article, base=base))
    preview = link_preview(f"{address}{CARD}", address) if base is not None else ""
    return _with_policy(map_document(atlas, assets=assets, preview=preview, room=room))


def _with_policy(document: str) -> bytes:
    """Return a document that brings its content policy along, since no server sends one with it."""
    policy = Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(
        document_policy(document)
    )
    return document.replace("<head>", f"<head>\n{policy}", 1).encode()


def _layers(atlas: Atlas, offered: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return every layer in every format, and their index for programs and for people."""
    files = {
        f"layers/{layer.id}.{extension}": offered[form.path.format(layer.id)]
        if form.path
        else form.make(atlas, layer, "article")
        for layer in atlas.layers.values()
        for extension, form in LAYER_FORMATS.items()
    }
    index = layer_index(atlas, "../", {layer: offered[f"{layer}.geojson"] for layer in atlas.layers})
    page = render("layer_index.html", index=index, title=captions()["title"])
    return {**files, "layers/index.json": index_bytes(index), "layers/index.html": page.encode()}


def crawler_files(atlas: Atlas, address: str) -> dict[str, bytes]:
    """Return robots.txt and the site map, whose addresses are whole only if the site's own is known."""
    robots = render("robots.txt", address=address)
    site_map = render("sitemap.xml", address=address or "/", pages=PAGES, created=atlas.descriptor["created"])
    return {"robots.txt": robots.encode(), "sitemap.xml": site_map.encode()}
