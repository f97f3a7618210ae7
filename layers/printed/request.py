"""What a picture shows, read from the values of a query: the one place where these are checked."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from layers.atlas import Atlas, Layer
from layers.data.files import resource_extent
from layers.data.problems import RequestError, UnknownChoiceError
from layers.steps import step_of
from layers.style.captions import LANGUAGES, form_of_names, printed
from layers.style.fonts import printable

LONGEST_TITLE = 120  # characters
KEYS = (
    *("layers", "date", "compare", "lang", "view", "feature"),
    *("title", "key", "small", "uncertainty", "dark", "qr"),
)
SMALL_PRINT = ("short", "full")
_LISTED = "/download/features.csv"  # of the server: every feature with its id
_ZOOMS = (4, 14)  # of a view
_VIEW = re.compile(r"(\d{1,2}(?:\.\d{1,6})?)/(-?\d{1,2}(?:\.\d{1,8})?)/(-?\d{1,3}(?:\.\d{1,8})?)", re.ASCII)

Centre = tuple[float, float, float]


@dataclass(frozen=True)
class View:
    """What a picture shows: layer ids in the legend's order, an ISO date, a form of names, bands or not.

    `compare` is an earlier date to be shown beside it; `centre` the web map's zoom, latitude and longitude
    (degrees), `feature` the id of what fills the map instead, neither the whole; `title` the reader's own;
    `key` whether the legend is drawn; `small` how much small print, "" for as much as the size has room
    for; `dark` the colours; `qr` whether a code of the printed address is drawn.
    """

    layers: tuple[str, ...]
    date: str
    lang: str
    uncertainty: bool = False
    compare: str = ""
    centre: Centre | None = None
    feature: str = ""
    title: str = ""
    key: bool = True
    small: str = ""
    dark: bool = False
    qr: bool = False


def view(atlas: Atlas, *, listed: str | None = None, **asked: str | None) -> View:
    """Return the view that values of a query ask for, by the keys of KEYS. Raises RequestError.

    `layers` are ids with commas; None means those on at first, "" none, as on the web map; the layer of
    `feature` is added. The date is the atlas's own, and names are as in the article, unless told otherwise;
    `compare` is a second date. `view` is zoom/latitude/longitude; `uncertainty`, `key`, `dark`, `qr` are
    "1" or "0". An empty value is none. Who asks for an unknown feature is told where they are
    `listed`, else on the server.
    """
    if unknown := asked.keys() - set(KEYS):
        raise TypeError(f"no key of a picture: {', '.join(sorted(unknown))}")
    date, compare = _days(atlas, asked)
    feature, centre = _feature(atlas, asked.get("feature"), listed), asked.get("view")
    if feature and centre:
        raise RequestError(lambda: printed()["refused"]["extent"])
    return View(
        layers=_layers(atlas, asked.get("layers"), feature),
        date=date,
        lang=_known("lang", asked.get("lang") or form_of_names(), LANGUAGES),
        uncertainty=_is_on("uncertainty", asked),
        compare=compare,
        centre=parsed_view(atlas, centre) if centre else None,
        feature=feature,
        title=_title(asked.get("title")),
        key=_is_on("key", asked, at_first=True),
        small=_known("small", asked.get("small") or "", ("", *SMALL_PRINT)),
        dark=_is_on("dark", asked),
        qr=_is_on("qr", asked),
    )


def drawn_layers(atlas: Atlas, shown: View) -> list[Layer]:
    """Return the layers of a view that were there on its date, in the order of the legend."""
    chosen = (layer for layer in atlas.layers.values() if layer.id in shown.layers)
    return [layer for layer in chosen if (layer.drawn_from or "") <= shown.date]


def parsed_view(atlas: Atlas, text: str) -> Centre:
    """Return the zoom, latitude and longitude (degrees) of a view written as the web map has it.

    Raises RequestError if it is none, or shows nothing of the ground that there is.
    """
    west, south, east, north = resource_extent(atlas.descriptor, "region")
    if found := _VIEW.fullmatch(text):
        zoom, latitude, longitude = map(float, found.groups())
        within = south <= latitude <= north and west <= longitude <= east
        if within and _ZOOMS[0] <= zoom <= _ZOOMS[1]:
            return zoom, latitude, longitude
    least, most = _ZOOMS
    limits = {"least": least, "most": most, "west": west, "south": south, "east": east, "north": north}
    raise RequestError(lambda: printed()["refused"]["view"].format(**limits))


def nearest_view(atlas: Atlas, text: str) -> str:
    """Return the nearest view of the ground that there is; text that is no view as it stands."""
    west, south, east, north = resource_extent(atlas.descriptor, "region")
    limits = (_ZOOMS, (south, north), (west, east))
    try:
        numbers = [float(number) for number in text.split("/")]
        clamped = [
            min(max(number, least), most) for number, (least, most) in zip(numbers, limits, strict=True)
        ]
    except ValueError:
        return text
    return text if clamped == numbers else "/".join(f"{number:g}" for number in clamped)


def _days(atlas: Atlas, asked: dict[str, str | None]) -> tuple[str, str]:
    """Return the date and the one to compare, the later first; days of one step compare nothing."""
    known = [day.id for day in atlas.annotations.days]
    date = _known("date", asked.get("date") or atlas.descriptor["as_of"], known)
    other = _known("compare", asked.get("compare") or date, known)
    if step_of(atlas, date) == step_of(atlas, other):
        return date, ""
    return max(date, other), min(date, other)


def _layers(atlas: Atlas, text: str | None, feature: str) -> tuple[str, ...]:
    if text is None:
        asked = {layer.id for layer in atlas.layers.values() if layer.at_first}
    else:
        asked = {_known("layer", identifier, atlas.layers) for identifier in text.split(",") if identifier}
    of_feature = [x.id for x in atlas.layers.values() if feature in (each.id for each in x.features)]
    return tuple(layer for layer in atlas.layers if layer in asked.union(of_feature))


def _feature(atlas: Atlas, text: str | None, listed: str | None) -> str:
    if text and text.lower() not in atlas.features:
        raise RequestError(
            lambda: printed()["refused"]["feature"].format(value=text[:60], listed=listed or _LISTED)
        )
    return (text or "").lower()


def _title(text: str | None) -> str:
    """Return a title on one line, without controls."""
    if text and len(text) > LONGEST_TITLE:
        values = {"most": LONGEST_TITLE, "count": len(text)}
        raise RequestError(lambda: printed()["refused"]["title"].format(**values))
    return printable(text or "", "bold")


def _is_on(key: str, asked: dict[str, str | None], *, at_first: bool = False) -> bool:
    return _known(key, asked.get(key) or str(int(at_first)), ("0", "1")) == "1"


def _known(what: str, value: str, known: Collection[str]) -> str:
    if value not in known:
        raise UnknownChoiceError(what, value, [each for each in known if each])
    return value
