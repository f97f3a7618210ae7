"""What a page's head tells others: the feed; title, description and picture of a link (Open Graph)."""

from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

from dashboard.templating import render
from layers.style.captions import captions, picture_alt

NO_OTHERS: Mapping[str, str] = MappingProxyType({})
CARD = "card.png"  # what other sites show of a link


def link_preview(
    folder: str, address: str = "", *, picture: str = CARD, others: Mapping[str, str] = NO_OTHERS
) -> Markup:
    """Return the tags for a page's head; `folder` is that of the site, with a slash at its end.

    `picture` is the address within that of a PNG of 1200 by 630 pixels. Other sites want whole addresses;
    `address` is the page's own, left out if it is not known; `others` where it is in each language.
    """
    return render(
        "link_preview.html",
        kind="website",
        site_name="",
        title=captions()["title"],
        description=captions()["description"],
        picture=picture,
        folder=folder,
        address=address,
        alt=picture_alt(),
        others=others,
    )
