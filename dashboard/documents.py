"""The documents of the site in the language that is spoken: English ones on top, each other in a folder."""

from markupsafe import Markup

from dashboard.assets import hashed_name, linked, written_out
from dashboard.furniture import furniture
from dashboard.headers import document_policy
from dashboard.in_words import PAGE, words_page
from dashboard.link_preview import link_preview
from dashboard.map_document import map_document
from dashboard.other_drawings import FILE, TOOL, drawings_script
from dashboard.reading_room import reading_room
from dashboard.script_data import map_data
from dashboard.speaking import folder_of, others
from layers import Atlas
from layers.language.speaking import spoken


def documents(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return the reader, the map by itself and the map in words, by file name.

    `atlas` is in the language that is spoken, `address` where the site is found, with a slash at its end.
    """
    data, folder = map_data(atlas), folder_of(spoken())
    made = {TOOL: hashed_name(FILE, drawings_script(atlas))}
    top = "../" if folder else ""
    rooms = reading_room(atlas, full_article=full_article, base=top)
    found = f"{address}{folder}" if address else ""
    whole = map_document(
        furniture(atlas, data, files=top, rooms=rooms, languages=others("", top)),
        atlas,
        assets=linked(f"{top}assets/", rooms=True, made=made),
        preview=link_preview(address or top, found, others=others("", address, is_folder=True)),
    )
    above = f"{top}../"
    alone = map_document(
        furniture(atlas, data, files=above, languages=others("map/", above)),
        atlas,
        assets=linked(f"{above}assets/", rooms=False, made=made),
        preview=link_preview(address or above, others=others("map/", address, is_folder=True)),
    )
    words = words_page(
        atlas,
        top=f"{above}{folder}index.html",
        assets=f"{above}assets/",
        languages=others(PAGE, above),
        preview=link_preview(
            address or above, f"{found}{PAGE}" if found else "", others=others(PAGE, address, is_folder=True)
        ),
    )
    return {
        f"{folder}index.html": with_policy(whole),
        f"{folder}map/index.html": with_policy(alone),
        f"{folder}{PAGE}index.html": with_policy(str(words)),
    }


def single_file(atlas: Atlas, *, address: str = "", full_article: bool = False) -> bytes:
    """Return map and reading room as one HTML file that needs nothing else, not even a network.

    Without an `address` of the site there is nothing to embed or download from, and neither is offered.
    """
    there = others("", address, is_folder=True)
    preview = link_preview(address, f"{address}{folder_of(spoken())}", others=there) if address else ""
    files = address or None
    rooms = reading_room(atlas, full_article=full_article, base=files)
    around = furniture(atlas, map_data(atlas), files=files, rooms=rooms, languages=there)
    return with_policy(
        map_document(around, atlas, assets=written_out({FILE: drawings_script(atlas)}), preview=preview)
    )


def with_policy(document: str) -> bytes:
    """Return a document that brings its content policy along, since not every host sends one with it."""
    policy = Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(
        document_policy(document)
    )
    return document.replace("<head>", f"<head>\n{policy}", 1).encode()
