"""What another site shows of a link to the map: title, description, picture (the Open Graph protocol)."""

from markupsafe import Markup

from dashboard.templating import render
from layers.style.captions import captions


def link_preview(picture: str, address: str = "") -> Markup:
    """Return the tags for a page's head; `picture` is the address of a PNG of 1200 by 630 pixels.

    Other sites want whole addresses; `address` is the page's own, left out if it is not known.
    """
    return render(
        "link_preview.html",
        title=captions()["title"],
        description=captions()["description"],
        picture=picture,
        address=address,
        alt=captions()["picture_alt"],
    )
